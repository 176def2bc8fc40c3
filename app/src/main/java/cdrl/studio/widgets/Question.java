package cdrl.studio.widgets;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableStringValue;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * A question before something that cannot easily be undone; lies over what it is about. While it is
 * open, the keyboard stays inside, unless it is in a card that lies over the whole window.
 */
public final class Question extends StackPane {
  private final Label title = new Label();
  private final Label text = new Label();
  private final VBox content = new VBox();
  private final Label hint = new Label();
  private final Button yes = new Button();
  private final Button no = new Button();
  private Runnable action = () -> {};
  private final FocusKeeper keeper =
      new FocusKeeper(
          this, above -> above.getAccessibleRole() == AccessibleRole.DIALOG && above != this);

  /**
   * @param cancel what the button says that does nothing
   */
  public Question(String cancel) {
    setId("question");
    getStyleClass().add("question");
    setAccessibleRole(AccessibleRole.DIALOG);
    accessibleTextProperty().bind(title.textProperty());
    title.getStyleClass().add("question-title");
    text.getStyleClass().add("question-text");
    text.setId("question-text");
    text.setWrapText(true);
    text.setMinHeight(Region.USE_PREF_SIZE);
    hint.getStyleClass().add("question-hint");
    hint.setId("question-hint");
    hint.setWrapText(true);
    hint.setMinHeight(Region.USE_PREF_SIZE);
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
    VBox card = new VBox(title, text, content, hint, buttons);
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
    show(heading, explanation, null, answer, work);
    keeper.begin(no);
  }

  /**
   * Asks for something that is to be filled in.
   *
   * @param fields what is to be filled in; the first control of it gets the keyboard
   * @param answer what the button says that goes on; the Enter key presses it
   * @param obstacle why one cannot go on; empty when one can
   * @param work is done when that button is pressed
   */
  public void askFor(
      String heading,
      String explanation,
      Node fields,
      Node first,
      String answer,
      ObservableStringValue obstacle,
      Runnable work) {
    show(heading, explanation, fields, answer, work);
    yes.disableProperty()
        .bind(Bindings.createBooleanBinding(() -> !obstacle.get().isEmpty(), obstacle));
    hint.textProperty().bind(obstacle);
    keeper.begin(first);
  }

  private void show(
      String heading, String explanation, @Nullable Node fields, String answer, Runnable work) {
    boolean plain = fields == null;
    yes.disableProperty().unbind();
    yes.setDisable(false);
    hint.textProperty().unbind();
    hint.setText("");
    Controls.show(hint, !plain);
    yes.getStyleClass().removeAll("danger", "accent");
    yes.getStyleClass().add(plain ? "danger" : "accent");
    yes.setDefaultButton(!plain);
    content.getChildren().clear();
    if (fields != null) {
      content.getChildren().add(fields);
    }
    title.setText(heading);
    text.setText(explanation);
    yes.setText(answer);
    action = work;
    Controls.show(text, !explanation.isEmpty());
    Controls.show(this, true);
  }

  /** Whether an answer is awaited. */
  public boolean isOpen() {
    return isVisible();
  }

  /** Takes the question back; nothing is done. */
  public void close() {
    if (!isOpen()) {
      return;
    }
    Controls.show(this, false);
    action = () -> {};
    keeper.end();
  }
}
