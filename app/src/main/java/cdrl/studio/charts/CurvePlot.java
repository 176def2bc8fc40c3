package cdrl.studio.charts;

import cdrl.studio.raster.Palette;
import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.AxisStyle;
import cdrl.studio.widgets.Ticks;
import java.nio.IntBuffer;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/**
 * Curves with their axes. The wheel zooms to the pointer, dragging moves, a double click shows all
 * again; the values under the pointer stand in a box beside it. Arrow keys move the pointer.
 */
final class CurvePlot extends Region {
  private static final double WHEEL_FACTOR = 1.0035;
  private static final double KEY_FACTOR = 1.5;

  /** Half the size of a curve that is a single point. */
  private static final double DOT = 3;

  private final Messages messages;
  private final AxisStyle style = new AxisStyle(this::requestLayout);
  private final Canvas canvas = new Canvas();
  private final ImageView picture = new ImageView();
  private final CurveReadout readout;
  private final Region focusRing = new Region();
  private final BooleanProperty logX = new SimpleBooleanProperty();
  private final BooleanProperty logY = new SimpleBooleanProperty();
  private final BooleanProperty outliers = new SimpleBooleanProperty();
  private final ObjectProperty<@Nullable Axis> seen = new SimpleObjectProperty<>();
  private final ReadOnlyObjectWrapper<@Nullable Double> pointer = new ReadOnlyObjectWrapper<>();
  private List<ChartLine> lines = List.of();
  private @Nullable CurvePainter painter;
  private @Nullable PixelBuffer<IntBuffer> buffer;
  private @Nullable PlotAxes axes;
  private double dragX = Double.NaN;

  CurvePlot(Messages messages, String name) {
    this.messages = messages;
    getStyleClass().add("curve-plot");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setAccessibleText(name);
    setCursor(Cursor.CROSSHAIR);
    canvas.setManaged(false);
    picture.setManaged(false);
    readout = new CurveReadout(messages, this::color);
    focusRing.getStyleClass().add("plot-focus");
    focusRing.setManaged(false);
    for (var node : List.of(canvas, picture, focusRing)) {
      node.setMouseTransparent(true);
    }
    getChildren().addAll(canvas, picture);
    getChildren().addAll(readout.nodes());
    getChildren().addAll(focusRing, style.probe());
    logX.addListener((property, before, after) -> seen.set(null));
    for (var property : List.of(logX, logY, outliers, seen)) {
      property.addListener((observed, before, after) -> requestLayout());
    }
    pointer.addListener((property, before, after) -> showReadout());
    addEventHandler(ScrollEvent.SCROLL, this::scroll);
    addEventHandler(MouseEvent.MOUSE_MOVED, this::hover);
    addEventHandler(MouseEvent.MOUSE_EXITED, event -> pointer.set(null));
    addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
    addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
    addEventHandler(MouseEvent.MOUSE_CLICKED, this::click);
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
  }

  BooleanProperty logXProperty() {
    return logX;
  }

  BooleanProperty logYProperty() {
    return logY;
  }

  /** Whether all values are seen; else a few that lie far off the others need not be. */
  BooleanProperty outliersProperty() {
    return outliers;
  }

  /** The part of the horizontal axis that is seen, or null for all of it. */
  ObjectProperty<@Nullable Axis> seenProperty() {
    return seen;
  }

  /** The place of the pointer on the horizontal axis, or null. */
  ReadOnlyObjectProperty<@Nullable Double> pointerProperty() {
    return pointer.getReadOnlyProperty();
  }

  void setLines(List<ChartLine> shown) {
    lines = List.copyOf(shown);
    requestLayout();
  }

  /** The colour of a line in the theme in use. */
  Color color(ChartLine line) {
    int rgb = rgb(line.ink());
    return Color.rgb(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255);
  }

  private int rgb(Ink ink) {
    boolean dark = style.text() instanceof Color text && text.getBrightness() > 0.5;
    return ink instanceof Ink.Distinct distinct
        ? Palette.distinct(distinct.index(), dark)
        : Palette.ordered(((Ink.Ordered) ink).share(), dark);
  }

  @Override
  protected void layoutChildren() {
    double width = Math.floor(getWidth());
    double height = Math.floor(getHeight());
    canvas.setWidth(width);
    canvas.setHeight(height);
    PlotArea area = area();
    focusRing.resizeRelocate(
        PlotArea.LEFT - 3, PlotArea.TOP - 3, area.width() + 6, area.height() + 6);
    GraphicsContext graphics = canvas.getGraphicsContext2D();
    graphics.clearRect(0, 0, width, height);
    PlotAxes fitted =
        PlotAxes.of(lines, seen.get(), new PlotAxes.Look(logX.get(), logY.get(), outliers.get()));
    axes = fitted;
    picture.setVisible(fitted != null);
    if (fitted != null && area.isLarge()) {
      drawAxes(graphics, fitted, area);
      drawCurves(fitted, area);
    }
    showReadout();
  }

  private PlotArea area() {
    return PlotArea.in(getWidth(), getHeight());
  }

  private void showReadout() {
    Double at = pointer.get();
    PlotAxes fitted = axes;
    if (at == null || fitted == null) {
      readout.hide();
    } else {
      readout.show(lines, at, fitted, area(), getWidth(), getHeight());
    }
  }

  private void drawAxes(GraphicsContext graphics, PlotAxes shown, PlotArea area) {
    Axis x = shown.x();
    Axis y = shown.y();
    double right = PlotArea.LEFT + area.width();
    double bottom = PlotArea.TOP + area.height();
    graphics.setFont(style.font());
    graphics.setStroke(style.line());
    graphics.setLineWidth(1);
    graphics.setFill(style.text());
    graphics.setTextBaseline(VPos.CENTER);
    graphics.setTextAlign(TextAlignment.RIGHT);
    List<Double> rows = y.ticks((int) Math.max(2, area.height() / 48));
    for (double tick : rows) {
      double at = Math.floor(area.row(y, tick)) + 0.5;
      graphics.strokeLine(PlotArea.LEFT, at, right, at);
      graphics.fillText(label(tick, rows, y), PlotArea.LEFT - 8, at);
    }
    graphics.setTextBaseline(VPos.TOP);
    graphics.setTextAlign(TextAlignment.CENTER);
    List<Double> columns =
        x.ticks((int) Math.max(2, area.width() / 110)).stream()
            .filter(tick -> tick == Math.rint(tick)) // there is nothing between two iterations
            .toList();
    for (double tick : columns) {
      double at = Math.floor(area.column(x, tick)) + 0.5;
      graphics.strokeLine(at, bottom, at, bottom + 4);
      graphics.fillText(label(tick, columns, x), at, bottom + 8);
    }
    graphics.strokeLine(PlotArea.LEFT, bottom + 0.5, right, bottom + 0.5);
  }

  private String label(double tick, List<Double> ticks, Axis axis) {
    double size = Math.max(Math.abs(ticks.get(0)), Math.abs(ticks.get(ticks.size() - 1)));
    if (axis.logarithmic() && (size >= 1e7 || ticks.get(0) < 1e-3)) {
      return messages.compact(tick);
    }
    double step = !axis.hasEvenTicks() || ticks.size() < 2 ? tick : ticks.get(1) - ticks.get(0);
    if (size >= 1e7 || size > 0 && Math.abs(step) < 1e-4) {
      return messages.compact(tick);
    }
    return messages.grouped(tick, step == 0 ? 0 : Ticks.decimals(Math.abs(step)));
  }

  private void drawCurves(PlotAxes shown, PlotArea area) {
    Axis x = shown.x();
    Axis y = shown.y();
    double scale = getScene() == null ? 1 : getScene().getWindow().getOutputScaleX();
    int width = (int) Math.round(area.width() * scale);
    int height = (int) Math.round(area.height() * scale);
    CurvePainter brush = painter;
    PixelBuffer<IntBuffer> target = buffer;
    if (brush == null || target == null || brush.width() != width || brush.height() != height) {
      brush = new CurvePainter(width, height);
      target =
          new PixelBuffer<>(
              width, height, IntBuffer.wrap(brush.pixels()), PixelFormat.getIntArgbPreInstance());
      painter = brush;
      buffer = target;
      picture.setImage(new WritableImage(target));
    }
    brush.clear();
    boolean several = lines.size() > 1 && lines.stream().anyMatch(ChartLine::front);
    for (ChartLine line : lines) {
      if (!line.raw().equals(line.smooth())) {
        brush.draw(
            line.raw(), x, y, rgb(line.ink()), several && !line.front() ? 0.12 : 0.28, 0.6 * scale);
      }
    }
    for (boolean front : new boolean[] {false, true}) {
      for (ChartLine line : lines) {
        if (line.front() == front) {
          double strength = several && !front ? 0.8 : 1;
          double radius = line.raw().size() == 1 ? DOT : front ? 1.05 : 0.8;
          brush.draw(line.smooth(), x, y, rgb(line.ink()), strength, radius * scale);
        }
      }
    }
    target.updateBuffer(
        ignored -> {
          return null; // all of the image has changed
        });
    picture.setFitWidth(area.width());
    picture.setFitHeight(area.height());
    picture.relocate(PlotArea.LEFT, PlotArea.TOP);
  }

  private void scroll(ScrollEvent event) {
    if (axes != null && event.getDeltaY() != 0) {
      double around = area().value(axes.x(), event.getX());
      zoom(Math.pow(WHEEL_FACTOR, event.getDeltaY() * 1.5), around);
      event.consume();
    }
  }

  private void zoom(double factor, double around) {
    if (axes != null) {
      set(axes.x().zoomed(factor, around, axes.whole()));
    }
  }

  private void move(double share) {
    if (axes != null) {
      set(axes.x().moved(share, axes.whole()));
    }
  }

  /** All of the axis is null, so that a curve that grows is seen to its end. */
  private void set(Axis wanted) {
    seen.set(axes != null && wanted.equals(axes.whole()) ? null : wanted);
  }

  private void hover(MouseEvent event) {
    PlotArea area = area();
    pointer.set(
        axes != null && area.contains(event.getX(), event.getY())
            ? area.value(axes.x(), event.getX())
            : null);
  }

  private void press(MouseEvent event) {
    requestFocus();
    dragX = event.getButton() == MouseButton.PRIMARY ? event.getX() : Double.NaN;
  }

  private void drag(MouseEvent event) {
    double width = area().width();
    if (!Double.isNaN(dragX) && seen.get() != null && width > 0) {
      move((dragX - event.getX()) / width);
    }
    dragX = event.getX();
    hover(event);
  }

  private void click(MouseEvent event) {
    if (event.getClickCount() == 2 && event.getButton() == MouseButton.PRIMARY) {
      seen.set(null);
    }
  }

  private void key(KeyEvent event) {
    Axis axis = axes == null ? null : axes.x();
    if (axis == null || event.isShortcutDown() || event.isAltDown()) {
      return;
    }
    Double at = pointer.get();
    double place = at == null ? axis.value(0.5) : at;
    switch (event.getCode()) {
      case LEFT -> pointer.set(axis.value(Math.max(0, axis.position(place) - 0.01)));
      case RIGHT -> pointer.set(axis.value(Math.min(1, axis.position(place) + 0.01)));
      case PAGE_UP -> move(-0.25);
      case PAGE_DOWN -> move(0.25);
      case PLUS, ADD, EQUALS -> zoom(KEY_FACTOR, place);
      case MINUS, SUBTRACT -> zoom(1 / KEY_FACTOR, place);
      case DIGIT0, NUMPAD0, HOME -> seen.set(null);
      default -> {
        return;
      }
    }
    event.consume();
  }

  @Override
  protected double computePrefWidth(double height) {
    return 600;
  }

  @Override
  protected double computePrefHeight(double width) {
    return 320;
  }

  @Override
  protected double computeMinWidth(double height) {
    return 240;
  }

  @Override
  protected double computeMinHeight(double width) {
    return 140;
  }
}
