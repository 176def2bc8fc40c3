package cdrl.studio.detect;

import cdrl.studio.charts.Axis;
import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.AxisStyle;
import cdrl.studio.widgets.Ticks;
import java.util.List;
import java.util.function.DoubleFunction;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/**
 * A chart with two axes; what lies under the pointer stands in a box beside it. Arrow keys move the
 * pointer, Enter and a click choose a place.
 */
abstract class ScorePlot extends Region {
  static final double LEFT = 46;
  static final double RIGHT = 14;
  static final double TOP = 12;
  static final double BOTTOM = 42;

  /**
   * A line of the box beside the pointer.
   *
   * @param ink the colour of its mark; null for none
   */
  record Reading(@Nullable Integer ink, String text) {}

  private final Messages messages;
  private final AxisStyle style = new AxisStyle(this::requestLayout);
  private final Canvas canvas = new Canvas();
  private final Line crosshair = new Line();
  private final VBox readout = new VBox();
  private final Region focusRing = new Region();
  private double pointer = Double.NaN;

  ScorePlot(String id, Messages messages, String name) {
    this.messages = messages;
    setId(id);
    getStyleClass().add("score-plot");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setAccessibleText(name);
    setCursor(Cursor.CROSSHAIR);
    canvas.setManaged(false);
    crosshair.getStyleClass().add("plot-crosshair");
    crosshair.setManaged(false);
    readout.setId(id + "-readout");
    readout.getStyleClass().add("plot-readout");
    readout.setManaged(false);
    focusRing.getStyleClass().add("plot-focus");
    focusRing.setManaged(false);
    for (var node : List.of(canvas, crosshair, readout, focusRing)) {
      node.setMouseTransparent(true);
    }
    getChildren().addAll(canvas, crosshair, readout, focusRing, style.probe());
    addEventHandler(MouseEvent.MOUSE_MOVED, event -> point(share(event)));
    addEventHandler(MouseEvent.MOUSE_EXITED, event -> point(Double.NaN));
    addEventHandler(
        MouseEvent.MOUSE_PRESSED,
        event -> {
          requestFocus();
          choose(share(event));
        });
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
  }

  final Messages messages() {
    return messages;
  }

  final AxisStyle style() {
    return style;
  }

  /** Draws the inside; (0, 0) is its upper left. */
  abstract void draw(GraphicsContext graphics, double width, double height);

  /** What stands in the box for a place from 0 at the left to 1 at the right; none: no box. */
  abstract List<Reading> readings(double place);

  /** A click on a place, or the Enter key there. */
  abstract void choose(double place);

  /** How far an arrow key moves the pointer. */
  abstract double keyStep();

  private double share(MouseEvent event) {
    double place = (event.getX() - LEFT) / innerWidth();
    boolean inside =
        place >= 0 && place <= 1 && event.getY() >= TOP && event.getY() <= TOP + innerHeight();
    return inside ? place : Double.NaN;
  }

  private double innerWidth() {
    return Math.floor(getWidth()) - LEFT - RIGHT;
  }

  private double innerHeight() {
    return Math.floor(getHeight()) - TOP - BOTTOM;
  }

  @Override
  protected void layoutChildren() {
    double width = innerWidth();
    double height = innerHeight();
    canvas.setWidth(getWidth());
    canvas.setHeight(getHeight());
    focusRing.resizeRelocate(LEFT - 3, TOP - 3, width + 6, height + 6);
    GraphicsContext graphics = canvas.getGraphicsContext2D();
    graphics.clearRect(0, 0, getWidth(), getHeight());
    if (width >= 40 && height >= 30) {
      graphics.save();
      graphics.translate(LEFT, TOP);
      draw(graphics, width, height);
      graphics.restore();
    }
    showReadout();
  }

  /** Draws both axes with round numbers and what they stand for. */
  final void drawAxes(
      GraphicsContext graphics,
      Axis x,
      Axis y,
      DoubleFunction<String> yWords,
      String xName,
      double width,
      double height) {
    graphics.setFont(style.font());
    graphics.setStroke(style.line());
    graphics.setFill(style.text());
    graphics.setLineWidth(1);
    graphics.setTextBaseline(VPos.CENTER);
    graphics.setTextAlign(TextAlignment.RIGHT);
    for (double tick : y.ticks((int) Math.max(2, height / 44))) {
      double at = Math.floor((1 - y.position(tick)) * height) + 0.5;
      graphics.strokeLine(0, at, width, at);
      graphics.fillText(yWords.apply(tick), -8, at);
    }
    graphics.setTextBaseline(VPos.TOP);
    graphics.setTextAlign(TextAlignment.CENTER);
    List<Double> columns = x.ticks((int) Math.max(2, width / 90));
    double step = columns.size() < 2 ? 1 : columns.get(1) - columns.get(0);
    for (double tick : columns) {
      double at = Math.floor(x.position(tick) * width) + 0.5;
      graphics.strokeLine(at, height, at, height + 4);
      graphics.fillText(messages.grouped(tick, Ticks.decimals(step)), at, height + 7);
    }
    graphics.strokeLine(0, height + 0.5, width, height + 0.5);
    graphics.fillText(xName, width / 2, height + 24);
  }

  private void point(double place) {
    pointer = place;
    showReadout();
  }

  private void showReadout() {
    List<Reading> readings = Double.isNaN(pointer) ? List.of() : readings(pointer);
    crosshair.setVisible(!readings.isEmpty());
    readout.setVisible(!readings.isEmpty());
    if (readings.isEmpty()) {
      return;
    }
    double column = Math.floor(LEFT + pointer * innerWidth()) + 0.5;
    crosshair.setStartX(column);
    crosshair.setEndX(column);
    crosshair.setStartY(TOP);
    crosshair.setEndY(TOP + innerHeight());
    readout.getChildren().clear();
    for (Reading reading : readings) {
      Label line = new Label(reading.text());
      if (reading.ink() == null) {
        line.getStyleClass().add("plot-readout-title");
      } else {
        line.setGraphic(new Circle(4, Inks.of(reading.ink(), style)));
      }
      readout.getChildren().add(line);
    }
    readout.applyCss(); // the labels are new, and measured with their font only then
    double width = Math.ceil(readout.prefWidth(-1));
    double height = Math.ceil(readout.prefHeight(width));
    double left = column + 14 + width > getWidth() ? column - 14 - width : column + 14;
    readout.resizeRelocate(
        Math.max(0, Math.floor(left)),
        Math.max(0, Math.min(TOP + 6, getHeight() - height)),
        width,
        height);
  }

  private void key(KeyEvent event) {
    if (event.isShortcutDown() || event.isAltDown()) {
      return;
    }
    double place = Double.isNaN(pointer) ? 0.5 : pointer;
    if (event.getCode() == KeyCode.LEFT) {
      point(Math.max(0, place - keyStep()));
    } else if (event.getCode() == KeyCode.RIGHT) {
      point(Math.min(1, place + keyStep()));
    } else if (event.getCode() == KeyCode.ENTER) {
      choose(place);
    } else {
      return;
    }
    event.consume();
  }

  @Override
  protected double computePrefWidth(double height) {
    return 360;
  }

  @Override
  protected double computePrefHeight(double width) {
    return 240;
  }

  @Override
  protected double computeMinWidth(double height) {
    return 200;
  }

  @Override
  protected double computeMinHeight(double width) {
    return 150;
  }
}
