package cdrl.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import cdrl.model.CdrlModel;
import cdrl.model.Initializer;
import cdrl.runtime.Computation;

/**
 * The mean of the proposals under a condition (eq. 12): a weighted sum of the initializer's means,
 * all of which go through the network as one batch. An initializer that is not told the class gives
 * its plain mean.
 */
final class ConditionedMean {
  private final Initializer initializer;
  private final Mixture mixture;
  private final Computation computation;

  ConditionedMean(CdrlModel model, Mixture mixture, Computation computation) {
    this.computation = computation;
    this.initializer = model.initializer();
    this.mixture =
        model.description().spec().conditionalInitializer()
            ? mixture
            : Condition.NONE.means(0, mixture.items());
  }

  /**
   * g(x, λ) under the condition.
   *
   * @param x x_t, shaped (n, item...)
   * @param logSnr λ_t, one for all
   * @return shaped as x, owned by its manager
   */
  NDArray at(NDArray x, float logSnr) {
    int copies = mixture.terms().size();
    NDArray means =
        initializer.mean(
            ConditionedEnergy.copies(x, copies),
            new float[] {logSnr},
            mixture.labels(),
            computation);
    if (copies == 1) { // its weight is one
      return means;
    }
    Shape shape = new Shape(copies).addAll(x.getShape());
    NDArray weights =
        x.getManager().create(mixture.weights(), new Shape(copies, mixture.items(), 1, 1, 1));
    return means.reshape(shape).mul(weights).sum(new int[] {0});
  }
}
