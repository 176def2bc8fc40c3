package cdrl.studio.detect;

import cdrl.studio.detect.Analysis.Place;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.Controls;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** The charts, all pictures by their scores, and the selected one with its heat map. */
final class DetectResults extends VBox {
  private static final double ROC_WIDTH = 310;
  private static final double LEAST_CHART = 216;
  private static final double MOST_CHART = 340;
  private static final double CHART_SHARE = 0.3;
  private static final double LEAST_HEAT = 264;
  private static final double MOST_HEAT = 420;
  private static final double HEAT_SHARE = 0.21;

  private final Messages messages;
  private final DetectViewModel model;
  private final DetectFiles files;
  private final Region whole;
  private final HBox charts = new HBox();
  private final HistogramPlot histogram;
  private final RocPlot roc;
  private final Label noRoc = new Label();
  private final PictureWall wall;
  private boolean choosing;

  /**
   * @param whole the workspace, with whose size the parts grow
   */
  DetectResults(Messages messages, DetectViewModel model, DetectFiles files, Region whole) {
    this.messages = messages;
    this.model = model;
    this.files = files;
    this.whole = whole;
    histogram = new HistogramPlot(messages, model.selected()::selectNear);
    roc = new RocPlot(messages);
    wall = new PictureWall(messages, source(), this::choose);
    build();
  }

  /** Follows the view model from now on. */
  void attach() {
    model.analysisProperty().addListener((property, before, after) -> showAnalysis(after));
    model.selected().placeProperty().addListener((property, before, after) -> showSelected(after));
    model.models().loadedProperty().addListener((property, before, after) -> wall.forget());
    model.mostProperty().addListener((property, before, after) -> wall.forget());
    showAnalysis(model.analysisProperty().get());
  }

  /** The charts. */
  Node charts() {
    return charts;
  }

  /** Goes to the pictures with the lowest scores, or to those with the highest ones. */
  void goToEnd(boolean last) {
    wall.goToEnd(last);
  }

  private void build() {
    noRoc.setId("no-roc");
    noRoc.getStyleClass().add("chart-placeholder");
    noRoc.setWrapText(true);
    StackPane curve = new StackPane(roc, noRoc);
    curve.setMinWidth(ROC_WIDTH);
    curve.setPrefWidth(ROC_WIDTH);
    HBox.setHgrow(histogram, Priority.ALWAYS);
    charts
        .getChildren()
        .addAll(titled("detect.histogram.title", histogram), titled("detect.roc.title", curve));
    HBox.setHgrow(charts.getChildren().get(0), Priority.ALWAYS);
    charts.getStyleClass().add("score-charts");
    charts.setId("score-charts");
    whole
        .heightProperty()
        .addListener(
            (property, before, after) -> {
              double height =
                  Math.max(LEAST_CHART, Math.min(MOST_CHART, CHART_SHARE * after.doubleValue()));
              charts.setMinHeight(height);
              charts.setPrefHeight(height);
            });
    Button lowest =
        Controls.button("lowest", BootstrapIcons.CHEVRON_BAR_LEFT, messages.text("detect.lowest"));
    lowest.setTooltip(new Tooltip(messages.text("detect.lowest.hint")));
    lowest.setOnAction(event -> wall.goToEnd(false));
    Button highest =
        Controls.button(
            "highest", BootstrapIcons.CHEVRON_BAR_RIGHT, messages.text("detect.highest"));
    highest.setTooltip(new Tooltip(messages.text("detect.highest.hint")));
    highest.setOnAction(event -> wall.goToEnd(true));
    Label title = new Label(messages.text("detect.sorted"));
    title.getStyleClass().add("section-title");
    HBox bar = new HBox(title, Controls.spacer(), lowest, highest);
    bar.getStyleClass().addAll("row", "wall-bar");
    bar.setAlignment(Pos.CENTER_LEFT);
    setVgrow(wall, Priority.ALWAYS);
    VBox sorted = new VBox(bar, wall);
    sorted.getStyleClass().add("wall-box");
    HBox.setHgrow(sorted, Priority.ALWAYS);
    HeatPane heat = new HeatPane(messages, model, files);
    heat.prefWidthProperty()
        .bind(
            Bindings.createDoubleBinding(
                () ->
                    Math.floor(
                        Math.max(LEAST_HEAT, Math.min(MOST_HEAT, HEAT_SHARE * whole.getWidth()))),
                whole.widthProperty()));
    heat.minWidthProperty().bind(heat.prefWidthProperty());
    HBox lower = new HBox(sorted, heat);
    setVgrow(lower, Priority.ALWAYS);
    getChildren().addAll(charts, lower);
  }

  private VBox titled(String key, Node chart) {
    Label title = new Label(messages.text(key));
    title.getStyleClass().add("section-title");
    VBox box = new VBox(title, chart);
    box.getStyleClass().add("chart-box");
    setVgrow(chart, Priority.ALWAYS);
    return box;
  }

  private PictureWall.Source source() {
    return new PictureWall.Source() {
      @Override
      public @Nullable Raster raster(Place place) {
        return model.sets().raster(place);
      }

      @Override
      public String set(Place place) {
        PictureSet found = model.sets().get(place.key());
        return found == null ? "" : found.nameProperty().get();
      }

      @Override
      public int ink(Place place) {
        PictureSet found = model.sets().get(place.key());
        return found == null ? -1 : found.ink();
      }

      @Override
      public String name(Place place) {
        return model.sets().name(place);
      }
    };
  }

  private void choose(Place place) {
    choosing = true;
    model.selected().select(place);
    choosing = false;
  }

  private void showSelected(@Nullable Place place) {
    wall.select(place, !choosing);
    histogram.mark(place == null ? Double.NaN : place.score());
  }

  private void showAnalysis(Analysis analysis) {
    String score =
        messages.text(
            "detect.axis." + String.valueOf(model.kindProperty().get()).toLowerCase(Locale.ROOT));
    histogram.show(analysis, score);
    roc.show(analysis);
    boolean compared = !analysis.comparisons().isEmpty();
    roc.setVisible(compared);
    noRoc.setVisible(!compared);
    noRoc.setText(
        messages.text(analysis.own() == null ? "detect.roc.no-training" : "detect.roc.no-sets"));
    if (analysis.order().isEmpty()) {
      wall.forget();
    }
    wall.show(analysis.order());
    wall.select(model.selected().placeProperty().get(), false);
  }
}
