package cdrl.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The memory of this process that is really in use, in bytes; known on Linux only. */
public final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path RESET = Path.of("/proc/self/clear_refs");

  private ResidentMemory() {}

  /** What is in use now. */
  public static OptionalLong now() {
    return read("VmRSS:");
  }

  /** The most that was in use since the process began, or since the last reset. */
  public static OptionalLong peak() {
    return read("VmHWM:");
  }

  /** Lets the peak begin anew at what is in use now, where the system allows it. */
  public static void resetPeak() {
    try {
      Files.write(RESET, "5".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return; // then the peak is that of the whole process
    }
  }

  private static OptionalLong read(String entry) {
    try {
      return Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1).stream()
          .filter(line -> line.startsWith(entry))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
