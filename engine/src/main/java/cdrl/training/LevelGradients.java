package cdrl.training;

import java.util.Arrays;

/**
 * How strongly each noise level pulls at the weights: the norms, before clipping, of the gradients
 * that a level's items of the batch would teach by themselves. They are those of the level's mean
 * loss, so they do not depend on how many of the items were drawn at it. The initializer's are
 * found with dropout masks of their own.
 *
 * @param energy of the energy network, level 1 first; NaN where no item was drawn at a level
 * @param initializer of the initializer, likewise; 0 where there is none
 * @param seconds what it took to find them
 */
@SuppressWarnings("ArrayRecordComponent") // handed to one reader
public record LevelGradients(double[] energy, double[] initializer, double seconds) {
  /** Of an iteration in which they were not measured. */
  public static final LevelGradients NONE = new LevelGradients(new double[0], new double[0], 0);

  /** Gradients of levels that are still to be measured. */
  static LevelGradients unknown(int levels) {
    double[] energy = new double[levels];
    Arrays.fill(energy, Double.NaN);
    return new LevelGradients(energy, energy.clone(), 0);
  }

  LevelGradients after(double took) {
    return new LevelGradients(energy, initializer, took);
  }

  /** Whether they were measured. */
  boolean isMeasured() {
    return energy.length > 0;
  }

  /** Whether a level was measured. */
  boolean isKnown(int level) {
    return level <= energy.length && !Double.isNaN(energy[level - 1]);
  }
}
