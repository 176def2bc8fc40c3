package cdrl.studio.train;

import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.shell.FolderOpener;
import cdrl.studio.shell.Workspace;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.EmptyState;
import cdrl.studio.widgets.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.beans.property.BooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
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
  private final RunActions actions;
  private final StackPane root = new StackPane();
  private final ListView<RunEntry> list = new ListView<>();
  private final CurvesPane curves;
  private final SheetsPane samples;
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
    curves = new CurvesPane(messages, model, dialogs);
    samples = new SheetsPane(messages, model.sheets(), dialogs);
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
    actions = new RunActions(messages, model, folders, question);
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
    List<Command> commands = new ArrayList<>(formCommands());
    commands.addAll(actions.commands(list::isFocused));
    commands.addAll(
        List.of(
            Command.of(messages.text("train.folder"), this::chooseFolder),
            Command.of(messages.text("train.chart.all"), model::chartAll),
            Command.of(messages.text("save.chart"), "Shortcut+S", curves::savePicture),
            Command.of(messages.text("save.table"), "Shortcut+Shift+S", curves::saveTable),
            Command.of(messages.text("chart.reset"), "Shortcut+0", curves::showEverything),
            flip("train.by.level.hint", model.curves().perLevelProperty()),
            flip("train.log.x.hint", model.curves().logXProperty()),
            flip("train.log.y.hint", model.curves().logYProperty()),
            flip("train.outliers.hint", model.curves().outliersProperty()),
            Command.of(messages.text("sheet.back"), "Alt+Left", () -> model.sheets().move(-1)),
            Command.of(messages.text("sheet.forth"), "Alt+Right", () -> model.sheets().move(1)),
            Command.of(messages.text("sheet.copy"), "Shortcut+C", samples::copy),
            Command.of(messages.text("sheet.save"), samples::save),
            flip("train.sheet.level.hint", model.sheets().perLevelProperty())));
    for (String quantity : model.curves().quantities()) {
      commands.add(
          Command.of(
              messages.text("train.draw", model.words().quantity(quantity)),
              () -> model.curves().quantityProperty().set(quantity)));
    }
    return commands;
  }

  /** The key that starts a run does so in the form only; elsewhere it is that of another action. */
  private List<Command> formCommands() {
    String start = messages.text("new.start");
    boolean open = model.newRun().openProperty().get();
    return List.of(
        Command.of(messages.text("train.new"), "Shortcut+N", model.newRun()::open),
        open
            ? Command.of(start, "Shortcut+Enter", model::start)
            : Command.of(start, model.newRun()::open),
        Command.of(messages.text("new.as.other"), this::editOtherwise),
        Command.of(messages.text("cancel"), "Esc", model.newRun()::close));
  }

  private void editOtherwise() {
    if (model.newRun().openProperty().get()) {
      model.newRun().asTextProperty().set(!model.newRun().asTextProperty().get());
    } else {
      model.newRun().open();
    }
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
    model.underWayProperty().addListener((property, was, is) -> showSelected());
    model.newRun().openProperty().addListener((property, was, is) -> showForm(is));
    showSelected();
    showForm(model.newRun().openProperty().get());
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
    go.setOnAction(event -> actions.go());
    go.setMinWidth(Region.USE_PREF_SIZE);
    use.setMinWidth(Region.USE_PREF_SIZE);
    use.getStyleClass().add("accent");
    use.setTooltip(new Tooltip(messages.text("train.use.hint")));
    use.setOnAction(event -> actions.use());
    best.setOnAction(event -> actions.useBest());
    keep.setOnAction(event -> actions.keep());
    copy.setOnAction(event -> actions.copySettings());
    reveal.setOnAction(event -> actions.reveal());
    delete.setOnAction(event -> actions.delete());
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
    boolean underWay = model.underWayProperty().get();
    go.setText(messages.text((underWay ? "train.standing." : "train.go.") + entry.standing()));
    go.setGraphic(
        Controls.icon(
            underWay
                ? BootstrapIcons.HOURGLASS_SPLIT
                : active ? BootstrapIcons.STOP_FILL : BootstrapIcons.PLAY_FILL));
    Controls.show(go, entry.standing() != Standing.FINISHED);
    use.setDisable(!entry.hasModel());
    keep.setDisable(!entry.hasModel());
    best.setDisable(!entry.hasBest());
    delete.setDisable(active);
  }
}
