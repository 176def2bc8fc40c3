package cdrl.studio.detect;

import cdrl.evaluate.EnergyScores;
import cdrl.studio.detect.Analysis.Place;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.shell.Workspace;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.EmptyState;
import cdrl.studio.widgets.LevelHeader;
import cdrl.studio.widgets.ModelSection;
import cdrl.studio.widgets.SegmentedChoice;
import cdrl.studio.widgets.Snapshots;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** The Detect workspace: which pictures are unlike the training data, and how well that works. */
public final class DetectView implements Workspace {
  private static final List<Integer> MOST = List.of(100, 300, 1_000, 3_000);
  private static final double ROC_WIDTH = 310;
  private static final double LEAST_CHART = 216;
  private static final double MOST_CHART = 340;
  private static final double CHART_SHARE = 0.3;
  private static final double LEAST_HEAT = 264;
  private static final double MOST_HEAT = 420;
  private static final double HEAT_SHARE = 0.21;

  /** The published models were trained for 400,000 iterations. */
  private static final long LONG_TRAINING = 100_000;

  private final Messages messages;
  private final DetectViewModel model;
  private final FileDialogs dialogs;
  private final BorderPane root = new BorderPane();
  private final LevelHeader header = new LevelHeader();
  private final Label warning = new Label();
  private final EmptyState empty;
  private final VBox emptyBox = new VBox();
  private final HBox charts = new HBox();
  private final VBox results = new VBox();
  private final SegmentedChoice<Integer> levels;
  private final HistogramPlot histogram;
  private final RocPlot roc;
  private final Label noRoc = new Label();
  private final PictureWall wall;
  private final SetsPane sets;
  private boolean choosing;

  /**
   * @param dialogs ask for files and folders
   */
  public DetectView(Messages messages, DetectViewModel model, FileDialogs dialogs) {
    this.messages = messages;
    this.model = model;
    this.dialogs = dialogs;
    empty = new EmptyState("detect-empty", BootstrapIcons.BULLSEYE, messages.text("detect.empty"));
    levels = new SegmentedChoice<>("detect-level", Object::toString);
    histogram = new HistogramPlot(messages, model.selected()::selectNear);
    roc = new RocPlot(messages);
    wall = new PictureWall(messages, source(), this::choose);
    sets = new SetsPane(messages, model, dialogs);
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
    return List.of(
        Command.of(messages.text("detect.score"), "Shortcut+Enter", model::score),
        Command.of(messages.text("cancel"), "Esc", model::cancel),
        Command.of(messages.text("detect.add.folder"), "Shortcut+Shift+O", sets::addFolder),
        Command.of(messages.text("detect.add.pictures"), "Shortcut+I", sets::addPictures),
        Command.of(messages.text("detect.add.samples"), "Shortcut+D", model.sets()::addSamples),
        Command.of(
            messages.text("detect.training.folder"), "Shortcut+T", sets::chooseTrainingFolder),
        Command.of(messages.text("detect.lowest"), "Alt+Left", () -> goToEnd(false)),
        Command.of(messages.text("detect.highest"), "Alt+Right", () -> goToEnd(true)),
        Command.of(messages.text("detect.save.charts"), "Shortcut+S", this::saveCharts),
        Command.of(messages.text("detect.save.scores"), "Shortcut+Shift+S", this::saveScores),
        Command.of(messages.text("model.open"), "Shortcut+O", this::openModel));
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
    root.setLeft(sidePanel());
    buildResults();
    buildEmpty();
    StackPane middle = new StackPane(results, emptyBox);
    VBox.setVgrow(middle, Priority.ALWAYS);
    VBox pane = new VBox(header, meaning(), middle);
    pane.getStyleClass().add("stage-pane");
    root.setCenter(pane);
    acceptDrops();
    model.analysisProperty().addListener((property, before, after) -> showAnalysis(after));
    model.selected().placeProperty().addListener((property, before, after) -> showSelected(after));
    model.models().loadedProperty().addListener((property, before, after) -> modelLoaded());
    model.mostProperty().addListener((property, before, after) -> wall.forget());
    model.runningProperty().addListener((property, before, after) -> showEmpty());
    model.sets().list().addListener((ListChangeListener<PictureSet>) change -> showEmpty());
    modelLoaded();
    showAnalysis(model.analysisProperty().get());
    return root;
  }

  private Node sidePanel() {
    SegmentedChoice<EnergyScores.Kind> kinds =
        new SegmentedChoice<>(
            "detect-kind",
            kind -> messages.text("detect.kind." + kind.name().toLowerCase(Locale.ROOT)));
    kinds.setItems(List.of(EnergyScores.Kind.values()));
    kinds.valueProperty().bindBidirectional(model.kindProperty());
    levels.valueProperty().bindBidirectional(model.levelProperty());
    SegmentedChoice<Integer> most =
        new SegmentedChoice<>("detect-most", count -> messages.grouped(count, 0));
    most.setItems(MOST);
    most.valueProperty().set(model.mostProperty().get());
    most.valueProperty()
        .addListener(
            (property, before, after) -> {
              if (after != null) {
                model.mostProperty().set(after);
              }
            });
    model
        .mostProperty()
        .addListener((property, before, after) -> most.valueProperty().set(after.intValue()));
    Label explained = new Label(messages.text("detect.level.hint"));
    explained.getStyleClass().add("hint");
    explained.setWrapText(true);
    explained.setMinHeight(Label.USE_PREF_SIZE);
    Button score =
        Controls.button("score", BootstrapIcons.PLAY_FILL, messages.text("detect.score"));
    score.getStyleClass().add("accent");
    score.setTooltip(new Tooltip(messages.text("detect.score.hint")));
    score.setMaxWidth(Double.MAX_VALUE);
    score.setOnAction(event -> model.score());
    score.setDisable(true);
    model.unfinishedProperty().addListener((property, before, after) -> score.setDisable(!after));
    HBox.setHgrow(score, Priority.ALWAYS);
    Button cancel = Controls.button("cancel", BootstrapIcons.STOP_FILL, messages.text("cancel"));
    cancel.setTooltip(new Tooltip(messages.text("cancel.hint")));
    cancel.setOnAction(event -> model.cancel());
    cancel.disableProperty().bind(model.runningProperty().not());
    HBox buttons = new HBox(score, cancel);
    buttons.getStyleClass().addAll("row", "main-buttons");
    Button saveCharts =
        Controls.wideButton(
            "save-charts",
            BootstrapIcons.IMAGE,
            messages.text("detect.save.charts"),
            this::saveCharts);
    Button saveScores =
        Controls.wideButton(
            "save-scores",
            BootstrapIcons.TABLE,
            messages.text("detect.save.scores"),
            this::saveScores);
    for (Button save : List.of(saveCharts, saveScores)) {
      save.disableProperty().bind(results.visibleProperty().not());
    }
    return Controls.sidePanel(
        new ModelSection(messages, model.models(), this::openModel).node(),
        sets.training(),
        sets.sets(),
        Controls.section(
            messages.text("detect.scoring"),
            Controls.field(messages.text("detect.kind"), kinds, kinds),
            Controls.field(messages.text("detect.level"), levels, levels),
            explained,
            Controls.field(messages.text("detect.most"), most, most),
            buttons),
        Controls.section(messages.text("save.heading"), saveCharts, saveScores));
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

  private void buildResults() {
    noRoc.setId("no-roc");
    noRoc.getStyleClass().add("chart-placeholder");
    noRoc.setWrapText(true);
    StackPane curve = new StackPane(roc, noRoc);
    curve.setMinWidth(ROC_WIDTH);
    curve.setPrefWidth(ROC_WIDTH);
    HBox.setHgrow(histogram, Priority.ALWAYS);
    charts
        .getChildren()
        .addAll(titled("detect.histogram.title", histogram), titled("detect.roc.title", curve));
    HBox.setHgrow(charts.getChildren().get(0), Priority.ALWAYS);
    charts.getStyleClass().add("score-charts");
    charts.setId("score-charts");
    root.heightProperty()
        .addListener(
            (property, before, after) -> {
              double height =
                  Math.max(LEAST_CHART, Math.min(MOST_CHART, CHART_SHARE * after.doubleValue()));
              charts.setMinHeight(height);
              charts.setPrefHeight(height);
            });
    Button lowest =
        Controls.button("lowest", BootstrapIcons.CHEVRON_BAR_LEFT, messages.text("detect.lowest"));
    lowest.setTooltip(new Tooltip(messages.text("detect.lowest.hint")));
    lowest.setOnAction(event -> goToEnd(false));
    Button highest =
        Controls.button(
            "highest", BootstrapIcons.CHEVRON_BAR_RIGHT, messages.text("detect.highest"));
    highest.setTooltip(new Tooltip(messages.text("detect.highest.hint")));
    highest.setOnAction(event -> goToEnd(true));
    Label title = new Label(messages.text("detect.sorted"));
    title.getStyleClass().add("section-title");
    HBox bar = new HBox(title, Controls.spacer(), lowest, highest);
    bar.getStyleClass().addAll("row", "wall-bar");
    bar.setAlignment(Pos.CENTER_LEFT);
    VBox.setVgrow(wall, Priority.ALWAYS);
    VBox sorted = new VBox(bar, wall);
    sorted.getStyleClass().add("wall-box");
    HBox.setHgrow(sorted, Priority.ALWAYS);
    HeatPane heat = new HeatPane(messages, model);
    heat.prefWidthProperty()
        .bind(
            Bindings.createDoubleBinding(
                () ->
                    Math.floor(
                        Math.max(LEAST_HEAT, Math.min(MOST_HEAT, HEAT_SHARE * root.getWidth()))),
                root.widthProperty()));
    heat.minWidthProperty().bind(heat.prefWidthProperty());
    HBox lower = new HBox(sorted, heat);
    VBox.setVgrow(lower, Priority.ALWAYS);
    results.getChildren().addAll(charts, lower);
  }

  private VBox titled(String key, Node chart) {
    Label title = new Label(messages.text(key));
    title.getStyleClass().add("section-title");
    VBox box = new VBox(title, chart);
    box.getStyleClass().add("chart-box");
    VBox.setVgrow(chart, Priority.ALWAYS);
    return box;
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

  private PictureWall.Source source() {
    return new PictureWall.Source() {
      @Override
      public @Nullable Raster raster(Place place) {
        return model.sets().raster(place);
      }

      @Override
      public String set(Place place) {
        PictureSet found = model.sets().get(place.key());
        return found == null ? "" : found.nameProperty().get();
      }

      @Override
      public int ink(Place place) {
        PictureSet found = model.sets().get(place.key());
        return found == null ? -1 : found.ink();
      }

      @Override
      public String name(Place place) {
        return model.sets().name(place);
      }
    };
  }

  private void choose(Place place) {
    choosing = true;
    model.selected().select(place);
    choosing = false;
  }

  private void showSelected(@Nullable Place place) {
    wall.select(place, !choosing);
    histogram.mark(place == null ? Double.NaN : place.score());
  }

  private void showAnalysis(Analysis analysis) {
    String score =
        messages.text(
            "detect.axis." + String.valueOf(model.kindProperty().get()).toLowerCase(Locale.ROOT));
    histogram.show(analysis, score);
    roc.show(analysis);
    boolean compared = !analysis.comparisons().isEmpty();
    roc.setVisible(compared);
    noRoc.setVisible(!compared);
    noRoc.setText(
        messages.text(analysis.own() == null ? "detect.roc.no-training" : "detect.roc.no-sets"));
    if (analysis.order().isEmpty()) {
      wall.forget();
    }
    wall.show(analysis.order());
    wall.select(model.selected().placeProperty().get(), false);
    showEmpty();
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
    wall.forget();
    levels.setItems(model.levelChoices());
    LoadedModel loaded = model.models().loadedProperty().get();
    long iterations = loaded == null ? 0 : loaded.description().provenance().iterations();
    boolean brief = iterations > 0 && iterations < LONG_TRAINING;
    Controls.show(warning, brief);
    warning.setText(brief ? messages.text("detect.brief", iterations) : "");
    showEmpty();
  }

  private void goToEnd(boolean last) {
    wall.goToEnd(last);
  }

  private void openModel() {
    dialogs.openModel(root.getScene().getWindow()).ifPresent(model.models()::open);
  }

  private void saveCharts() {
    if (results.isVisible()) {
      dialogs
          .savePng(root.getScene().getWindow(), model.fileStem() + "-charts.png")
          .ifPresent(file -> model.saveCharts(file, Snapshots.of(charts)));
    }
  }

  private void saveScores() {
    if (results.isVisible()) {
      dialogs
          .saveCsv(root.getScene().getWindow(), model.fileStem() + "-scores.csv")
          .ifPresent(model::saveScores);
    }
  }
}
