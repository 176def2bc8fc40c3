package cdrl.store;

import cdrl.model.Provenance;
import cdrl.runtime.AtomicFile;
import cdrl.runtime.CdrlException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The folder of a training run, open for writing by this process alone:
 *
 * <pre>
 * config.yaml       the complete configuration
 * provenance.json   version, data fingerprint, platform, seed
 * metrics.csv       one row per logged iteration
 * log.txt           what happened
 * samples/          ITERATION.png, ITERATION-levels.png
 * checkpoints/      ITERATION.safetensors
 * model.safetensors averaged weights, for use
 * best.safetensors  those whose samples were nearest to the data
 * divergence/       ITERATION[-ATTEMPT]/, what is known about a run that went astray
 * state.json        running, finished or stopped
 * run.lock          locked while a process writes
 * </pre>
 */
public final class RunFolder implements AutoCloseable {
  static final String CONFIG = "config.yaml";
  static final String METRICS = "metrics.csv";
  static final String SAMPLES = "samples";
  static final String LEVELS = "-levels.png";
  static final String MODEL = "model.safetensors";
  private static final String PROVENANCE = "provenance.json";
  static final String BEST = "best.safetensors";
  private static final String DIVERGENCE = "divergence";
  static final String LOG = "log.txt";
  private static final String CHECKPOINTS = "checkpoints";

  private final Path folder;
  private final FileChannel lock;
  private RunStateFile ending;

  private RunFolder(Path folder, FileChannel lock, RunStateFile ending) {
    this.folder = folder;
    this.lock = lock;
    this.ending = ending;
  }

  /** Whether a folder is that of a run. */
  public static boolean isRun(Path folder) {
    return Files.isRegularFile(folder.resolve(CONFIG))
        && Files.isRegularFile(folder.resolve(PROVENANCE));
  }

  /**
   * Makes the folder of a new run.
   *
   * @param folder must not exist, or be empty
   * @param config the complete configuration as YAML
   * @param provenance what begins the run
   * @throws CdrlException when there is something at that place or it cannot be written
   */
  public static RunFolder create(Path folder, String config, Provenance provenance) {
    if (isRun(folder)) {
      throw new CdrlException(
          "The folder '{0}' already holds a run; go on with it by --resume or name another folder.",
          Sentences.shown(folder.toString()));
    }
    makeFolder(folder);
    try (Stream<Path> files = Files.list(folder)) {
      if (files.anyMatch(file -> !mayBeLeft(String.valueOf(file.getFileName())))) {
        throw new CdrlException(
            "The folder '{0}' is not empty; name a new folder for the run.",
            Sentences.shown(folder.toString()));
      }
    } catch (IOException e) {
      throw Sentences.reading(folder, e);
    }
    return begin(
        folder,
        () -> {
          AtomicFile.writeText(
              folder.resolve(PROVENANCE), DescriptionMetadata.provenanceText(provenance));
          AtomicFile.writeText(folder.resolve(CONFIG), config);
          return new RunStateFile(RunState.STOPPED, 0);
        });
  }

  /**
   * Opens the folder of a run in order to go on with it.
   *
   * @throws CdrlException when it is not that of a run, or another process is writing to it
   */
  public static RunFolder open(Path folder) {
    requireRun(folder);
    if (RunStateFile.isHeldByThisProcess(folder)) {
      throw RunLock.taken(folder);
    }
    return begin(
        folder,
        () -> {
          removeLeftovers(folder);
          removeLeftovers(folder.resolve(CHECKPOINTS));
          removeLeftovers(folder.resolve(SAMPLES));
          return RunStateFile.read(folder).ended();
        });
  }

  /** Whether a process that was killed while it made a run folder can have left a file. */
  private static boolean mayBeLeft(String name) {
    return name.equals(RunLock.FILE) || name.equals(PROVENANCE) || isTemporary(name);
  }

  private static boolean isTemporary(String name) {
    return name.startsWith(".") && name.endsWith(".tmp");
  }

  /** Removes what a process that was killed while writing has left. */
  private static void removeLeftovers(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (isTemporary(String.valueOf(file.getFileName()))) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw Sentences.reading(folder, e);
    }
  }

  static void requireRun(Path folder) {
    if (!isRun(folder)) {
      throw new CdrlException(
          Files.isDirectory(folder)
              ? "The folder '{0}' is not that of a run (it has no config.yaml and"
                  + " provenance.json); name another one."
              : "There is no folder '{0}'; check the path.",
          Sentences.shown(folder.toString()));
    }
  }

  /** Prepares the folder under its lock; the preparation tells how the run will have ended. */
  private static RunFolder begin(Path folder, Supplier<RunStateFile> preparation) {
    FileChannel lock = RunLock.take(folder);
    try {
      RunStateFile ending = preparation.get();
      new RunStateFile(RunState.RUNNING, ending.goal()).write(folder);
      return new RunFolder(folder, lock, ending);
    } catch (RuntimeException e) {
      RunLock.release(lock);
      throw e;
    }
  }

  static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new CdrlException(
          e,
          "The folder '{0}' cannot be made ({1}); name another one.",
          Sentences.shown(folder.toString()),
          Sentences.reason(e));
    }
  }

  /** Where the run is. */
  public Path path() {
    return folder;
  }

  /** The configuration as YAML. */
  public String config() {
    return readText(CONFIG);
  }

  /** Replaces the configuration, for example when the run is to go on for longer. */
  public void replaceConfig(String config) {
    AtomicFile.writeText(folder.resolve(CONFIG), config);
  }

  /** What began the run. */
  public Provenance provenance() {
    return DescriptionMetadata.provenance(
        readText(PROVENANCE), folder.resolve(PROVENANCE).toString());
  }

  private String readText(String name) {
    Path file = folder.resolve(name);
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw Sentences.reading(file, e);
    }
  }

  /** Says how many iterations the run is to make in all; it then counts as stopped until then. */
  public void start(long goal) {
    ending = new RunStateFile(RunState.STOPPED, goal);
    new RunStateFile(RunState.RUNNING, goal).write(folder);
  }

  /** Whether all iterations were made when the folder was opened, or since. */
  public boolean isFinished() {
    return ending.state() == RunState.FINISHED;
  }

  /** Says that all iterations are made. */
  public void finish() {
    ending = new RunStateFile(RunState.FINISHED, ending.goal());
  }

  /** The checkpoints. */
  public CheckpointFolder checkpoints() {
    return new CheckpointFolder(folder.resolve(CHECKPOINTS));
  }

  /**
   * Opens the metrics.
   *
   * @param columns the header; the first column is the iteration, and one may be called {@code
   *     iterations_per_second}
   * @param iteration the number of iterations made so far; later rows are cut off
   */
  public MetricsWriter metrics(List<String> columns, long iteration) {
    return MetricsWriter.open(folder.resolve(METRICS), columns, iteration);
  }

  /** The picture of the samples of an iteration; its folder exists afterwards. */
  public Path samples(long iteration) {
    makeFolder(folder.resolve(SAMPLES));
    return sheet(folder, iteration);
  }

  static Path sheet(Path folder, long iteration) {
    return folder.resolve(SAMPLES).resolve(iteration + ".png");
  }

  /** The picture of what happened at every noise level; its folder exists afterwards. */
  public Path levels(long iteration) {
    makeFolder(folder.resolve(SAMPLES));
    return levelSheet(folder, iteration);
  }

  static Path levelSheet(Path folder, long iteration) {
    return folder.resolve(SAMPLES).resolve(iteration + LEVELS);
  }

  /** The file of the model for use. */
  public Path model() {
    return folder.resolve(MODEL);
  }

  /** The file of the model whose samples were nearest to the data. */
  public Path best() {
    return folder.resolve(BEST);
  }

  /**
   * A new folder for what is known about a divergence, with the metrics up to then; it exists
   * afterwards. Several attempts may end at the same iteration: those after the first are numbered.
   */
  public Path divergence(long iteration) {
    Path all = folder.resolve(DIVERGENCE);
    Path evidence = all.resolve(Long.toString(iteration));
    for (int attempt = 2; Files.exists(evidence); attempt++) {
      evidence = all.resolve(iteration + "-" + attempt);
    }
    makeFolder(evidence);
    if (Files.exists(folder.resolve(METRICS))) {
      AtomicFile.write(evidence.resolve(METRICS), out -> Files.copy(folder.resolve(METRICS), out));
    }
    return evidence;
  }

  /** Appends a line with the time to the log. */
  public void log(String line) {
    String time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    AppendedText.append(folder.resolve(LOG), time + " " + line + "\n");
  }

  /** Records how the run ended and lets others write. */
  @Override
  public void close() {
    if (!lock.isOpen()) {
      return;
    }
    try {
      ending.write(folder);
    } finally {
      RunLock.release(lock);
    }
  }
}
