package cdrl.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import cdrl.evaluate.ParityCheck.Row;
import cdrl.model.CdrlModel;
import cdrl.runtime.Cancellation;
import cdrl.runtime.HostTensor;
import cdrl.sampling.EagerLangevin;
import cdrl.training.Adam;
import cdrl.training.CooperativeStep;
import cdrl.training.TrainingNoise;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Compares training iterations whose data and noise are given, and the weights after them. Runs on
 * the tensor lane.
 */
final class TrainingParity {
  private static final double OUTPUT_TOLERANCE = 1e-4;
  private static final double TOLERANCE = 1e-3;
  private static final double ENERGY_RATE = 1e-4;
  private static final double INITIALIZER_RATE = 1e-5;
  private static final double CLIP = 1;

  private final CdrlModel model;
  private final ExpectedArrays expected;
  private final Consumer<Row> rows;

  /**
   * @param model at the start of training, with the number of levels and Langevin steps of the run
   */
  TrainingParity(CdrlModel model, ExpectedArrays expected, Consumer<Row> rows) {
    this.model = model;
    this.expected = expected;
    this.rows = rows;
  }

  /** The number of iterations in a file. */
  static int iterations(ExpectedArrays expected) {
    int iterations = 0;
    while (expected.has("it" + iterations + "_x0")) {
      iterations++;
    }
    return iterations;
  }

  /**
   * Trains and compares.
   *
   * @param after the expected weights after the last iteration
   */
  void check(Map<String, HostTensor> after, Cancellation cancellation) {
    Map<String, HostTensor> before = model.weights();
    CooperativeStep step =
        new CooperativeStep(
            model,
            new Adam(model.energy().parameters(), 0.9, 0.999),
            new Adam(model.initializer().parameters(), 0.9, 0.999),
            new EagerLangevin(),
            true,
            CLIP);
    for (int i = 0; i < iterations(expected); i++) {
      String prefix = "it" + i + "_";
      CooperativeStep.Outcome outcome =
          step.run(
              expected.get(prefix + "x0").tensor(),
              expected.get(prefix + "t").integers(),
              null,
              new RecordedNoise(expected, prefix),
              ENERGY_RATE,
              INITIALIZER_RATE,
              true,
              cancellation);
      compare(prefix + "proposal", outcome.proposal().values(), OUTPUT_TOLERANCE);
      compare(prefix + "refined_x", outcome.refined().values(), TOLERANCE);
      compare(prefix + "pos_energy", outcome.positive(), OUTPUT_TOLERANCE);
      compare(prefix + "neg_energy", outcome.negative(), TOLERANCE);
      compare(prefix + "ebm_loss", outcome.energyLoss());
      compare(prefix + "init_loss", outcome.initializerLoss());
      compare(prefix + "ebm_grad_norm", outcome.energyGradientNorm());
      compare(prefix + "init_grad_norm", outcome.initializerGradientNorm());
    }
    Map<String, HostTensor> computed = model.weights();
    compareChange("change of the energy weights", before, computed, after, this::isEnergyWeight);
    compareChange(
        "change of the spectral-norm vectors", before, computed, after, this::isSpectralVector);
    compareChange(
        "change of the initializer weights",
        before,
        computed,
        after,
        name -> model.initializer().parameters().all().containsKey(name));
  }

  private boolean isEnergyWeight(String name) {
    return model.energy().parameters().trainable().containsKey(name);
  }

  private boolean isSpectralVector(String name) {
    return model.energy().parameters().all().containsKey(name) && !isEnergyWeight(name);
  }

  private void compare(String name, float[] computed, double tolerance) {
    rows.accept(Row.of(expected.file(), name, expected.error(name, computed), tolerance));
  }

  private void compare(String name, double computed) {
    rows.accept(Row.of(expected.file(), name, expected.error(name, computed), TOLERANCE));
  }

  /** The distance of the weights, relative to how far they moved. */
  private void compareChange(
      String quantity,
      Map<String, HostTensor> before,
      Map<String, HostTensor> computed,
      Map<String, HostTensor> after,
      Predicate<String> chosen) {
    double difference = 0;
    double change = 0;
    for (Map.Entry<String, HostTensor> entry : computed.entrySet()) {
      HostTensor goal = after.get(entry.getKey());
      if (!chosen.test(entry.getKey())) {
        continue;
      }
      if (goal == null || !Arrays.equals(goal.shape(), entry.getValue().shape())) {
        rows.accept(
            Row.failed(
                expected.file(),
                quantity,
                "the checkpoint after the iterations has no fitting '" + entry.getKey() + "'"));
        return;
      }
      float[] start = Objects.requireNonNull(before.get(entry.getKey())).values();
      for (int i = 0; i < start.length; i++) {
        double distance = (double) entry.getValue().values()[i] - goal.values()[i];
        double moved = (double) goal.values()[i] - start[i];
        difference += distance * distance;
        change += moved * moved;
      }
    }
    rows.accept(Row.of(expected.file(), quantity, Math.sqrt(difference / change), TOLERANCE));
  }

  private record RecordedNoise(ExpectedArrays arrays, String prefix) implements TrainingNoise {
    @Override
    public NDArray data(NDManager manager, Shape shape) {
      return arrays.get(prefix + "eps").tensor().toArray(manager);
    }

    @Override
    public NDArray posterior(NDManager manager, Shape shape) {
      throw new IllegalStateException("variance reduction needs no other noise");
    }

    @Override
    public NDArray proposal(NDManager manager, Shape shape) {
      return arrays.get(prefix + "proposal_noise").tensor().toArray(manager);
    }

    @Override
    public NDArray langevin(NDManager manager, Shape shape, int step) {
      return arrays.get(prefix + "langevin_noise").tensor().get(step - 1).toArray(manager);
    }
  }
}
