package cdrl.studio.models;

import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Command;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.shell.FolderOpener;
import cdrl.studio.shell.Workspace;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.EmptyState;
import cdrl.studio.widgets.Question;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
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
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** The Models workspace: a card for each model at hand. */
public final class ModelsView implements Workspace, ModelTile.Actions {
  private final Messages messages;
  private final ModelsViewModel model;
  private final FileDialogs dialogs;
  private final FolderOpener folders;
  private final StackPane root = new StackPane();
  private final FlowPane cards = new FlowPane();
  private final Label facts = new Label();
  private final EmptyState empty;
  private final Question question;
  private final ImportQuestion importQuestion;
  private final Button importButton;

  /** The name a model is about to have; its card gets the keyboard. */
  private @Nullable String renamed;

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
    importQuestion = new ImportQuestion(messages, model, question);
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
      if (!card.ships()) {
        commands.addAll(commandsOfOwn(card));
      }
    }
    return commands;
  }

  private List<Command> commandsOfOwn(ModelCard card) {
    String name = card.name();
    List<Command> commands =
        new ArrayList<>(
            List.of(
                Command.of(messages.text("models.reveal.named", name), () -> reveal(card)),
                Command.of(messages.text("models.rename.named", name), () -> rename(card)),
                Command.of(messages.text("models.remove.named", name), () -> remove(card))));
    if (card.facts() != null) {
      commands.add(Command.of(messages.text("models.draw.named", name), () -> draw(card)));
    }
    return commands;
  }

  @Override
  public void shown() {
    renamed = null;
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
    root.addEventHandler(DragEvent.DRAG_DROPPED, this::take);
    model.cards().addListener((ListChangeListener<ModelCard>) change -> show(change));
    model.lookedProperty().addListener((property, was, is) -> showFacts());
    cards.getChildren().setAll(model.cards().stream().map(this::tile).toList());
    showFacts();
    return root;
  }

  private static ModelFiles files(DragEvent event) {
    return ModelFiles.among(event.getDragboard().getFiles().stream().map(File::toPath).toList());
  }

  /** Pictures and other files are left to the window. */
  private static void welcome(DragEvent event) {
    if (event.getDragboard().hasFiles() && !files(event).isEmpty()) {
      event.acceptTransferModes(TransferMode.COPY);
      event.consume();
    }
  }

  private void take(DragEvent event) {
    ModelFiles files = files(event);
    if (files.isEmpty()) {
      return;
    }
    if (!files.models().isEmpty()) {
      model.add(files.models());
    }
    importQuestion.ask(files.checkpoints());
    event.setDropCompleted(true);
    event.consume();
  }

  private ModelTile tile(ModelCard card) {
    return new ModelTile(messages, card, this);
  }

  /** One card for one, so that the others keep their place and picture. */
  private void show(ListChangeListener.Change<? extends ModelCard> change) {
    Node focused = root.getScene() == null ? null : root.getScene().getFocusOwner();
    ModelTile inUse = tileOf(focused);
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
    if (focused != null && inUse != null && inUse.getParent() == null) {
      String button = String.valueOf(focused.getId());
      if (!giveBack(inUse.name(), button)) {
        importButton.requestFocus();
      }
    }
    if (renamed != null && giveBack(renamed, "more-" + renamed)) {
      renamed = null;
    }
    showFacts();
  }

  private static @Nullable ModelTile tileOf(@Nullable Node node) {
    for (Node above = node; above != null; above = above.getParent()) {
      if (above instanceof ModelTile tile) {
        return tile;
      }
    }
    return null;
  }

  /** Gives the keyboard to the same button of the new card of a model. */
  private boolean giveBack(String name, String button) {
    for (Node card : cards.getChildren()) {
      if (card instanceof ModelTile tile && tile.name().equals(name)) {
        tile.focus(button);
        return true;
      }
    }
    return false;
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
    dialogs.openModel(root.getScene().getWindow()).ifPresent(file -> model.add(List.of(file)));
  }

  private void chooseCheckpoint() {
    dialogs
        .openCheckpoint(root.getScene().getWindow())
        .ifPresent(file -> importQuestion.ask(List.of(file)));
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
            renamed = name.getText().strip();
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
