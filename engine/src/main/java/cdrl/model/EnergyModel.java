package cdrl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import cdrl.runtime.Computation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network F(y, λ) whose quotient F / s² is an unnormalized log density; −F is called the energy.
 */
public interface EnergyModel {

  /** What becomes of gradients. */
  enum Mode {
    /** Gradients reach y only. */
    FROZEN,
    /** Gradients reach y and the weights, through the spectral normalization as well. */
    TRAINABLE
  }

  /** F for one noise level per item, with everything that does not depend on y computed ahead. */
  @FunctionalInterface
  interface Function {
    /**
     * F(y).
     *
     * @param y shaped (n, item...)
     * @return shaped (n)
     */
    NDArray negativeEnergy(NDArray y);
  }

  /** The weights. */
  Parameters parameters();

  /**
   * F at given noise levels.
   *
   * @param scope owns everything that is computed ahead and must outlive the function
   * @param logSnr λ of each item, or a single value for all
   * @param labels class of each item or a single value for all, 0 meaning no class; null for the
   *     same as 0; ignored by networks without classes
   * @param mode what becomes of gradients
   */
  Function at(NDManager scope, float[] logSnr, int @Nullable [] labels, Mode mode);

  /** The network at given noise levels, for kernels; parameters as for {@link #at}. */
  FrozenEnergy frozen(NDManager scope, float[] logSnr, int @Nullable [] labels);

  /** Does the one power iteration per training step that keeps the spectral norms up to date. */
  void powerIteration();

  /**
   * F of data and of samples, and the gradient of Σ w_i (F(sample_i) − F(datum_i)) in all trained
   * weights. Each phase goes through the network by itself: where a gradient vanishes because both
   * phases cancel, it then vanishes to the last bit, as Adam would blow up any rest.
   *
   * @param scope owns the gradients
   * @param positive data, shaped (n, item...)
   * @param negative samples, shaped as the data
   * @param logSnr λ of each item
   * @param labels as for {@link #at}, one per item
   * @param weights w_i
   */
  Contrast contrast(
      NDManager scope,
      NDArray positive,
      NDArray negative,
      float[] logSnr,
      int @Nullable [] labels,
      float[] weights,
      Computation computation);

  /**
   * The result of {@link #contrast}.
   *
   * @param positive F of the data
   * @param negative F of the samples
   * @param gradients in the order of {@link Parameters#trainable}
   */
  @SuppressWarnings("ArrayRecordComponent") // handed to one reader
  record Contrast(float[] positive, float[] negative, List<NDArray> gradients) {}
}
