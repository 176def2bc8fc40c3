package cdrl.studio.train;

import cdrl.studio.charts.CurveChart;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.EmptyState;
import cdrl.studio.widgets.Snapshots;
import javafx.beans.property.BooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** The chart of runs with what can be set about it. */
final class CurvesPane extends VBox {
  private final Messages messages;
  private final TrainViewModel model;
  private final RunCurves curves;
  private final FileDialogs dialogs;
  private final CurveChart chart;
  private final EmptyState none;

  CurvesPane(Messages messages, TrainViewModel model, FileDialogs dialogs) {
    this.messages = messages;
    this.model = model;
    this.curves = model.curves();
    this.dialogs = dialogs;
    chart = new CurveChart("curves", messages, messages.text("train.curves"));
    none =
        new EmptyState("curves-empty", BootstrapIcons.GRAPH_UP, messages.text("train.no-curves"));
    StackPane holder = new StackPane(chart, none);
    holder.getStyleClass().add("chart-holder");
    setVgrow(holder, Priority.ALWAYS);
    getChildren().addAll(bar(), holder);
    chart.logXProperty().bindBidirectional(curves.logXProperty());
    chart.logYProperty().bindBidirectional(curves.logYProperty());
    chart.outliersProperty().bindBidirectional(curves.outliersProperty());
    curves.linesProperty().addListener((property, was, is) -> show());
    model.selectedProperty().addListener((property, was, is) -> show());
    show();
  }

  private Node bar() {
    ComboBox<String> quantity = new ComboBox<>(curves.quantities());
    quantity.setId("quantity");
    quantity.setAccessibleText(messages.text("train.quantity"));
    quantity.setPrefWidth(210);
    quantity.setConverter(Controls.names(model.words()::quantity));
    quantity.valueProperty().bindBidirectional(curves.quantityProperty());
    Node kind =
        Controls.eitherOr(
            "per-level",
            messages.text("train.by.run"),
            messages.text("train.by.level"),
            curves.perLevelProperty());
    Slider smoothing = new Slider(0, 1, 0.6);
    smoothing.setId("smoothing");
    smoothing.setPrefWidth(110);
    smoothing.setAccessibleText(messages.text("train.smoothing"));
    smoothing.setBlockIncrement(0.05);
    smoothing.valueProperty().bindBidirectional(curves.smoothingProperty());
    Label caption = new Label(messages.text("train.smoothing"));
    caption.getStyleClass().add("caption");
    caption.setLabelFor(smoothing);
    Button table =
        Controls.iconButton("save-table", BootstrapIcons.TABLE, messages.text("save.table"));
    table.setOnAction(event -> saveTable());
    Button picture =
        Controls.iconButton("save-chart", BootstrapIcons.IMAGE, messages.text("save.chart"));
    picture.setOnAction(event -> savePicture());
    curves
        .linesProperty()
        .addListener(
            (property, was, is) -> {
              table.setDisable(is.isEmpty());
              picture.setDisable(is.isEmpty());
            });
    HBox bar =
        new HBox(
            quantity,
            kind,
            caption,
            smoothing,
            toggle("log-x", "train.log.x", curves.logXProperty()),
            toggle("log-y", "train.log.y", curves.logYProperty()),
            toggle("outliers", "train.outliers", curves.outliersProperty()),
            Controls.spacer(),
            table,
            picture);
    bar.getStyleClass().add("plot-bar");
    bar.setAlignment(Pos.CENTER_LEFT);
    return bar;
  }

  private ToggleButton toggle(String id, String text, BooleanProperty value) {
    ToggleButton button = new ToggleButton(messages.text(text));
    button.setId(id);
    button.getStyleClass().addAll("small", "chart-toggle");
    button.setTooltip(new Tooltip(messages.text(text + ".hint")));
    button.setMinWidth(Region.USE_PREF_SIZE);
    button.selectedProperty().bindBidirectional(value);
    return button;
  }

  /** Shows the whole of the curves again. */
  void showEverything() {
    chart.seenProperty().set(null);
  }

  /** Asks where to, and saves the chart as a picture. */
  void savePicture() {
    if (!curves.isEmpty()) {
      dialogs
          .savePng(getScene().getWindow(), curves.fileStem() + ".png")
          .ifPresent(file -> curves.savePicture(file, Snapshots.of(chart)));
    }
  }

  /** Asks where to, and saves the curves as a table. */
  void saveTable() {
    if (!curves.isEmpty()) {
      dialogs
          .saveCsv(getScene().getWindow(), curves.fileStem() + ".csv")
          .ifPresent(curves::saveTable);
    }
  }

  private void show() {
    chart.setLines(curves.linesProperty().get());
    chart.setVisible(!curves.isEmpty());
    Controls.show(none, curves.isEmpty());
    RunEntry entry = model.selectedProperty().get();
    none.setText(
        messages.text(
            entry != null && entry.standing().isActive()
                ? "train.no-curves.wait"
                : "train.no-curves.none"));
  }
}
