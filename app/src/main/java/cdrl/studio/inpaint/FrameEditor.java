package cdrl.studio.inpaint;

import cdrl.data.Crop;
import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.PictureView;
import java.nio.IntBuffer;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The opened picture with a square frame around what the model sees: drag, turn the wheel. */
final class FrameEditor extends Region {
  private static final double MARGIN = 16;
  private static final double HANDLE = 11;
  private static final double REACH = 14;
  private static final double PREVIEW = 128;
  private static final double KEY_GROWTH = 1.05;
  private static final double WHEEL_GROWTH = 1.0015;

  private final InpaintViewModel model;
  private final ImageView view = new ImageView();
  private final Region[] shades = {shade(), shade(), shade(), shade()};
  private final Region frameBox = new Region();
  private final Region[] handles = {handle(), handle(), handle(), handle()};
  private final PictureView preview;
  private final VBox previewBox;
  private FrameGeometry frame = new FrameGeometry(1, 1, new Crop(0, 0, 1, 1));
  private double scale = 1;
  private double left;
  private double top;
  private int corner = -1;
  private boolean moving;
  private double pressX;
  private double pressY;
  private FrameGeometry pressed = frame;

  FrameEditor(Messages messages, InpaintViewModel model) {
    this.model = model;
    setId("frame-editor");
    getStyleClass().add("frame-editor");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setAccessibleText(messages.text("inpaint.frame.name"));
    setAccessibleHelp(messages.text("inpaint.frame.hint"));
    view.setManaged(false);
    view.setMouseTransparent(true);
    view.setSmooth(true);
    frameBox.getStyleClass().add("crop-frame");
    frameBox.setManaged(false);
    frameBox.setMouseTransparent(true);
    preview = new PictureView("frame-preview", messages.text("inpaint.frame.preview"));
    preview.setPrefSize(PREVIEW, PREVIEW);
    Label caption = new Label(messages.text("inpaint.frame.preview"));
    caption.getStyleClass().add("caption");
    previewBox = new VBox(caption, preview);
    previewBox.getStyleClass().add("frame-preview-box");
    previewBox.setManaged(false);
    previewBox.setMouseTransparent(true);
    getChildren().add(view);
    getChildren().addAll(shades);
    getChildren().add(frameBox);
    getChildren().addAll(handles);
    getChildren().add(previewBox);
    preview.smoothProperty().bind(model.smoothProperty());
    model.document().sourceProperty().addListener((property, before, after) -> sourceChanged());
    model.document().pictureProperty().addListener((property, before, after) -> pictureChanged());
    addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
    addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
    addEventHandler(MouseEvent.MOUSE_RELEASED, this::release);
    addEventHandler(MouseEvent.MOUSE_MOVED, event -> setCursor(cursor(event.getX(), event.getY())));
    addEventHandler(ScrollEvent.SCROLL, this::scroll);
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    sourceChanged();
    pictureChanged();
  }

  private static Region shade() {
    Region region = new Region();
    region.getStyleClass().add("crop-shade");
    region.setManaged(false);
    region.setMouseTransparent(true);
    return region;
  }

  private static Region handle() {
    Region region = new Region();
    region.getStyleClass().add("crop-handle");
    region.setManaged(false);
    region.setMouseTransparent(true);
    return region;
  }

  private void sourceChanged() {
    SourcePicture source = model.document().sourceProperty().get();
    if (source == null) {
      view.setImage(null);
      return;
    }
    view.setImage(
        new WritableImage(
            new PixelBuffer<>(
                source.raster().width(),
                source.raster().height(),
                IntBuffer.wrap(source.raster().argb()),
                PixelFormat.getIntArgbPreInstance())));
    requestLayout();
  }

  private void pictureChanged() {
    SourcePicture source = model.document().sourceProperty().get();
    WorkingPicture picture = model.document().pictureProperty().get();
    preview.show(picture == null ? null : picture.raster(), "");
    if (source != null && picture != null && corner < 0 && !moving) {
      frame = new FrameGeometry(source.raster().width(), source.raster().height(), picture.frame());
    }
    requestLayout();
  }

  @Override
  protected void layoutChildren() {
    double wide = frame.width();
    double high = frame.height();
    scale =
        Math.max(
            0.01, Math.min((getWidth() - 2 * MARGIN) / wide, (getHeight() - 2 * MARGIN) / high));
    left = Math.round((getWidth() - wide * scale) / 2);
    top = Math.round((getHeight() - high * scale) / 2);
    view.setFitWidth(wide * scale);
    view.setFitHeight(high * scale);
    view.relocate(left, top);
    Crop crop = frame.crop();
    double x = left + crop.x() * scale;
    double y = top + crop.y() * scale;
    double side = crop.width() * scale;
    double right = left + wide * scale;
    double bottom = top + high * scale;
    shades[0].resizeRelocate(left, top, wide * scale, y - top);
    shades[1].resizeRelocate(left, y + side, wide * scale, bottom - y - side);
    shades[2].resizeRelocate(left, y, x - left, side);
    shades[3].resizeRelocate(x + side, y, right - x - side, side);
    frameBox.resizeRelocate(x, y, side, side);
    for (int i = 0; i < 4; i++) {
      handles[i].resizeRelocate(
          x + (i % 2) * side - HANDLE / 2, y + (i / 2) * side - HANDLE / 2, HANDLE, HANDLE);
    }
    double boxWidth = previewBox.prefWidth(-1);
    double boxHeight = previewBox.prefHeight(-1);
    previewBox.resizeRelocate(
        getWidth() - boxWidth - 8, getHeight() - boxHeight - 8, boxWidth, boxHeight);
  }

  private double pictureX(double x) {
    return (x - left) / scale;
  }

  private double pictureY(double y) {
    return (y - top) / scale;
  }

  /** The handle at a place, 0 to 3 row by row, or −1. */
  private int cornerAt(double x, double y) {
    for (int i = 0; i < 4; i++) {
      double dx = x - left - (frame.crop().x() + (i % 2) * frame.crop().width()) * scale;
      double dy = y - top - (frame.crop().y() + (i / 2) * frame.crop().width()) * scale;
      if (Math.abs(dx) <= REACH && Math.abs(dy) <= REACH) {
        return i;
      }
    }
    return -1;
  }

  private Cursor cursor(double x, double y) {
    int at = cornerAt(x, y);
    if (at >= 0) {
      return at == 0 || at == 3 ? Cursor.NW_RESIZE : Cursor.NE_RESIZE;
    }
    return frame.contains(pictureX(x), pictureY(y)) ? Cursor.MOVE : Cursor.DEFAULT;
  }

  private void press(MouseEvent event) {
    requestFocus();
    corner = cornerAt(event.getX(), event.getY());
    moving = corner < 0 && frame.contains(pictureX(event.getX()), pictureY(event.getY()));
    pressX = event.getX();
    pressY = event.getY();
    pressed = frame;
    event.consume();
  }

  private void drag(MouseEvent event) {
    if (moving) {
      show(pressed.moved((event.getX() - pressX) / scale, (event.getY() - pressY) / scale));
    } else if (corner >= 0) {
      show(pressed.dragged(corner, pictureX(event.getX()), pictureY(event.getY())));
    }
    event.consume();
  }

  private void release(MouseEvent event) {
    moving = false;
    corner = -1;
    model.opener().setFrame(frame.crop(), false);
    event.consume();
  }

  private void scroll(ScrollEvent event) {
    if (event.getDeltaY() != 0) {
      show(
          frame.scaled(
              Math.pow(WHEEL_GROWTH, -event.getDeltaY()),
              pictureX(event.getX()),
              pictureY(event.getY())));
      model.opener().setFrame(frame.crop(), true);
    }
    event.consume();
  }

  private void key(KeyEvent event) {
    if (event.isShortcutDown() || event.isAltDown()) {
      return;
    }
    double step = event.isShiftDown() ? 10 : 1;
    @Nullable FrameGeometry next =
        switch (event.getCode()) {
          case LEFT -> frame.moved(-step, 0);
          case RIGHT -> frame.moved(step, 0);
          case UP -> frame.moved(0, -step);
          case DOWN -> frame.moved(0, step);
          case PLUS, EQUALS, ADD -> frame.scaled(KEY_GROWTH);
          case MINUS, SUBTRACT -> frame.scaled(1 / KEY_GROWTH);
          default -> null;
        };
    if (next != null) {
      show(next);
      model.opener().setFrame(frame.crop(), true);
      event.consume();
    } else if (event.getCode() == javafx.scene.input.KeyCode.ENTER) {
      model.tools().toolProperty().set(Tool.BRUSH);
      event.consume();
    }
  }

  private void show(FrameGeometry next) {
    frame = next;
    requestLayout();
  }

  @Override
  protected double computeMinWidth(double ignored) {
    return 160;
  }

  @Override
  protected double computeMinHeight(double ignored) {
    return 160;
  }
}
