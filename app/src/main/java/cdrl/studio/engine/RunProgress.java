package cdrl.studio.engine;

import cdrl.sampling.SamplingSettings;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How far a run has come, counting the runs that are drawn again before it. */
final class RunProgress {
  private static final double NANOS = 1e9;

  private final int startLevel;
  private final int steps;
  private final LongSupplier nanoTime;
  private final long start;

  /** The Langevin steps of the runs before. */
  private volatile int before;

  private volatile @Nullable SamplingProgress newest;

  /** Of a run that begins now. */
  RunProgress(SamplingSettings settings, LongSupplier nanoTime) {
    startLevel = settings.startLevel();
    steps = settings.langevinSteps();
    this.nanoTime = nanoTime;
    start = nanoTime.getAsLong();
  }

  /** The newest; null before anything has been done. */
  @Nullable SamplingProgress newest() {
    return newest;
  }

  /** Whether a run before is being drawn. */
  boolean isPreparing() {
    SamplingProgress now = newest;
    return now != null && now.preparing();
  }

  /** See {@link RunObserver#preparing}. */
  void prepare(int level, int step, int stepsThere, int done, int all) {
    before = all;
    newest = at(level, step, stepsThere, done, true);
  }

  /** A step of the run itself is done. */
  void reach(int level, int step) {
    int done = level == startLevel ? 0 : (startLevel - 1 - level) * steps + step;
    newest = at(level, step, steps, before + done, false);
  }

  private SamplingProgress at(int level, int step, int stepsThere, int done, boolean preparing) {
    double fraction = done / (before + startLevel * (double) steps);
    double seconds = (nanoTime.getAsLong() - start) / NANOS;
    return new SamplingProgress(level, step, stepsThere, fraction, seconds, preparing);
  }
}
