package cdrl.sampling;

/**
 * How to sample (algorithm 2).
 *
 * @param count number of samples, at least 1
 * @param seed all random numbers follow from it; sample i is the same for every count
 * @param langevinSteps K′ steps per level; when it differs from the K of the model, the step size
 *     is adjusted to s′² = s² · K / K′
 * @param initializerOnly skip Langevin dynamics and the last denoising step
 * @param startLevel the level at which the chain starts from standard normal noise, 1 … T
 * @param first the number of the first sample, so that a long series can be drawn in parts
 * @param condition what the samples are asked to be
 */
public record SamplingSettings(
    int count,
    long seed,
    int langevinSteps,
    boolean initializerOnly,
    int startLevel,
    int first,
    Condition condition) {
  /** Checks the ranges. */
  public SamplingSettings {
    if (count < 1 || langevinSteps < 1 || startLevel < 1 || first < 0) {
      throw new IllegalArgumentException(
          "count, Langevin steps and start level must be at least 1, not "
              + count
              + ", "
              + langevinSteps
              + " and "
              + startLevel
              + ", and the first sample at least 0, not "
              + first);
    }
  }

  /** Settings for samples 0 … count − 1 without a condition. */
  public SamplingSettings(
      int count, long seed, int langevinSteps, boolean initializerOnly, int startLevel) {
    this(count, seed, langevinSteps, initializerOnly, startLevel, 0, Condition.NONE);
  }

  /** The same with another condition. */
  public SamplingSettings withCondition(Condition wanted) {
    return new SamplingSettings(
        count, seed, langevinSteps, initializerOnly, startLevel, first, wanted);
  }

  /** The same from another start level. */
  public SamplingSettings withStartLevel(int level) {
    return new SamplingSettings(
        count, seed, langevinSteps, initializerOnly, level, first, condition);
  }

  /** The same with another number of Langevin steps per level. */
  public SamplingSettings withLangevinSteps(int steps) {
    return new SamplingSettings(count, seed, steps, initializerOnly, startLevel, first, condition);
  }

  /** The same with or without Langevin dynamics. */
  public SamplingSettings withInitializerOnly(boolean only) {
    return new SamplingSettings(count, seed, langevinSteps, only, startLevel, first, condition);
  }

  /** Some of the same samples: {@code size} of them from sample {@code from} on. */
  public SamplingSettings part(int from, int size) {
    return new SamplingSettings(
        size, seed, langevinSteps, initializerOnly, startLevel, first + from, condition);
  }
}
