package cdrl.studio.shell;

import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.Overlay;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
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
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/**
 * What is inside the window: the rail that leads to the workspaces, the workspace in front, the
 * problem to know about, the job bar, and what lies over them. A workspace's nodes are built when
 * it is first shown, or before, when there is nothing else to do.
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
  private final BorderPane main = new BorderPane();
  private final StackPane root = new StackPane(main);
  private final KeyNames keys;
  private final CommandRegistry registry;
  private final CommandPalette palette;
  private final CheatSheet cheatSheet;
  private final Outside outside;
  private @Nullable PreferencesPane settings;
  private final Tour tour;

  /**
   * What the shell's own panes need from outside.
   *
   * @param dialogs ask for folders
   * @param runs the folder of training runs
   * @param takeRuns takes another one
   * @param models the folder of a person's own models
   * @param download fetches what GPUs need
   */
  public record Outside(
      FileDialogs dialogs,
      ObservableValue<Path> runs,
      Consumer<Path> takeRuns,
      Path models,
      GpuDownload download) {}

  /**
   * @param device what to say about the device in use
   */
  public Shell(
      Messages messages,
      Preferences preferences,
      Jobs jobs,
      Problems problems,
      ObservableValue<DeviceNote> device,
      Outside outside,
      List<Workspace> workspaces) {
    this.messages = messages;
    this.preferences = preferences;
    this.workspaces = List.copyOf(workspaces);
    keys = new KeyNames(messages);
    registry =
        new CommandRegistry(messages.text("palette.everywhere"), this.workspaces, current::get);
    palette = new CommandPalette(messages, registry, this::show);
    cheatSheet = new CheatSheet(messages, registry);
    this.outside = outside;
    tour = new Tour(messages, preferences);
    addCommands(problems, outside.download());
    main.getStyleClass().add("studio");
    main.setLeft(rail());
    center.getStyleClass().add("workspace-holder");
    main.setCenter(new BorderPane(center, new ProblemBar(messages, problems), null, null, null));
    main.setBottom(new JobBar(messages, jobs, device));
    root.getChildren().addAll(tour, cheatSheet.overlay(), palette.overlay());
    root.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    root.addEventFilter(KeyEvent.KEY_TYPED, this::key);
  }

  private void addCommands(Problems problems, GpuDownload download) {
    for (int i = 0; i < workspaces.size(); i++) {
      Workspace workspace = workspaces.get(i);
      String name = messages.text("palette.go", workspace.name());
      Runnable go = () -> show(workspace.id());
      registry.add(i < 9 ? Command.of(name, "Shortcut+" + (i + 1), go) : Command.of(name, go));
    }
    registry.add(Command.of(messages.text("palette.name"), "Shortcut+K", palette::open));
    registry.add(new Command(messages.text("cheat.title"), new TypedKey("?"), cheatSheet::open));
    registry.add(Command.of(messages.text("cheat.title"), "F1", cheatSheet::open));
    registry.add(
        Command.of(messages.text("preferences.title"), "Shortcut+Comma", this::openPreferences));
    for (ThemeChoice choice : ThemeChoice.values()) {
      registry.add(
          Command.of(
              messages.text("palette.theme", messages.text("theme." + choice)),
              () -> preferences.themeProperty().set(choice)));
    }
    for (Accent accent : Accent.values()) {
      registry.add(
          Command.of(
              messages.text("palette.accent", messages.text("accent." + accent)),
              () -> preferences.accentProperty().set(accent)));
    }
    registry.add(Command.of(messages.text("problem.close"), problems::dismiss));
    registry.add(Command.of(messages.text("gpu.get"), download::start));
    registry.add(Command.of(messages.text("tour.again"), tour::begin));
    registry.add(
        Command.of(
            messages.text("palette.quit"), "Shortcut+Q", () -> root.getScene().getWindow().hide()));
  }

  /** The root node. */
  public Parent root() {
    return root;
  }

  /** The preferences are built when they are first asked for. */
  private void openPreferences() {
    PreferencesPane pane = settings;
    if (pane == null) {
      pane =
          new PreferencesPane(
              messages,
              preferences,
              outside.dialogs(),
              new PreferencesPane.Folders(outside.runs(), outside.takeRuns(), outside.models()),
              outside.download());
      settings = pane;
      root.getChildren().add(pane.overlay());
    }
    pane.open();
  }

  /** Shows the hints of the first start when this is it. */
  public void welcome() {
    tour.showAtFirstStart();
  }

  /** Takes the settings of all workspaces into the preferences. */
  public void remember() {
    for (Workspace workspace : workspaces) {
      workspace
          .settings()
          .forEach((key, value) -> preferences.setWord(session(workspace) + key, value));
    }
  }

  /** Gives all workspaces the settings back that they had when the window was closed last. */
  public void restore() {
    for (Workspace workspace : workspaces) {
      Map<String, String> settings = preferences.wordsOf(session(workspace));
      if (!settings.isEmpty()) {
        workspace.restore(settings);
      }
    }
  }

  private static String session(Workspace workspace) {
    return "session." + workspace.id() + ".";
  }

  /** The workspace in front. */
  public ReadOnlyObjectProperty<@Nullable Workspace> currentProperty() {
    return current.getReadOnlyProperty();
  }

  /** Brings the workspace with the given id to the front, or the first one. */
  public void show(String id) {
    Workspace wanted =
        workspaces.stream().filter(w -> w.id().equals(id)).findFirst().orElse(workspaces.get(0));
    center.getChildren().setAll(content(wanted));
    ToggleButton tab = tabs.get(wanted);
    if (tab != null) {
      tab.setSelected(true);
    }
    current.set(wanted);
    preferences.setWord("workspace", wanted.id());
    Platform.runLater(wanted::shown); // once the nodes are laid out and can take the focus
    Platform.runLater(tour::requestLayout);
  }

  private Node content(Workspace workspace) {
    Node content = built.get(workspace);
    if (content == null) {
      content = workspace.content();
      built.put(workspace, content);
    }
    return content;
  }

  /**
   * Builds the workspaces that nobody has asked for yet, bit by bit, so that their first showing
   * takes no longer than any other. The last ones are small: they come first, as the toolkit is
   * slow until it is warm.
   */
  public void prepare() {
    List<Runnable> pieces = new ArrayList<>();
    for (Workspace workspace : workspaces) {
      if (!built.containsKey(workspace)) {
        pieces.add(0, () -> rehearse(content(workspace), Parent::layout));
        pieces.add(0, () -> rehearse(content(workspace), Parent::applyCss));
        pieces.add(0, () -> content(workspace));
      }
    }
    new IdleWork(pieces, this::isInWindow).begin();
  }

  private boolean isInWindow() {
    Window window = root.getScene().getWindow();
    return window != null && window.isShowing();
  }

  /** Does to a workspace what its first showing needs, in its place, but before it can be seen. */
  private void rehearse(Node content, Consumer<Parent> part) {
    if (content.getScene() == null) {
      center.getChildren().add(0, content);
      part.accept(center);
      center.getChildren().remove(content);
    }
  }

  private VBox rail() {
    VBox tabBox = new VBox();
    tabBox.setId("rail-tabs");
    tabBox.getStyleClass().add("rail-tabs");
    ToggleGroup group = new ToggleGroup();
    int number = 1;
    for (Workspace workspace : workspaces) {
      ToggleButton tab = new ToggleButton(workspace.name(), Controls.icon(workspace.icon()));
      tab.setId("rail-" + workspace.id());
      tab.getStyleClass().add("rail-button");
      tab.setContentDisplay(ContentDisplay.TOP);
      tab.setMaxWidth(Double.MAX_VALUE);
      tab.setToggleGroup(group);
      KeyCombination combination = KeyCombination.valueOf("Shortcut+" + number++);
      tab.setTooltip(new Tooltip(workspace.name() + " (" + keys.text(combination) + ")"));
      tab.setOnAction(event -> show(workspace.id()));
      tabs.put(workspace, tab);
      tabBox.getChildren().add(tab);
    }
    Button find =
        Controls.iconButton(
            "palette-button",
            BootstrapIcons.SEARCH,
            hint("palette.name", KeyCombination.valueOf("Shortcut+K")));
    find.setOnAction(event -> palette.open());
    Button preferencesButton =
        Controls.iconButton(
            "preferences-button",
            BootstrapIcons.GEAR,
            hint("preferences.title", KeyCombination.valueOf("Shortcut+Comma")));
    preferencesButton.setOnAction(event -> openPreferences());
    VBox rail = new VBox(tabBox, Controls.spacer(), find, themeButton(), preferencesButton);
    rail.getStyleClass().add("rail");
    return rail;
  }

  private String hint(String key, KeyCombination combination) {
    return messages.text(key) + " (" + keys.text(combination) + ")";
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
    Optional<Overlay> open = overlay();
    if (open.isPresent()) {
      if (event.getCode() == KeyCode.ESCAPE) {
        open.get().close();
        event.consume();
      }
      return; // the rest is for what is inside
    }
    if (event.getCode() == KeyCode.ESCAPE && tour.isOpen()) {
      tour.close();
      event.consume();
      return;
    }
    Workspace front = current.get();
    boolean typing = center.getScene().getFocusOwner() instanceof TextInputControl;
    for (Command command : registry.common()) {
      if (does(command, event, typing)) {
        return;
      }
    }
    if (front != null) {
      for (Command command : front.commands()) {
        if (does(command, event, typing)) {
          return;
        }
      }
    }
  }

  private static boolean does(Command command, KeyEvent event, boolean typing) {
    if (command.keys() == null
        || !command.keys().match(event)
        || typing && isTyped(event)
        || !command.keysWork().getAsBoolean()) {
      return false;
    }
    command.action().run();
    event.consume();
    return true;
  }

  private Optional<Overlay> overlay() {
    return root.getChildren().stream()
        .filter(Overlay.class::isInstance)
        .map(Overlay.class::cast)
        .filter(Overlay::isOpen)
        .findFirst();
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
