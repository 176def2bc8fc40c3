package cdrl.studio.density;

import cdrl.studio.engine.LoadedModel;
import cdrl.studio.raster.ColorMap;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.shell.Workspace;
import cdrl.studio.widgets.ColorBar;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.EmptyState;
import cdrl.studio.widgets.LevelCaption;
import cdrl.studio.widgets.LevelHeader;
import cdrl.studio.widgets.LevelTimeline;
import cdrl.studio.widgets.ModelSection;
import cdrl.studio.widgets.PlaneView;
import cdrl.studio.widgets.PlanesPane;
import cdrl.studio.widgets.SamplingSection;
import cdrl.studio.widgets.SegmentedChoice;
import cdrl.studio.widgets.Snapshots;
import cdrl.studio.workspace.SamplingCommands;
import cdrl.studio.workspace.SamplingMemory;
import java.util.List;
import java.util.Map;
import javafx.beans.property.BooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.shape.Shape;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** The Density workspace: a model of points, its density at every level, and samples over it. */
public final class DensityView implements Workspace {
  private static final double SWATCH = 4;

  private final Messages messages;
  private final DensityViewModel model;
  private final FileDialogs dialogs;
  private final BorderPane root = new BorderPane();
  private final PlaneView plane;
  private final PlaneView truePlane;
  private final ColorBar colorBar;
  private final PlanesPane planes;
  private final LevelHeader header = new LevelHeader();
  private final CheckBox truth = new CheckBox();
  private final LevelTimeline timeline;
  private final EmptyState empty;
  private @Nullable SamplingSection sampling;

  /**
   * @param dialogs ask for files
   */
  public DensityView(Messages messages, DensityViewModel model, FileDialogs dialogs) {
    this.messages = messages;
    this.model = model;
    this.dialogs = dialogs;
    plane = plane("plane", "density.plane");
    truePlane = plane("true-plane", "density.plane.true");
    colorBar = new ColorBar(messages);
    planes =
        new PlanesPane(
            messages.text("density.model"),
            plane,
            messages.text("density.true"),
            truePlane,
            messages.text("density.bar"),
            colorBar);
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
        model.viewportProperty(),
        model.pointerProperty());
  }

  @Override
  public String id() {
    return "density";
  }

  @Override
  public String name() {
    return messages.text("workspace.density");
  }

  @Override
  public Ikon icon() {
    return BootstrapIcons.GRID_3X3;
  }

  @Override
  public List<Command> commands() {
    return SamplingCommands.with(
        messages,
        model.sampling(),
        this::openModel,
        List.of(
            Command.of(messages.text("save.view"), "Shortcut+S", this::saveView),
            Command.of(messages.text("density.reset"), "Shortcut+0", model::resetView),
            Command.of(messages.text("timeline.back"), "Alt+Left", () -> model.moveStop(-1)),
            Command.of(messages.text("timeline.forth"), "Alt+Right", () -> model.moveStop(1))));
  }

  @Override
  public Map<String, String> settings() {
    return SamplingMemory.of(model.sampling());
  }

  @Override
  public void restore(Map<String, String> settings) {
    SamplingMemory.restore(model.sampling(), settings);
  }

  @Override
  public void shown() {
    if (sampling != null) {
      sampling.focus();
    }
  }

  @Override
  public Node content() {
    root.setId("density");
    root.getStyleClass().add("workspace");
    root.setLeft(sidePanel());
    root.setCenter(stagePane());
    model.picturesProperty().addListener((property, was, is) -> showPictures());
    model.pointsProperty().addListener((property, was, is) -> plane.setPoints(is));
    model.stopProperty().addListener((property, was, is) -> showLevel());
    model.sampling().obstacleProperty().addListener((property, was, is) -> showPictures());
    model.sampling().models().loadedProperty().addListener((property, was, is) -> modelLoaded());
    model.sampling().models().loadingProperty().addListener((property, was, is) -> showPictures());
    timeline.stopProperty().bindBidirectional(model.stopProperty());
    plane.setPoints(model.pointsProperty().get());
    modelLoaded();
    showPictures();
    return root;
  }

  private Node sidePanel() {
    SamplingSection section =
        new SamplingSection(
            messages,
            model.sampling(),
            SamplingSection.Words.sample(messages, messages.text("density.count")),
            DensityViewModel.MOST_POINTS,
            100);
    sampling = section;

    SegmentedChoice<Boolean> scale =
        Controls.eitherOr(
            "scale",
            messages.text("density.scale.linear"),
            messages.text("density.scale.log"),
            model.logarithmicProperty());

    SegmentedChoice<ColorMap> colors =
        new SegmentedChoice<>("colors", map -> messages.text("colors." + map));
    colors.setItems(List.of(ColorMap.VIRIDIS, ColorMap.MAGMA, ColorMap.CIVIDIS));
    colors.valueProperty().bindBidirectional(model.colorsProperty());

    Circle proposalSwatch = new Circle(SWATCH);
    Line strokeSwatch = new Line(0, 0, 2 * SWATCH, 0);
    strokeSwatch.setStrokeWidth(2);
    Runnable tint =
        () -> {
          ColorMap map = model.colorsProperty().get();
          int rgb = map == null ? 0 : map.contrast();
          Color color = Color.rgb(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255);
          proposalSwatch.setFill(color);
          strokeSwatch.setStroke(color);
        };
    tint.run();
    model.colorsProperty().addListener((property, was, is) -> tint.run());

    truth.setText(messages.text("density.show.true"));
    truth.setId("show-true");
    truth.selectedProperty().bindBidirectional(model.truthProperty());

    Button save =
        Controls.wideButton(
            "save-view", BootstrapIcons.IMAGE, messages.text("save.view"), this::saveView);
    save.disableProperty().bind(model.sampling().models().loadedProperty().isNull());

    return Controls.sidePanel(
        new ModelSection(messages, model.sampling().models(), this::openModel).node(),
        section.node(),
        Controls.section(
            messages.text("density.points.heading"),
            check(
                "show-proposals",
                "density.show.proposals",
                model.proposalsProperty(),
                proposalSwatch),
            check(
                "show-refined",
                "density.show.refined",
                model.refinedProperty(),
                new Circle(SWATCH, Color.WHITE)),
            check("show-strokes", "density.show.strokes", model.strokesProperty(), strokeSwatch)),
        Controls.section(
            messages.text("density.heading"),
            Controls.field(messages.text("density.scale"), scale, scale),
            Controls.field(messages.text("colors"), colors, colors),
            truth),
        Controls.section(messages.text("save.heading"), save));
  }

  /** A check box with the colour of what it shows. */
  private CheckBox check(String id, String name, BooleanProperty value, Shape swatch) {
    CheckBox box = new CheckBox(messages.text(name));
    box.setId(id);
    if (swatch instanceof Circle) {
      swatch.getStyleClass().add("swatch");
    }
    box.setGraphic(swatch);
    box.selectedProperty().bindBidirectional(value);
    return box;
  }

  private Node stagePane() {
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
    VBox.setVgrow(stage, Priority.ALWAYS);

    Label readout = new Label();
    readout.setId("readout");
    readout.getStyleClass().add("readout");
    readout.textProperty().bind(model.readoutProperty());
    Label hint = new Label(messages.text("density.hint"));
    hint.getStyleClass().addAll("readout", "muted");
    hint.visibleProperty().bind(model.readoutProperty().isEmpty());
    StackPane line = new StackPane(readout, hint);
    line.setAlignment(Pos.CENTER_LEFT);
    line.getStyleClass().add("readout-line");

    VBox pane = new VBox(header, stage, line, timeline);
    pane.getStyleClass().add("stage-pane");
    return pane;
  }

  private void modelLoaded() {
    LoadedModel loaded = model.sampling().models().loadedProperty().get();
    if (sampling != null) {
      sampling.steps().setItems(model.sampling().stepChoices());
    }
    truth.setDisable(!model.knowsTruth());
    timeline.setDisable(loaded == null);
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
    DensityViewModel.Pictures pictures = model.picturesProperty().get();
    plane.setPicture(pictures.model());
    truePlane.setPicture(pictures.truth());
    planes.showSecond(pictures.truth() != null);
    ColorMap colors = model.colorsProperty().get();
    if (pictures.scale() != null && colors != null) {
      colorBar.show(pictures.scale(), colors);
    }
    boolean nothing = pictures.model() == null;
    planes.setVisible(!nothing);
    Controls.show(empty, nothing);
    String obstacle = model.sampling().obstacleProperty().get();
    empty.setText(obstacle.isEmpty() ? messages.text("density.empty.waiting") : obstacle);
  }

  private void openModel() {
    dialogs.openModel(root.getScene().getWindow()).ifPresent(model.sampling().models()::open);
  }

  private void saveView() {
    if (model.picturesProperty().get().model() != null) {
      dialogs
          .savePng(root.getScene().getWindow(), model.fileName())
          .ifPresent(file -> model.save(file, Snapshots.of(planes)));
    }
  }
}
