package cdrl.studio.models;

import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.shell.FolderOpener;
import cdrl.studio.shell.Workspace;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.EmptyState;
import cdrl.studio.widgets.Question;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** The Models workspace: a card for each model at hand. */
public final class ModelsView implements Workspace, ModelTile.Actions {
  private static final int LEAST_RESOLUTION = 8;
  private static final int MOST_RESOLUTION = 256;
  private static final int MOST_LEVELS = 100;
  private static final int MOST_STEPS = 1000;

  private final Messages messages;
  private final ModelsViewModel model;
  private final FileDialogs dialogs;
  private final FolderOpener folders;
  private final StackPane root = new StackPane();
  private final FlowPane cards = new FlowPane();
  private final Label facts = new Label();
  private final EmptyState empty;
  private final Question question;
  private final Button importButton;

  /**
   * @param dialogs ask for files
   * @param folders shows folders
   */
  public ModelsView(
      Messages messages, ModelsViewModel model, FileDialogs dialogs, FolderOpener folders) {
    this.messages = messages;
    this.model = model;
    this.dialogs = dialogs;
    this.folders = folders;
    question = new Question(messages.text("cancel"));
    empty = new EmptyState("models-empty", BootstrapIcons.BOX, messages.text("models.empty"));
    importButton =
        Controls.button(
            "import-checkpoint", BootstrapIcons.BOX_ARROW_IN_DOWN, messages.text("models.import"));
  }

  @Override
  public String id() {
    return "models";
  }

  @Override
  public String name() {
    return messages.text("workspace.models");
  }

  @Override
  public Ikon icon() {
    return BootstrapIcons.BOX;
  }

  @Override
  public List<Command> commands() {
    if (question.isOpen()) {
      return List.of(Command.of(messages.text("cancel"), "Esc", question::close));
    }
    List<Command> commands =
        new ArrayList<>(
            List.of(
                Command.of(messages.text("models.import"), "Shortcut+I", this::chooseCheckpoint),
                Command.of(messages.text("models.add"), "Shortcut+O", this::chooseModel),
                Command.of(messages.text("models.folder"), this::showFolder),
                Command.of(messages.text("models.refresh"), "F5", model::refresh)));
    for (ModelCard card : model.cards()) {
      commands.add(
          Command.of(messages.text("models.use.named", card.name()), () -> model.use(card)));
      commands.add(
          Command.of(
              messages.text("models.check.named", card.name()), () -> model.checkAgain(card)));
    }
    return commands;
  }

  @Override
  public void shown() {
    model.refresh();
    importButton.requestFocus();
  }

  @Override
  public Node content() {
    root.setId("models");
    BorderPane pane = new BorderPane();
    pane.getStyleClass().add("workspace");
    pane.setTop(header());
    cards.getStyleClass().add("model-cards");
    ScrollPane scroll = Controls.scrolled(cards);
    scroll.getStyleClass().add("form-scroll");
    scroll.setFocusTraversable(false);
    pane.setCenter(new StackPane(scroll, empty));
    root.getChildren().addAll(pane, question);
    root.addEventHandler(DragEvent.DRAG_OVER, ModelsView::welcome);
    root.addEventHandler(
        DragEvent.DRAG_DROPPED,
        event -> {
          if (event.getDragboard().hasFiles()) {
            take(event.getDragboard().getFiles().get(0).toPath());
            event.setDropCompleted(true);
            event.consume();
          }
        });
    model.cards().addListener((ListChangeListener<ModelCard>) change -> show(change));
    model.lookedProperty().addListener((property, was, is) -> showFacts());
    cards.getChildren().setAll(model.cards().stream().map(this::tile).toList());
    showFacts();
    return root;
  }

  private static void welcome(DragEvent event) {
    if (event.getDragboard().hasFiles()) {
      event.acceptTransferModes(TransferMode.COPY);
      event.consume();
    }
  }

  private void take(Path file) {
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors")) {
      model.add(file);
    } else {
      askToImport(file);
    }
  }

  private ModelTile tile(ModelCard card) {
    return new ModelTile(messages, card, this);
  }

  /** One card for one, so that the others keep their place and picture. */
  private void show(ListChangeListener.Change<? extends ModelCard> change) {
    while (change.next()) {
      if (change.wasReplaced() && change.getAddedSize() == change.getRemovedSize()) {
        for (int i = change.getFrom(); i < change.getTo(); i++) {
          cards.getChildren().set(i, tile(change.getList().get(i)));
        }
      } else {
        cards.getChildren().setAll(change.getList().stream().map(this::tile).toList());
        break;
      }
    }
    showFacts();
  }

  private void showFacts() {
    int count = model.cards().size();
    facts.setText(count == 0 ? "" : messages.text("models.count", count));
    Controls.show(empty, count == 0);
    empty.setText(
        messages.text(model.lookedProperty().get() ? "models.empty.hint" : "generate.looking"));
  }

  private Node header() {
    Label title = new Label(messages.text("workspace.models"));
    title.getStyleClass().add("level-title");
    facts.getStyleClass().add("level-facts");
    facts.setId("models-count");
    importButton.getStyleClass().add("accent");
    importButton.setOnAction(event -> chooseCheckpoint());
    Button add =
        Controls.button("add-model", BootstrapIcons.FILE_EARMARK_PLUS, messages.text("models.add"));
    add.setOnAction(event -> chooseModel());
    Button reveal =
        Controls.iconButton("models-folder", BootstrapIcons.FOLDER, messages.text("models.folder"));
    reveal.setOnAction(event -> showFolder());
    HBox bar = new HBox(title, facts, Controls.spacer(), reveal, add, importButton);
    bar.getStyleClass().addAll("stage-bar", "run-bar");
    bar.setAlignment(Pos.CENTER_LEFT);
    return bar;
  }

  private void showFolder() {
    folders.show(model.folder());
  }

  private void chooseModel() {
    dialogs.openModel(root.getScene().getWindow()).ifPresent(this::take);
  }

  private void chooseCheckpoint() {
    dialogs.openCheckpoint(root.getScene().getWindow()).ifPresent(this::askToImport);
  }

  private void askToImport(Path file) {
    TextField name = new TextField(model.suggestion(file));
    name.setId("import-name");
    BooleanProperty averaged = new SimpleBooleanProperty(true);
    Node weights =
        Controls.eitherOr(
            "import-averaged",
            messages.text("import.last"),
            messages.text("import.averaged"),
            averaged);
    TextField resolution = number("import-resolution", 32);
    TextField levels = number("import-levels", 6);
    TextField steps = number("import-steps", 15);
    HBox numbers =
        new HBox(
            Controls.field(messages.text("import.resolution"), resolution, resolution),
            Controls.field(messages.text("import.levels"), levels, levels),
            Controls.field(messages.text("import.steps"), steps, steps));
    numbers.getStyleClass().add("import-numbers");
    VBox fields =
        new VBox(
            Controls.field(messages.text("import.name"), name, name),
            Controls.field(messages.text("import.weights"), weights, weights),
            numbers);
    fields.getStyleClass().add("import-fields");
    StringBinding obstacle =
        Bindings.createStringBinding(
            () ->
                Optional.of(model.obstacle(name.getText()))
                    .filter(sentence -> !sentence.isEmpty())
                    .or(
                        () ->
                            range(
                                resolution, "import.resolution", LEAST_RESOLUTION, MOST_RESOLUTION))
                    .or(() -> range(levels, "import.levels", 1, MOST_LEVELS))
                    .or(() -> range(steps, "import.steps", 1, MOST_STEPS))
                    .orElse(""),
            name.textProperty(),
            resolution.textProperty(),
            levels.textProperty(),
            steps.textProperty());
    question.askFor(
        messages.text("import.title", file.getFileName()),
        messages.text("import.explanation"),
        fields,
        name,
        messages.text("import.do"),
        obstacle,
        () ->
            model.importCheckpoint(
                new ModelsViewModel.Import(
                    file,
                    name.getText(),
                    averaged.get(),
                    whole(resolution).orElseThrow(),
                    whole(levels).orElseThrow(),
                    whole(steps).orElseThrow())));
  }

  private static TextField number(String id, int value) {
    TextField field = new TextField(Integer.toString(value));
    field.setId(id);
    field.setPrefColumnCount(6);
    return field;
  }

  private static OptionalInt whole(TextField field) {
    String text = field.getText().strip();
    return text.matches("\\d{1,6}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
  }

  private Optional<String> range(TextField field, String name, int least, int most) {
    OptionalInt value = whole(field);
    return value.isPresent() && value.getAsInt() >= least && value.getAsInt() <= most
        ? Optional.empty()
        : Optional.of(messages.text("import.range", messages.text(name), least, most));
  }

  @Override
  public void use(ModelCard card) {
    model.use(card);
  }

  @Override
  public void check(ModelCard card) {
    model.checkAgain(card);
  }

  @Override
  public void draw(ModelCard card) {
    model.drawPicture(card);
  }

  @Override
  public void reveal(ModelCard card) {
    folders.show(model.folder());
  }

  @Override
  public void rename(ModelCard card) {
    TextField name = new TextField(card.name());
    name.setId("rename-name");
    StringBinding obstacle =
        Bindings.createStringBinding(
            () -> name.getText().strip().equals(card.name()) ? "" : model.obstacle(name.getText()),
            name.textProperty());
    question.askFor(
        messages.text("models.rename.title", card.name()),
        "",
        Controls.field(messages.text("import.name"), name, name),
        name,
        messages.text("models.rename.do"),
        obstacle,
        () -> {
          if (!name.getText().strip().equals(card.name())) {
            model.rename(card, name.getText());
          }
        });
    name.selectAll();
  }

  @Override
  public void remove(ModelCard card) {
    question.ask(
        messages.text("models.remove.question", card.name()),
        messages.text("models.remove.explanation"),
        messages.text("train.delete"),
        () -> model.remove(card));
  }
}
