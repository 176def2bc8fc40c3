package cdrl.studio.shell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;

/** Every action of the program: those that work everywhere, and those of each workspace. */
final class CommandRegistry {
  /**
   * Actions that belong together.
   *
   * @param name where they work
   * @param workspace the workspace they belong to; null for those that work everywhere
   */
  record Group(String name, @Nullable Workspace workspace, List<Command> commands) {}

  /**
   * An action that was found.
   *
   * @param group where it works
   */
  record Entry(Group group, Command command) {}

  private final String everywhere;
  private final List<Workspace> workspaces;
  private final Supplier<@Nullable Workspace> front;
  private final List<Command> common = new ArrayList<>();

  /**
   * @param everywhere what to call the actions that work everywhere
   * @param front the workspace that is shown
   */
  CommandRegistry(
      String everywhere, List<Workspace> workspaces, Supplier<@Nullable Workspace> front) {
    this.everywhere = everywhere;
    this.workspaces = workspaces;
    this.front = front;
  }

  /** Adds an action that works everywhere. */
  void add(Command command) {
    common.add(command);
  }

  /** The actions that work everywhere. */
  List<Command> common() {
    return List.copyOf(common);
  }

  /** All actions: first those of the workspace in front, then those that work everywhere. */
  List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    Workspace shown = front.get();
    for (Workspace workspace : workspaces) {
      Group group = new Group(workspace.name(), workspace, workspace.commands());
      if (workspace == shown) {
        groups.add(0, group);
      } else {
        groups.add(group);
      }
    }
    groups.add(shown == null ? 0 : 1, new Group(everywhere, null, common()));
    return groups;
  }

  /**
   * The actions that fit what was typed, the best first; all when nothing was.
   *
   * <p>An action with several keys is told once.
   */
  List<Entry> find(String query) {
    record Found(Entry entry, int score) {}
    List<Found> found = new ArrayList<>();
    for (Group group : groups()) {
      Set<String> told = new HashSet<>();
      for (Command command : group.commands()) {
        OptionalInt score = score(query, group, command);
        if (score.isPresent() && told.add(command.title())) {
          found.add(new Found(new Entry(group, command), score.getAsInt()));
        }
      }
    }
    found.sort(Comparator.comparingInt((Found each) -> -each.score())); // keeps the order of equals
    return found.stream().map(Found::entry).toList();
  }

  /** The title counts; a few letters may also be those of the workspace. */
  private static OptionalInt score(String query, Group group, Command command) {
    OptionalInt title = FuzzySearch.score(query, command.title());
    return title.isPresent()
        ? OptionalInt.of(title.getAsInt() + 1)
        : FuzzySearch.score(query, group.name() + " " + command.title());
  }

  /**
   * Does an action, in its workspace.
   *
   * @param show brings a workspace to the front
   */
  void run(Entry entry, java.util.function.Consumer<String> show) {
    Workspace place = entry.group().workspace();
    if (place == null || place == front.get()) {
      entry.command().action().run();
      return;
    }
    show.accept(place.id());
    Platform.runLater(entry.command().action()); // when its nodes are there
  }
}
