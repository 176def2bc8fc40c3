package cdrl.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The processor of this machine.
 *
 * @param name what its maker calls it, or its architecture when that is unknown
 * @param instructionSets those that matter for speed, in the kernel's spelling
 */
record Processor(String name, List<String> instructionSets) {
  private static final List<String> INTERESTING =
      List.of(
          "sse4_2",
          "avx",
          "avx2",
          "fma",
          "f16c",
          "avx512f",
          "avx512_vnni",
          "avx512_bf16",
          "amx_tile",
          "amx_bf16",
          "asimd",
          "neon",
          "fphp",
          "bf16",
          "i8mm",
          "sve",
          "sve2");

  /** Looks at this machine. */
  static Processor ofThisMachine() {
    Path description = Path.of("/proc/cpuinfo");
    try {
      if (Files.isReadable(description)) {
        return ofCpuInfo(Files.readAllLines(description, StandardCharsets.ISO_8859_1));
      }
      if (System.getProperty("os.name").startsWith("Mac")) {
        return ofSysctl(
            Tool.output("sysctl", "-n", "machdep.cpu.brand_string").strip(),
            Tool.output("sysctl", "hw.optional") + Tool.output("sysctl", "machdep.cpu"));
      }
    } catch (IOException e) {
      return unknown(); // the machine hides it, which is no reason to fail
    }
    return unknown();
  }

  private static Processor unknown() {
    String identifier = System.getenv("PROCESSOR_IDENTIFIER"); // Windows
    return new Processor(
        identifier == null ? System.getProperty("os.arch") : identifier, List.of());
  }

  /** Reads the lines of Linux's /proc/cpuinfo. */
  static Processor ofCpuInfo(List<String> lines) {
    String name = System.getProperty("os.arch");
    Set<String> flags = new LinkedHashSet<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        continue;
      }
      String value = line.substring(colon + 1).strip();
      switch (line.substring(0, colon).strip()) {
        case "model name" -> name = value;
        case "flags", "Features" -> flags.addAll(Arrays.asList(value.split(" ")));
        default -> {}
      }
    }
    return new Processor(name, INTERESTING.stream().filter(flags::contains).toList());
  }

  /** Reads what macOS's sysctl prints; Apple's own spelling is brought to the common one. */
  static Processor ofSysctl(String name, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    List<String> sets =
        INTERESTING.stream()
            .filter(
                set ->
                    lower.contains("feat_" + set + ": 1")
                        || lower.contains("hw.optional." + set + ": 1")
                        || lower.contains(" " + set.replace("_", ".") + " "))
            .toList();
    return new Processor(name, sets);
  }
}
