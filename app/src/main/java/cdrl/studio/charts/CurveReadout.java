package cdrl.studio.charts;

import cdrl.studio.resources.Messages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.paint.Color;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;

/** The values of all curves at one place: a line across them, a dot on each, and a box. */
final class CurveReadout {
  private static final int MOST_ROWS = 10;

  private record Reading(ChartLine line, int index, double y) {}

  private final Messages messages;
  private final Function<ChartLine, Color> colors;
  private final Line crosshair = new Line();
  private final Group marks = new Group();
  private final GridPane box = new GridPane();

  /**
   * @param colors of the curves
   */
  CurveReadout(Messages messages, Function<ChartLine, Color> colors) {
    this.messages = messages;
    this.colors = colors;
    crosshair.getStyleClass().add("plot-crosshair");
    box.getStyleClass().add("plot-readout");
    for (Node node : nodes()) {
      node.setManaged(false);
      node.setMouseTransparent(true);
    }
  }

  /** From the back to the front. */
  List<Node> nodes() {
    return List.of(crosshair, marks, box);
  }

  /** Shows nothing. */
  void hide() {
    nodes().forEach(node -> node.setVisible(false));
  }

  /**
   * Shows the values at a place of the horizontal axis.
   *
   * @param plotWidth the space there is for the box
   * @param plotHeight the same
   */
  void show(
      List<ChartLine> lines,
      double at,
      PlotAxes axes,
      PlotArea area,
      double plotWidth,
      double plotHeight) {
    List<Reading> readings = readings(lines, at, axes, area);
    if (readings.isEmpty()) {
      hide();
      return;
    }
    nodes().forEach(node -> node.setVisible(true));
    double place = readings.get(0).line.smooth().x(readings.get(0).index);
    double column = Math.floor(area.column(axes.x(), place)) + 0.5;
    crosshair.setStartX(column);
    crosshair.setEndX(column);
    crosshair.setStartY(PlotArea.TOP);
    crosshair.setEndY(PlotArea.TOP + area.height());
    marks.getChildren().clear();
    for (Reading reading : readings) {
      if (reading.y >= PlotArea.TOP && reading.y <= PlotArea.TOP + area.height()) {
        Circle mark =
            new Circle(
                area.column(axes.x(), reading.line.smooth().x(reading.index)),
                reading.y,
                3.5,
                colors.apply(reading.line));
        mark.getStyleClass().add("plot-mark");
        marks.getChildren().add(mark);
      }
    }
    fill(place, readings);
    box.applyCss(); // the labels are new, and measured with their font only then
    double boxWidth = Math.ceil(box.prefWidth(-1));
    double boxHeight = box.prefHeight(boxWidth);
    double left = column + 14 + boxWidth > plotWidth ? column - 14 - boxWidth : column + 14;
    box.resizeRelocate(
        Math.max(0, Math.floor(left)),
        Math.max(0, Math.min(PlotArea.TOP + 8, plotHeight - boxHeight)),
        boxWidth,
        boxHeight);
  }

  /** The points next to a place, the highest first; the curve next to the place decides which. */
  private static List<Reading> readings(
      List<ChartLine> lines, double at, PlotAxes axes, PlotArea area) {
    Axis x = axes.x();
    Axis y = axes.y();
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
          && Math.abs(x.position(place) - x.position(nearest)) * area.width() < 6
          && y.takes(line.smooth().y(index))) {
        readings.add(new Reading(line, index, area.row(y, line.smooth().y(index))));
      }
    }
    readings.sort(Comparator.comparingDouble(Reading::y));
    return readings;
  }

  private void fill(double place, List<Reading> readings) {
    box.getChildren().clear();
    Label title = new Label(messages.text("chart.iteration", messages.grouped(place, 0)));
    title.getStyleClass().add("plot-readout-title");
    title.setId("chart-readout-title");
    box.add(title, 0, 0, 4, 1);
    int row = 1;
    for (Reading reading : readings.subList(0, Math.min(MOST_ROWS, readings.size()))) {
      Label name = new Label(reading.line.name());
      name.setMaxWidth(190);
      Label value = new Label(messages.figures(reading.line.smooth().y(reading.index)));
      value.getStyleClass().add("plot-readout-value");
      box.addRow(row++, new Circle(4, colors.apply(reading.line)), name, value);
      if (!reading.line.raw().equals(reading.line.smooth())) {
        Label raw = new Label(messages.figures(reading.line.raw().y(reading.index)));
        raw.getStyleClass().add("muted");
        box.add(raw, 3, row - 1);
      }
    }
    if (readings.size() > MOST_ROWS) {
      Label more = new Label(messages.text("chart.more", readings.size() - MOST_ROWS));
      more.getStyleClass().add("muted");
      box.add(more, 1, row, 3, 1);
    }
  }
}
