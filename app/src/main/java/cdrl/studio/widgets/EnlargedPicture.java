package cdrl.studio.widgets;

import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import java.util.function.IntConsumer;
import javafx.beans.property.BooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/**
 * One picture as large as fits, in front of the others, with buttons and arrow keys that lead to
 * the next one.
 */
public final class EnlargedPicture extends BorderPane {
  private final PictureView picture;
  private final Label caption = new Label();
  private final IntConsumer move;
  private final Runnable close;

  /**
   * @param id begins the ids of the nodes; may be empty
   * @param move is given −1 for the picture before, 1 for the next one
   * @param close leads back to all of them
   */
  public EnlargedPicture(String id, Messages messages, IntConsumer move, Runnable close) {
    this.move = move;
    this.close = close;
    setId(id + "enlarged");
    getStyleClass().add("enlarged");
    picture = new PictureView(id + "enlarged-picture", messages.text("enlarged.name"));
    picture.setCentered();
    picture.setFocusTraversable(true);
    picture.setOnMouseClicked(event -> close.run());
    Button back =
        Controls.iconButton(
            id + "enlarged-back", BootstrapIcons.CHEVRON_LEFT, messages.text("enlarged.back"));
    back.setOnAction(event -> move.accept(-1));
    Button forth =
        Controls.iconButton(
            id + "enlarged-forth", BootstrapIcons.CHEVRON_RIGHT, messages.text("enlarged.forth"));
    forth.setOnAction(event -> move.accept(1));
    Button shut =
        Controls.iconButton(
            id + "enlarged-close", BootstrapIcons.FULLSCREEN_EXIT, messages.text("enlarged.close"));
    shut.setOnAction(event -> close.run());
    caption.setId(id + "enlarged-caption");
    caption.getStyleClass().add("section-title");
    HBox bar = new HBox(caption, Controls.spacer(), back, forth, shut);
    bar.setAlignment(Pos.CENTER_LEFT);
    bar.getStyleClass().add("enlarged-bar");
    setTop(bar);
    setCenter(picture);
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    Controls.show(this, false);
  }

  /** Whether enlarged pixels are blurred into each other. */
  public BooleanProperty smoothProperty() {
    return picture.smoothProperty();
  }

  /**
   * Shows a picture, or nothing.
   *
   * @param name what people call it
   */
  public void show(@Nullable Raster raster, String name) {
    boolean appears = raster != null && !isVisible();
    Controls.show(this, raster != null);
    picture.show(raster, "");
    picture.setAccessibleText(name);
    caption.setText(name);
    if (appears) {
      picture.requestFocus();
    }
  }

  private void key(KeyEvent event) {
    if (event.isAltDown() || event.isShortcutDown()) {
      return;
    }
    switch (event.getCode()) {
      case LEFT, UP -> move.accept(-1);
      case RIGHT, DOWN -> move.accept(1);
      case ENTER, ESCAPE -> {
        if (event.getTarget() instanceof Button) {
          return;
        }
        close.run();
      }
      default -> {
        return;
      }
    }
    event.consume();
  }
}
