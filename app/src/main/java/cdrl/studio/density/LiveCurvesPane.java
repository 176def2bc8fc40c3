package cdrl.studio.density;

import cdrl.studio.charts.CurveChart;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.SegmentedChoice;
import cdrl.studio.widgets.Snapshots;
import cdrl.studio.workspace.WorkspaceFrame;
import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.beans.property.BooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** The curves of a training: what is chosen, and how far the samples are from the data. */
final class LiveCurvesPane extends HBox {
  private final Messages messages;
  private final LiveViewModel model;
  private final FileDialogs dialogs;
  private final WorkspaceFrame frame;
  private final CurveChart chosen;
  private final CurveChart distance;

  /**
   * @param dialogs ask for files
   */
  LiveCurvesPane(
      Messages messages, LiveViewModel model, FileDialogs dialogs, WorkspaceFrame frame) {
    this.messages = messages;
    this.model = model;
    this.dialogs = dialogs;
    this.frame = frame;
    LiveChart chart = model.chart();
    chosen = new CurveChart("live-loss", messages, messages.text("live.chart.losses"));
    distance = new CurveChart("live-distance", messages, messages.text("live.chart.distance"));
    for (CurveChart each : List.of(chosen, distance)) {
      each.hideNames();
      each.logXProperty().bindBidirectional(chart.logXProperty());
    }
    chosen.logYProperty().bindBidirectional(chart.logLossProperty());
    distance.logYProperty().bindBidirectional(chart.logDistanceProperty());
    getChildren().addAll(box(chosenBar(), chosen), box(distanceBar(), distance));
    getStyleClass().add("live-charts");
    setId("live-charts");
    Controls.show(this, model.begunProperty().get());
    model.begunProperty().addListener((property, was, is) -> Controls.show(this, is));
  }

  /** Follows the view model from now on. */
  void attach() {
    model.numbersProperty().addListener((InvalidationListener) changed -> show());
    model.chart().quantityProperty().addListener((property, was, is) -> show());
    model.chart().smoothingProperty().addListener((property, was, is) -> show());
    show();
  }

  /** Everything that can be done here. */
  List<Command> commands() {
    return List.of(
        Command.of(messages.text("live.save.chart"), this::savePicture),
        Command.of(messages.text("live.save.table"), this::saveTable));
  }

  private HBox chosenBar() {
    SegmentedChoice<LiveCurves.Quantity> quantity =
        new SegmentedChoice<>("live-quantity", which -> messages.text("live.quantity." + which));
    quantity.setItems(
        List.of(
            LiveCurves.Quantity.ENERGY_LOSS,
            LiveCurves.Quantity.INITIALIZER_LOSS,
            LiveCurves.Quantity.ENERGY_DIFFERENCE));
    quantity.valueProperty().bindBidirectional(model.chart().quantityProperty());
    quantity.setAccessibleText(messages.text("live.chart.losses"));
    return new HBox(
        quantity,
        Controls.spacer(),
        toggle("live-log-loss", "train.log.y", model.chart().logLossProperty()));
  }

  private HBox distanceBar() {
    Label title = new Label(messages.text("live.quantity." + LiveCurves.Quantity.DISTANCE));
    title.getStyleClass().add("section-title");
    title.setTooltip(new Tooltip(messages.text("live.chart.distance")));
    return new HBox(
        title,
        Controls.spacer(),
        toggle("live-log-distance", "train.log.y", model.chart().logDistanceProperty()));
  }

  /** What can be set about both charts, and saved; shown with them. */
  HBox settings() {
    Slider smoothing = new Slider(0, 1, 0);
    smoothing.setId("live-smoothing");
    smoothing.setPrefWidth(90);
    smoothing.setAccessibleText(messages.text("train.smoothing"));
    smoothing.setBlockIncrement(0.05);
    smoothing.valueProperty().bindBidirectional(model.chart().smoothingProperty());
    Button table =
        Controls.iconButton(
            "live-save-table", BootstrapIcons.TABLE, messages.text("live.save.table"));
    table.setOnAction(event -> saveTable());
    Button picture =
        Controls.iconButton(
            "live-save-chart", BootstrapIcons.IMAGE, messages.text("live.save.chart"));
    picture.setOnAction(event -> savePicture());
    HBox settings =
        new HBox(
            Controls.caption(messages.text("train.smoothing"), smoothing),
            smoothing,
            toggle("live-log-x", "train.log.x", model.chart().logXProperty()),
            table,
            picture);
    settings.getStyleClass().add("live-chart-settings");
    settings.setAlignment(Pos.CENTER_LEFT);
    settings.setMinWidth(USE_PREF_SIZE);
    settings.visibleProperty().bind(visibleProperty());
    settings.managedProperty().bind(visibleProperty());
    return settings;
  }

  private ToggleButton toggle(String id, String text, BooleanProperty value) {
    ToggleButton button = new ToggleButton(messages.text(text));
    button.setId(id);
    button.getStyleClass().addAll("small", "chart-toggle");
    button.setTooltip(new Tooltip(messages.text(text + ".hint")));
    button.setMinWidth(USE_PREF_SIZE);
    button.selectedProperty().bindBidirectional(value);
    return button;
  }

  private static VBox box(HBox bar, CurveChart chart) {
    bar.getStyleClass().add("live-chart-title");
    bar.setAlignment(Pos.CENTER_LEFT);
    VBox.setVgrow(chart, Priority.ALWAYS);
    VBox box = new VBox(bar, chart);
    HBox.setHgrow(box, Priority.ALWAYS);
    box.getStyleClass().add("live-chart");
    return box;
  }

  private void show() {
    chosen.setLines(model.chart().chosen());
    distance.setLines(model.chart().distance());
  }

  private void savePicture() {
    if (model.begunProperty().get()) {
      dialogs
          .savePng(frame.window(), model.export().fileStem() + "-curves.png")
          .ifPresent(file -> model.export().savePicture(file, Snapshots.of(this)));
    }
  }

  private void saveTable() {
    if (model.begunProperty().get()) {
      dialogs
          .saveCsv(frame.window(), model.export().fileStem() + "-curves.csv")
          .ifPresent(model.export()::saveTable);
    }
  }
}
