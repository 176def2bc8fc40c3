package cdrl.store;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Names a process in a file so that it can be found again: its number and when it began, because
 * numbers are used again.
 */
public final class ProcessMark {
  private static final String SINCE = " since ";

  /** Systems tell the time to a hundredth, and shift it when the clock is set. */
  private static final Duration CLOCK_CHANGES = Duration.ofSeconds(2);

  private ProcessMark() {}

  /** The text that names a process. */
  public static String of(ProcessHandle process) {
    return process.pid() + process.info().startInstant().map(start -> SINCE + start).orElse("");
  }

  /**
   * The living process that a text names.
   *
   * @return nothing when it has ended, also when another process has its number by now
   */
  public static Optional<ProcessHandle> find(String text) {
    String[] words = text.strip().split(SINCE, 2);
    try {
      Optional<Instant> start =
          words.length == 2 ? Optional.of(Instant.parse(words[1])) : Optional.empty();
      return ProcessHandle.of(Long.parseLong(words[0]))
          .filter(ProcessHandle::isAlive)
          .filter(process -> began(process, start));
    } catch (NumberFormatException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static boolean began(ProcessHandle process, Optional<Instant> start) {
    Optional<Instant> own = process.info().startInstant();
    return start.isEmpty()
        || own.isEmpty()
        || Duration.between(start.get(), own.get()).abs().compareTo(CLOCK_CHANGES) < 0;
  }
}
