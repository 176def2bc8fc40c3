package cdrl.studio.widgets;

import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** A card over the whole window. While it is open, the keyboard stays inside. */
public final class Overlay extends StackPane {
  private final VBox card = new VBox();
  private final FocusKeeper keeper = new FocusKeeper(this, above -> false);

  /**
   * @param id of the node; the card's style class is {@code id-card}
   * @param name what it is, for screen readers
   */
  public Overlay(String id, String name) {
    setId(id);
    getStyleClass().add("overlay");
    card.getStyleClass().addAll("overlay-card", id + "-card");
    card.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    setAccessibleRole(AccessibleRole.DIALOG);
    setAccessibleText(name);
    getChildren().add(card);
    addEventHandler(
        MouseEvent.MOUSE_PRESSED,
        event -> {
          if (event.getTarget() == this) {
            close();
          }
        });
    Controls.show(this, false);
  }

  /** What the card holds. */
  public VBox card() {
    return card;
  }

  /** A title with a button that closes the card. */
  public HBox titleBar(String title, String close) {
    Label heading = new Label(title);
    heading.getStyleClass().add("level-title");
    Button button = Controls.iconButton(getId() + "-close", BootstrapIcons.X, close);
    button.setOnAction(event -> close());
    HBox bar = new HBox(heading, Controls.spacer(), button);
    bar.setAlignment(Pos.CENTER_LEFT);
    bar.getStyleClass().add("overlay-title");
    return bar;
  }

  /** Whether it is open. */
  public boolean isOpen() {
    return isVisible();
  }

  /** Opens it and gives the keyboard to one of its nodes. */
  public void open(Node focus) {
    Controls.show(this, true);
    toFront();
    keeper.begin(focus);
  }

  /** Closes it and gives the keyboard back. */
  public void close() {
    if (isOpen()) {
      Controls.show(this, false);
      keeper.end();
    }
  }
}
