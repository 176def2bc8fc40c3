package cdrl.studio.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.model.Provenance;
import cdrl.runtime.CdrlException;
import cdrl.store.ProcessMark;
import cdrl.store.RunFolder;
import cdrl.studio.resources.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The shelf with a shell script in place of the training program. */
@DisabledOnOs(OS.WINDOWS)
final class RunShelfTest {
  @TempDir private Path folder;

  private RunShelf shelf(String script) {
    return new RunShelf(
        folder.resolve("runs"),
        new RunLauncher(List.of("sh", "-c", script, "training")),
        new Messages(Locale.ENGLISH));
  }

  private RunEntry only(RunShelf shelf) {
    List<RunEntry> entries = shelf.look(Set.of());
    assertEquals(1, entries.size(), entries.toString());
    return entries.get(0);
  }

  private ProcessHandle process() throws IOException {
    String mark = Files.readString(folder.resolve("runs/.started/one/process.txt"));
    return ProcessMark.find(mark).orElseThrow();
  }

  private void writeRun(String name) {
    Provenance provenance = new Provenance("test", "", "", "", 0, 0, "", Map.of());
    RunFolder.create(folder.resolve("runs").resolve(name), "name: x\n", provenance).close();
  }

  @Test
  void thereAreNoRunsWhereThereIsNoFolder() {
    assertEquals(List.of(), shelf("true").look(Set.of()));
  }

  @Test
  void aProcessIsFoundAgainAndStopped() throws IOException {
    RunShelf first = shelf("exec sleep 600");
    first.start("one", "name: x\n");
    assertEquals(Standing.STARTING, only(first).standing());
    // Another window finds the same process.
    RunShelf second = shelf("exec sleep 600");
    RunEntry entry = only(second);
    assertEquals(Standing.STARTING, entry.standing());
    assertThrows(CdrlException.class, () -> second.remove(entry), "it is at work");
    assertThrows(CdrlException.class, () -> second.start("one", ""), "the name is taken");
    ProcessHandle process = process();
    second.stop(entry, false);
    process.onExit().join();
    assertEquals(Standing.FAILED, only(second).standing());
  }

  @Test
  void theInterruptKeyOfATerminalDoesNotReachIt() throws Exception {
    RunShelf shelf = shelf("exec sleep 600");
    shelf.start("one", "");
    ProcessHandle process = process();
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start().waitFor();
    assertTrue(process.isAlive());
    shelf.stop(only(shelf), true);
    process.onExit().join();
  }

  @Test
  void whatTheProgramComplainsAboutIsTold() throws IOException {
    RunShelf shelf = shelf("echo 'Reading.'; echo 'cdrl: There is no folder.' >&2; exit 1");
    shelf.start("one", "");
    ProcessMark.find(Files.readString(folder.resolve("runs/.started/one/process.txt")))
        .ifPresent(process -> process.onExit().join());
    RunEntry entry = only(shelf);
    assertEquals(Standing.FAILED, entry.standing());
    assertEquals("There is no folder.", entry.complaint());
    assertTrue(shelf.remove(entry).isPresent());
    assertEquals(List.of(), shelf.look(Set.of()));
  }

  @Test
  void theProgramIsToldWhatToTrain() throws IOException {
    RunShelf shelf = shelf("echo \"cdrl: $*\"");
    shelf.start("one", "name: x\n");
    ProcessMark.find(Files.readString(folder.resolve("runs/.started/one/process.txt")))
        .ifPresent(process -> process.onExit().join());
    Path config = folder.resolve("runs/.started/one/config.yaml").toAbsolutePath();
    assertEquals("name: x\n", Files.readString(config));
    assertEquals(
        "train " + config + " --run " + folder.resolve("runs/one").toAbsolutePath(),
        only(shelf).complaint());
  }

  @Test
  void aRunThatStoppedIsResumedAndRemoved() {
    RunShelf shelf = shelf("exec sleep 600");
    writeRun("one");
    assertEquals(Standing.STOPPED, only(shelf).standing());
    shelf.resume("one", 0);
    RunEntry entry = only(shelf);
    assertEquals(Standing.STARTING, entry.standing());
    ProcessHandle process = ProcessHandle.of(pid()).orElseThrow();
    shelf.stop(entry, true);
    process.onExit().join();
    Path place = shelf.remove(only(shelf)).orElseThrow();
    assertTrue(RunFolder.isRun(place));
    assertFalse(Files.exists(folder.resolve("runs/one")));
    assertFalse(Files.exists(folder.resolve("runs/.started/one")));
    assertEquals(List.of(), shelf.look(Set.of()));
  }

  private long pid() {
    try {
      return process().pid();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
