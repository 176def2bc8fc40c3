package cdrl.store;

import cdrl.runtime.AtomicFile;
import cdrl.runtime.CdrlException;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
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
  private static final Duration CLOCK_CHANGES = Duration.ofSeconds(2);

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
          && json.text("process").equals(process());
    } catch (IOException | CdrlException e) {
      return false;
    }
  }

  /**
   * The process that is said to be writing, if it is alive.
   *
   * @return nothing when there is none, or another process has its number by now
   */
  static Optional<ProcessHandle> process(Path folder) {
    try {
      JsonFields json = fields(folder);
      String[] words = json.text("process").split(" since ", 2);
      Optional<Instant> start =
          words.length == 2 ? Optional.of(Instant.parse(words[1])) : Optional.empty();
      return json.text("state").equals(word(RunState.RUNNING))
          ? ProcessHandle.of(Long.parseLong(words[0])).filter(process -> began(process, start))
          : Optional.empty();
    } catch (IOException | CdrlException | NumberFormatException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static boolean began(ProcessHandle process, Optional<Instant> start) {
    Optional<Instant> own = process.info().startInstant();
    // Systems tell the time to a hundredth, and shift it when the clock is set.
    return start.isEmpty()
        || own.isEmpty()
        || Duration.between(start.get(), own.get()).abs().compareTo(CLOCK_CHANGES) < 0;
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
    json.addProperty("process", process());
    AtomicFile.writeText(folder.resolve(FILE), json + "\n");
  }

  private static String word(RunState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** Number and start of this process, because numbers are used again. */
  private static String process() {
    ProcessHandle self = ProcessHandle.current();
    return self.pid() + self.info().startInstant().map(start -> " since " + start).orElse("");
  }
}
