package cdrl.studio.inpaint;

import java.nio.IntBuffer;
import java.util.Arrays;
import javafx.animation.AnimationTimer;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import org.jspecify.annotations.Nullable;

/**
 * The pixels of the editor: the picture with its mask, and which part of it is seen how large. A
 * stroke repaints only the screen pixels it touches.
 */
final class EditorCanvas {
  private final InpaintViewModel model;
  private final Runnable moved;
  private final ImageView view = new ImageView();
  private @Nullable PixelBuffer<IntBuffer> buffer;
  private int @Nullable [] pixels;
  private double width;
  private double height;
  private int pixelWidth;
  private int pixelHeight;
  private double screenScale = 1;
  private EditorViewport viewport = new EditorViewport(1, 0, 0);
  private boolean fitted = true;
  private int shownResolution;
  private Area stale = Area.NONE;
  private final AnimationTimer frames =
      new AnimationTimer() {
        @Override
        public void handle(long now) {
          stop();
          repaint(stale.within(pixelWidth, pixelHeight));
          stale = Area.NONE;
        }
      };

  /**
   * @param moved called when another part is seen
   */
  EditorCanvas(InpaintViewModel model, Runnable moved) {
    this.model = model;
    this.moved = moved;
    view.setManaged(false);
    view.setMouseTransparent(true);
    model.sceneProperty().addListener((property, before, after) -> sceneChanged(after));
    model.document().watchPaint(this::paintChanged);
  }

  Node node() {
    return view;
  }

  /** Which part is seen how large, in units of the screen. */
  EditorViewport viewport() {
    return viewport;
  }

  /** Pixels of the model per side; 0 while there is nothing to see. */
  int resolution() {
    EditorPainter.Scene scene = model.sceneProperty().get();
    return scene == null ? 0 : scene.picture().width();
  }

  /** Shows the whole picture. */
  void fit() {
    fitted = true;
    refit();
    repaint();
  }

  /** Makes everything larger or smaller around a point that stays where it is. */
  void zoom(double factor, double x, double y) {
    int resolution = resolution();
    if (resolution > 0) {
      fitted = false;
      double before = viewport.scale();
      viewport = viewport.zoom(factor, x, y, resolution, width, height);
      model.tools().zoomed(viewport.scale() / before);
      repaint();
      moved.run();
    }
  }

  /** Shows what lies beside. */
  void move(double dx, double dy) {
    fitted = false;
    viewport = viewport.move(dx, dy, Math.max(1, resolution()), width, height);
    repaint();
    moved.run();
  }

  /**
   * Takes another size.
   *
   * @param wide units of the screen
   * @param high units of the screen
   * @param scale pixels of the screen per unit
   */
  void resize(double wide, double high, double scale) {
    int columns = (int) Math.round(wide * scale);
    int rows = (int) Math.round(high * scale);
    if (columns < 1
        || rows < 1
        || (columns == pixelWidth && rows == pixelHeight && scale == screenScale)) {
      return;
    }
    width = wide;
    height = high;
    pixelWidth = columns;
    pixelHeight = rows;
    screenScale = scale;
    int[] made = new int[columns * rows];
    pixels = made;
    PixelBuffer<IntBuffer> shown =
        new PixelBuffer<>(columns, rows, IntBuffer.wrap(made), PixelFormat.getIntArgbPreInstance());
    buffer = shown;
    view.setImage(new WritableImage(shown));
    view.setFitWidth(wide);
    view.setFitHeight(high);
    refit();
    repaint();
  }

  private void refit() {
    int resolution = resolution();
    if (fitted && resolution > 0) {
      viewport = EditorViewport.fit(resolution, width, height, screenScale);
      moved.run();
    }
  }

  private void sceneChanged(EditorPainter.@Nullable Scene scene) {
    if (scene != null && scene.picture().width() != shownResolution) {
      shownResolution = scene.picture().width();
      fitted = true;
      refit();
    }
    repaint();
  }

  private void repaint() {
    repaint(new Area(0, 0, pixelWidth, pixelHeight));
  }

  private void repaint(Area area) {
    PixelBuffer<IntBuffer> target = buffer;
    int[] made = pixels;
    if (target == null || made == null || area.isEmpty()) {
      return;
    }
    EditorPainter.Scene scene = model.sceneProperty().get();
    target.updateBuffer(
        ignored -> {
          if (scene == null) {
            Arrays.fill(made, 0);
            return null; // all of it
          }
          EditorPainter.paint(made, pixelWidth, area, onScreen(), scene);
          return new Rectangle2D(area.left(), area.top(), area.width(), area.height());
        });
  }

  /** The viewport in screen pixels. */
  private EditorViewport onScreen() {
    return new EditorViewport(
        viewport.scale() * screenScale,
        viewport.left() * screenScale,
        viewport.top() * screenScale);
  }

  private void paintChanged(Area paint) {
    PaintedMask mask = model.document().maskProperty().get();
    if (mask == null || paint.isEmpty()) {
      return;
    }
    // A pixel of the model that begins to be filled changes as a whole, and its neighbours' edges.
    double detail = mask.detail();
    EditorViewport seen = onScreen();
    stale =
        stale.and(
            Area.around(
                    seen.toScreenX(Math.floor(paint.left() / detail) - 1),
                    seen.toScreenY(Math.floor(paint.top() / detail) - 1),
                    seen.toScreenX(Math.ceil(paint.right() / detail) + 1),
                    seen.toScreenY(Math.ceil(paint.bottom() / detail) + 1))
                .within(pixelWidth, pixelHeight));
    // Several movements of the mouse between two frames are painted together.
    frames.start();
  }
}
