package cdrl.studio.inpaint;

import cdrl.studio.resources.Messages;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Background;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/** The picture large, with the mask over it, to be painted on by mouse or keyboard. */
public final class MaskEditor extends Region {
  private static final double WHEEL_ZOOM = 1.004;
  private static final double KEY_ZOOM = 1.25;

  /** A move of the pointer below this, in screen units, is no rectangle. */
  private static final double LEAST_DRAG = 3;

  /** What the keyboard points at with tools that are no brush, in screen units. */
  private static final double POINT_RADIUS = 4;

  private final InpaintViewModel model;
  private final EditorCanvas canvas;
  private final EditorMarks marks = new EditorMarks();
  private final Region focusRing = new Region();
  private final List<Place> corners = new ArrayList<>();
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
    canvas = new EditorCanvas(model, this::showMarks);
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
    getChildren().add(canvas.node());
    getChildren().addAll(marks.nodes());
    getChildren().add(focusRing);
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

  /** Shows the whole picture. */
  void fit() {
    canvas.fit();
  }

  /** Makes everything larger or smaller around the middle. */
  void zoom(int steps) {
    canvas.zoom(Math.pow(KEY_ZOOM, steps), getWidth() / 2, getHeight() / 2);
  }

  /** Gives up what is being drawn; false when nothing is. */
  boolean abandon() {
    boolean given = model.tools().abandon() || !corners.isEmpty();
    if (given) {
      gesture = Gesture.NONE;
      corners.clear();
      showOutline();
    }
    return given;
  }

  /** Screen units per pixel of the model. */
  public double scale() {
    return canvas.viewport().scale();
  }

  /** Where a point of the picture is, in this node's coordinates. */
  public Point2D screenPoint(double x, double y) {
    return new Point2D(canvas.viewport().toScreenX(x), canvas.viewport().toScreenY(y));
  }

  @Override
  protected void layoutChildren() {
    focusRing.resizeRelocate(0, 0, getWidth(), getHeight());
    double scale = getScene() == null ? 1 : getScene().getWindow().getOutputScaleX();
    canvas.resize(getWidth(), getHeight(), scale);
  }

  // Pointing

  private boolean canPaint() {
    return model.document().maskProperty().get() != null && !model.opener().isDrawing();
  }

  private boolean isBrush() {
    return model.tools().toolProperty().get() == Tool.BRUSH
        || model.tools().toolProperty().get() == Tool.ERASER;
  }

  private boolean erases(MouseEvent event) {
    return model.tools().toolProperty().get() == Tool.ERASER
        || event.isSecondaryButtonDown()
        || event.getButton() == MouseButton.SECONDARY
        || (!isBrush() && event.isAltDown());
  }

  private Place place(double x, double y) {
    return canvas.viewport().toPicture(x, y);
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

  private void showMarks() {
    showRing();
    showOutline();
  }

  private void showRing() {
    Place at = keyboard == null ? pointer : keyboard;
    boolean visible = canPaint() && !spaceDown && gesture != Gesture.PAN;
    if (at == null || !visible || !(isBrush() || keyboard != null)) {
      marks.hideRing();
    } else {
      EditorViewport seen = canvas.viewport();
      marks.showRing(
          seen, at, isBrush() ? model.tools().brush().radius() * seen.scale() : POINT_RADIUS);
    }
  }

  private void showOutline() {
    marks.showOutline(canvas.viewport(), corners);
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
        canvas.move(event.getX() - pressX, event.getY() - pressY);
        pressX = event.getX();
        pressY = event.getY();
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
      canvas.zoom(Math.pow(WHEEL_ZOOM, turn), event.getX(), event.getY());
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
      case ENTER -> stamp(event.isShiftDown());
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
    double middle = canvas.resolution() / 2.0;
    Place at = keyboard != null ? keyboard : pointer;
    return at != null ? at : new Place(middle, middle);
  }

  /** Moves the brush by one pixel of the model, and paints when asked to. */
  private void step(int dx, int dy, boolean paint) {
    Place from = keyboardPlace();
    double most = canvas.resolution();
    Place to =
        new Place(
            Math.max(0, Math.min(most, from.x() + dx)), Math.max(0, Math.min(most, from.y() + dy)));
    if (paint && isBrush()) {
      if (keyboard == null) {
        stamp(false);
      }
      model.tools().lineTo(to, model.tools().toolProperty().get() == Tool.ERASER);
    }
    keyboard = to;
    if (!isBrush() && !corners.isEmpty() && model.tools().toolProperty().get() == Tool.RECTANGLE) {
      rectangleTo(to);
    }
    showRing();
  }

  /**
   * A dab of the brush, or a corner of a shape; a lasso ends on the corner it came to last.
   *
   * @param erase whether to take paint away with a tool that paints
   */
  private void stamp(boolean erase) {
    Place at = keyboardPlace();
    keyboard = at;
    if (isBrush()) {
      model.tools().press(at, erase || model.tools().toolProperty().get() == Tool.ERASER);
      model.tools().release();
    } else if (corners.isEmpty()) {
      corners.add(at);
    } else if (model.tools().toolProperty().get() == Tool.RECTANGLE
        || corners.get(corners.size() - 1).equals(at)) {
      finishShape(at, erase);
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
