package cdrl.studio.widgets;

import cdrl.evaluate.ScoreField;
import cdrl.runtime.HostTensor;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/**
 * A square of the plane with axes: a picture of a density, and points and arrows over it. Wheel and
 * plus/minus zoom, dragging and arrow keys move, 0 and a double click show everything. With a
 * {@link PlaneTool}, dragging draws instead, as does the space bar at the place that the arrow keys
 * move.
 */
public final class PlaneView extends Region {
  static final double TOP = 10;
  static final double BOTTOM = 28;
  static final double LEFT = 40;
  static final double RIGHT = 10;
  private static final double WHEEL_FACTOR = 1.0015;
  private static final double KEY_FACTOR = 1.25;
  private static final double KEY_SHIFT = 0.15;
  private static final double TOOL_STEP = 0.05;

  /**
   * Points to draw over the picture.
   *
   * @param proposals (count, 2), or null
   * @param refined (count, 2), or null
   * @param strokes whether lines lead from proposals to refined points; needs both
   * @param proposalColor of the proposals and strokes, 0xRRGGBB
   */
  public record Points(
      @Nullable HostTensor proposals,
      @Nullable HostTensor refined,
      boolean strokes,
      boolean showProposals,
      boolean showRefined,
      int proposalColor) {
    /** Nothing. */
    public static final Points NONE = new Points(null, null, false, false, false, 0);
  }

  private final Messages messages;
  private final double extent;
  private final ObjectProperty<PlaneViewport> viewport;
  private final ObjectProperty<@Nullable Point2D> pointer;
  private final Canvas canvas = new Canvas();
  private final Line horizontal = new Line();
  private final Line vertical = new Line();
  private final Region focusRing = new Region();
  private final AxisStyle style = new AxisStyle(this::requestLayout);
  private @Nullable PixelImage image;
  private final Circle brush = new Circle();
  private Points points = Points.NONE;
  private @Nullable ScoreField scores;
  private @Nullable PlaneTool tool;
  private @Nullable Point2D dragged;
  private boolean drawing;

  /**
   * @param name tells screen readers what is seen
   * @param extent the plane is [−extent, extent]²
   * @param viewport the seen square; shared by planes that move together
   * @param pointer where the pointer is in the plane, or null; shared likewise
   */
  public PlaneView(
      String id,
      String name,
      Messages messages,
      double extent,
      ObjectProperty<PlaneViewport> viewport,
      ObjectProperty<@Nullable Point2D> pointer) {
    this.messages = messages;
    this.extent = extent;
    this.viewport = viewport;
    this.pointer = pointer;
    setId(id);
    getStyleClass().add("plane-view");
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setAccessibleText(name);
    setFocusTraversable(true);
    canvas.setManaged(false);
    for (Line line : new Line[] {horizontal, vertical}) {
      line.getStyleClass().add("crosshair");
      line.setManaged(false);
      line.setMouseTransparent(true);
    }
    focusRing.getStyleClass().add("plane-focus");
    focusRing.setManaged(false);
    focusRing.setMouseTransparent(true);
    brush.getStyleClass().add("plane-brush");
    brush.setManaged(false);
    brush.setMouseTransparent(true);
    getChildren().addAll(canvas, horizontal, vertical, brush, focusRing, style.probe());
    viewport.addListener((property, before, after) -> requestLayout());
    pointer.addListener((property, before, after) -> placeCrosshair());
    setOnScroll(this::scroll);
    setOnMouseMoved(this::hover);
    setOnMouseExited(event -> pointer.set(null));
    setOnMousePressed(this::press);
    setOnMouseDragged(this::drag);
    setOnMouseReleased(event -> release());
    setOnMouseClicked(this::click);
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
  }

  /** Shows a picture of the whole plane, or none. */
  public void setPicture(@Nullable Raster raster) {
    if (raster == null) {
      image = null;
    } else if (image != null && image.fits(raster)) {
      image.update(raster);
    } else {
      image = PixelImage.of(raster);
    }
    requestLayout();
  }

  /** Whether there is a picture. */
  public boolean hasPicture() {
    return image != null;
  }

  /** Shows points. */
  public void setPoints(Points points) {
    this.points = points;
    requestLayout();
  }

  /** The points that are shown. */
  public Points getPoints() {
    return points;
  }

  /** Shows arrows along scores, or none. */
  public void setScores(@Nullable ScoreField scores) {
    this.scores = scores;
    requestLayout();
  }

  /** The scores whose arrows are shown, or null. */
  public @Nullable ScoreField getScores() {
    return scores;
  }

  /** Draws with a tool from now on. */
  public void setTool(PlaneTool tool) {
    this.tool = tool;
    canvas.setCursor(Cursor.CROSSHAIR);
  }

  /** The tool draws with another width now. */
  public void toolChanged() {
    placeCrosshair();
  }

  private PlaneProjection projection() {
    return new PlaneProjection(viewport.get(), originX(), TOP, side());
  }

  private double side() {
    return Math.max(0, Math.floor(Math.min(getWidth() - LEFT - RIGHT, getHeight() - TOP - BOTTOM)));
  }

  private double originX() {
    return LEFT + Math.max(0, Math.floor((getWidth() - LEFT - RIGHT - side()) / 2));
  }

  @Override
  protected void layoutChildren() {
    canvas.setWidth(getWidth());
    canvas.setHeight(getHeight());
    GraphicsContext graphics = canvas.getGraphicsContext2D();
    graphics.clearRect(0, 0, getWidth(), getHeight());
    double side = side();
    if (side < 20) {
      return;
    }
    focusRing.resizeRelocate(originX() - 2, TOP - 2, side + 4, side + 4);
    graphics.save();
    graphics.beginPath();
    graphics.rect(originX(), TOP, side, side);
    graphics.clip();
    drawPicture(graphics, side);
    PlaneMarks marks = new PlaneMarks(graphics, projection());
    if (scores != null) {
      marks.draw(scores);
    }
    marks.draw(points);
    graphics.restore();
    drawAxes(graphics, side);
    placeCrosshair();
  }

  private void drawPicture(GraphicsContext graphics, double side) {
    if (image == null) {
      return;
    }
    PlaneViewport seen = viewport.get();
    double pixels = image.image().getWidth();
    double perUnit = pixels / (2 * extent);
    // Once cells are large on the screen, their edges are shown: blurred cells would pretend
    // detail.
    graphics.setImageSmoothing(2 * seen.half() * perUnit > side / 6);
    graphics.drawImage(
        image.image(),
        (seen.left() + extent) * perUnit,
        (extent - seen.top()) * perUnit,
        2 * seen.half() * perUnit,
        2 * seen.half() * perUnit,
        originX(),
        TOP,
        side,
        side);
  }

  private void drawAxes(GraphicsContext graphics, double side) {
    PlaneViewport seen = viewport.get();
    graphics.setStroke(style.line());
    graphics.setFill(style.text());
    graphics.setFont(style.font());
    graphics.setLineWidth(1);
    graphics.strokeRect(originX() - 0.5, TOP - 0.5, side + 1, side + 1);
    double step = Ticks.step(2 * seen.half(), side < 280 ? 4 : 8);
    int decimals = Ticks.decimals(step);
    PlaneProjection projection = projection();
    Text measure = new Text();
    measure.setFont(style.font());
    double lineHeight = measure.getLayoutBounds().getHeight();
    graphics.setTextAlign(TextAlignment.CENTER);
    for (double value : Ticks.multiples(seen.left(), seen.right(), step)) {
      double x = Math.floor(projection.x(value)) + 0.5;
      graphics.strokeLine(x, TOP + side, x, TOP + side + 4);
      graphics.fillText(messages.number(value, decimals), x, TOP + side + 5 + lineHeight * 0.85);
    }
    graphics.setTextAlign(TextAlignment.RIGHT);
    for (double value : Ticks.multiples(seen.bottom(), seen.top(), step)) {
      double y = Math.floor(projection.y(value)) + 0.5;
      graphics.strokeLine(originX() - 5, y, originX() - 1, y);
      graphics.fillText(messages.number(value, decimals), originX() - 8, y + lineHeight * 0.3);
    }
    graphics.setTextAlign(TextAlignment.LEFT);
  }

  private void placeCrosshair() {
    Point2D at = pointer.get();
    double side = side();
    PlaneProjection projection = projection();
    boolean visible =
        at != null
            && side >= 20
            && projection.isInside(projection.x(at.getX()), projection.y(at.getY()));
    horizontal.setVisible(visible && tool == null); // the ring of the tool is enough
    vertical.setVisible(visible && tool == null);
    brush.setVisible(visible && tool != null && (isHover() || isFocused()));
    if (!visible || at == null) {
      return;
    }
    double x = Math.floor(projection.x(at.getX())) + 0.5;
    double y = Math.floor(projection.y(at.getY())) + 0.5;
    if (tool != null) {
      brush.setCenterX(x);
      brush.setCenterY(y);
      brush.setRadius(Math.max(1.5, projection.length(tool.radius())));
    }
    horizontal.setStartX(originX());
    horizontal.setEndX(originX() + side);
    horizontal.setStartY(y);
    horizontal.setEndY(y);
    vertical.setStartX(x);
    vertical.setEndX(x);
    vertical.setStartY(TOP);
    vertical.setEndY(TOP + side);
  }

  private void scroll(ScrollEvent event) {
    PlaneProjection projection = projection();
    if (!projection.isInside(event.getX(), event.getY())) {
      return;
    }
    if (tool != null && event.isAltDown()) {
      tool.resize((int) Math.signum(event.getDeltaY() + event.getDeltaX()));
      event.consume();
    } else if (event.getDeltaY() != 0) {
      Point2D at = projection.plane(event.getX(), event.getY());
      double factor = Math.pow(WHEEL_FACTOR, event.getDeltaY() * 4);
      viewport.set(viewport.get().zoom(factor, at.getX(), at.getY(), extent));
      event.consume();
    }
  }

  private void hover(MouseEvent event) {
    PlaneProjection projection = projection();
    pointer.set(
        projection.isInside(event.getX(), event.getY())
            ? projection.plane(event.getX(), event.getY())
            : null);
  }

  private void press(MouseEvent event) {
    requestFocus();
    PlaneProjection projection = projection();
    if (!projection.isInside(event.getX(), event.getY())) {
      return;
    }
    Point2D at = projection.plane(event.getX(), event.getY());
    boolean primary = event.getButton() == MouseButton.PRIMARY;
    if (tool != null && (primary || event.getButton() == MouseButton.SECONDARY)) {
      drawing = true;
      tool.press(at.getX(), at.getY(), !primary);
    } else if (primary || event.getButton() == MouseButton.MIDDLE) {
      dragged = at;
    }
  }

  private void drag(MouseEvent event) {
    if (side() > 0) {
      Point2D now = projection().plane(event.getX(), event.getY());
      if (drawing && tool != null) {
        tool.drag(now.getX(), now.getY());
      } else if (dragged != null) {
        viewport.set(
            viewport.get().move(dragged.getX() - now.getX(), dragged.getY() - now.getY(), extent));
      }
    }
    hover(event);
  }

  private void release() {
    dragged = null;
    if (drawing && tool != null) {
      drawing = false;
      tool.release();
    }
  }

  private void click(MouseEvent event) {
    if (tool == null && event.getClickCount() == 2 && event.getButton() == MouseButton.PRIMARY) {
      viewport.set(PlaneViewport.whole(extent));
    }
  }

  private void key(KeyEvent event) {
    if (event.isShortcutDown() || event.isAltDown()) {
      return;
    }
    if (tool == null ? moveKey(event) : zoomKey(event) || toolKey(event, tool)) {
      event.consume();
    }
  }

  private boolean moveKey(KeyEvent event) {
    PlaneViewport seen = viewport.get();
    double shift = KEY_SHIFT * seen.half();
    Point2D way = way(event);
    if (way == null) {
      return zoomKey(event);
    }
    viewport.set(seen.move(way.getX() * shift, way.getY() * shift, extent));
    return true;
  }

  private static @Nullable Point2D way(KeyEvent event) {
    return switch (event.getCode()) {
      case LEFT -> new Point2D(-1, 0);
      case RIGHT -> new Point2D(1, 0);
      case UP -> new Point2D(0, 1);
      case DOWN -> new Point2D(0, -1);
      default -> null;
    };
  }

  private boolean zoomKey(KeyEvent event) {
    PlaneViewport seen = viewport.get();
    PlaneViewport next =
        switch (event.getCode()) {
          case PLUS, ADD, EQUALS -> seen.zoom(KEY_FACTOR, seen.centerX(), seen.centerY(), extent);
          case MINUS, SUBTRACT -> seen.zoom(1 / KEY_FACTOR, seen.centerX(), seen.centerY(), extent);
          case DIGIT0, NUMPAD0, HOME -> PlaneViewport.whole(extent);
          default -> null;
        };
    if (next != null) {
      viewport.set(next);
    }
    return next != null;
  }

  /** Arrow keys move the tool, the space bar uses it, with Shift the other way round. */
  private boolean toolKey(KeyEvent event, PlaneTool used) {
    PlaneViewport seen = viewport.get();
    Point2D known = pointer.get();
    Point2D at = known == null ? new Point2D(seen.centerX(), seen.centerY()) : known;
    Point2D way = way(event);
    if (way != null) {
      double step = TOOL_STEP * seen.half();
      pointer.set(
          new Point2D(
              Math.max(-extent, Math.min(extent, at.getX() + way.getX() * step)),
              Math.max(-extent, Math.min(extent, at.getY() + way.getY() * step))));
      return true;
    }
    switch (event.getCode()) {
      case SPACE -> {
        pointer.set(at);
        used.press(at.getX(), at.getY(), event.isShiftDown());
        used.release();
      }
      case OPEN_BRACKET -> used.resize(-1);
      case CLOSE_BRACKET -> used.resize(1);
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  protected double computePrefWidth(double height) {
    return 480;
  }

  @Override
  protected double computePrefHeight(double width) {
    return 460;
  }

  @Override
  protected double computeMinWidth(double height) {
    return 180;
  }

  @Override
  protected double computeMinHeight(double width) {
    return 180;
  }
}
