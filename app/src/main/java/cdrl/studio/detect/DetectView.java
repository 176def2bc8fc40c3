package cdrl.studio.detect;

import cdrl.evaluate.EnergyScores;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.shell.Workspace;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.EmptyState;
import cdrl.studio.widgets.LevelHeader;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** The Detect workspace: which pictures are unlike the training data, and how well that works. */
public final class DetectView implements Workspace {

  /** The published models were trained for 400,000 iterations. */
  private static final long LONG_TRAINING = 100_000;

  private final Messages messages;
  private final DetectViewModel model;
  private final BorderPane root = new BorderPane();
  private final LevelHeader header = new LevelHeader();
  private final Label warning = new Label();
  private final EmptyState empty;
  private final VBox emptyBox = new VBox();
  private final DetectFiles files;
  private final SetsPane sets;
  private final DetectResults results;

  /**
   * @param dialogs ask for files and folders
   */
  public DetectView(Messages messages, DetectViewModel model, FileDialogs dialogs) {
    this.messages = messages;
    this.model = model;
    empty = new EmptyState("detect-empty", BootstrapIcons.BULLSEYE, messages.text("detect.empty"));
    files = new DetectFiles(messages, model, dialogs, () -> root.getScene().getWindow());
    sets = new SetsPane(messages, model, dialogs);
    results = new DetectResults(messages, model, files, root);
  }

  @Override
  public String id() {
    return "detect";
  }

  @Override
  public String name() {
    return messages.text("workspace.detect");
  }

  @Override
  public Ikon icon() {
    return BootstrapIcons.BULLSEYE;
  }

  @Override
  public List<Command> commands() {
    List<Command> all = new ArrayList<>();
    all.add(Command.of(messages.text("detect.score"), "Shortcut+Enter", model::score));
    all.add(Command.of(messages.text("cancel"), "Esc", model::cancel));
    all.addAll(sets.commands());
    all.add(Command.of(messages.text("detect.lowest"), "Alt+Left", () -> results.goToEnd(false)));
    all.add(Command.of(messages.text("detect.highest"), "Alt+Right", () -> results.goToEnd(true)));
    all.addAll(scoringCommands());
    all.add(Command.of(messages.text("detect.save.charts"), "Shortcut+S", this::saveCharts));
    all.add(Command.of(messages.text("detect.save.scores"), "Shortcut+Shift+S", files::saveScores));
    all.add(Command.of(messages.text("detect.save.heat"), files::saveSelected));
    all.add(Command.of(messages.text("detect.copy.heat"), "Shortcut+C", files::copySelected));
    all.add(Command.of(messages.text("model.open"), "Shortcut+O", files::openModel));
    return List.copyOf(all);
  }

  private List<Command> scoringCommands() {
    List<Command> all = new ArrayList<>();
    for (EnergyScores.Kind kind : EnergyScores.Kind.values()) {
      all.add(
          choice(
              "detect.kind",
              DetectPanel.word(messages, kind),
              () -> model.kindProperty().set(kind)));
    }
    for (int level : model.levelChoices()) {
      all.add(
          choice("detect.level", Integer.toString(level), () -> model.levelProperty().set(level)));
    }
    for (int most : DetectPanel.MOST) {
      all.add(
          choice("detect.most", messages.grouped(most, 0), () -> model.mostProperty().set(most)));
    }
    return all;
  }

  private Command choice(String what, String value, Runnable action) {
    return Command.of(messages.text("command.choice", messages.text(what), value), action);
  }

  @Override
  public Map<String, String> settings() {
    return DetectMemory.of(model);
  }

  @Override
  public void restore(Map<String, String> settings) {
    DetectMemory.restore(model, settings);
  }

  @Override
  public void shown() {
    model.begin();
    sets.add().requestFocus();
  }

  @Override
  public Node content() {
    root.setId("detect");
    root.getStyleClass().add("workspace");
    root.setLeft(new DetectPanel(messages, model, sets, files, this::saveCharts).node());
    buildEmpty();
    StackPane middle = new StackPane(results, emptyBox);
    VBox.setVgrow(middle, Priority.ALWAYS);
    VBox pane = new VBox(header, meaning(), middle);
    pane.getStyleClass().add("stage-pane");
    root.setCenter(pane);
    acceptDrops();
    results.attach();
    model.analysisProperty().addListener((property, before, after) -> showEmpty());
    model.models().loadedProperty().addListener((property, before, after) -> modelLoaded());
    model.runningProperty().addListener((property, before, after) -> showEmpty());
    model.sets().list().addListener((ListChangeListener<PictureSet>) change -> showEmpty());
    modelLoaded();
    return root;
  }

  /** What the figures mean, and how far they can be trusted. */
  private Node meaning() {
    Label words = new Label(messages.text("detect.meaning"));
    words.setId("meaning");
    words.setWrapText(true);
    words.setMinHeight(Label.USE_PREF_SIZE);
    warning.setId("detect-warning");
    warning.getStyleClass().add("detect-warning");
    warning.setWrapText(true);
    warning.setMinHeight(Label.USE_PREF_SIZE);
    VBox text = new VBox(words, warning);
    HBox.setHgrow(text, Priority.ALWAYS);
    HBox line = new HBox(Controls.icon(BootstrapIcons.INFO_CIRCLE), text);
    line.getStyleClass().add("meaning-line");
    return line;
  }

  private void buildEmpty() {
    Button folder =
        Controls.button(
            "empty-training", BootstrapIcons.FOLDER, messages.text("detect.training.folder"));
    folder.setOnAction(event -> sets.chooseTrainingFolder());
    Button add =
        Controls.button("empty-add", BootstrapIcons.IMAGES, messages.text("detect.add.folder"));
    add.setOnAction(event -> sets.addFolder());
    HBox buttons = new HBox(folder, add);
    buttons.getStyleClass().add("empty-buttons");
    VBox.setVgrow(empty, Priority.NEVER);
    emptyBox.getChildren().addAll(empty, buttons);
    emptyBox.setAlignment(Pos.CENTER);
    emptyBox.getStyleClass().add("inpaint-empty-box");
  }

  private void acceptDrops() {
    root.addEventHandler(
        DragEvent.DRAG_OVER,
        event -> {
          if (!dropped(event).isEmpty()) {
            event.acceptTransferModes(TransferMode.COPY);
            event.consume();
          }
        });
    root.addEventHandler(
        DragEvent.DRAG_DROPPED,
        event -> {
          List<Path> files = dropped(event);
          if (!files.isEmpty()) {
            model.drop(files);
            event.setDropCompleted(true);
            event.consume();
          }
        });
  }

  /** What is dropped here; models are the window's business. */
  private static List<Path> dropped(DragEvent event) {
    return event.getDragboard().hasFiles()
        ? event.getDragboard().getFiles().stream()
            .map(File::toPath)
            .filter(file -> !file.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors"))
            .toList()
        : List.of();
  }

  private void showEmpty() {
    Analysis analysis = model.analysisProperty().get();
    boolean nothing = analysis.order().isEmpty();
    results.setVisible(!nothing);
    emptyBox.setVisible(nothing);
    long pictures = analysis.order().size();
    header.show(
        messages.text("detect.title"),
        nothing ? "" : messages.text("detect.facts", analysis.sets().size(), pictures));
    boolean any = !model.sets().list().isEmpty();
    boolean wanting = any && model.models().loadedProperty().get() == null;
    empty.setText(
        messages.text(
            wanting
                ? "detect.empty.waiting"
                : any && model.runningProperty().get()
                    ? "detect.empty.busy"
                    : "detect.empty.hint"));
  }

  private void modelLoaded() {
    LoadedModel loaded = model.models().loadedProperty().get();
    long iterations = loaded == null ? 0 : loaded.description().provenance().allIterations();
    boolean brief = iterations > 0 && iterations < LONG_TRAINING;
    Controls.show(warning, brief);
    warning.setText(brief ? messages.text("detect.brief", iterations) : "");
    showEmpty();
  }

  private void saveCharts() {
    files.saveCharts(results.charts());
  }
}
