package cdrl.store;

import java.nio.file.Path;
import java.util.List;

/**
 * A run at some moment.
 *
 * @param folder where it is
 * @param state where it stands
 * @param process the number of the process that is training it, or 0
 * @param goal the iterations it is to make in all, or 0 when that is not known
 * @param metrics what it has logged
 * @param sheets the iterations that there are sample sheets of, in rising order
 * @param levelSheets the iterations that there are pictures of all noise levels of
 * @param log the last lines of what happened
 * @param hasModel whether it has written a model for use
 * @param hasBest whether it has written the model whose samples were nearest to the data
 */
public record RunSnapshot(
    Path folder,
    RunState state,
    long process,
    long goal,
    MetricsColumns metrics,
    List<Long> sheets,
    List<Long> levelSheets,
    List<String> log,
    boolean hasModel,
    boolean hasBest) {

  /** The last iteration that was logged, or 0. */
  public long iteration() {
    return metrics.rows() == 0 ? 0 : (long) metrics.value(0, metrics.rows() - 1);
  }

  /** The sample sheet of an iteration. */
  public Path sheet(long iteration) {
    return RunFolder.sheet(folder, iteration);
  }

  /** The picture of what happened at every noise level in an iteration. */
  public Path levelSheet(long iteration) {
    return RunFolder.levelSheet(folder, iteration);
  }

  /** The model whose samples were nearest to the data, whether it is there or not. */
  public Path best() {
    return folder.resolve(RunFolder.BEST);
  }

  /** The model for use, whether it is there or not. */
  public Path model() {
    return folder.resolve(RunFolder.MODEL);
  }
}
