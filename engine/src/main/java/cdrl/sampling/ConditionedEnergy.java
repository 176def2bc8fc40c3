package cdrl.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import cdrl.model.EnergyModel;
import cdrl.model.FrozenEnergy;
import cdrl.model.Parameters;
import cdrl.runtime.Computation;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * The energy of a condition: a weighted sum of energies of single classes (eq. 11, 13, 14), all of
 * which go through the network as one batch. Labels that callers give are ignored, because the
 * condition says them.
 */
final class ConditionedEnergy implements EnergyModel {
  private final EnergyModel energy;
  private final Mixture mixture;

  private ConditionedEnergy(EnergyModel energy, Mixture mixture) {
    this.energy = energy;
    this.mixture = mixture;
  }

  /** The energy of a mixture; without a condition the network itself, at its own cost. */
  static EnergyModel of(EnergyModel energy, Mixture mixture) {
    return mixture.isPlain() ? energy : new ConditionedEnergy(energy, mixture);
  }

  @Override
  public Parameters parameters() {
    return energy.parameters();
  }

  @Override
  public Function at(NDManager scope, float[] logSnr, int @Nullable [] labels, Mode mode) {
    Function each = energy.at(scope, mixture.repeated(logSnr), mixture.labels(), mode);
    int copies = mixture.terms().size();
    if (copies == 1 && mixture.terms().get(0).weight() == 1) {
      return each;
    }
    NDArray weights = scope.create(mixture.weights(), new Shape(copies, mixture.items()));
    return y ->
        each.negativeEnergy(copies(y, copies))
            .reshape(weights.getShape())
            .mul(weights)
            .sum(new int[] {0});
  }

  @Override
  public FrozenEnergy frozen(NDManager scope, float[] logSnr, int @Nullable [] labels) {
    FrozenEnergy each = energy.frozen(scope, mixture.repeated(logSnr), mixture.labels());
    if (mixture.terms().size() == 1 && mixture.terms().get(0).weight() == 1) {
      return each;
    }
    float[] weights = mixture.weights();
    NDArray direction =
        each.direction().mul(scope.create(weights, new Shape(weights.length, 1, 1, 1)));
    return new FrozenEnergy(each.blocks(), each.weights(), each.shifts(), direction);
  }

  @Override
  public Contrast contrast(
      NDManager scope,
      NDArray positive,
      NDArray negative,
      float[] logSnr,
      int @Nullable [] labels,
      float[] weights,
      Computation computation) {
    throw new UnsupportedOperationException("conditions are for sampling, not for training");
  }

  @Override
  public void powerIteration() {
    energy.powerIteration();
  }

  /** The items several times over, (copies · n, item...). */
  static NDArray copies(NDArray items, int copies) {
    return copies == 1 ? items : NDArrays.concat(new NDList(Collections.nCopies(copies, items)), 0);
  }
}
