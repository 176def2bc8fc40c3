package cdrl.studio.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.store.ProcessMark;
import cdrl.studio.workspace.FakeWindow;
import cdrl.studio.workspace.WorkspaceContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of runs; the work in the background waits until the test lets it go. */
@DisabledOnOs(OS.WINDOWS)
final class RunControlTest {
  @TempDir private Path folder;
  private final FakeWindow window = new FakeWindow();
  private final Queue<Runnable> background = new ArrayDeque<>();
  private final Queue<Runnable> looks = new ArrayDeque<>();
  private RunShelf shelf;
  private RunControl control;

  private void begin(String script) {
    shelf =
        new RunShelf(
            folder.resolve("runs"),
            new RunLauncher(List.of("sh", "-c", script, "training")),
            window.messages);
    WorkspaceContext context =
        new WorkspaceContext(
            window.messages,
            window.preferences,
            window.jobs,
            window.problems,
            background::add,
            Runnable::run,
            () -> 0,
            new Random(1));
    control = new RunControl(context, () -> shelf, looks::add, () -> {});
  }

  @AfterEach
  void end() throws IOException {
    started().ifPresent(ProcessHandle::destroyForcibly);
  }

  private Optional<ProcessHandle> started() throws IOException {
    Path mark = folder.resolve("runs/.started/one/process.txt");
    return Files.exists(mark) ? ProcessMark.find(Files.readString(mark)) : Optional.empty();
  }

  private RunEntry only() {
    List<RunEntry> runs = control.apply(shelf.look(Set.of()));
    assertEquals(1, runs.size(), runs.toString());
    return runs.get(0);
  }

  @Test
  void aNewRunIsThereBeforeItIsFound() {
    begin("exec sleep 600");
    control.start("one", "name: x\n", () -> {});
    assertEquals(Standing.STARTING, only().standing());
    assertTrue(control.isUnderWay("one"));
    background.remove().run();
    // A look that had begun before does not see it.
    assertEquals("one", control.apply(List.of()).get(0).name());
    looks.remove().run();
    assertFalse(control.isUnderWay("one"));
    assertEquals(Standing.STARTING, only().standing());
    assertEquals(List.of(), control.apply(List.of()));
  }

  @Test
  void aSecondClickDoesNotUndoTheFirst() throws IOException {
    begin("exit 1");
    control.start("one", "name: x\n", () -> {});
    background.remove().run();
    looks.remove().run();
    started().ifPresent(process -> process.onExit().join());
    begin("exec sleep 600");
    control.resume("one");
    control.resume("one");
    control.stop(only(), false);
    assertEquals(1, background.size());
    background.remove().run();
    control.stop(only(), false);
    assertEquals(0, background.size());
    looks.remove().run();
    assertEquals(Standing.STARTING, only().standing());
    control.stop(only(), true);
    assertEquals(Standing.STOPPING, only().standing());
  }

  @Test
  void whatCannotBeStartedIsForgotten() {
    begin("exec sleep 600");
    control.start("one", "", () -> {});
    background.remove().run();
    looks.remove().run();
    // Another process of the same run would write over what the first one says.
    control.resume("one");
    background.remove().run();
    assertNotNull(window.problems.currentProperty().get());
    assertFalse(control.isUnderWay("one"));
  }
}
