package cdrl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import cdrl.runtime.Computation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A network that proposes y at level t − 1 from x at level t (eq. 6). */
public interface Initializer {
  /** The weights. */
  Parameters parameters();

  /**
   * The mean g(x, λ) of the proposal, without dropout. Gradients pass through it only when it is
   * computed operator by operator.
   *
   * @param x x_t, shaped (n, item...)
   * @param logSnr λ_t of each item, or a single value for all
   * @param labels as for {@link EnergyModel#at}
   * @return shaped as x
   */
  NDArray mean(NDArray x, float[] logSnr, int @Nullable [] labels, Computation computation);

  /**
   * The mean of the proposal in training, with a way back to the weights.
   *
   * @param scope owns the mean and all that is kept for the gradients
   * @param x x_t, shaped (n, item...)
   * @param logSnr λ_t of each item
   * @param labels as for {@link EnergyModel#at}
   */
  TrainingMean trainingMean(
      NDManager scope, NDArray x, float[] logSnr, int @Nullable [] labels, Computation computation);

  /** A mean of proposals that can be asked once for gradients. */
  interface TrainingMean {
    /** The mean, cut off from gradients. */
    NDArray mean();

    /**
     * Carries the gradient of a loss back to the weights.
     *
     * @param gradient the derivative of the loss in the mean, shaped as the mean
     * @return the gradients of all trained weights, in the order of {@link Parameters#trainable},
     *     owned by the scope
     */
    List<NDArray> gradients(NDArray gradient);
  }
}
