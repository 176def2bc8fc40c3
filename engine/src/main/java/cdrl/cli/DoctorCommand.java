package cdrl.cli;

import ai.djl.engine.Engine;
import cdrl.runtime.CdrlException;
import cdrl.runtime.CudaInstaller;
import cdrl.runtime.DeviceChoice;
import cdrl.runtime.NativeLibrary;
import cdrl.runtime.ProgramVersion;
import cdrl.runtime.TensorRuntime;
import cdrl.training.Presets;
import com.sun.management.OperatingSystemMXBean;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells what this machine offers and what it lacks. */
@Command(
    name = "doctor",
    description = "Tells what this machine offers, what it lacks, and what to do about it.")
final class DoctorCommand extends SubCommand {
  private static final boolean LINUX = System.getProperty("os.name").startsWith("Linux");

  @Option(
      names = "--install-gpu",
      description =
          "Downloads PyTorch's CUDA build, so that an NVIDIA GPU can be used; asks before it does.")
  private boolean installGpu;

  @Option(names = "--yes", description = "With --install-gpu: do not ask.")
  private boolean agreed;

  @Override
  int run(Report report) {
    if (installGpu) {
      installCudaBuild();
    }
    report.line(row("Program", ProgramVersion.text()), "version", ProgramVersion.text());
    describeJava(report);
    describeMachine(report);
    describeWindow(report);
    describeSamples(report);
    describeCards(report);
    return describeEngine(report);
  }

  private static void describeJava(Report report) {
    String java =
        System.getProperty("java.version")
            + " ("
            + System.getProperty("java.vm.name")
            + ", "
            + System.getProperty("java.vendor")
            + ")";
    report.line(row("Java", java), "java", java);
    String system =
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + ", "
            + System.getProperty("os.arch");
    report.line(row("System", system), "system", system);
  }

  private static void describeMachine(Report report) {
    Processor processor = Processor.ofThisMachine();
    int cores = Runtime.getRuntime().availableProcessors();
    report.value("cores", cores);
    report.line(
        row("Processor", processor.name() + ", " + cores + (cores == 1 ? " core" : " cores")),
        "processor",
        processor.name());
    report.line(
        row(
            "Instruction sets",
            processor.instructionSets().isEmpty()
                ? "unknown"
                : String.join(" ", processor.instructionSets())),
        "instructionSets",
        processor.instructionSets());
    long memory =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    long heap = Runtime.getRuntime().maxMemory();
    report.value("memoryBytes", memory);
    report.value("javaHeapBytes", heap);
    report.line(row("Memory", gibibytes(memory) + ", of which Java may use " + gibibytes(heap)));
  }

  private static void describeWindow(Report report) {
    String version = javaFxVersion();
    report.line(
        row(
            "JavaFX",
            version == null ? "not part of this command line (./studio brings it)" : version),
        "javafx",
        version);
    List<SystemLibraries.Library> missing =
        LINUX ? SystemLibraries.ofThisSystem().missing() : List.of();
    report.value("missingLibraries", missing.stream().map(SystemLibraries.Library::file).toList());
    report.value("install", missing.isEmpty() ? null : SystemLibraries.aptLine(missing));
    if (LINUX) {
      report.line(row("System libraries", missing.isEmpty() ? "all there" : "some are missing:"));
      for (SystemLibraries.Library library : missing) {
        report.line(row("", library.file() + " (for " + library.purpose() + ")"));
      }
      if (!missing.isEmpty()) {
        report.line(row("", "install them with: " + SystemLibraries.aptLine(missing)));
      }
      boolean display =
          System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null;
      report.line(
          row(
              "Display",
              display ? "there is one" : "none, so no window can open; ./cdrl needs none"),
          "display",
          display);
    }
  }

  private static @Nullable String javaFxVersion() {
    try (InputStream stream =
        DoctorCommand.class.getResourceAsStream(
            "/META-INF/maven/org.openjfx/javafx-graphics/pom.properties")) {
      if (stream != null) {
        Properties properties = new Properties();
        properties.load(stream);
        return properties.getProperty("version");
      }
      Class<?> info = Class.forName("com.sun.javafx.runtime.VersionInfo");
      return String.valueOf(info.getMethod("getRuntimeVersion").invoke(null));
    } catch (IOException | ReflectiveOperationException | LinkageError e) {
      return null;
    }
  }

  private static void describeSamples(Report report) {
    int presets;
    try {
      presets = Presets.all().size();
    } catch (CdrlException e) {
      presets = 0;
    }
    report.line(
        row("Training presets", presets == 0 ? "not installed" : Integer.toString(presets)),
        "presets",
        presets);
    List<String> models = library().names();
    report.line(
        row("Models", models.isEmpty() ? "none are installed" : String.join(", ", models)),
        "models",
        models);
  }

  private static void describeCards(Report report) {
    List<String> cards = new ArrayList<>();
    try {
      String listed =
          Tool.output(
              "nvidia-smi",
              "--query-gpu=index,name,memory.total,driver_version",
              "--format=csv,noheader");
      cards.addAll(listed.lines().map(String::strip).filter(line -> !line.isEmpty()).toList());
    } catch (IOException e) {
      // Without NVIDIA's tool, the driver itself may still be there.
      NativeLibrary.nvidiaDriver().ifPresent(cards::add);
    }
    for (String card : cards) {
      report.line(row("GPU", card));
    }
    boolean cuda = NativeLibrary.isCudaInstalled();
    report.value("cudaBuild", cuda);
    if (!cards.isEmpty() || cuda) {
      report.line(
          row(
              "CUDA build",
              cuda ? "installed" : "not installed ('cdrl doctor --install-gpu' downloads it)"));
    }
    if (cards.isEmpty()) {
      report.line(row("GPU", "none from NVIDIA was found"));
    }
    report.value("gpus", cards);
  }

  private int describeEngine(Report report) {
    try (TensorRuntime runtime = engine().open()) {
      String version = Engine.getEngine("PyTorch").getVersion();
      NativeLibrary.Build build = NativeLibrary.prepare(engine().device());
      report.line(row("PyTorch", version + ", " + origin(build)), "pytorch", version);
      report.value("pytorchOrigin", build.origin().name().toLowerCase(Locale.ROOT));
      report.value("threads", runtime.threads());
      String device = runtime.deviceSentence().toString();
      report.line(row("Device", device), "device", device);
      report.value("problem", null);
      return 0;
    } catch (CdrlException e) {
      if (engine().device().kind() == DeviceChoice.Kind.GPU) {
        throw e;
      }
      report.line(row("PyTorch", e.getMessage()), "problem", e.getMessage());
      return Main.FAILED;
    }
  }

  private static String origin(NativeLibrary.Build build) {
    return switch (build.origin()) {
      case BUNDLED -> "the CPU build that comes with the program";
      case INSTALLED -> "the CUDA build in " + build.folder();
      case LIBRARY_PATH -> "yours in " + build.folder() + " (PYTORCH_LIBRARY_PATH)";
    };
  }

  /** Downloads only after saying what and from where, and only when the person agrees. */
  private void installCudaBuild() {
    if (NativeLibrary.isCudaInstalled()) {
      return;
    }
    CudaInstaller installer = new CudaInstaller();
    errors()
        .println(
            "PyTorch "
                + NativeLibrary.VERSION
                + " for CUDA 12.8, several gigabytes, comes from "
                + installer.server().getHost()
                + " and goes to "
                + installer.folder()
                + ".");
    errors().flush();
    if (!agreed && !asked()) {
      throw new CdrlException(
          "Nothing was downloaded; answer y when asked, or add --yes, to install the CUDA build.");
    }
    try (Interruption interruption = new Interruption();
        ProgressBar bar = progress("Downloading")) {
      installer.install(
          (file, files, name, bytes) ->
              bar.update(file - 1, files, name + ", " + (bytes >> 20) + " MiB"),
          interruption.cancellation());
    }
  }

  private static boolean asked() {
    Console console = System.console();
    String answer = console == null ? null : console.readLine("Download it? [y/N] ");
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }

  private static String row(String label, @Nullable String value) {
    return String.format("%-18s%s", label.isEmpty() ? "" : label + ":", value);
  }

  private static String gibibytes(long bytes) {
    return String.format("%.1f GiB", bytes / (double) (1L << 30));
  }
}
