package cdrl.evaluate;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import cdrl.evaluate.ParityCheck.Row;
import cdrl.model.CdrlModel;
import cdrl.model.EnergyModel;
import cdrl.runtime.Computation;
import cdrl.runtime.HostTensor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Compares energies, their gradients, and the initializer's outputs. Runs on the tensor lane. */
final class NetworkParity {
  private static final double OUTPUT_TOLERANCE = 1e-4;
  private static final double GRADIENT_TOLERANCE = 1e-3;

  private final CdrlModel model;
  private final ExpectedArrays expected;
  private final Consumer<Row> rows;

  NetworkParity(CdrlModel model, ExpectedArrays expected, Consumer<Row> rows) {
    this.model = model;
    this.expected = expected;
    this.rows = rows;
  }

  /** F and the gradient of its sum: the arrays {@code energy} and {@code grad}. */
  void checkEnergy() {
    try (NDManager scope = model.manager().newSubManager()) {
      NDArray x = input(scope);
      x.setRequiresGradient(true);
      float[] energies;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray energy =
            model.energy().at(scope, logSnr(), labels(), EnergyModel.Mode.FROZEN).negativeEnergy(x);
        energies = energy.stopGradient().toFloatArray();
        collector.backward(energy.sum());
      }
      compare("energy", energies, OUTPUT_TOLERANCE);
      compare("grad", x.getGradient().toFloatArray(), GRADIENT_TOLERANCE);
    }
  }

  /** The mean of the proposal: the array of the given name. */
  void checkInitializer(String output) {
    try (NDManager scope = model.manager().newSubManager()) {
      NDArray mean = model.initializer().mean(input(scope), logSnr(), labels(), Computation.EAGER);
      compare(output, mean.stopGradient().toFloatArray(), OUTPUT_TOLERANCE);
    }
  }

  private NDArray input(NDManager scope) {
    return expected.get("x").tensor().toArray(scope);
  }

  private float[] logSnr() {
    HostTensor tensor = expected.get("logsnr").tensor();
    return tensor.values();
  }

  private int @Nullable [] labels() {
    return expected.has("y") ? expected.labels("y", model.description()) : null;
  }

  private void compare(String name, float[] computed, double tolerance) {
    rows.accept(expected.row(name, computed, tolerance));
  }
}
