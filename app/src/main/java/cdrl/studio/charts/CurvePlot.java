package cdrl.studio.charts;

import cdrl.studio.raster.Palette;
import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.AxisStyle;
import cdrl.studio.widgets.Ticks;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/**
 * Curves with their axes. The wheel zooms to the pointer, dragging moves, a double click shows all
 * again; the values under the pointer stand in a box beside it. Arrow keys move the pointer.
 */
final class CurvePlot extends Region {
  private static final double LEFT = 62;
  private static final double RIGHT = 16;
  private static final double TOP = 10;
  private static final double BOTTOM = 28;
  private static final double WHEEL_FACTOR = 1.0035;
  private static final double KEY_FACTOR = 1.5;
  private static final double PAD = 0.06;

  /** Without outliers, this share of the values at either end need not be seen. */
  private static final double OUTLIERS = 0.05;

  /** Half the size of a curve that is a single point. */
  private static final double DOT = 3;

  private static final int PROBES = 500;
  private static final int MOST_ROWS = 10;

  private final Messages messages;
  private final AxisStyle style = new AxisStyle(this::requestLayout);
  private final Canvas canvas = new Canvas();
  private final ImageView picture = new ImageView();
  private final Line crosshair = new Line();
  private final GridPane readout = new GridPane();
  private final List<Circle> marks = new ArrayList<>();
  private final Region focusRing = new Region();
  private final BooleanProperty logX = new SimpleBooleanProperty();
  private final BooleanProperty logY = new SimpleBooleanProperty();
  private final BooleanProperty outliers = new SimpleBooleanProperty();
  private final ObjectProperty<@Nullable Axis> seen = new SimpleObjectProperty<>();
  private final ReadOnlyObjectWrapper<@Nullable Double> pointer = new ReadOnlyObjectWrapper<>();
  private List<ChartLine> lines = List.of();
  private @Nullable CurvePainter painter;
  private @Nullable PixelBuffer<IntBuffer> buffer;
  private @Nullable Axis wholeX;
  private @Nullable Axis axisX;
  private @Nullable Axis axisY;
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
    crosshair.getStyleClass().add("plot-crosshair");
    crosshair.setManaged(false);
    readout.getStyleClass().add("plot-readout");
    readout.setManaged(false);
    focusRing.getStyleClass().add("plot-focus");
    focusRing.setManaged(false);
    for (var node : List.of(canvas, picture, crosshair, readout, focusRing)) {
      node.setMouseTransparent(true);
    }
    getChildren().addAll(canvas, picture, crosshair, readout, focusRing, style.probe());
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
    focusRing.resizeRelocate(
        LEFT - 3, TOP - 3, width - LEFT - RIGHT + 6, height - TOP - BOTTOM + 6);
    GraphicsContext graphics = canvas.getGraphicsContext2D();
    graphics.clearRect(0, 0, width, height);
    wholeX = wholeX();
    axisX = wholeX == null ? null : within(seen.get(), wholeX);
    axisY = axisX == null ? null : fitY(axisX);
    picture.setVisible(axisY != null);
    if (axisX != null && axisY != null && plotWidth() >= 8 && plotHeight() >= 8) {
      drawAxes(graphics, axisX, axisY);
      drawCurves(axisX, axisY);
    }
    showReadout();
  }

  private double plotWidth() {
    return Math.floor(getWidth()) - LEFT - RIGHT;
  }

  private double plotHeight() {
    return Math.floor(getHeight()) - TOP - BOTTOM;
  }

  private static Axis within(@Nullable Axis wanted, Axis whole) {
    if (wanted == null || wanted.to() <= whole.from() || wanted.from() >= whole.to()) {
      return whole;
    }
    return new Axis(
        Math.max(wanted.from(), whole.from()),
        Math.min(wanted.to(), whole.to()),
        whole.logarithmic());
  }

  /** From the first point of all curves to the last; null where there are none. */
  private @Nullable Axis wholeX() {
    double from = Double.POSITIVE_INFINITY;
    double to = Double.NEGATIVE_INFINITY;
    for (ChartLine line : lines) {
      Curve curve = line.raw();
      int first = logX.get() ? curve.firstFrom(Double.MIN_NORMAL) : 0;
      if (first < curve.size()) {
        from = Math.min(from, curve.x(first));
        to = Math.max(to, curve.x(curve.size() - 1));
      }
    }
    if (from > to) {
      return null;
    }
    if (from == to) {
      return logX.get() ? new Axis(from / 2, from * 2, true) : new Axis(from - 1, from + 1, false);
    }
    return new Axis(from, to, logX.get());
  }

  /** The values of what is seen, with a little room around; null where nothing can be shown. */
  private @Nullable Axis fitY(Axis x) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    boolean log = logY.get();
    for (ChartLine line : lines) {
      for (Curve curve : List.of(line.smooth(), line.raw())) {
        double[] range = outliers.get() ? extremes(curve, x, log) : usual(curve, x, log);
        least = Math.min(least, range[0]);
        most = Math.max(most, range[1]);
        if (curve.equals(line.raw())) {
          break; // nothing is smoothed
        }
      }
    }
    if (least > most) {
      return null;
    }
    if (log) {
      double ratio = Math.max(1.05, Math.pow(most / least, PAD));
      return new Axis(least / ratio, most * ratio, true);
    }
    double room = most > least ? PAD * (most - least) : Math.max(1e-12, 0.1 * Math.abs(most));
    return new Axis(least - room, most + room, false);
  }

  private static double[] extremes(Curve curve, Axis x, boolean log) {
    double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    int end = curve.firstFrom(Math.nextUp(x.to()));
    for (int i = curve.firstFrom(x.from()); i < end; i++) {
      double value = curve.y(i);
      if (!log || value > 0) {
        range[0] = Math.min(range[0], value);
        range[1] = Math.max(range[1], value);
      }
    }
    return range;
  }

  /** The range without the outliers, from a sample of evenly spread points. */
  private static double[] usual(Curve curve, Axis x, boolean log) {
    int begin = curve.firstFrom(x.from());
    int end = curve.firstFrom(Math.nextUp(x.to()));
    int count = Math.min(PROBES, end - begin);
    double[] values = new double[Math.max(0, count)];
    int kept = 0;
    for (int i = 0; i < count; i++) {
      double value = curve.y(begin + (int) ((long) i * (end - begin) / count));
      if (!log || value > 0) {
        values[kept++] = value;
      }
    }
    if (kept == 0) {
      return new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    }
    Arrays.sort(values, 0, kept);
    int left = (int) (OUTLIERS * kept);
    return new double[] {values[left], values[kept - 1 - left]};
  }

  private void drawAxes(GraphicsContext graphics, Axis x, Axis y) {
    double width = plotWidth();
    double height = plotHeight();
    graphics.setFont(style.font());
    graphics.setStroke(style.line());
    graphics.setLineWidth(1);
    graphics.setFill(style.text());
    graphics.setTextBaseline(VPos.CENTER);
    graphics.setTextAlign(TextAlignment.RIGHT);
    List<Double> rows = y.ticks((int) Math.max(2, height / 48));
    for (double tick : rows) {
      double at = Math.floor(TOP + (1 - y.position(tick)) * height) + 0.5;
      graphics.strokeLine(LEFT, at, LEFT + width, at);
      graphics.fillText(label(tick, rows, y), LEFT - 8, at);
    }
    graphics.setTextBaseline(VPos.TOP);
    graphics.setTextAlign(TextAlignment.CENTER);
    List<Double> columns = x.ticks((int) Math.max(2, width / 110));
    for (double tick : columns) {
      double at = Math.floor(LEFT + x.position(tick) * width) + 0.5;
      graphics.strokeLine(at, TOP + height, at, TOP + height + 4);
      graphics.fillText(label(tick, columns, x), at, TOP + height + 8);
    }
    graphics.strokeLine(LEFT, TOP + height + 0.5, LEFT + width, TOP + height + 0.5);
  }

  private String label(double tick, List<Double> ticks, Axis axis) {
    double size = Math.max(Math.abs(ticks.get(0)), Math.abs(ticks.get(ticks.size() - 1)));
    if (axis.logarithmic() && (size >= 1e7 || ticks.get(0) < 1e-3)) {
      return messages.compact(tick);
    }
    double step = axis.logarithmic() || ticks.size() < 2 ? tick : ticks.get(1) - ticks.get(0);
    if (size >= 1e7 || size > 0 && Math.abs(step) < 1e-4) {
      return messages.compact(tick);
    }
    return messages.grouped(tick, step == 0 ? 0 : Ticks.decimals(Math.abs(step)));
  }

  private void drawCurves(Axis x, Axis y) {
    double scale = getScene() == null ? 1 : getScene().getWindow().getOutputScaleX();
    int width = (int) Math.round(plotWidth() * scale);
    int height = (int) Math.round(plotHeight() * scale);
    CurvePainter brush = painter;
    PixelBuffer<IntBuffer> shown = buffer;
    if (brush == null || shown == null || brush.width() != width || brush.height() != height) {
      brush = new CurvePainter(width, height);
      shown =
          new PixelBuffer<>(
              width, height, IntBuffer.wrap(brush.pixels()), PixelFormat.getIntArgbPreInstance());
      painter = brush;
      buffer = shown;
      picture.setImage(new WritableImage(shown));
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
    shown.updateBuffer(
        ignored -> {
          return null; // all of the image has changed
        });
    picture.setFitWidth(plotWidth());
    picture.setFitHeight(plotHeight());
    picture.relocate(LEFT, TOP);
  }

  private record Reading(ChartLine line, int index, double y) {}

  private void showReadout() {
    getChildren().removeAll(marks);
    marks.clear();
    Double at = pointer.get();
    Axis x = axisX;
    Axis y = axisY;
    List<Reading> readings = at == null || x == null || y == null ? List.of() : readings(at, x, y);
    boolean visible = !readings.isEmpty();
    crosshair.setVisible(visible);
    readout.setVisible(visible);
    if (!visible || x == null || y == null) {
      return;
    }
    double place = readings.get(0).line.smooth().x(readings.get(0).index);
    double column = Math.floor(LEFT + x.position(place) * plotWidth()) + 0.5;
    crosshair.setStartX(column);
    crosshair.setEndX(column);
    crosshair.setStartY(TOP);
    crosshair.setEndY(TOP + plotHeight());
    for (Reading reading : readings) {
      if (reading.y >= TOP && reading.y <= TOP + plotHeight()) {
        Circle mark =
            new Circle(
                LEFT + x.position(reading.line.smooth().x(reading.index)) * plotWidth(),
                reading.y,
                3.5,
                color(reading.line));
        mark.getStyleClass().add("plot-mark");
        mark.setManaged(false);
        mark.setMouseTransparent(true);
        marks.add(mark);
      }
    }
    getChildren().addAll(getChildren().indexOf(readout), marks);
    fillReadout(place, readings);
    readout.applyCss(); // the labels are new, and measured with their font only then
    double boxWidth = Math.ceil(readout.prefWidth(-1));
    double boxHeight = readout.prefHeight(boxWidth);
    double left = column + 14 + boxWidth > getWidth() ? column - 14 - boxWidth : column + 14;
    readout.resizeRelocate(
        Math.max(0, Math.floor(left)),
        Math.max(0, Math.min(TOP + 8, getHeight() - boxHeight)),
        boxWidth,
        boxHeight);
  }

  /** The points next to a place, the highest first; the curve next to the place decides which. */
  private List<Reading> readings(double at, Axis x, Axis y) {
    List<Reading> readings = new ArrayList<>();
    double away = Double.POSITIVE_INFINITY;
    double nearest = at;
    for (ChartLine line : lines) {
      int index = line.smooth().nearest(at);
      if (index >= 0) {
        double place = line.smooth().x(index);
        double distance = Math.abs(x.position(place) - x.position(at));
        if (x.takes(place) && distance < away) {
          away = distance;
          nearest = place;
        }
      }
    }
    for (ChartLine line : lines) {
      int index = line.smooth().nearest(nearest);
      if (index < 0) {
        continue;
      }
      double place = line.smooth().x(index);
      // A run that ended long before has no value here.
      if (x.takes(place)
          && Math.abs(x.position(place) - x.position(nearest)) * plotWidth() < 6
          && y.takes(line.smooth().y(index))) {
        readings.add(
            new Reading(
                line, index, TOP + (1 - y.position(line.smooth().y(index))) * plotHeight()));
      }
    }
    readings.sort(Comparator.comparingDouble(Reading::y));
    return readings;
  }

  private void fillReadout(double place, List<Reading> readings) {
    readout.getChildren().clear();
    Label title = new Label(messages.text("chart.iteration", messages.grouped(place, 0)));
    title.getStyleClass().add("plot-readout-title");
    title.setId("chart-readout-title");
    readout.add(title, 0, 0, 4, 1);
    int row = 1;
    for (Reading reading : readings.subList(0, Math.min(MOST_ROWS, readings.size()))) {
      Label name = new Label(reading.line.name());
      name.setMaxWidth(190);
      Label value = new Label(messages.figures(reading.line.smooth().y(reading.index)));
      value.getStyleClass().add("plot-readout-value");
      readout.addRow(row++, new Circle(4, color(reading.line)), name, value);
      if (!reading.line.raw().equals(reading.line.smooth())) {
        Label raw = new Label(messages.figures(reading.line.raw().y(reading.index)));
        raw.getStyleClass().add("muted");
        readout.add(raw, 3, row - 1);
      }
    }
    if (readings.size() > MOST_ROWS) {
      Label more = new Label(messages.text("chart.more", readings.size() - MOST_ROWS));
      more.getStyleClass().add("muted");
      readout.add(more, 1, row, 3, 1);
    }
  }

  private double placeAt(double x, Axis axis) {
    return axis.value(Math.max(0, Math.min(1, (x - LEFT) / plotWidth())));
  }

  private void scroll(ScrollEvent event) {
    Axis axis = axisX;
    if (axis != null && wholeX != null && event.getDeltaY() != 0) {
      zoom(Math.pow(WHEEL_FACTOR, event.getDeltaY() * 1.5), placeAt(event.getX(), axis));
      event.consume();
    }
  }

  private void zoom(double factor, double around) {
    Axis axis = axisX;
    Axis whole = wholeX;
    if (axis != null && whole != null) {
      set(axis.zoomed(factor, around, whole));
    }
  }

  private void move(double share) {
    Axis axis = axisX;
    Axis whole = wholeX;
    if (axis != null && whole != null) {
      set(axis.moved(share, whole));
    }
  }

  /** All of the axis is null, so that a curve that grows is seen to its end. */
  private void set(Axis wanted) {
    seen.set(wanted.equals(wholeX) ? null : wanted);
  }

  private void hover(MouseEvent event) {
    Axis axis = axisX;
    boolean inside =
        event.getX() >= LEFT - 4
            && event.getX() <= LEFT + plotWidth() + 4
            && event.getY() >= TOP
            && event.getY() <= TOP + plotHeight();
    pointer.set(axis != null && inside ? placeAt(event.getX(), axis) : null);
  }

  private void press(MouseEvent event) {
    requestFocus();
    dragX = event.getButton() == MouseButton.PRIMARY ? event.getX() : Double.NaN;
  }

  private void drag(MouseEvent event) {
    if (!Double.isNaN(dragX) && seen.get() != null && plotWidth() > 0) {
      move((dragX - event.getX()) / plotWidth());
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
    Axis axis = axisX;
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
