package cdrl.studio.widgets;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** A question before something that cannot easily be undone; lies over what it is about. */
public final class Question extends StackPane {
  private final Label title = new Label();
  private final Label text = new Label();
  private final Button yes = new Button();
  private final Button no = new Button();
  private Runnable action = () -> {};
  private @Nullable Node before;

  /**
   * @param cancel what the button says that does nothing
   */
  public Question(String cancel) {
    setId("question");
    getStyleClass().add("question");
    title.getStyleClass().add("question-title");
    text.getStyleClass().add("question-text");
    text.setId("question-text");
    text.setWrapText(true);
    text.setMinHeight(Region.USE_PREF_SIZE);
    no.setText(cancel);
    no.setId("question-no");
    no.setCancelButton(true);
    no.setOnAction(event -> close());
    yes.setId("question-yes");
    yes.getStyleClass().add("danger");
    yes.setOnAction(
        event -> {
          Runnable wanted = action;
          close();
          wanted.run();
        });
    HBox buttons = new HBox(Controls.spacer(), no, yes);
    buttons.getStyleClass().add("question-buttons");
    buttons.setAlignment(Pos.CENTER_RIGHT);
    VBox card = new VBox(title, text, buttons);
    card.getStyleClass().add("question-card");
    card.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    getChildren().add(card);
    Controls.show(this, false);
  }

  /**
   * Asks.
   *
   * @param heading the question
   * @param explanation what happens then
   * @param answer what the button says that does it
   * @param work is done when that button is pressed
   */
  public void ask(String heading, String explanation, String answer, Runnable work) {
    before = getScene() == null ? null : getScene().getFocusOwner();
    title.setText(heading);
    text.setText(explanation);
    yes.setText(answer);
    action = work;
    Controls.show(this, true);
    no.requestFocus();
  }

  /** Whether an answer is awaited. */
  public boolean isOpen() {
    return isVisible();
  }

  /** Takes the question back; nothing is done. */
  public void close() {
    Controls.show(this, false);
    action = () -> {};
    if (before != null) {
      before.requestFocus();
    }
  }
}
