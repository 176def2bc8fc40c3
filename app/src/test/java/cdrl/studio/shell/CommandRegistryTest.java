package cdrl.studio.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.kordamp.ikonli.Ikon;

final class CommandRegistryTest {
  private final List<String> done = new ArrayList<>();
  private @Nullable Workspace front;

  /** A workspace without nodes. */
  private record Place(String id, List<Command> commands) implements Workspace {
    @Override
    public String name() {
      return "The " + id;
    }

    @Override
    public Ikon icon() {
      throw new UnsupportedOperationException("no pictures here");
    }

    @Override
    public Node content() {
      throw new UnsupportedOperationException("no nodes here");
    }

    @Override
    public void shown() {}
  }

  private Command command(String name) {
    return Command.of(name, () -> done.add(name));
  }

  private final Place kitchen =
      new Place(
          "kitchen",
          List.of(
              command("Save soup (Ctrl+S)"),
              Command.of("Cook", "Shortcut+Enter", () -> {}),
              Command.of("Cook", "F5", () -> {})));
  private final Place garden = new Place("garden", List.of(command("Save seeds; not the weeds")));
  private final CommandRegistry registry =
      new CommandRegistry("Everywhere", List.of(kitchen, garden), () -> front);

  private List<String> titles(String query) {
    return registry.find(query).stream().map(found -> found.command().title()).toList();
  }

  @Test
  void theWorkspaceInFrontComesFirst() {
    registry.add(command("Leave"));
    front = garden;
    assertEquals(
        List.of("The garden", "Everywhere", "The kitchen"),
        registry.groups().stream().map(CommandRegistry.Group::name).toList());
    assertEquals(List.of("Save seeds", "Leave", "Save soup", "Cook"), titles(""));
    assertEquals(List.of("Save seeds", "Save soup"), titles("save"));
    front = kitchen;
    assertEquals(List.of("Save soup", "Save seeds"), titles("save"));
  }

  @Test
  void theNameOfTheWorkspaceHelps() {
    assertEquals(List.of("Save seeds"), titles("garden save"));
    assertTrue(titles("zzz").isEmpty());
  }

  @Test
  void anActionOfTheWorkspaceInFrontIsDoneAtOnce() {
    front = kitchen;
    List<String> shown = new ArrayList<>();
    registry.run(registry.find("soup").get(0), shown::add);
    assertEquals(List.of("Save soup (Ctrl+S)"), done);
    assertTrue(shown.isEmpty());
  }
}
