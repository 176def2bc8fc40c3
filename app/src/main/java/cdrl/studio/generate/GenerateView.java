package cdrl.studio.generate;

import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.ModelChoice;
import cdrl.studio.engine.SamplingSession;
import cdrl.studio.engine.Stage;
import cdrl.studio.engine.Trace;
import cdrl.studio.raster.ColorMap;
import cdrl.studio.raster.Difference;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.shell.Workspace;
import cdrl.studio.widgets.ChainPlot;
import cdrl.studio.widgets.ColorRamp;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.LevelCaption;
import cdrl.studio.widgets.LevelHeader;
import cdrl.studio.widgets.LevelTimeline;
import cdrl.studio.widgets.PictureView;
import cdrl.studio.widgets.SampleGrid;
import cdrl.studio.widgets.SegmentedChoice;
import cdrl.studio.workspace.GalleryWorkspace;
import cdrl.studio.workspace.PictureReceiver;
import cdrl.studio.workspace.WorkspaceFrame;
import java.util.List;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
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
  private final GalleryWorkspace parts;
  private final SampleGrid keptGrid;
  private final Label keptWords = new Label();
  private final Label nowWords = new Label();
  private final ToggleButton keep = new ToggleButton();
  private VBox keptBox = new VBox();
  private HBox nowCaption = new HBox();
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

  /**
   * @param dialogs ask for files
   * @param receivers workspaces that take a picture
   */
  public GenerateView(
      Messages messages,
      GenerateViewModel model,
      FileDialogs dialogs,
      List<PictureReceiver> receivers) {
    this.messages = messages;
    this.model = model;
    this.dialogs = dialogs;
    parts = new GalleryWorkspace(messages, id(), icon(), model, dialogs, receivers);
    chainPlot = new ChainPlot("chain", messages.text("chain.name"));
    keptGrid = new SampleGrid(model.gallery()::caption);
    keptGrid.setId("kept-grid");
    before = new PictureView("before", messages.text("compare.before.name"));
    after = new PictureView("after", messages.text("compare.after.name"));
    difference = new PictureView("difference", messages.text("compare.difference.name"));
    timeline =
        new LevelTimeline(
            messages.text("timeline.name"),
            messages.text("timeline.back"),
            messages.text("timeline.forth"));
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
    return parts.commands(
        List.of(
            Command.of(messages.text("save.gif"), "Shortcut+G", this::saveGif),
            Command.of(messages.text("beside.keep"), "Shortcut+B", model::keepOrEnd),
            Command.of(messages.text("generate.fork"), "Shortcut+F", model::fork),
            Command.of(messages.text("chain.back"), "Alt+Down", () -> model.moveStep(-1)),
            Command.of(messages.text("chain.forth"), "Alt+Up", () -> model.moveStep(1)),
            Command.of(messages.text("timeline.back"), "Alt+Left", () -> model.moveStop(-1)),
            Command.of(messages.text("timeline.forth"), "Alt+Right", () -> model.moveStop(1))));
  }

  @Override
  public Map<String, String> settings() {
    return model.memory().settings();
  }

  @Override
  public void restore(Map<String, String> settings) {
    model.memory().recall(settings);
  }

  @Override
  public void shown() {
    parts.focus();
  }

  @Override
  public Node content() {
    fillFrame();
    model.comparisonProperty().addListener((property, was, is) -> showComparison());
    SamplingSession session = model.sampling().session();
    session.traceProperty().addListener((property, was, is) -> showTrace(was, is));
    session.stateProperty().addListener((property, was, is) -> showEmpty());
    session.previewProperty().addListener((property, was, is) -> showLevel());
    model.besideProperty().addListener((property, was, is) -> showBeside());
    model.stopProperty().addListener((property, was, is) -> showLevel());
    model.chainEnergiesProperty().addListener((property, was, is) -> showChain());
    model.stepProperty().addListener((property, was, is) -> showChain());
    model.gallery().selectedProperty().addListener((property, was, is) -> showComparison());
    model.sampling().obstacleProperty().addListener((property, was, is) -> showEmpty());
    model.sampling().models().loadedProperty().addListener((property, was, is) -> modelLoaded());
    model.sampling().models().pickedProperty().addListener((property, was, is) -> showEmpty());
    timeline.stopProperty().bindBidirectional(model.stopProperty());
    for (PictureView picture : List.of(before, after, difference)) {
      picture.smoothProperty().bind(model.gallery().smoothProperty());
    }
    keptGrid.selectedProperty().bindBidirectional(model.gallery().selectedProperty());
    keptGrid.smoothProperty().bind(model.gallery().smoothProperty());
    modelLoaded();
    showBeside();
    showTrace(null, session.traceProperty().get());
    showComparison();
    return parts.frame().root();
  }

  private void fillFrame() {
    Button saveGif =
        Controls.wideButton(
            "save-gif", BootstrapIcons.FILM, messages.text("save.gif"), this::saveGif);
    saveGif.disableProperty().bind(model.gallery().imagesProperty().isNull());
    Button saveSweep = parts.sweepButton(messages.text("sweep.hint"));
    saveSweep
        .disableProperty()
        .bind(
            Bindings.createBooleanBinding(
                () -> model.sweep().sliders().isEmpty() || model.gallery().count() == 0,
                model.settings().chosenClassProperty(),
                model.gallery().imagesProperty()));
    Node panel =
        Controls.sidePanel(
            parts.model(),
            parts.runs(new GenerateSettingsPane(messages, model).node()),
            parts.look(),
            parts.export(saveGif, saveSweep));

    SegmentedChoice<Stage> stages =
        new SegmentedChoice<>("stage", value -> messages.text("stage." + value));
    stages.setItems(List.of(Stage.PROPOSAL, Stage.REFINED));
    stages.valueProperty().bindBidirectional(model.stageProperty());
    stages.setAccessibleText(messages.text("stage.name"));
    Button fork = Controls.button("fork", BootstrapIcons.SHUFFLE, messages.text("generate.fork"));
    fork.setTooltip(new Tooltip(messages.text("generate.fork.hint")));
    fork.setOnAction(event -> model.fork());
    fork.disableProperty().bind(model.gallery().imagesProperty().isNull());
    keep.setText(messages.text("beside.keep"));
    keep.setGraphic(Controls.icon(BootstrapIcons.LAYOUT_SPLIT));
    keep.setId("keep-beside");
    keep.getStyleClass().add("chart-toggle");
    keep.setTooltip(new Tooltip(messages.text("beside.hint")));
    keep.setOnAction(event -> model.keepOrEnd());
    keep.disableProperty().bind(model.gallery().imagesProperty().isNull());
    header.getChildren().addAll(keep, fork, stages);
    parts
        .frame()
        .fill(panel, WorkspaceFrame.stagePane(header, sideBySide(), timeline, comparePane()));
  }

  private Node sideBySide() {
    keptWords.setId("kept-words");
    nowWords.setId("now-words");
    StackPane holder = new StackPane(keptGrid);
    holder.getStyleClass().add("stage");
    keptBox = new VBox(caption("compare.kept", keptWords), holder);
    keptBox.getStyleClass().add("kept-box");
    nowCaption = caption("compare.now", nowWords);
    VBox now = new VBox(nowCaption, parts.gallery().node());
    VBox.setVgrow(holder, Priority.ALWAYS);
    VBox.setVgrow(parts.gallery().node(), Priority.ALWAYS);
    for (VBox box : List.of(keptBox, now)) {
      box.setMinWidth(0);
      box.setPrefWidth(200);
      HBox.setHgrow(box, Priority.ALWAYS);
    }
    HBox pair = new HBox(keptBox, now);
    pair.setMinHeight(0);
    return pair;
  }

  private HBox caption(String side, Label words) {
    Label name = new Label(messages.text(side));
    name.getStyleClass().add("section-title");
    name.setMinWidth(Label.USE_PREF_SIZE);
    words.getStyleClass().add("muted");
    HBox caption = new HBox(name, words);
    caption.getStyleClass().add("beside-caption");
    return caption;
  }

  private void showBeside() {
    Beside other = model.besideProperty().get();
    boolean shown = other != null;
    Controls.show(keptBox, shown);
    Controls.show(nowCaption, shown);
    keep.setSelected(shown);
    keptGrid.setImages(other == null ? null : other.images());
    if (other != null) {
      keptWords.setText(other.kept());
      nowWords.setText(other.now());
    }
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
                            Math.min(
                                MOST_COMPARE_HEIGHT,
                                COMPARE_SHARE * parts.frame().root().getHeight()))),
                parts.frame().root().heightProperty()));
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
    ModelChoice picked = model.sampling().models().pickedProperty().get();
    String obstacle = model.sampling().obstacleProperty().get();
    boolean waits =
        model.sampling().session().stateProperty().get() == SamplingSession.State.WAITING;
    parts
        .gallery()
        .showNothing(
            picked == null ? null : picked.picture(),
            !obstacle.isEmpty()
                ? obstacle
                : messages.text(waits ? "generate.empty.waiting" : "generate.empty.sample"));
  }

  private void showLevel() {
    SamplingSession.Preview quick = model.sampling().session().previewProperty().get();
    if (quick != null) {
      header.show(
          messages.text("preview.title"),
          messages.text("preview.facts", quick.settings().langevinSteps()));
      return;
    }
    Trace trace = model.sampling().session().traceProperty().get();
    if (trace == null) {
      header.show(messages.text("generate.title"), "");
      return;
    }
    int stop = model.stopProperty().get();
    int shown = trace.levelOf(stop);
    if (stop >= trace.lastStop()) {
      header.show(
          messages.text("level.result"),
          messages.text(
              trace.settings().initializerOnly()
                  ? "level.result.initializer"
                  : "level.result.facts"));
    } else {
      header.show(
          messages.text("level.title", shown),
          LevelCaption.of(messages, trace.model().schedule(), shown));
    }
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
    beforeName.setText(
        messages.text(
            switch (shown.kind()) {
              case NOTHING, PREVIEW, LEVEL -> "compare.before";
              case NOISE -> "compare.noise";
              case RESULT -> "compare.level0";
              case KEPT -> "compare.kept";
            }));
    afterName.setText(
        messages.text(
            switch (shown.kind()) {
              case NOTHING, NOISE, LEVEL -> "compare.after";
              case PREVIEW -> "preview.title";
              case RESULT -> "compare.result";
              case KEPT -> "compare.now";
            }));
    before.show(shown.before(), "");
    after.show(
        shown.after(),
        messages.text(
            switch (shown.kind()) {
              case NOTHING -> "compare.none";
              case NOISE -> "compare.top";
              default -> "compare.wait";
            }));
    Difference change = shown.difference();
    difference.show(change == null ? null : change.raster(), "");
    imageName.setText(
        shown.kind() == Comparison.Kind.NOTHING
            ? messages.text("compare.heading")
            : model.gallery().caption(model.gallery().index()));
    Controls.show(differenceScale, change != null);
    if (change == null) {
      differenceFacts.setText(
          messages.text(
              switch (shown.kind()) {
                case NOTHING -> "compare.hint";
                case NOISE -> "compare.hint.top";
                case PREVIEW -> "compare.hint.preview";
                default -> "compare.hint.wait";
              }));
      return;
    }
    String scale = messages.compact(change.scale());
    scaleLow.setText("−" + scale);
    scaleHigh.setText("+" + scale);
    differenceFacts.setText(
        messages.text(
            switch (shown.kind()) {
              case RESULT -> "compare.facts.result";
              case KEPT -> "compare.facts.kept";
              default -> "compare.facts";
            },
            messages.compact(change.rootMeanSquare())));
  }

  private void saveGif() {
    if (model.gallery().count() > 0) {
      dialogs.saveGif(parts.frame().window(), model.gifFileName()).ifPresent(model::saveGif);
    }
  }
}
