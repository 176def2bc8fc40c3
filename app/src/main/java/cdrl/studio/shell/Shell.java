package cdrl.studio.shell;

import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.Controls;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/**
 * What is inside the window: the rail that leads to the workspaces, the workspace in front, the
 * problem to know about, and the job bar. A workspace's nodes are built when it is first shown.
 */
public final class Shell {
  private static final Set<KeyCode> EDITING =
      Set.of(KeyCode.A, KeyCode.C, KeyCode.V, KeyCode.X, KeyCode.Y, KeyCode.Z);

  private final Messages messages;
  private final Preferences preferences;
  private final List<Workspace> workspaces;
  private final Map<Workspace, Node> built = new HashMap<>();
  private final Map<Workspace, ToggleButton> tabs = new HashMap<>();
  private final ReadOnlyObjectWrapper<@Nullable Workspace> current = new ReadOnlyObjectWrapper<>();
  private final StackPane center = new StackPane();
  private final BorderPane root = new BorderPane();

  /**
   * @param device one sentence about the device in use
   */
  public Shell(
      Messages messages,
      Preferences preferences,
      Jobs jobs,
      Problems problems,
      ObservableValue<String> device,
      List<Workspace> workspaces) {
    this.messages = messages;
    this.preferences = preferences;
    this.workspaces = List.copyOf(workspaces);
    root.getStyleClass().add("studio");
    root.setLeft(rail());
    center.getStyleClass().add("workspace-holder");
    root.setCenter(new BorderPane(center, new ProblemBar(messages, problems), null, null, null));
    root.setBottom(new JobBar(messages, jobs, device));
    root.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
  }

  /** The root node. */
  public Parent root() {
    return root;
  }

  /** The workspace in front. */
  public ReadOnlyObjectProperty<@Nullable Workspace> currentProperty() {
    return current.getReadOnlyProperty();
  }

  /** Brings the workspace with the given id to the front, or the first one. */
  public void show(String id) {
    Workspace wanted =
        workspaces.stream().filter(w -> w.id().equals(id)).findFirst().orElse(workspaces.get(0));
    Node content = built.get(wanted);
    if (content == null) {
      content = wanted.content();
      built.put(wanted, content);
    }
    center.getChildren().setAll(content);
    ToggleButton tab = tabs.get(wanted);
    if (tab != null) {
      tab.setSelected(true);
    }
    current.set(wanted);
    preferences.setWord("workspace", wanted.id());
    Platform.runLater(wanted::shown); // once the nodes are laid out and can take the focus
  }

  private VBox rail() {
    VBox rail = new VBox();
    rail.getStyleClass().add("rail");
    ToggleGroup group = new ToggleGroup();
    int number = 1;
    for (Workspace workspace : workspaces) {
      ToggleButton tab = new ToggleButton(workspace.name(), Controls.icon(workspace.icon()));
      tab.setId("rail-" + workspace.id());
      tab.getStyleClass().add("rail-button");
      tab.setContentDisplay(ContentDisplay.TOP);
      tab.setMaxWidth(Double.MAX_VALUE);
      tab.setToggleGroup(group);
      KeyCombination keys = KeyCombination.valueOf("Shortcut+" + number++);
      tab.setTooltip(new Tooltip(workspace.name() + "  " + keys.getDisplayText()));
      tab.setOnAction(event -> show(workspace.id()));
      tabs.put(workspace, tab);
      rail.getChildren().add(tab);
    }
    rail.getChildren().addAll(Controls.spacer(), themeButton());
    return rail;
  }

  private Button themeButton() {
    Button button =
        Controls.iconButton(
            "theme-button", BootstrapIcons.CIRCLE_HALF, messages.text("theme.choose"));
    ContextMenu menu = new ContextMenu();
    ToggleGroup group = new ToggleGroup();
    for (ThemeChoice choice : ThemeChoice.values()) {
      RadioMenuItem item = new RadioMenuItem(messages.text("theme." + choice));
      item.setId("theme-" + choice);
      item.setToggleGroup(group);
      item.setSelected(preferences.themeProperty().get() == choice);
      item.setOnAction(event -> preferences.themeProperty().set(choice));
      menu.getItems().add(item);
    }
    preferences
        .themeProperty()
        .addListener(
            (property, before, after) ->
                group.selectToggle(group.getToggles().get(after.ordinal())));
    button.setOnAction(event -> menu.show(button, Side.RIGHT, 4, 0));
    return button;
  }

  private void key(KeyEvent event) {
    for (int i = 0; i < workspaces.size(); i++) {
      if (KeyCombination.valueOf("Shortcut+" + (i + 1)).match(event)) {
        show(workspaces.get(i).id());
        event.consume();
        return;
      }
    }
    Workspace front = current.get();
    if (front == null) {
      return;
    }
    boolean typing = center.getScene().getFocusOwner() instanceof TextInputControl;
    for (Command command : front.commands()) {
      if (command.keys().match(event) && !(typing && isTyped(event))) {
        command.action().run();
        event.consume();
        return;
      }
    }
  }

  /** Whether a key belongs to a text field that has the focus, not to the workspace. */
  private static boolean isTyped(KeyEvent event) {
    if (event.isShortcutDown()) {
      return EDITING.contains(event.getCode());
    }
    return !event.isAltDown()
        && event.getCode() != KeyCode.ESCAPE
        && !event.getCode().isFunctionKey();
  }
}
