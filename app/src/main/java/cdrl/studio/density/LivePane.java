package cdrl.studio.density;

import cdrl.studio.raster.ColorMap;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.widgets.ColorBar;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.LevelHeader;
import cdrl.studio.widgets.LevelTimeline;
import cdrl.studio.widgets.PlaneView;
import cdrl.studio.widgets.PlanesPane;
import cdrl.studio.widgets.Snapshots;
import cdrl.studio.workspace.WorkspaceFrame;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** Where a distribution is drawn and learned. */
final class LivePane {
  private final Messages messages;
  private final LiveViewModel model;
  private final FileDialogs dialogs;
  private final WorkspaceFrame frame;
  private final LiveControls controls;
  private final PlaneSections sections;
  private final PlaneView canvas;
  private final PlaneView plane;
  private final PlaneView energyPlane;
  private final ColorBar colorBar;
  private final ColorBar energyBar;
  private final PlanesPane planes = new PlanesPane();
  private final LiveCurvesPane curves;
  private final LevelHeader header = new LevelHeader();

  /**
   * @param dialogs ask for files
   */
  LivePane(Messages messages, LiveViewModel model, FileDialogs dialogs, WorkspaceFrame frame) {
    this.messages = messages;
    this.model = model;
    this.dialogs = dialogs;
    this.frame = frame;
    curves = new LiveCurvesPane(messages, model, dialogs, frame);
    controls = new LiveControls(messages, model);
    sections = new PlaneSections(messages, model.appearance(), "live-");
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
    List<Command> all = new ArrayList<>(controls.commands());
    all.add(command("density.reset", "Shortcut+0", model.appearance()::resetView));
    all.add(command("timeline.back", "Alt+Left", () -> model.planes().moveStop(-1)));
    all.add(command("timeline.forth", "Alt+Right", () -> model.planes().moveStop(1)));
    all.addAll(sections.commands());
    all.add(command("save.view", "Shortcut+Shift+S", this::savePlanes));
    all.addAll(curves.commands());
    return List.copyOf(all);
  }

  private Command command(String name, String keys, Runnable action) {
    return Command.of(messages.text(name), keys, action);
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
    model.iterationProperty().addListener((property, was, is) -> showHeader());
    model.tempoProperty().addListener((property, was, is) -> showHeader());
    model.planes().stopProperty().addListener((property, was, is) -> showHeader());
    showPictures();
    showArrows();
    curves.attach();
    showHeader();
    plane.setPoints(model.planes().pointsProperty().get());
  }

  /** The panel at the left. */
  Node sidePanel() {
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
        sections.density(),
        Controls.section(
            messages.text("save.heading"),
            Controls.wideButton(
                "live-save-view",
                BootstrapIcons.IMAGE,
                messages.text("save.view"),
                this::savePlanes)));
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

    HBox.setHgrow(line, Priority.ALWAYS);
    HBox under = new HBox(line, curves.settings());
    under.setAlignment(Pos.CENTER_LEFT);

    return WorkspaceFrame.stagePane(header, stage, under, curves, timeline);
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

  private void savePlanes() {
    dialogs
        .savePng(frame.window(), model.export().fileStem() + ".png")
        .ifPresent(file -> model.export().savePicture(file, Snapshots.of(planes)));
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
