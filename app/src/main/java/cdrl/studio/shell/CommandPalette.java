package cdrl.studio.shell;

import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.Overlay;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Every action by its name: type some letters, press Enter. */
final class CommandPalette {
  private static final int PAGE = 8;

  private final CommandRegistry registry;
  private final Consumer<String> show;
  private final KeyNames keys;
  private final Overlay overlay;
  private final TextField query = new TextField();
  private final ListView<CommandRegistry.Entry> list = new ListView<>();

  /**
   * @param show brings a workspace to the front
   */
  CommandPalette(Messages messages, CommandRegistry registry, Consumer<String> show) {
    this.registry = registry;
    this.show = show;
    keys = new KeyNames(messages);
    overlay = new Overlay("palette", messages.text("palette.name"));
    query.setId("palette-query");
    query.setPromptText(messages.text("palette.prompt"));
    query.setAccessibleText(messages.text("palette.prompt"));
    query.textProperty().addListener((property, before, after) -> search());
    query.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    list.setId("palette-list");
    list.setAccessibleText(messages.text("palette.list"));
    list.getStyleClass().add("palette-list");
    list.setCellFactory(view -> new EntryCell());
    list.setFocusTraversable(false);
    Label nothing = new Label(messages.text("palette.nothing"));
    nothing.getStyleClass().add("muted");
    list.setPlaceholder(nothing);
    VBox.setVgrow(list, Priority.ALWAYS);
    overlay.card().getChildren().addAll(query, list);
    StackPane.setAlignment(overlay.card(), Pos.TOP_CENTER);
  }

  /** The node that lies over the window. */
  Overlay overlay() {
    return overlay;
  }

  /** Opens it with all actions. */
  void open() {
    query.clear();
    search();
    overlay.open(query);
  }

  private void search() {
    list.getItems().setAll(registry.find(query.getText()));
    list.getSelectionModel().selectFirst();
    if (!list.getItems().isEmpty()) {
      list.scrollTo(0);
    }
  }

  private void key(KeyEvent event) {
    KeyCode code = event.getCode();
    if (code == KeyCode.ENTER) {
      run(list.getSelectionModel().getSelectedItem());
    } else if (code == KeyCode.DOWN || code == KeyCode.UP) {
      move(code == KeyCode.DOWN ? 1 : -1);
    } else if (code == KeyCode.PAGE_DOWN || code == KeyCode.PAGE_UP) {
      move(code == KeyCode.PAGE_DOWN ? PAGE : -PAGE);
    } else {
      return;
    }
    event.consume();
  }

  private void move(int by) {
    int count = list.getItems().size();
    if (count > 0) {
      int wanted = list.getSelectionModel().getSelectedIndex() + by;
      list.getSelectionModel().select(Math.max(0, Math.min(count - 1, wanted)));
      list.scrollTo(Math.max(0, list.getSelectionModel().getSelectedIndex() - PAGE / 2));
    }
  }

  private void run(CommandRegistry.@Nullable Entry entry) {
    if (entry != null) {
      overlay.close();
      registry.run(entry, show);
    }
  }

  /** An action, where it works, and its key. */
  private final class EntryCell extends ListCell<CommandRegistry.Entry> {
    EntryCell() {
      getStyleClass().add("palette-cell");
      setOnMouseClicked(event -> run(getItem()));
    }

    @Override
    protected void updateItem(CommandRegistry.@Nullable Entry entry, boolean empty) {
      super.updateItem(entry, empty);
      setText(null);
      if (entry == null || empty) {
        setGraphic(null);
        setAccessibleText(null);
        return;
      }
      Label title = new Label(entry.command().title());
      title.getStyleClass().add("palette-title");
      Label place = new Label(entry.group().name());
      place.getStyleClass().add("palette-place");
      place.setMinWidth(Label.USE_PREF_SIZE);
      HBox row = new HBox(title, place, Controls.spacer());
      row.getStyleClass().add("palette-row");
      row.setAlignment(Pos.CENTER_LEFT);
      String spoken = entry.command().title() + ", " + entry.group().name();
      if (entry.command().keys() != null) {
        row.getChildren().add(new KeyCaps(keys, entry.command().keys()));
        spoken += ", " + keys.text(entry.command().keys());
      }
      setAccessibleText(spoken);
      setPrefWidth(0); // as wide as the list: long names are cut rather than scrolled
      setGraphic(row);
    }
  }
}
