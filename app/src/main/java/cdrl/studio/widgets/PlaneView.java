package cdrl.studio.widgets;

import cdrl.runtime.HostTensor;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.shape.Line;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/**
 * A square of the plane with axes: a picture of a density and points over it. Wheel and plus/minus
 * zoom, dragging and arrow keys move, 0 and a double click show everything.
 */
public final class PlaneView extends Region {
  static final double TOP = 10;
  static final double BOTTOM = 28;
  static final double LEFT = 40;
  static final double RIGHT = 10;
  private static final double WHEEL_FACTOR = 1.0015;
  private static final double KEY_FACTOR = 1.25;
  private static final double KEY_SHIFT = 0.15;

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
  private Points points = Points.NONE;
  private @Nullable Point2D dragged;

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
    getChildren().addAll(canvas, horizontal, vertical, focusRing, style.probe());
    viewport.addListener((property, before, after) -> requestLayout());
    pointer.addListener((property, before, after) -> placeCrosshair());
    setOnScroll(this::scroll);
    setOnMouseMoved(this::hover);
    setOnMouseExited(event -> pointer.set(null));
    setOnMousePressed(this::press);
    setOnMouseDragged(this::drag);
    setOnMouseReleased(event -> dragged = null);
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

  private double side() {
    return Math.max(0, Math.floor(Math.min(getWidth() - LEFT - RIGHT, getHeight() - TOP - BOTTOM)));
  }

  private double originX() {
    return LEFT + Math.max(0, Math.floor((getWidth() - LEFT - RIGHT - side()) / 2));
  }

  private double x(double planeX) {
    return originX() + (planeX - viewport.get().left()) / (2 * viewport.get().half()) * side();
  }

  private double y(double planeY) {
    return TOP + (viewport.get().top() - planeY) / (2 * viewport.get().half()) * side();
  }

  private Point2D plane(double x, double y) {
    double scale = 2 * viewport.get().half() / side();
    return new Point2D(
        viewport.get().left() + (x - originX()) * scale, viewport.get().top() - (y - TOP) * scale);
  }

  private boolean isInside(double x, double y) {
    return x >= originX() && x < originX() + side() && y >= TOP && y < TOP + side();
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
    drawPoints(graphics);
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

  private void drawPoints(GraphicsContext graphics) {
    HostTensor from = points.proposals;
    HostTensor to = points.refined;
    Color proposalColor =
        Color.rgb(
            points.proposalColor >> 16 & 255,
            points.proposalColor >> 8 & 255,
            points.proposalColor & 255);
    int count = to != null ? to.count() : from != null ? from.count() : 0;
    double radius = count > 4000 ? 1.2 : count > 1500 ? 1.6 : 2.4;
    if (points.strokes && from != null && to != null) {
      graphics.setStroke(proposalColor.deriveColor(0, 1, 1, count > 1500 ? 0.45 : 0.7));
      graphics.setLineWidth(1);
      for (int i = 0; i < count; i++) {
        graphics.strokeLine(
            x(from.values()[2 * i]),
            y(from.values()[2 * i + 1]),
            x(to.values()[2 * i]),
            y(to.values()[2 * i + 1]));
      }
    }
    if (points.showProposals && from != null) {
      dots(graphics, from, radius, proposalColor);
    }
    if (points.showRefined && to != null) {
      dots(graphics, to, radius, Color.WHITE);
    }
  }

  private void dots(GraphicsContext graphics, HostTensor at, double radius, Color color) {
    // A dark rim keeps light points visible on the light end of the colours.
    double rim = radius + 0.9;
    graphics.setFill(Color.rgb(0, 0, 0, 0.55));
    for (int i = 0; i < at.count(); i++) {
      graphics.fillOval(
          x(at.values()[2 * i]) - rim, y(at.values()[2 * i + 1]) - rim, 2 * rim, 2 * rim);
    }
    graphics.setFill(color);
    for (int i = 0; i < at.count(); i++) {
      graphics.fillOval(
          x(at.values()[2 * i]) - radius,
          y(at.values()[2 * i + 1]) - radius,
          2 * radius,
          2 * radius);
    }
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
    Text measure = new Text();
    measure.setFont(style.font());
    double lineHeight = measure.getLayoutBounds().getHeight();
    graphics.setTextAlign(TextAlignment.CENTER);
    for (double value : Ticks.multiples(seen.left(), seen.right(), step)) {
      double x = Math.floor(x(value)) + 0.5;
      graphics.strokeLine(x, TOP + side, x, TOP + side + 4);
      graphics.fillText(messages.number(value, decimals), x, TOP + side + 5 + lineHeight * 0.85);
    }
    graphics.setTextAlign(TextAlignment.RIGHT);
    for (double value : Ticks.multiples(seen.bottom(), seen.top(), step)) {
      double y = Math.floor(y(value)) + 0.5;
      graphics.strokeLine(originX() - 5, y, originX() - 1, y);
      graphics.fillText(messages.number(value, decimals), originX() - 8, y + lineHeight * 0.3);
    }
    graphics.setTextAlign(TextAlignment.LEFT);
  }

  private void placeCrosshair() {
    Point2D at = pointer.get();
    double side = side();
    boolean visible = at != null && side >= 20 && isInside(x(at.getX()), y(at.getY()));
    horizontal.setVisible(visible);
    vertical.setVisible(visible);
    if (!visible || at == null) {
      return;
    }
    double x = Math.floor(x(at.getX())) + 0.5;
    double y = Math.floor(y(at.getY())) + 0.5;
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
    if (isInside(event.getX(), event.getY()) && event.getDeltaY() != 0) {
      Point2D at = plane(event.getX(), event.getY());
      double factor = Math.pow(WHEEL_FACTOR, event.getDeltaY() * 4);
      viewport.set(viewport.get().zoom(factor, at.getX(), at.getY(), extent));
      event.consume();
    }
  }

  private void hover(MouseEvent event) {
    pointer.set(isInside(event.getX(), event.getY()) ? plane(event.getX(), event.getY()) : null);
  }

  private void press(MouseEvent event) {
    requestFocus();
    if (event.getButton() == MouseButton.PRIMARY && isInside(event.getX(), event.getY())) {
      dragged = plane(event.getX(), event.getY());
    }
  }

  private void drag(MouseEvent event) {
    if (dragged != null && side() > 0) {
      Point2D now = plane(event.getX(), event.getY());
      viewport.set(
          viewport.get().move(dragged.getX() - now.getX(), dragged.getY() - now.getY(), extent));
    }
    hover(event);
  }

  private void click(MouseEvent event) {
    if (event.getClickCount() == 2 && event.getButton() == MouseButton.PRIMARY) {
      viewport.set(PlaneViewport.whole(extent));
    }
  }

  private void key(KeyEvent event) {
    if (event.isShortcutDown() || event.isAltDown()) {
      return;
    }
    PlaneViewport seen = viewport.get();
    double shift = KEY_SHIFT * seen.half();
    PlaneViewport next =
        switch (event.getCode()) {
          case LEFT -> seen.move(-shift, 0, extent);
          case RIGHT -> seen.move(shift, 0, extent);
          case UP -> seen.move(0, shift, extent);
          case DOWN -> seen.move(0, -shift, extent);
          case PLUS, ADD, EQUALS -> seen.zoom(KEY_FACTOR, seen.centerX(), seen.centerY(), extent);
          case MINUS, SUBTRACT -> seen.zoom(1 / KEY_FACTOR, seen.centerX(), seen.centerY(), extent);
          case DIGIT0, NUMPAD0, HOME -> PlaneViewport.whole(extent);
          default -> null;
        };
    if (next != null) {
      viewport.set(next);
      event.consume();
    }
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
