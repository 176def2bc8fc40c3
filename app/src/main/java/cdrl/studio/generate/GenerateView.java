package cdrl.studio.generate;

import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.ModelChoice;
import cdrl.studio.engine.SamplingSession;
import cdrl.studio.engine.Stage;
import cdrl.studio.engine.Trace;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.shell.Workspace;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.LevelCaption;
import cdrl.studio.widgets.LevelHeader;
import cdrl.studio.widgets.LevelTimeline;
import cdrl.studio.widgets.SegmentedChoice;
import cdrl.studio.workspace.GalleryPane;
import cdrl.studio.workspace.GalleryWorkspace;
import cdrl.studio.workspace.PictureReceiver;
import cdrl.studio.workspace.WorkspaceFrame;
import java.util.List;
import java.util.Map;
import javafx.beans.binding.Bindings;
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
  private final Messages messages;
  private final GenerateViewModel model;
  private final FileDialogs dialogs;
  private final GalleryWorkspace parts;
  private final GalleryPane kept;
  private final Label keptWords = new Label();
  private final Label nowWords = new Label();
  private final ToggleButton keep = new ToggleButton();
  private VBox keptBox = new VBox();
  private HBox nowCaption = new HBox();
  private final LevelHeader header = new LevelHeader();
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
    kept = parts.beside("kept-", model.comparisons().keptGallery());
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
            Command.of(messages.text("beside.keep"), "Shortcut+B", model.comparisons()::keepOrEnd),
            Command.of(messages.text("generate.fork"), "Shortcut+F", model::fork),
            Command.of(messages.text("chain.back"), "Alt+Down", () -> model.cursor().moveStep(-1)),
            Command.of(messages.text("chain.forth"), "Alt+Up", () -> model.cursor().moveStep(1)),
            Command.of(
                messages.text("timeline.back"), "Alt+Left", () -> model.cursor().moveStop(-1)),
            Command.of(
                messages.text("timeline.forth"), "Alt+Right", () -> model.cursor().moveStop(1))));
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
    SamplingSession session = model.sampling().session();
    session.traceProperty().addListener((property, was, is) -> showTrace(was, is));
    session.stateProperty().addListener((property, was, is) -> showEmpty());
    session.previewProperty().addListener((property, was, is) -> showLevel());
    model.comparisons().besideProperty().addListener((property, was, is) -> showBeside());
    model.cursor().stopProperty().addListener((property, was, is) -> showLevel());
    model.sampling().obstacleProperty().addListener((property, was, is) -> showEmpty());
    model.sampling().models().loadedProperty().addListener((property, was, is) -> modelLoaded());
    model.sampling().models().pickedProperty().addListener((property, was, is) -> showEmpty());
    timeline.stopProperty().bindBidirectional(model.cursor().stopProperty());
    modelLoaded();
    showBeside();
    showTrace(null, session.traceProperty().get());
    return parts.frame().root();
  }

  private void fillFrame() {
    Button saveGif =
        Controls.wideButton(
            "save-gif", BootstrapIcons.FILM, messages.text("save.gif"), this::saveGif);
    SamplingSession session = model.sampling().session();
    saveGif
        .disableProperty()
        .bind(session.traceProperty().isNull().or(session.previewProperty().isNotNull()));
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
    stages.setItems(List.of(Stage.PROPOSAL, Stage.REFINED, Stage.DIFFERENCE));
    stages.valueProperty().bindBidirectional(model.cursor().stageProperty());
    stages.setAccessibleText(messages.text("stage.name"));
    Tooltip.install(stages, new Tooltip(messages.text("stage.hint")));
    Button fork = Controls.button("fork", BootstrapIcons.SHUFFLE, messages.text("generate.fork"));
    fork.setOnAction(event -> model.fork());
    fork.disableProperty().bind(model.forkableProperty().not());
    StackPane forkHolder = new StackPane(fork); // what is disabled shows no hint itself
    Tooltip.install(forkHolder, new Tooltip(messages.text("generate.fork.hint")));
    keep.setText(messages.text("beside.keep"));
    keep.setGraphic(Controls.icon(BootstrapIcons.LAYOUT_SPLIT));
    keep.setId("keep-beside");
    keep.getStyleClass().add("chart-toggle");
    keep.setTooltip(new Tooltip(messages.text("beside.hint")));
    keep.setOnAction(event -> model.comparisons().keepOrEnd());
    keep.disableProperty().bind(model.comparisons().keepableProperty().not());
    header.getChildren().addAll(keep, forkHolder, stages);
    ComparePane compare = new ComparePane(messages, model, parts.frame().root().heightProperty());
    parts.frame().fill(panel, WorkspaceFrame.stagePane(header, sideBySide(), timeline, compare));
  }

  private Node sideBySide() {
    keptWords.setId("kept-words");
    nowWords.setId("now-words");
    keptBox = new VBox(caption("compare.kept", keptWords), kept.node());
    keptBox.getStyleClass().add("kept-box");
    nowCaption = caption("compare.now", nowWords);
    VBox now = new VBox(nowCaption, parts.gallery().node());
    VBox.setVgrow(kept.node(), Priority.ALWAYS);
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
    Beside other = model.comparisons().besideProperty().get();
    boolean shown = other != null;
    Controls.show(keptBox, shown);
    Controls.show(nowCaption, shown);
    keep.setSelected(shown);
    if (other != null) {
      keptWords.setText(other.kept());
      nowWords.setText(other.now());
    }
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
    parts.showNothing(
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
    int stop = model.cursor().stopProperty().get();
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

  private void saveGif() {
    if (!model.gifFileName().isEmpty()) {
      dialogs.saveGif(parts.frame().window(), model.gifFileName()).ifPresent(model::saveGif);
    }
  }
}
