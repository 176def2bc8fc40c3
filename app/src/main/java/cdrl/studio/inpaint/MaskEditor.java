package cdrl.studio.inpaint;

import cdrl.studio.resources.Messages;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import javafx.animation.AnimationTimer;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Background;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.shape.Circle;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The picture large, with the mask over it, to be painted on by mouse or keyboard. A stroke
 * repaints only the screen pixels it touches.
 */
public final class MaskEditor extends Region {
  private static final double WHEEL_ZOOM = 1.004;
  private static final double KEY_ZOOM = 1.25;

  /** A move of the pointer below this, in screen units, is no rectangle. */
  private static final double LEAST_DRAG = 3;

  private final InpaintViewModel model;
  private final ImageView view = new ImageView();
  private final Circle ringDark = ring("ring-dark");
  private final Circle ringLight = ring("ring-light");
  private final Path outlineDark = outline("outline-dark");
  private final Path outlineLight = outline("outline-light");
  private final Region focusRing = new Region();
  private final List<Place> corners = new ArrayList<>();
  private @Nullable PixelBuffer<IntBuffer> buffer;
  private int @Nullable [] pixels;
  private int width;
  private int height;
  private double screenScale = 1;
  private EditorViewport viewport = new EditorViewport(1, 0, 0);
  private boolean fitted = true;
  private Area stale = Area.NONE;
  private final AnimationTimer frames =
      new AnimationTimer() {
        @Override
        public void handle(long now) {
          stop();
          repaint(stale.within(width, height));
          stale = Area.NONE;
        }
      };
  private int shownResolution;
  private Gesture gesture = Gesture.NONE;
  private boolean erasing;
  private boolean spaceDown;
  private double pressX;
  private double pressY;
  private @Nullable Place pointer;
  private @Nullable Place keyboard;

  /** What the mouse is in the middle of. */
  private enum Gesture {
    NONE,
    STROKE,
    SHAPE,
    PAN
  }

  MaskEditor(Messages messages, InpaintViewModel model) {
    this.model = model;
    setId("editor");
    getStyleClass().add("mask-editor");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setAccessibleText(messages.text("inpaint.editor.name"));
    setAccessibleHelp(messages.text("inpaint.editor.help"));
    view.setManaged(false);
    view.setMouseTransparent(true);
    focusRing.setManaged(false);
    focusRing.setMouseTransparent(true);
    focusRing.getStyleClass().add("editor-focus");
    // The ring reaches beyond the edge; without this the pointer would never leave the editor.
    setPickOnBounds(false);
    setBackground(Background.fill(Color.TRANSPARENT));
    Rectangle clip = new Rectangle();
    clip.widthProperty().bind(widthProperty());
    clip.heightProperty().bind(heightProperty());
    setClip(clip);
    getChildren().addAll(view, outlineDark, outlineLight, ringDark, ringLight, focusRing);
    model.sceneProperty().addListener((property, before, after) -> sceneChanged(after));
    model.document().watchPaint(this::paintChanged);
    model.tools().toolProperty().addListener((property, before, after) -> toolChanged());
    model.tools().brushSizeProperty().addListener((property, before, after) -> showRing());
    addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
    addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
    addEventHandler(MouseEvent.MOUSE_RELEASED, this::release);
    addEventHandler(MouseEvent.MOUSE_MOVED, this::move);
    addEventHandler(MouseEvent.MOUSE_EXITED, event -> point(null));
    addEventHandler(ScrollEvent.SCROLL, this::scroll);
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    addEventHandler(KeyEvent.KEY_RELEASED, this::keyReleased);
    focusedProperty()
        .addListener(
            (property, before, after) -> {
              if (!after) {
                spaceDown = false;
                keyboard = null;
                showRing();
              }
              toolChanged();
            });
    toolChanged();
  }

  private static Circle ring(String style) {
    Circle circle = new Circle();
    dress(circle, style);
    return circle;
  }

  private static Path outline(String style) {
    Path path = new Path();
    dress(path, style);
    return path;
  }

  private static void dress(Shape shape, String style) {
    shape.getStyleClass().add(style);
    shape.setManaged(false);
    shape.setMouseTransparent(true);
    shape.setFill(null);
    shape.setVisible(false);
  }

  // Seeing

  /** Shows the whole picture. */
  void fit() {
    fitted = true;
    refit();
    repaint();
  }

  /** Makes everything larger or smaller around the middle. */
  void zoom(int steps) {
    zoom(Math.pow(KEY_ZOOM, steps), getWidth() / 2, getHeight() / 2);
  }

  /** Screen units per pixel of the model. */
  public double scale() {
    return viewport.scale();
  }

  /** Where a point of the picture is, in this node's coordinates. */
  public Point2D screenPoint(double x, double y) {
    return new Point2D(viewport.toScreenX(x), viewport.toScreenY(y));
  }

  private void zoom(double factor, double x, double y) {
    int resolution = resolution();
    if (resolution > 0) {
      fitted = false;
      double before = viewport.scale();
      viewport = viewport.zoom(factor, x, y, resolution, getWidth(), getHeight());
      model.tools().zoomed(viewport.scale() / before);
      repaint();
      showRing();
      showOutline();
    }
  }

  private void refit() {
    int resolution = resolution();
    if (fitted && resolution > 0) {
      viewport = EditorViewport.fit(resolution, getWidth(), getHeight(), screenScale);
      showRing();
    }
  }

  private int resolution() {
    EditorPainter.Scene scene = model.sceneProperty().get();
    return scene == null ? 0 : scene.picture().width();
  }

  private void sceneChanged(EditorPainter.@Nullable Scene scene) {
    if (scene != null && scene.picture().width() != shownResolution) {
      shownResolution = scene.picture().width();
      fitted = true;
      refit();
    }
    repaint();
  }

  @Override
  protected void layoutChildren() {
    double scale = getScene() == null ? 1 : getScene().getWindow().getOutputScaleX();
    int wide = (int) Math.round(getWidth() * scale);
    int high = (int) Math.round(getHeight() * scale);
    focusRing.resizeRelocate(0, 0, getWidth(), getHeight());
    if (wide < 1 || high < 1 || (wide == width && high == height && scale == screenScale)) {
      return;
    }
    width = wide;
    height = high;
    screenScale = scale;
    int[] made = new int[width * height];
    pixels = made;
    PixelBuffer<IntBuffer> shown =
        new PixelBuffer<>(width, height, IntBuffer.wrap(made), PixelFormat.getIntArgbPreInstance());
    buffer = shown;
    view.setImage(new WritableImage(shown));
    view.setFitWidth(getWidth());
    view.setFitHeight(getHeight());
    refit();
    repaint();
  }

  private void repaint() {
    repaint(new Area(0, 0, width, height));
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
            java.util.Arrays.fill(made, 0);
            return null; // all of it
          }
          EditorPainter.paint(made, width, area, onScreen(), scene);
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
                .within(width, height));
    // Several movements of the mouse between two frames are painted together.
    frames.start();
  }

  // Pointing

  private boolean canPaint() {
    return model.document().maskProperty().get() != null && !model.opener().isDrawing();
  }

  private boolean isBrush() {
    return model.tools().toolProperty().get() == Tool.BRUSH || model.tools().toolProperty().get() == Tool.ERASER;
  }

  private boolean erases(MouseEvent event) {
    return model.tools().toolProperty().get() == Tool.ERASER
        || event.isSecondaryButtonDown()
        || event.getButton() == MouseButton.SECONDARY
        || (!isBrush() && event.isAltDown());
  }

  private Place place(double x, double y) {
    return viewport.toPicture(x, y);
  }

  private void point(@Nullable Place at) {
    pointer = at;
    keyboard = at == null ? keyboard : null;
    showRing();
  }

  private void toolChanged() {
    corners.clear();
    showOutline();
    showRing();
    setCursor(
        gesture == Gesture.PAN
            ? Cursor.CLOSED_HAND
            : spaceDown ? Cursor.OPEN_HAND : Cursor.CROSSHAIR);
  }

  private void showRing() {
    Place at = keyboard == null ? pointer : keyboard;
    boolean visible = at != null && canPaint() && !spaceDown && gesture != Gesture.PAN;
    double radius = isBrush() ? model.tools().brush().radius() * viewport.scale() : 4;
    boolean shown = visible && (isBrush() || keyboard != null);
    for (Circle circle : List.of(ringDark, ringLight)) {
      circle.setVisible(shown);
      if (shown && at != null) {
        circle.setCenterX(viewport.toScreenX(at.x()));
        circle.setCenterY(viewport.toScreenY(at.y()));
        circle.setRadius(Math.max(1.5, radius + (circle == ringDark ? 1 : 0)));
      }
    }
  }

  private void showOutline() {
    for (Path path : List.of(outlineDark, outlineLight)) {
      path.getElements().clear();
      path.setVisible(corners.size() > 1);
      for (Place corner : corners) {
        double x = viewport.toScreenX(corner.x());
        double y = viewport.toScreenY(corner.y());
        path.getElements().add(path.getElements().isEmpty() ? new MoveTo(x, y) : new LineTo(x, y));
      }
    }
  }

  /** The outline of a rectangle between the first corner and another point. */
  private void rectangleTo(Place opposite) {
    Place first = corners.get(0);
    corners.clear();
    corners.addAll(
        List.of(
            first,
            new Place(opposite.x(), first.y()),
            opposite,
            new Place(first.x(), opposite.y()),
            first));
    showOutline();
  }

  private void press(MouseEvent event) {
    requestFocus();
    pressX = event.getX();
    pressY = event.getY();
    if (event.getButton() == MouseButton.MIDDLE
        || (spaceDown && event.getButton() == MouseButton.PRIMARY)) {
      gesture = Gesture.PAN;
      toolChanged();
    } else if (canPaint() && gesture == Gesture.NONE) {
      begin(event);
    }
    event.consume();
  }

  private void begin(MouseEvent event) {
    Place at = place(event.getX(), event.getY());
    point(at);
    erasing = erases(event);
    if (!isBrush()) {
      gesture = Gesture.SHAPE;
      corners.clear();
      corners.add(at);
    } else if (event.isShiftDown()) {
      model.tools().lineTo(at, erasing);
    } else {
      gesture = Gesture.STROKE;
      model.tools().press(at, erasing);
    }
  }

  private void drag(MouseEvent event) {
    Place at = place(event.getX(), event.getY());
    switch (gesture) {
      case STROKE -> model.tools().drag(at, erasing);
      case SHAPE -> {
        if (model.tools().toolProperty().get() == Tool.RECTANGLE) {
          rectangleTo(at);
        } else {
          corners.add(at);
          showOutline();
        }
      }
      case PAN -> {
        fitted = false;
        viewport =
            viewport.move(
                event.getX() - pressX,
                event.getY() - pressY,
                Math.max(1, resolution()),
                getWidth(),
                getHeight());
        pressX = event.getX();
        pressY = event.getY();
        repaint();
      }
      case NONE -> {}
    }
    point(at);
    event.consume();
  }

  private void release(MouseEvent event) {
    Gesture ended = gesture;
    gesture = Gesture.NONE;
    switch (ended) {
      case STROKE -> {
        // A fast hand lets go farther on than where it was seen last.
        model.tools().drag(place(event.getX(), event.getY()), erasing);
        model.tools().release();
      }
      case SHAPE -> {
        if (Math.hypot(event.getX() - pressX, event.getY() - pressY) >= LEAST_DRAG
            || corners.size() > 5) {
          finishShape(place(event.getX(), event.getY()), erasing);
        }
        corners.clear();
        showOutline();
      }
      case PAN -> toolChanged();
      case NONE -> {}
    }
    event.consume();
  }

  private void finishShape(Place end, boolean erase) {
    if (model.tools().toolProperty().get() == Tool.RECTANGLE) {
      model.tools().rectangle(corners.get(0), end, erase);
    } else if (corners.size() > 2) {
      model.tools().lasso(List.copyOf(corners), erase);
    }
  }

  private void move(MouseEvent event) {
    point(place(event.getX(), event.getY()));
  }

  private void scroll(ScrollEvent event) {
    // With Shift some systems turn the wheel sideways.
    double turn = event.getDeltaY() != 0 ? event.getDeltaY() : event.getDeltaX();
    if (turn == 0) {
      return;
    }
    if (event.isAltDown()) {
      int by = turn > 0 ? 1 : -1;
      if (event.isShiftDown()) {
        model.tools().hardenBrush(by);
      } else {
        model.tools().growBrush(by);
      }
    } else {
      zoom(Math.pow(WHEEL_ZOOM, turn), event.getX(), event.getY());
    }
    event.consume();
  }

  // Keys

  private void key(KeyEvent event) {
    if (event.isShortcutDown() || event.isAltDown() || !canPaint()) {
      return;
    }
    switch (event.getCode()) {
      case SPACE -> {
        spaceDown = true;
        toolChanged();
      }
      case LEFT -> step(-1, 0, event.isShiftDown());
      case RIGHT -> step(1, 0, event.isShiftDown());
      case UP -> step(0, -1, event.isShiftDown());
      case DOWN -> step(0, 1, event.isShiftDown());
      case ENTER -> stamp();
      default -> {
        return;
      }
    }
    event.consume();
  }

  private void keyReleased(KeyEvent event) {
    if (event.getCode() == KeyCode.SPACE) {
      spaceDown = false;
      toolChanged();
      event.consume();
    }
  }

  private Place keyboardPlace() {
    double middle = resolution() / 2.0;
    Place at = keyboard != null ? keyboard : pointer;
    return at != null ? at : new Place(middle, middle);
  }

  /** Moves the brush by one pixel of the model, and paints when asked to. */
  private void step(int dx, int dy, boolean paint) {
    Place from = keyboardPlace();
    double most = resolution();
    Place to =
        new Place(
            Math.max(0, Math.min(most, from.x() + dx)), Math.max(0, Math.min(most, from.y() + dy)));
    if (paint && isBrush()) {
      if (keyboard == null) {
        stamp();
      }
      model.tools().lineTo(to, model.tools().toolProperty().get() == Tool.ERASER);
    }
    keyboard = to;
    if (!isBrush() && !corners.isEmpty() && model.tools().toolProperty().get() == Tool.RECTANGLE) {
      rectangleTo(to);
    }
    showRing();
  }

  /** A dab of the brush, or a corner of a shape; a lasso ends on the corner it came to last. */
  private void stamp() {
    Place at = keyboardPlace();
    keyboard = at;
    if (isBrush()) {
      model.tools().press(at, model.tools().toolProperty().get() == Tool.ERASER);
      model.tools().release();
    } else if (corners.isEmpty()) {
      corners.add(at);
    } else if (model.tools().toolProperty().get() == Tool.RECTANGLE
        || corners.get(corners.size() - 1).equals(at)) {
      finishShape(at, false);
      corners.clear();
    } else {
      corners.add(at);
    }
    showOutline();
    showRing();
  }

  @Override
  protected double computePrefWidth(double ignored) {
    return 480;
  }

  @Override
  protected double computePrefHeight(double ignored) {
    return 480;
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
