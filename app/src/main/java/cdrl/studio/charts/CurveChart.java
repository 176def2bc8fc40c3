package cdrl.studio.charts;

import cdrl.studio.resources.Messages;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import org.jspecify.annotations.Nullable;

/** Curves over the iterations, with their names. */
public final class CurveChart extends VBox {
  private static final int MOST_NAMES = 10;

  private final Messages messages;
  private final CurvePlot plot;
  private final FlowPane legend = new FlowPane();
  private List<ChartLine> lines = List.of();

  /**
   * @param id the node's id
   * @param name tells screen readers what the chart shows
   */
  public CurveChart(String id, Messages messages, String name) {
    this.messages = messages;
    plot = new CurvePlot(messages, name);
    plot.setId(id + "-plot");
    setId(id);
    getStyleClass().add("curve-chart");
    legend.getStyleClass().add("chart-legend");
    legend.setId(id + "-legend");
    VBox.setVgrow(plot, Priority.ALWAYS);
    getChildren().addAll(legend, plot);
  }

  /** Whether equal distances to the right are equal ratios. */
  public BooleanProperty logXProperty() {
    return plot.logXProperty();
  }

  /** Whether equal distances upwards are equal ratios. */
  public BooleanProperty logYProperty() {
    return plot.logYProperty();
  }

  /** Whether all values are seen; else a few that lie far off the others need not be. */
  public BooleanProperty outliersProperty() {
    return plot.outliersProperty();
  }

  /** The part of the horizontal axis that is seen, or null for all of it. */
  public ObjectProperty<@Nullable Axis> seenProperty() {
    return plot.seenProperty();
  }

  /** The place of the pointer on the horizontal axis, or null. */
  public ReadOnlyObjectProperty<@Nullable Double> pointerProperty() {
    return plot.pointerProperty();
  }

  /** Leaves the names of the curves out, where something else tells them. */
  public void hideNames() {
    legend.setVisible(false);
    legend.setManaged(false);
  }

  /** Shows curves in place of those before. */
  public void setLines(List<ChartLine> shown) {
    lines = List.copyOf(shown);
    plot.setLines(lines);
    showLegend();
  }

  @Override
  protected void layoutChildren() {
    super.layoutChildren();
    // The theme may have changed.
    for (int i = 0; i < Math.min(lines.size(), legend.getChildren().size()); i++) {
      if (legend.getChildren().get(i) instanceof Label label
          && label.getGraphic() instanceof Circle swatch) {
        swatch.setFill(plot.color(lines.get(i)));
      }
    }
  }

  private void showLegend() {
    legend.getChildren().clear();
    for (ChartLine line : lines.subList(0, Math.min(MOST_NAMES, lines.size()))) {
      Label name = new Label(line.name(), new Circle(4, plot.color(line)));
      name.getStyleClass().add("chart-name");
      if (line.front() && lines.size() > 1) {
        name.getStyleClass().add("chart-name-front");
      }
      legend.getChildren().add(name);
    }
    if (lines.size() > MOST_NAMES) {
      Label more = new Label(messages.text("chart.more", lines.size() - MOST_NAMES));
      more.getStyleClass().addAll("chart-name", "muted");
      legend.getChildren().add(more);
    }
  }
}
