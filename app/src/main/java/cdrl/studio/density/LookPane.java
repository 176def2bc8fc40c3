package cdrl.studio.density;

import cdrl.studio.engine.LoadedModel;
import cdrl.studio.raster.ColorMap;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.widgets.ColorBar;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.EmptyState;
import cdrl.studio.widgets.LevelCaption;
import cdrl.studio.widgets.LevelHeader;
import cdrl.studio.widgets.LevelTimeline;
import cdrl.studio.widgets.PlaneView;
import cdrl.studio.widgets.PlanesPane;
import cdrl.studio.widgets.SamplingSection;
import cdrl.studio.widgets.Snapshots;
import cdrl.studio.workspace.SamplingControls;
import cdrl.studio.workspace.WorkspaceFrame;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** Where a model of points is looked at: its density at every level, and samples over it. */
final class LookPane {
  private final Messages messages;
  private final DensityViewModel model;
  private final FileDialogs dialogs;
  private final WorkspaceFrame frame;
  private final SamplingControls controls;
  private final PlaneSections sections;
  private final PlaneView plane;
  private final PlaneView truePlane;
  private final PlaneView energyPlane;
  private final ColorBar colorBar;
  private final ColorBar energyBar;
  private final PlanesPane planes = new PlanesPane();
  private final ChainBar chain;
  private final LevelHeader header = new LevelHeader();
  private final CheckBox truth = new CheckBox();
  private final LevelTimeline timeline;
  private final EmptyState empty;

  /**
   * @param dialogs ask for files
   */
  LookPane(Messages messages, DensityViewModel model, FileDialogs dialogs, WorkspaceFrame frame) {
    this.messages = messages;
    this.model = model;
    this.dialogs = dialogs;
    this.frame = frame;
    sections = new PlaneSections(messages, model.appearance(), "");
    controls = new SamplingControls(messages, frame, dialogs, model.sampling());
    plane = plane("plane", "density.plane");
    truePlane = plane("true-plane", "density.plane.true");
    energyPlane = plane("energy-plane", "density.plane.energy");
    colorBar = new ColorBar(messages);
    energyBar = new ColorBar(messages);
    planes.add(messages.text("density.model"), plane, messages.text("density.bar"), colorBar);
    planes.add(messages.text("density.true"), truePlane);
    planes.add(
        messages.text("density.energy"),
        energyPlane,
        messages.text("density.bar.energy"),
        energyBar);
    chain = new ChainBar(messages, model.player(), model::play);
    timeline =
        new LevelTimeline(
            messages.text("timeline.name"),
            messages.text("timeline.back"),
            messages.text("timeline.forth"));
    empty =
        new EmptyState("density-empty", BootstrapIcons.GRID_3X3, messages.text("density.empty"));
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
    List<Command> own = new ArrayList<>();
    own.add(Command.of(messages.text("save.view"), "Shortcut+S", this::saveView));
    own.add(Command.of(messages.text("density.reset"), "Shortcut+0", model::resetView));
    own.addAll(chain.commands());
    own.add(Command.of(messages.text("timeline.back"), "Alt+Left", () -> model.moveStop(-1)));
    own.add(Command.of(messages.text("timeline.forth"), "Alt+Right", () -> model.moveStop(1)));
    if (model.knowsTruth()) {
      own.add(sections.flip("density.show.true", model.truthProperty()));
    }
    own.addAll(sections.commands());
    return controls.commands(own);
  }

  /** Moves the keyboard's focus to where one begins. */
  void focus() {
    controls.focus();
  }

  /** Follows the view model from now on. */
  void attach() {
    model.picturesProperty().addListener((property, was, is) -> showPictures());
    model.pointsProperty().addListener((property, was, is) -> showPoints());
    model.arrowsProperty().addListener((property, was, is) -> showArrows());
    model.stopProperty().addListener((property, was, is) -> showLevel());
    model.sampling().obstacleProperty().addListener((property, was, is) -> showPictures());
    model.sampling().models().loadedProperty().addListener((property, was, is) -> modelLoaded());
    model.sampling().models().loadingProperty().addListener((property, was, is) -> showPictures());
    timeline.stopProperty().bindBidirectional(model.stopProperty());
    modelLoaded();
    showPoints();
    showArrows();
  }

  /** The panel at the left. */
  Node sidePanel() {
    truth.setText(messages.text("density.show.true"));
    truth.setId("show-true");
    truth.selectedProperty().bindBidirectional(model.truthProperty());

    Button save =
        Controls.wideButton(
            "save-view", BootstrapIcons.IMAGE, messages.text("save.view"), this::saveView);
    save.disableProperty().bind(model.sampling().models().loadedProperty().isNull());

    return Controls.sidePanel(
        controls.model(),
        controls.runs(
            SamplingSection.Words.sample(messages, messages.text("density.count")),
            DensityViewModel.MOST_POINTS,
            100),
        sections.samples(),
        sections.density(truth),
        Controls.section(messages.text("save.heading"), save));
  }

  /** What is seen, with its header and its time line. */
  Node stagePane() {
    ProgressIndicator computing = new ProgressIndicator();
    computing.setId("computing");
    computing.getStyleClass().add("small-progress");
    computing.setAccessibleText(messages.text("density.computing"));
    computing.visibleProperty().bind(model.computingProperty());
    Button reset =
        Controls.iconButton(
            "reset-view", BootstrapIcons.ARROWS_FULLSCREEN, messages.text("density.reset"));
    reset.setOnAction(event -> model.resetView());
    header.mark(computing);
    header.getChildren().add(reset);

    StackPane stage = new StackPane(planes, empty);
    stage.getStyleClass().add("stage");

    Node line = new ReadoutLine("readout", model.readoutProperty(), messages.text("density.hint"));

    return WorkspaceFrame.stagePane(header, stage, line, chain, timeline);
  }

  private void modelLoaded() {
    LoadedModel loaded = model.sampling().models().loadedProperty().get();
    truth.setDisable(!model.knowsTruth());
    timeline.setDisable(loaded == null);
    chain.setDisable(loaded == null);
    if (loaded != null) {
      int top = loaded.schedule().levels();
      timeline.setStops(top, stop -> Integer.toString(top - stop));
    }
    showLevel();
    showPictures();
  }

  private void showLevel() {
    LoadedModel loaded = model.sampling().models().loadedProperty().get();
    if (loaded == null) {
      header.show(messages.text("density.title"), "");
    } else {
      header.show(
          messages.text("level.title", model.level()),
          LevelCaption.of(messages, loaded.schedule(), model.level()));
    }
  }

  private void showPictures() {
    PlanePictures pictures = model.picturesProperty().get();
    plane.setPicture(pictures.model());
    truePlane.setPicture(pictures.truth());
    energyPlane.setPicture(pictures.energy());
    planes.show(truePlane, pictures.truth() != null);
    planes.show(energyPlane, pictures.energy() != null);
    ColorMap colors = model.appearance().colorMap();
    if (pictures.energies() != null) {
      energyBar.show(pictures.energies(), colors);
    }
    if (pictures.scale() != null) {
      colorBar.show(pictures.scale(), colors);
    }
    boolean nothing = pictures.model() == null;
    planes.setVisible(!nothing);
    Controls.show(empty, nothing);
    String obstacle = model.sampling().obstacleProperty().get();
    empty.setText(obstacle.isEmpty() ? messages.text("density.empty.waiting") : obstacle);
  }

  private void showPoints() {
    plane.setPoints(model.pointsProperty().get());
    chain.showStep();
  }

  private void showArrows() {
    plane.setScores(model.arrowsProperty().get());
    energyPlane.setScores(model.arrowsProperty().get());
  }

  private void saveView() {
    if (model.picturesProperty().get().model() != null) {
      dialogs
          .savePng(frame.window(), model.fileName())
          .ifPresent(file -> model.save(file, Snapshots.of(planes)));
    }
  }
}
