package cdrl.studio.generate;

import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.ModelChoice;
import cdrl.studio.engine.SamplingSession;
import cdrl.studio.engine.Stage;
import cdrl.studio.engine.Trace;
import cdrl.studio.raster.ColorMap;
import cdrl.studio.raster.Difference;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.shell.Workspace;
import cdrl.studio.widgets.ChainPlot;
import cdrl.studio.widgets.ColorRamp;
import cdrl.studio.widgets.ContactSheet;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.EmptyState;
import cdrl.studio.widgets.LevelCaption;
import cdrl.studio.widgets.LevelHeader;
import cdrl.studio.widgets.LevelTimeline;
import cdrl.studio.widgets.ModelSection;
import cdrl.studio.widgets.PictureView;
import cdrl.studio.widgets.Rasters;
import cdrl.studio.widgets.SampleGrid;
import cdrl.studio.widgets.SamplingSection;
import cdrl.studio.widgets.SegmentedChoice;
import cdrl.studio.workspace.SamplingCommands;
import cdrl.studio.workspace.SamplingMemory;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** The Generate workspace: images emerge step by step, and every noise level can be looked at. */
public final class GenerateView implements Workspace {
  private static final double LEAST_COMPARE_HEIGHT = 236;
  private static final double MOST_COMPARE_HEIGHT = 400;
  private static final double COMPARE_SHARE = 0.31;

  /** Space around and between a picture of the comparison and its name. */
  private static final double COMPARE_FRAME = 50;

  private final Messages messages;
  private final GenerateViewModel model;
  private final FileDialogs dialogs;
  private final BiConsumer<String, Raster> inpaint;
  private final BorderPane root = new BorderPane();
  private final SampleGrid grid;
  private final PictureView before;
  private final PictureView after;
  private final PictureView difference;
  private final Label beforeName = new Label();
  private final Label afterName = new Label();
  private final Label differenceFacts = new Label();
  private final Label imageName = new Label();
  private final Label chainFacts = new Label();
  private final ChainPlot chainPlot;
  private VBox chain = new VBox();
  private final LevelHeader header = new LevelHeader();
  private final HBox differenceScale = new HBox();
  private final Label scaleLow = new Label();
  private final Label scaleHigh = new Label();
  private final LevelTimeline timeline;
  private final EmptyState empty;
  private final ContactSheet sheet;
  private @Nullable SamplingSection sampling;

  /**
   * @param dialogs ask for files
   * @param inpaint opens a picture, with its name, in the Inpaint workspace
   */
  public GenerateView(
      Messages messages,
      GenerateViewModel model,
      FileDialogs dialogs,
      BiConsumer<String, Raster> inpaint) {
    this.inpaint = inpaint;
    this.messages = messages;
    this.model = model;
    this.dialogs = dialogs;
    chainPlot = new ChainPlot("chain", messages.text("chain.name"));
    grid = new SampleGrid(this::imageName);
    grid.setId("grid");
    before = new PictureView("before", messages.text("compare.before.name"));
    after = new PictureView("after", messages.text("compare.after.name"));
    difference = new PictureView("difference", messages.text("compare.difference.name"));
    timeline =
        new LevelTimeline(
            messages.text("timeline.name"),
            messages.text("timeline.back"),
            messages.text("timeline.forth"));
    empty =
        new EmptyState("generate-empty", BootstrapIcons.IMAGES, messages.text("generate.empty"));
    sheet = new ContactSheet(messages.text("generate.sheet"));
  }

  @Override
  public String id() {
    return "generate";
  }

  @Override
  public String name() {
    return messages.text("workspace.generate");
  }

  @Override
  public Ikon icon() {
    return BootstrapIcons.IMAGES;
  }

  @Override
  public List<Command> commands() {
    return SamplingCommands.with(
        messages,
        model.sampling(),
        this::openModel,
        List.of(
            Command.of(messages.text("save.grid"), "Shortcut+S", this::saveGrid),
            Command.of(messages.text("save.image"), "Shortcut+Shift+S", this::saveImage),
            Command.of(messages.text("generate.copy"), "Shortcut+C", this::copy),
            Command.of(messages.text("generate.inpaint"), "Shortcut+I", this::send),
            Command.of(messages.text("save.gif"), "Shortcut+G", this::saveGif),
            Command.of(messages.text("generate.fork"), "Shortcut+F", model::fork),
            Command.of(messages.text("chain.back"), "Alt+Down", () -> model.moveStep(-1)),
            Command.of(messages.text("chain.forth"), "Alt+Up", () -> model.moveStep(1)),
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
    root.setId("generate");
    root.getStyleClass().add("workspace");
    root.setLeft(sidePanel());
    root.setCenter(stagePane());
    model.gridProperty().addListener((property, was, is) -> grid.setImages(is));
    model.comparisonProperty().addListener((property, was, is) -> showComparison());
    model
        .sampling()
        .session()
        .traceProperty()
        .addListener((property, was, is) -> showTrace(was, is));
    model.sampling().session().stateProperty().addListener((property, was, is) -> showEmpty());
    model.stopProperty().addListener((property, was, is) -> showLevel());
    model.chainEnergiesProperty().addListener((property, was, is) -> showChain());
    model.stepProperty().addListener((property, was, is) -> showChain());
    model.selectedProperty().addListener((property, was, is) -> showComparison());
    model.sampling().obstacleProperty().addListener((property, was, is) -> showEmpty());
    model.sampling().models().loadedProperty().addListener((property, was, is) -> modelLoaded());
    model.sampling().models().pickedProperty().addListener((property, was, is) -> showEmpty());
    grid.selectedProperty().bindBidirectional(model.selectedProperty());
    timeline.stopProperty().bindBidirectional(model.stopProperty());
    for (var smooth :
        List.of(
            grid.smoothProperty(),
            before.smoothProperty(),
            after.smoothProperty(),
            difference.smoothProperty())) {
      smooth.bind(model.smoothProperty());
    }
    grid.setImages(model.gridProperty().get());
    modelLoaded();
    showTrace(null, model.sampling().session().traceProperty().get());
    showComparison();
    return root;
  }

  private Node sidePanel() {
    SamplingSection section =
        new SamplingSection(
            messages,
            model.sampling(),
            SamplingSection.Words.sample(messages, messages.text("generate.count")),
            GenerateViewModel.MOST_IMAGES,
            1);
    sampling = section;

    SegmentedChoice<Boolean> pixels =
        Controls.eitherOr(
            "pixels",
            messages.text("pixels.crisp"),
            messages.text("pixels.smooth"),
            model.smoothProperty());

    Button saveGrid =
        Controls.wideButton(
            "save-grid", BootstrapIcons.GRID_3X3_GAP, messages.text("save.grid"), this::saveGrid);
    Button saveImage =
        Controls.wideButton(
            "save-image", BootstrapIcons.IMAGE, messages.text("save.image"), this::saveImage);
    Button saveGif =
        Controls.wideButton(
            "save-gif", BootstrapIcons.FILM, messages.text("save.gif"), this::saveGif);
    Button copy =
        Controls.wideButton(
            "copy-image", BootstrapIcons.CLIPBOARD, messages.text("generate.copy"), this::copy);
    Button send =
        Controls.wideButton(
            "send-inpaint", BootstrapIcons.BRUSH, messages.text("generate.inpaint"), this::send);
    for (Button button : List.of(saveGrid, saveImage, saveGif, copy, send)) {
      button.disableProperty().bind(model.gridProperty().isNull());
    }

    return Controls.sidePanel(
        new ModelSection(messages, model.sampling().models(), this::openModel).node(),
        section.node(),
        Controls.section(
            messages.text("view.heading"), Controls.field(messages.text("pixels"), pixels, pixels)),
        Controls.section(messages.text("save.heading"), saveGrid, saveImage, saveGif, copy, send));
  }

  private Node stagePane() {
    SegmentedChoice<Stage> stages =
        new SegmentedChoice<>("stage", value -> messages.text("stage." + value));
    stages.setItems(List.of(Stage.PROPOSAL, Stage.REFINED));
    stages.valueProperty().bindBidirectional(model.stageProperty());
    stages.setAccessibleText(messages.text("stage.name"));
    Button fork = Controls.button("fork", BootstrapIcons.SHUFFLE, messages.text("generate.fork"));
    fork.setTooltip(new Tooltip(messages.text("generate.fork.hint")));
    fork.setOnAction(event -> model.fork());
    fork.disableProperty().bind(model.gridProperty().isNull());
    header.getChildren().addAll(fork, stages);

    StackPane stage = new StackPane(grid, sheet, empty);
    stage.getStyleClass().add("stage");
    VBox.setVgrow(stage, Priority.ALWAYS);

    VBox pane = new VBox(header, stage, timeline, comparePane());
    pane.getStyleClass().add("stage-pane");
    return pane;
  }

  private Node comparePane() {
    imageName.setId("image-name");
    imageName.getStyleClass().add("section-title");
    differenceFacts.setId("difference-facts");
    differenceFacts.getStyleClass().add("hint");
    differenceFacts.setWrapText(true);
    differenceFacts.setMinHeight(Label.USE_PREF_SIZE);

    scaleLow.getStyleClass().add("scale-label");
    scaleHigh.getStyleClass().add("scale-label");
    scaleHigh.setId("scale-high");
    ColorRamp bar = new ColorRamp(ColorMap.BLUE_RED);
    HBox.setHgrow(bar, Priority.ALWAYS);
    differenceScale.getChildren().addAll(scaleLow, bar, scaleHigh);
    differenceScale.getStyleClass().add("difference-scale");
    differenceScale.setAlignment(Pos.CENTER_LEFT);

    chainFacts.setId("chain-facts");
    chainFacts.getStyleClass().add("hint");
    chain = new VBox(chainFacts, chainPlot);
    VBox.setVgrow(chain, Priority.ALWAYS);
    VBox.setVgrow(chainPlot, Priority.ALWAYS);
    chainPlot.stepProperty().bindBidirectional(model.stepProperty());
    VBox facts = new VBox(imageName, differenceFacts, differenceScale, chain);
    facts.getStyleClass().add("compare-facts");
    HBox pane =
        new HBox(
            pictureBox(beforeName, before),
            pictureBox(afterName, after),
            pictureBox(new Label(messages.text("compare.difference")), difference),
            facts);
    HBox.setHgrow(facts, Priority.ALWAYS);
    pane.getStyleClass().add("compare-pane");
    // About a third of the window's height for the comparison, its pictures square.
    pane.minHeightProperty().bind(pane.prefHeightProperty());
    pane.prefHeightProperty()
        .bind(
            Bindings.createDoubleBinding(
                () ->
                    Math.floor(
                        Math.max(
                            LEAST_COMPARE_HEIGHT,
                            Math.min(MOST_COMPARE_HEIGHT, COMPARE_SHARE * root.getHeight()))),
                root.heightProperty()));
    for (PictureView picture : List.of(before, after, difference)) {
      picture.prefWidthProperty().bind(pane.prefHeightProperty().subtract(COMPARE_FRAME));
    }
    return pane;
  }

  private static VBox pictureBox(Label name, PictureView picture) {
    name.getStyleClass().add("caption");
    VBox box = new VBox(name, picture);
    box.getStyleClass().add("picture-box");
    VBox.setVgrow(picture, Priority.ALWAYS);
    return box;
  }

  private void modelLoaded() {
    LoadedModel loaded = model.sampling().models().loadedProperty().get();
    if (sampling != null) {
      sampling.steps().setItems(model.sampling().stepChoices());
    }
    if (loaded != null && model.sampling().session().traceProperty().get() == null) {
      setStops(loaded.schedule().levels());
    }
    showEmpty();
    showLevel();
  }

  private void setStops(int levels) {
    timeline.setStops(
        levels + 1,
        stop -> stop > levels ? messages.text("timeline.result") : Integer.toString(levels - stop));
  }

  private void showTrace(@Nullable Trace was, @Nullable Trace is) {
    if (is != null && !is.isOfSameRun(was)) {
      setStops(is.settings().startLevel());
    }
    timeline.setDisable(is == null);
    showEmpty();
    showLevel();
  }

  private void showEmpty() {
    boolean nothing = model.gridProperty().get() == null;
    ModelChoice picked = model.sampling().models().pickedProperty().get();
    URL picture = picked == null ? null : picked.picture();
    sheet.show(nothing ? picture : null);
    Controls.show(empty, nothing && picture == null);
    if (!nothing) {
      return;
    }
    String obstacle = model.sampling().obstacleProperty().get();
    if (!obstacle.isEmpty()) {
      empty.setText(obstacle);
    } else if (model.sampling().session().stateProperty().get() == SamplingSession.State.WAITING) {
      empty.setText(messages.text("generate.empty.waiting"));
    } else {
      empty.setText(messages.text("generate.empty.sample"));
    }
  }

  private void showLevel() {
    Trace trace = model.sampling().session().traceProperty().get();
    if (trace == null) {
      header.show(messages.text("generate.title"), "");
      return;
    }
    int stop = model.stopProperty().get();
    int shown = trace.levelOf(stop);
    if (stop >= trace.lastStop()) {
      header.show(messages.text("level.result"), messages.text("level.result.facts"));
    } else {
      header.show(
          messages.text("level.title", shown),
          LevelCaption.of(messages, trace.model().schedule(), shown));
    }
  }

  private String imageName(int index) {
    var images = model.gridProperty().get();
    return messages.text("generate.image", index + 1, images == null ? 0 : images.count());
  }

  private void showChain() {
    int steps = model.steps();
    Controls.show(chain, steps > 0);
    List<Float> energies = model.chainEnergiesProperty().get();
    chainPlot.show(steps, energies);
    int step = Math.min(steps, model.stepProperty().get());
    chainFacts.setText(
        energies.size() > step
            ? messages.text("chain.facts", step, steps, messages.number(energies.get(step), 4))
            : messages.text("chain.step", step, steps));
  }

  private void showComparison() {
    showChain();
    Comparison shown = model.comparisonProperty().get();
    Trace trace = model.sampling().session().traceProperty().get();
    int stop = model.stopProperty().get();
    boolean result = trace != null && stop >= trace.lastStop();
    boolean top = trace == null || stop <= 0;
    beforeName.setText(
        messages.text(
            result ? "compare.level0" : top && trace != null ? "compare.noise" : "compare.before"));
    afterName.setText(messages.text(result ? "compare.result" : "compare.after"));
    before.show(shown.before(), "");
    after.show(
        shown.after(),
        messages.text(trace == null ? "compare.none" : top ? "compare.top" : "compare.wait"));
    Difference change = shown.difference();
    difference.show(change == null ? null : change.raster(), "");
    imageName.setText(
        shown.before() == null
            ? messages.text("compare.heading")
            : imageName(Math.min(model.selectedProperty().get(), lastIndex())));
    Controls.show(differenceScale, change != null);
    if (change == null) {
      differenceFacts.setText(
          messages.text(
              trace == null ? "compare.hint" : top ? "compare.hint.top" : "compare.hint.wait"));
      return;
    }
    String scale = messages.compact(change.scale());
    scaleLow.setText("−" + scale);
    scaleHigh.setText("+" + scale);
    differenceFacts.setText(
        messages.text(
            result ? "compare.facts.result" : "compare.facts",
            messages.compact(change.rootMeanSquare())));
  }

  private int lastIndex() {
    var images = model.gridProperty().get();
    return images == null ? 0 : Math.max(0, images.count() - 1);
  }

  private void openModel() {
    dialogs.openModel(root.getScene().getWindow()).ifPresent(model.sampling().models()::open);
  }

  private void copy() {
    Raster picture = model.selectedRaster();
    if (picture != null) {
      ClipboardContent content = new ClipboardContent();
      content.putImage(Rasters.image(picture));
      Clipboard.getSystemClipboard().setContent(content);
      model.copied();
    }
  }

  private void send() {
    Raster picture = model.selectedRaster();
    if (picture != null) {
      inpaint.accept(model.selectedName(), picture);
    }
  }

  private void saveGif() {
    if (model.gridProperty().get() != null) {
      dialogs.saveGif(root.getScene().getWindow(), model.gifFileName()).ifPresent(model::saveGif);
    }
  }

  private void saveGrid() {
    if (model.gridProperty().get() != null) {
      dialogs.savePng(root.getScene().getWindow(), model.gridFileName()).ifPresent(model::saveGrid);
    }
  }

  private void saveImage() {
    if (model.gridProperty().get() != null) {
      dialogs
          .savePng(root.getScene().getWindow(), model.imageFileName())
          .ifPresent(model::saveImage);
    }
  }
}
