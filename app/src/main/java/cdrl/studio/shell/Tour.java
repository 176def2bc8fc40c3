package cdrl.studio.shell;

import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.Controls;
import java.util.List;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * Three hints at the first start, beside what they are about. The window can be used meanwhile.
 * Once they were shown they never come again by themselves.
 */
final class Tour extends Pane {
  /** The word that tells that the hints were shown. */
  static final String SHOWN = "tour";

  private static final double GAP = 14;

  /**
   * A hint.
   *
   * @param key of its texts
   * @param target the id of the node it is about
   */
  record Hint(String key, String target) {}

  private static final List<Hint> HINTS =
      List.of(
          new Hint("tour.workspaces", "rail-tabs"),
          new Hint("tour.sample", "sample"),
          new Hint("tour.palette", "palette-button"));

  private final Messages messages;
  private final Preferences preferences;
  private final Region ring = new Region();
  private final VBox card = new VBox();
  private final Label title = new Label();
  private final Label text = new Label();
  private final Label place = new Label();
  private final Button next = new Button();
  private int at;

  Tour(Messages messages, Preferences preferences) {
    this.messages = messages;
    this.preferences = preferences;
    setId("tour");
    setPickOnBounds(false);
    ring.getStyleClass().add("tour-ring");
    ring.setMouseTransparent(true);
    title.getStyleClass().add("tour-title");
    title.setId("tour-title");
    title.setWrapText(true);
    text.setId("tour-text");
    text.setWrapText(true);
    text.setMinHeight(Region.USE_PREF_SIZE);
    place.getStyleClass().add("muted");
    Button skip = new Button(messages.text("tour.skip"));
    skip.setId("tour-skip");
    skip.getStyleClass().add("flat");
    skip.setOnAction(event -> close());
    next.setId("tour-next");
    next.getStyleClass().add("accent");
    next.setOnAction(event -> show(at + 1));
    HBox buttons = new HBox(place, Controls.spacer(), skip, next);
    buttons.getStyleClass().add("row");
    buttons.setAlignment(Pos.CENTER_LEFT);
    card.getStyleClass().add("tour-card");
    card.setAccessibleRole(AccessibleRole.DIALOG);
    card.getChildren().addAll(title, text, buttons);
    getChildren().addAll(ring, card);
    Controls.show(this, false);
  }

  /** Shows the hints when they were never shown before. */
  void showAtFirstStart() {
    if (preferences.word(SHOWN).isEmpty()) {
      begin();
    }
  }

  /** Shows the hints from the first one on. */
  void begin() {
    preferences.setWord(SHOWN, "shown");
    preferences.save();
    Controls.show(this, true);
    toFront();
    show(0);
  }

  /** Whether a hint is shown. */
  boolean isOpen() {
    return isVisible();
  }

  /** Takes the hint away. */
  void close() {
    Controls.show(this, false);
  }

  private void show(int hint) {
    if (hint >= HINTS.size()) {
      close();
      return;
    }
    at = hint;
    String key = HINTS.get(hint).key();
    title.setText(messages.text(key + ".title"));
    text.setText(messages.text(key));
    place.setText(messages.text("tour.place", hint + 1, HINTS.size()));
    next.setText(messages.text(hint + 1 < HINTS.size() ? "tour.next" : "tour.done"));
    card.setAccessibleText(title.getText() + ". " + text.getText());
    requestLayout();
    Platform.runLater(next::requestFocus);
  }

  @Override
  protected void layoutChildren() {
    double width = card.prefWidth(-1);
    double height = card.prefHeight(width);
    Bounds target = target();
    ring.setVisible(target != null);
    if (target == null) { // another workspace is in front
      card.resizeRelocate(
          Math.round((getWidth() - width) / 2),
          Math.round((getHeight() - height) / 2),
          width,
          height);
      return;
    }
    ring.resizeRelocate(
        target.getMinX() - 4, target.getMinY() - 4, target.getWidth() + 8, target.getHeight() + 8);
    double x = Math.min(target.getMaxX() + GAP, getWidth() - width - GAP);
    double y = target.getCenterY() - height / 2;
    card.resizeRelocate(
        Math.round(x),
        Math.round(Math.max(GAP, Math.min(getHeight() - height - GAP, y))),
        width,
        height);
  }

  private @Nullable Bounds target() {
    Node node = getScene() == null ? null : getScene().lookup("#" + HINTS.get(at).target());
    return node == null || !node.isVisible()
        ? null
        : sceneToLocal(node.localToScene(node.getLayoutBounds()));
  }
}
