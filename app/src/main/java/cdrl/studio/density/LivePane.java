package cdrl.studio.density;

import cdrl.studio.charts.ChartLine;
import cdrl.studio.charts.Curve;
import cdrl.studio.charts.CurveChart;
import cdrl.studio.charts.Ink;
import cdrl.studio.raster.ColorMap;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import cdrl.studio.widgets.ColorBar;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.LevelHeader;
import cdrl.studio.widgets.LevelTimeline;
import cdrl.studio.widgets.PlaneView;
import cdrl.studio.widgets.PlanesPane;
import cdrl.studio.widgets.SegmentedChoice;
import cdrl.studio.workspace.WorkspaceFrame;
import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** Where a distribution is drawn and learned. */
final class LivePane {
  /** The weight of the past in the smooth curves. */
  private static final double SMOOTHING = 0.95;

  private final Messages messages;
  private final LiveViewModel model;
  private final LiveControls controls;
  private final PlaneView canvas;
  private final PlaneView plane;
  private final PlaneView energyPlane;
  private final ColorBar colorBar;
  private final ColorBar energyBar;
  private final PlanesPane planes = new PlanesPane();
  private final CurveChart left;
  private final CurveChart right;
  private final SegmentedChoice<LiveCurves.Quantity> quantity;
  private final LevelHeader header = new LevelHeader();

  LivePane(Messages messages, LiveViewModel model) {
    this.messages = messages;
    this.model = model;
    controls = new LiveControls(messages, model);
    canvas = plane("drawing", "live.plane.drawing");
    canvas.setTool(model.drawing());
    plane = plane("live-plane", "live.plane.model");
    energyPlane = plane("live-energy-plane", "density.plane.energy");
    colorBar = new ColorBar(messages);
    energyBar = new ColorBar(messages);
    planes.add(messages.text("live.drawing"), canvas);
    planes.add(messages.text("density.model"), plane, messages.text("density.bar"), colorBar);
    planes.add(
        messages.text("density.energy"),
        energyPlane,
        messages.text("density.bar.energy"),
        energyBar);
    left = new CurveChart("live-loss", messages, messages.text("live.chart.losses"));
    right = new CurveChart("live-distance", messages, messages.text("live.chart.distance"));
    left.hideNames();
    right.hideNames();
    right.logYProperty().set(true);
    quantity =
        new SegmentedChoice<>("live-quantity", which -> messages.text("live.quantity." + which));
    quantity.setItems(
        List.of(
            LiveCurves.Quantity.ENERGY_LOSS,
            LiveCurves.Quantity.INITIALIZER_LOSS,
            LiveCurves.Quantity.ENERGY_DIFFERENCE));
    quantity.valueProperty().set(LiveCurves.Quantity.ENERGY_LOSS);
  }

  private PlaneView plane(String id, String name) {
    return new PlaneView(
        id,
        messages.text(name),
        messages,
        DensityViewModel.EXTENT,
        model.appearance().viewportProperty(),
        model.appearance().pointerProperty());
  }

  List<Command> commands() {
    return List.of(
        Command.of(messages.text("live.train.hint"), "Shortcut+Enter", model::toggle),
        Command.of(messages.text("live.pause"), "Esc", model::pause),
        Command.of(messages.text("live.step.hint"), "Alt+Up", model::step),
        Command.of(messages.text("live.reset.hint"), "Shortcut+R", model::reset),
        Command.of(messages.text("live.keep.hint"), "Shortcut+S", model::keep),
        Command.of(messages.text("live.undo"), "Shortcut+Z", model.drawing()::undo),
        Command.of(messages.text("live.redo"), "Shortcut+Shift+Z", model.drawing()::redo),
        Command.of(messages.text("density.reset"), "Shortcut+0", model.appearance()::resetView),
        Command.of(messages.text("timeline.back"), "Alt+Left", () -> model.planes().moveStop(-1)),
        Command.of(messages.text("timeline.forth"), "Alt+Right", () -> model.planes().moveStop(1)));
  }

  /** Moves the keyboard's focus to where one begins. */
  void focus() {
    controls.focus();
  }

  /** Follows the view model from now on. */
  void attach() {
    canvas.sceneProperty().addListener((property, was, is) -> showDrawing());
    model.drawing().drawingProperty().addListener((property, was, is) -> showDrawing());
    model.drawing().radiusProperty().addListener((property, was, is) -> canvas.toolChanged());
    model.appearance().colorsProperty().addListener((property, was, is) -> showDrawing());
    model.planes().picturesProperty().addListener((property, was, is) -> showPictures());
    model.planes().pointsProperty().addListener((property, was, is) -> plane.setPoints(is));
    model.planes().arrowsProperty().addListener((property, was, is) -> showArrows());
    model.numbersProperty().addListener((InvalidationListener) changed -> showCurves());
    quantity.valueProperty().addListener((property, was, is) -> showCurves());
    model.iterationProperty().addListener((property, was, is) -> showHeader());
    model.tempoProperty().addListener((property, was, is) -> showHeader());
    model.planes().stopProperty().addListener((property, was, is) -> showHeader());
    showPictures();
    showArrows();
    showCurves();
    showHeader();
    plane.setPoints(model.planes().pointsProperty().get());
  }

  /** The panel at the left. */
  Node sidePanel() {
    PlaneSections sections = new PlaneSections(messages, model.appearance(), "live-");
    HBox count =
        whole(
            "live-count",
            messages.text("density.count"),
            model.planes().countProperty(),
            50,
            LivePlanes.MOST_SAMPLES,
            50);
    return Controls.sidePanel(
        controls.drawing(),
        controls.training(),
        controls.keeping(),
        sections.samples(count),
        sections.density());
  }

  /** A slider over whole numbers. */
  static HBox whole(String id, String name, IntegerProperty value, int least, int most, int unit) {
    DoubleProperty place = new SimpleDoubleProperty(value.get());
    place.addListener(
        (property, before, after) ->
            value.set((int) Math.max(least, unit * Math.round(after.doubleValue() / unit))));
    value.addListener(
        (property, before, after) -> {
          if (Math.abs(place.get() - after.intValue()) > unit / 2.0) {
            place.set(after.doubleValue());
          }
        });
    return Controls.sliderRow(
        id,
        name,
        place,
        least,
        most,
        shown -> Integer.toString((int) Math.max(least, unit * Math.round(shown / unit))));
  }

  /** What is seen, with its header and its time line. */
  Node stagePane() {
    Button reset =
        Controls.iconButton(
            "live-reset-view", BootstrapIcons.ARROWS_FULLSCREEN, messages.text("density.reset"));
    reset.setOnAction(event -> model.appearance().resetView());
    header.getChildren().add(reset);

    StackPane stage = new StackPane(planes);
    stage.getStyleClass().add("stage");

    Node line =
        new ReadoutLine(
            "live-readout", model.planes().readoutProperty(), messages.text("live.hint"));

    LevelTimeline timeline =
        new LevelTimeline(
            messages.text("live.timeline"),
            messages.text("timeline.back"),
            messages.text("timeline.forth"));
    int top = model.planes().levels();
    timeline.setStops(top, stop -> Integer.toString(top - stop));
    timeline.stopProperty().bindBidirectional(model.planes().stopProperty());

    return WorkspaceFrame.stagePane(header, stage, line, charts(), timeline);
  }

  private Node charts() {
    quantity.setAccessibleText(messages.text("live.chart.losses"));
    Label distance = new Label(messages.text("live.quantity." + LiveCurves.Quantity.DISTANCE));
    distance.getStyleClass().add("section-title");
    distance.setTooltip(new Tooltip(messages.text("live.chart.distance")));
    HBox charts = new HBox(chart(new HBox(quantity), left), chart(new HBox(distance), right));
    charts.getStyleClass().add("live-charts");
    Controls.show(charts, model.begunProperty().get());
    model.begunProperty().addListener((property, was, is) -> Controls.show(charts, is));
    return charts;
  }

  private static VBox chart(HBox title, CurveChart chart) {
    title.getStyleClass().add("live-chart-title");
    title.setAlignment(Pos.CENTER_LEFT);
    VBox.setVgrow(chart, Priority.ALWAYS);
    VBox box = new VBox(title, chart);
    HBox.setHgrow(box, Priority.ALWAYS);
    box.getStyleClass().add("live-chart");
    return box;
  }

  /** To be painted takes a while, so it waits until somebody looks. */
  private void showDrawing() {
    if (canvas.getScene() != null) {
      canvas.setPicture(model.drawing().paint(model.appearance().colorMap()));
    }
  }

  private void showPictures() {
    PlanePictures pictures = model.planes().picturesProperty().get();
    plane.setPicture(pictures.model());
    energyPlane.setPicture(pictures.energy());
    boolean nothing = pictures.model() == null;
    planes.show(plane, !nothing);
    planes.show(energyPlane, pictures.energy() != null);
    ColorMap colors = model.appearance().colorMap();
    if (pictures.scale() != null) {
      colorBar.show(pictures.scale(), colors);
    }
    if (pictures.energies() != null) {
      energyBar.show(pictures.energies(), colors);
    }
  }

  private void showArrows() {
    plane.setScores(model.planes().arrowsProperty().get());
    energyPlane.setScores(model.planes().arrowsProperty().get());
  }

  private void showCurves() {
    LiveCurves.Quantity chosen = quantity.valueProperty().get();
    if (chosen != null) {
      Curve raw = model.curve(chosen);
      left.setLines(
          List.of(
              new ChartLine(
                  messages.text("live.quantity." + chosen),
                  new Ink.Distinct(0),
                  raw,
                  raw.smoothed(SMOOTHING),
                  true)));
    }
    Curve distance = model.curve(LiveCurves.Quantity.DISTANCE);
    right.setLines(
        List.of(
            new ChartLine(
                messages.text("live.quantity." + LiveCurves.Quantity.DISTANCE),
                new Ink.Distinct(1),
                distance,
                distance,
                true)));
  }

  private void showHeader() {
    header.show(
        model.begunProperty().get()
            ? messages.text("chart.iteration", model.iterationProperty().get())
            : messages.text("live.title"),
        model.begunProperty().get()
            ? messages.text("live.facts", model.planes().level(), model.tempoProperty().get())
            : messages.text("live.welcome"));
  }
}
