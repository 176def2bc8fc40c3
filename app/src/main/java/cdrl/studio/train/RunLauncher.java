package cdrl.studio.train;

import cdrl.runtime.AtomicFile;
import cdrl.runtime.CdrlException;
import cdrl.store.ProcessMark;
import cdrl.studio.engine.TranslatedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Starts training processes that outlive this program. What a process prints and which one it is
 * stands in a folder beside the runs, so that it is found again at the next start.
 */
public final class RunLauncher {
  private static final String FOLDER = ".started";
  private static final String CONFIG = "config.yaml";
  private static final String OUTPUT = "output.txt";
  private static final String PROCESS = "process.txt";

  /** How the command line begins its sentence about what went wrong. */
  private static final String COMPLAINT = "cdrl: ";

  private final List<String> program;

  /**
   * @param program the command that starts the command line, to which arguments are added
   */
  public RunLauncher(List<String> program) {
    this.program = List.copyOf(program);
  }

  /** Starts the command line with the Java and the libraries of this very process. */
  public static RunLauncher ofThisProgram() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    for (String property :
        List.of("java.util.logging.config.file", "ai.djl.offline", "OPT_OUT_TRACKING")) {
      String value = System.getProperty(property);
      if (value != null) {
        command.add("-D" + property + "=" + value);
      }
    }
    command.add("-Djava.awt.headless=true");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "cdrl.cli.Main"));
    return new RunLauncher(command);
  }

  /**
   * Starts a new run.
   *
   * @param runs the folder of runs; made when it is not there
   * @param name the name of the run's folder
   * @param config the configuration as YAML
   * @throws CdrlException when it cannot be started
   */
  public void start(Path runs, String name, String config) {
    Path folder = makeFolder(runs, name);
    AtomicFile.writeText(folder.resolve(CONFIG), config);
    launch(
        folder,
        List.of(
            "train",
            folder.resolve(CONFIG).toString(),
            "--run",
            runs.resolve(name).toAbsolutePath().toString()));
  }

  /**
   * Goes on with a run.
   *
   * @param iterations the iteration to end at, or 0 for the one that was planned
   * @throws CdrlException when it cannot be started
   */
  public void resume(Path runs, String name, long iterations) {
    List<String> arguments =
        new ArrayList<>(
            List.of("train", "--resume", runs.resolve(name).toAbsolutePath().toString()));
    if (iterations > 0) {
      arguments.addAll(List.of("--iterations", Long.toString(iterations)));
    }
    launch(makeFolder(runs, name), arguments);
  }

  private void launch(Path folder, List<String> arguments) {
    List<String> command = new ArrayList<>();
    boolean windows = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("win");
    if (!windows) {
      // Closing the terminal or pressing its interrupt key ends the window, not the training; and
      // the window goes before the training where there are few cores.
      command.addAll(List.of("sh", "-c", "trap '' HUP INT; exec nice -n 5 \"$0\" \"$@\""));
    }
    command.addAll(program);
    command.addAll(arguments);
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(
                  ProcessBuilder.Redirect.from(new java.io.File(windows ? "NUL" : "/dev/null")))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve(OUTPUT).toFile());
      Process process = builder.start();
      AtomicFile.writeText(folder.resolve(PROCESS), ProcessMark.of(process.toHandle()));
    } catch (IOException e) {
      throw new TranslatedException(e, "fault.run.start", String.valueOf(e.getMessage()));
    }
  }

  /** The names of the runs that were started from the window. */
  public List<String> names(Path runs) {
    Path folder = runs.resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.map(child -> String.valueOf(child.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw new TranslatedException(e, "fault.read", folder);
    }
  }

  /** The process that was started for a run, while it lives. */
  public Optional<ProcessHandle> process(Path runs, String name) {
    return ProcessMark.find(read(folder(runs, name).resolve(PROCESS)));
  }

  /** What the process said was wrong; empty when it did not complain. */
  public String complaint(Path runs, String name) {
    return read(folder(runs, name).resolve(OUTPUT))
        .lines()
        .filter(line -> line.startsWith(COMPLAINT))
        .reduce("", (before, line) -> line.substring(COMPLAINT.length()));
  }

  /** Where it is kept what a run was started with. */
  public Path folder(Path runs, String name) {
    return runs.resolve(FOLDER).resolve(name);
  }

  /** The configuration that a run was started with; empty when it was not started here. */
  public String config(Path runs, String name) {
    return read(folder(runs, name).resolve(CONFIG));
  }

  /** Removes what is kept about the start of a run. */
  void forget(Path runs, String name) {
    Path folder = folder(runs, name);
    try {
      for (String file : List.of(CONFIG, OUTPUT, PROCESS)) {
        Files.deleteIfExists(folder.resolve(file));
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new TranslatedException(e, "fault.run.forget", folder);
    }
  }

  private Path makeFolder(Path runs, String name) {
    Path folder = folder(runs, name).toAbsolutePath();
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new TranslatedException(e, "fault.runs", folder);
    }
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      return ""; // being replaced, or not UTF-8: there will be something to read next time
    }
  }
}
