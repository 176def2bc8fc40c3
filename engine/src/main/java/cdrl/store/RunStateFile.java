package cdrl.store;

import cdrl.runtime.AtomicFile;
import cdrl.runtime.CdrlException;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What a run folder says about its state.
 *
 * @param state the state when it was written
 * @param goal the iterations that the run is to make in all, or 0 when that is not known
 */
record RunStateFile(RunState state, long goal) {
  private static final String FILE = "state.json";

  /** Reads the state; a run without a usable file counts as stopped. */
  static RunStateFile read(Path folder) {
    try {
      JsonFields json = fields(folder);
      String word = json.text("state").toUpperCase(Locale.ROOT);
      return new RunStateFile(RunState.valueOf(word), json.whole("goal"));
    } catch (IOException | CdrlException | IllegalArgumentException e) {
      return new RunStateFile(RunState.STOPPED, 0);
    }
  }

  /**
   * Whether this very process is writing to the run. The lock must not be tried then: on POSIX
   * systems closing any channel to a locked file gives up the process's lock.
   */
  static boolean isHeldByThisProcess(Path folder) {
    try {
      JsonFields json = fields(folder);
      return json.text("state").equals(word(RunState.RUNNING))
          && json.text("process").equals(ProcessMark.of(ProcessHandle.current()));
    } catch (IOException | CdrlException e) {
      return false;
    }
  }

  /** The process that is said to be writing, if it is alive. */
  static Optional<ProcessHandle> process(Path folder) {
    try {
      JsonFields json = fields(folder);
      return json.text("state").equals(word(RunState.RUNNING))
          ? ProcessMark.find(json.text("process"))
          : Optional.empty();
    } catch (IOException | CdrlException e) {
      return Optional.empty();
    }
  }

  private static JsonFields fields(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    return JsonFields.parse(Files.readString(file), file.toString(), "");
  }

  /** The state now that nobody is writing: a run that was cut off has stopped. */
  RunStateFile ended() {
    return state == RunState.RUNNING ? new RunStateFile(RunState.STOPPED, goal) : this;
  }

  void write(Path folder) {
    JsonObject json = new JsonObject();
    json.addProperty("state", word(state));
    json.addProperty("goal", goal);
    json.addProperty("process", ProcessMark.of(ProcessHandle.current()));
    AtomicFile.writeText(folder.resolve(FILE), json + "\n");
  }

  private static String word(RunState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
