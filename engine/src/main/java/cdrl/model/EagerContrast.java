package cdrl.model;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import org.jspecify.annotations.Nullable;

/** The contrast of both phases, operator by operator: the reference for the program. */
final class EagerContrast {
  private EagerContrast() {}

  /** As {@link EnergyModel#contrast}. */
  static EnergyModel.Contrast of(
      EnergyModel model,
      NDManager scope,
      NDArray positive,
      NDArray negative,
      float[] logSnr,
      int @Nullable [] labels,
      float[] weights) {
    NDArray factors = scope.create(weights);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      EnergyModel.Function energy = model.at(scope, logSnr, labels, EnergyModel.Mode.TRAINABLE);
      NDArray positiveEnergy = energy.negativeEnergy(positive);
      NDArray negativeEnergy = energy.negativeEnergy(negative);
      collector.backward(negativeEnergy.sub(positiveEnergy).mul(factors).sum());
      return new EnergyModel.Contrast(
          values(positiveEnergy), values(negativeEnergy), model.parameters().takeGradients(scope));
    }
  }

  private static float[] values(NDArray array) {
    try (NDArray values = array.stopGradient()) {
      return values.toFloatArray();
    }
  }
}
