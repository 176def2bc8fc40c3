package cdrl.studio.train;

import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.shell.FolderOpener;
import cdrl.studio.shell.Workspace;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.EmptyState;
import cdrl.studio.widgets.Question;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** The Train workspace: the runs at the left, and how the selected one goes. */
public final class TrainView implements Workspace {
  private final Messages messages;
  private final TrainViewModel model;
  private final FileDialogs dialogs;
  private final FolderOpener folders;
  private final StackPane root = new StackPane();
  private final ListView<RunEntry> list = new ListView<>();
  private final CurvesPane curves;
  private final Label title = new Label();
  private final Label facts = new Label();
  private final Button go;
  private final Button use;
  private final Button best;
  private final Button keep;
  private final Button copy;
  private final Button reveal;
  private final Button delete;
  private final EmptyState empty;
  private final VBox dashboard = new VBox();
  private final RunForm form;
  private final Question question;
  private boolean selecting;

  /**
   * @param dialogs ask for files and folders
   * @param folders shows folders
   */
  public TrainView(
      Messages messages, TrainViewModel model, FileDialogs dialogs, FolderOpener folders) {
    this.messages = messages;
    this.model = model;
    this.dialogs = dialogs;
    this.folders = folders;
    curves = new CurvesPane(messages, model, dialogs);
    go = Controls.button("run-go", BootstrapIcons.STOP_FILL, "");
    use = Controls.button("run-use", BootstrapIcons.BOX_ARROW_UP_RIGHT, messages.text("train.use"));
    best = Controls.iconButton("run-best", BootstrapIcons.STAR, messages.text("train.use.best"));
    keep =
        Controls.iconButton("run-keep", BootstrapIcons.BOOKMARK_PLUS, messages.text("train.keep"));
    copy = Controls.iconButton("run-copy", BootstrapIcons.FILES, messages.text("train.copy"));
    reveal = Controls.iconButton("run-folder", BootstrapIcons.FOLDER, messages.text("show.folder"));
    delete = Controls.iconButton("run-delete", BootstrapIcons.TRASH, messages.text("train.delete"));
    empty = new EmptyState("train-empty", BootstrapIcons.GRAPH_UP, messages.text("train.empty"));
    form = new RunForm(messages, model.newRun(), dialogs, model::start);
    question = new Question(messages.text("cancel"));
  }

  @Override
  public String id() {
    return "train";
  }

  @Override
  public String name() {
    return messages.text("workspace.train");
  }

  @Override
  public Ikon icon() {
    return BootstrapIcons.GRAPH_UP;
  }

  @Override
  public List<Command> commands() {
    if (question.isOpen()) {
      return List.of(Command.of(messages.text("cancel"), "Esc", question::close));
    }
    return List.of(
        Command.of(messages.text("train.new"), "Shortcut+N", model.newRun()::open),
        Command.of(messages.text("new.start"), "Shortcut+Enter", this::startOrGo),
        Command.of(messages.text("cancel"), "Esc", model.newRun()::close),
        Command.of(messages.text("save.chart"), "Shortcut+S", curves::savePicture),
        Command.of(messages.text("save.table"), "Shortcut+Shift+S", curves::saveTable),
        Command.of(messages.text("chart.reset"), "Shortcut+0", curves::showEverything),
        Command.of(messages.text("train.use"), use::fire),
        Command.of(messages.text("train.use.best"), best::fire),
        Command.of(messages.text("train.keep"), keep::fire),
        Command.of(messages.text("train.copy"), copy::fire),
        Command.of(messages.text("show.folder"), reveal::fire),
        Command.of(messages.text("train.delete"), delete::fire),
        Command.of(messages.text("train.folder"), this::chooseFolder),
        Command.of(messages.text("train.chart.all"), model::chartAll),
        flip("train.log.x.hint", model.curves().logXProperty()),
        flip("train.log.y.hint", model.curves().logYProperty()),
        flip("train.outliers.hint", model.curves().outliersProperty()),
        Command.of(messages.text("sheet.back"), "Alt+Left", () -> model.sheets().move(-1)),
        Command.of(messages.text("sheet.forth"), "Alt+Right", () -> model.sheets().move(1)));
  }

  private Command flip(String name, BooleanProperty property) {
    return Command.of(messages.text(name), () -> property.set(!property.get()));
  }

  @Override
  public Map<String, String> settings() {
    return model.memory();
  }

  @Override
  public void restore(Map<String, String> settings) {
    model.recall(settings);
  }

  @Override
  public void shown() {
    if (model.newRun().openProperty().get()) {
      form.focus();
    } else {
      list.requestFocus();
    }
  }

  @Override
  public Node content() {
    BorderPane pane = new BorderPane();
    root.setId("train");
    pane.getStyleClass().add("workspace");
    pane.setLeft(sidePanel());
    buildDashboard();
    pane.setCenter(new StackPane(dashboard, emptyPane(), form));
    root.getChildren().addAll(pane, question);
    model.selectedProperty().addListener((property, was, is) -> showSelected());
    model.lookedProperty().addListener((property, was, is) -> showSelected());
    model.newRun().openProperty().addListener((property, was, is) -> showForm(is));
    showSelected();
    showForm(false);
    return root;
  }

  private Node emptyPane() {
    StackPane pane = new StackPane(empty);
    pane.setMouseTransparent(true);
    pane.visibleProperty().bind(empty.visibleProperty());
    return pane;
  }

  private void chooseFolder() {
    dialogs.chooseFolder(root.getScene().getWindow(), "runs").ifPresent(model::setFolder);
  }

  private Node sidePanel() {
    Button create = Controls.button("new-run", BootstrapIcons.PLUS, messages.text("train.new"));
    create.setMaxWidth(Double.MAX_VALUE);
    create.getStyleClass().add("accent");
    create.setTooltip(new Tooltip(messages.text("train.new.hint")));
    create.setOnAction(event -> model.newRun().open());
    Label heading = new Label(messages.text("train.runs"));
    heading.getStyleClass().add("section-title");
    Button all =
        Controls.iconButton(
            "chart-all", BootstrapIcons.CHECK2_ALL, messages.text("train.chart.all"));
    all.setOnAction(event -> model.chartAll());
    HBox head = new HBox(heading, Controls.spacer(), all);
    head.setAlignment(Pos.CENTER_LEFT);
    Label place = new Label();
    place.getStyleClass().add("hint");
    place.setId("runs-folder");
    place.setTextOverrun(javafx.scene.control.OverrunStyle.LEADING_ELLIPSIS);
    place.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(place, Priority.ALWAYS);
    Tooltip whole = new Tooltip();
    place.setTooltip(whole);
    Runnable showPlace =
        () -> {
          place.setText(model.folderProperty().get().toString());
          whole.setText(place.getText());
        };
    model.folderProperty().addListener((property, was, is) -> showPlace.run());
    showPlace.run();
    Button choose =
        Controls.iconButton(
            "choose-runs", BootstrapIcons.FOLDER2_OPEN, messages.text("train.folder"));
    choose.setOnAction(event -> chooseFolder());
    HBox folder = new HBox(place, choose);
    folder.getStyleClass().add("row");

    list.setId("runs");
    list.getStyleClass().add("run-list");
    list.setItems(model.entries());
    list.setAccessibleText(messages.text("train.runs"));
    list.setCellFactory(view -> new RunCell(messages, model));
    Label none = new Label(messages.text("train.none"));
    none.getStyleClass().add("hint");
    none.setWrapText(true);
    list.setPlaceholder(none);
    list.getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (property, was, is) -> {
              if (is != null && !selecting && !isSelected(is)) {
                model.select(is.name());
              }
            });
    list.addEventHandler(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.DELETE) {
            with(this::askToDelete);
            event.consume();
          }
        });
    VBox.setVgrow(list, Priority.ALWAYS);
    VBox panel = new VBox(head, create, list, folder);
    panel.getStyleClass().addAll("side-panel", "run-panel");
    return panel;
  }

  private boolean isSelected(RunEntry entry) {
    RunEntry now = model.selectedProperty().get();
    return now != null && now.name().equals(entry.name());
  }

  private void buildDashboard() {
    dashboard.getStyleClass().add("stage-pane");
    VBox.setVgrow(curves, Priority.ALWAYS);
    dashboard.getChildren().addAll(header(), warningLine(), curves, bottom());
  }

  private Node header() {
    title.setId("run-title");
    title.getStyleClass().add("level-title");
    title.setMinWidth(60);
    facts.setId("run-facts");
    facts.getStyleClass().add("level-facts");
    go.setOnAction(event -> startOrGo());
    go.setMinWidth(Region.USE_PREF_SIZE);
    use.setMinWidth(Region.USE_PREF_SIZE);
    use.getStyleClass().add("accent");
    use.setTooltip(new Tooltip(messages.text("train.use.hint")));
    use.setOnAction(event -> with(model::use));
    best.setOnAction(event -> with(model::useBest));
    keep.setOnAction(event -> with(model::keep));
    copy.setOnAction(event -> model.copySettings());
    reveal.setOnAction(event -> with(entry -> folders.show(model.folderOf(entry))));
    delete.setOnAction(event -> with(this::askToDelete));
    HBox bar = new HBox(title, facts, Controls.spacer(), keep, best, copy, reveal, delete, go, use);
    bar.getStyleClass().addAll("stage-bar", "run-bar");
    bar.setAlignment(Pos.CENTER_LEFT);
    return bar;
  }

  private Node warningLine() {
    Label text = new Label();
    text.setId("run-warning");
    text.setWrapText(true);
    text.setMinHeight(Region.USE_PREF_SIZE);
    text.textProperty().bind(model.warningProperty());
    HBox line = new HBox(Controls.icon(BootstrapIcons.EXCLAMATION_TRIANGLE_FILL), text);
    line.getStyleClass().add("warning-line");
    line.setAlignment(Pos.CENTER_LEFT);
    model.warningProperty().addListener((property, was, is) -> Controls.show(line, !is.isEmpty()));
    Controls.show(line, !model.warningProperty().get().isEmpty());
    return line;
  }

  private Node bottom() {
    VBox samples = new SheetsPane(messages, model.sheets());
    VBox text = new RunTextPane(messages, model);
    HBox.setHgrow(text, Priority.ALWAYS);
    HBox pane = new HBox(samples, text);
    pane.getStyleClass().add("run-bottom");
    pane.prefHeightProperty().bind(root.heightProperty().multiply(0.4));
    pane.minHeightProperty().bind(pane.prefHeightProperty());
    samples.prefWidthProperty().bind(pane.prefHeightProperty().subtract(60));
    samples.setMinWidth(Region.USE_PREF_SIZE);
    return pane;
  }

  private void with(Consumer<RunEntry> action) {
    RunEntry entry = model.selectedProperty().get();
    if (entry != null) {
      action.accept(entry);
    }
  }

  private void startOrGo() {
    if (model.newRun().openProperty().get()) {
      model.start();
      return;
    }
    with(
        entry -> {
          switch (entry.standing()) {
            case STARTING, RUNNING -> model.stop(entry, false);
            case STOPPING ->
                question.ask(
                    messages.text("train.kill.question", entry.name()),
                    messages.text("train.kill.explanation"),
                    messages.text("train.kill"),
                    () -> model.stop(entry, true));
            case STOPPED, FAILED -> model.resume(entry);
            case FINISHED -> {
              // There is nothing to go on with.
            }
          }
        });
  }

  private void askToDelete(RunEntry entry) {
    if (entry.standing().isActive()) {
      return;
    }
    question.ask(
        messages.text("train.delete.question", entry.name()),
        messages.text("train.delete.explanation"),
        messages.text("train.delete"),
        () -> model.remove(entry));
  }

  private void showForm(boolean open) {
    Controls.show(form, open);
    dashboard.setVisible(!open && model.selectedProperty().get() != null);
    Controls.show(empty, !open && model.selectedProperty().get() == null);
    if (open) {
      form.focus();
    }
  }

  private void showSelected() {
    RunEntry entry = model.selectedProperty().get();
    boolean open = model.newRun().openProperty().get();
    dashboard.setVisible(!open && entry != null);
    Controls.show(empty, !open && entry == null);
    empty.setText(
        messages.text(model.lookedProperty().get() ? "train.empty.hint" : "train.looking"));
    if (entry == null) {
      return;
    }
    selecting = true;
    int index = model.entries().indexOf(entry);
    if (index >= 0 && list.getSelectionModel().getSelectedIndex() != index) {
      list.getSelectionModel().select(index);
    }
    selecting = false;
    title.setText(entry.name());
    facts.setText(model.words().facts(entry));
    boolean active = entry.standing().isActive();
    go.setText(messages.text("train.go." + entry.standing()));
    go.setGraphic(Controls.icon(active ? BootstrapIcons.STOP_FILL : BootstrapIcons.PLAY_FILL));
    Controls.show(go, entry.standing() != Standing.FINISHED);
    use.setDisable(!entry.hasModel());
    keep.setDisable(!entry.hasModel());
    best.setDisable(entry.snapshot() == null || !entry.snapshot().hasBest());
    delete.setDisable(active);
  }
}
