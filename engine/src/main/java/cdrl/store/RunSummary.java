package cdrl.store;

import cdrl.runtime.CdrlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A run at a glance.
 *
 * @param folder where it is
 * @param state where it stands
 * @param iteration the last iteration that was logged, or 0
 * @param goal the iterations it is to make in all, or 0 when that is not known
 * @param iterationsPerSecond its speed when it last logged, or NaN
 * @param last the latest value of every column that has one among the last rows
 * @param hasModel whether it has written a model for use
 */
public record RunSummary(
    Path folder,
    RunState state,
    long iteration,
    long goal,
    double iterationsPerSecond,
    Map<String, Double> last,
    boolean hasModel) {
  /** Enough for a few hundred rows, so that every column has a value among them. */
  private static final int LAST_BYTES = 1 << 17;

  /**
   * Looks at a run.
   *
   * @throws CdrlException when the folder is not that of a run
   */
  public static RunSummary of(Path folder) {
    RunFolder.requireRun(folder);
    RunStateFile file = RunStateFile.read(folder);
    boolean alive =
        file.state() == RunState.RUNNING
            && (RunStateFile.isHeldByThisProcess(folder) || RunLock.isTaken(folder));
    Path metrics = folder.resolve(RunFolder.METRICS);
    Map<String, Double> last = MetricsTail.lastRows(metrics, LAST_BYTES).last();
    return new RunSummary(
        folder,
        alive ? RunState.RUNNING : file.ended().state(),
        last.getOrDefault("iteration", 0.0).longValue(),
        file.goal(),
        last.getOrDefault("iterations_per_second", Double.NaN),
        last,
        Files.exists(folder.resolve(RunFolder.MODEL)));
  }

  /** The configuration that a run was begun with, as YAML. */
  public static String config(Path folder) {
    RunFolder.requireRun(folder);
    Path file = folder.resolve(RunFolder.CONFIG);
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw Sentences.reading(file, e);
    }
  }

  /** Where a run has its model for use, once it has written one. */
  public static Path model(Path folder) {
    return folder.resolve(RunFolder.MODEL);
  }

  /**
   * Looks at all runs in a folder, or at the folder itself when it is a run; by name.
   *
   * @throws CdrlException when there is no such folder
   */
  public static List<RunSummary> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new CdrlException(
          "There is no folder '{0}'; check the path.", Sentences.shown(folder.toString()));
    }
    if (RunFolder.isRun(folder)) {
      return List.of(of(folder));
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(RunFolder::isRun).sorted().map(RunSummary::of).toList();
    } catch (IOException e) {
      throw Sentences.reading(folder, e);
    }
  }
}
