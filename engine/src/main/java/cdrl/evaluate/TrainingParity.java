package cdrl.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import cdrl.evaluate.ParityCheck.Row;
import cdrl.model.CdrlModel;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.sampling.EagerLangevin;
import cdrl.training.Adam;
import cdrl.training.CooperativeStep;
import cdrl.training.Dials;
import cdrl.training.TrainingNoise;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares training iterations whose data and noise are given, and the weights after them. Runs on
 * the tensor lane.
 */
final class TrainingParity {
  private static final double OUTPUT_TOLERANCE = 1e-4;
  private static final double TOLERANCE = 1e-3;

  /**
   * Weights whose first gradient is smaller than this share of the network's typical gradient are
   * left out. Adam divides a gradient by its own size, so such a weight moves as far as any other,
   * in a direction that rounding chooses: the biases in front of a normalization that takes them
   * out again have no gradient at all, yet the published code moves them.
   */
  private static final double NEGLIGIBLE = 1e-4;

  private static final double ENERGY_RATE = 1e-4;
  private static final double INITIALIZER_RATE = 1e-5;

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
   * @param after the expected weights after the last iteration; empty when nobody knows them
   */
  void check(Map<String, HostTensor> after, Cancellation cancellation) {
    Map<String, HostTensor> before = model.weights();
    Adam energyOptimizer = new Adam(model.energy().parameters(), 0.9, 0.999);
    Adam initializerOptimizer = new Adam(model.initializer().parameters(), 0.9, 0.999);
    Map<String, HostTensor> energyMoments = Map.of();
    Map<String, HostTensor> initializerMoments = Map.of();
    CooperativeStep step =
        new CooperativeStep(
            model,
            energyOptimizer,
            initializerOptimizer,
            new EagerLangevin(),
            CooperativeStep.Rules.PUBLISHED);
    for (int i = 0; i < iterations(expected); i++) {
      String prefix = "it" + i + "_";
      CooperativeStep.Outcome outcome =
          step.run(
              expected.get(prefix + "x0").tensor(),
              expected.get(prefix + "t").integers(),
              labels(prefix),
              new RecordedNoise(expected, prefix),
              new Dials(ENERGY_RATE, INITIALIZER_RATE, model.description().langevinSteps()),
              CooperativeStep.Detail.IMAGES,
              cancellation);
      if (i == 0) {
        // After one iteration the first moments are a tenth of the gradients.
        energyMoments = energyOptimizer.moments();
        initializerMoments = initializerOptimizer.moments();
      }
      compare(prefix + "proposal", outcome.proposal().values(), OUTPUT_TOLERANCE);
      compare(prefix + "refined_x", outcome.refined().values(), TOLERANCE);
      compare(prefix + "pos_energy", outcome.positive(), OUTPUT_TOLERANCE);
      compare(prefix + "neg_energy", outcome.negative(), TOLERANCE);
      compare(prefix + "ebm_loss", outcome.energyLoss());
      compare(prefix + "init_loss", outcome.initializerLoss());
      compare(prefix + "ebm_grad_norm", outcome.energyGradientNorm());
      compare(prefix + "init_grad_norm", outcome.initializerGradientNorm());
    }
    if (after.isEmpty()) {
      return;
    }
    Changes changes = new Changes(before, model.weights(), after);
    row("change of all weights and vectors", changes.error(name -> true));
    row("change of the spectral-norm vectors", changes.error(this::isSpectralVector));
    changeRow("change of the energy weights", changes, energyMoments);
    changeRow("change of the initializer weights", changes, initializerMoments);
  }

  /** Tells the error of all weights too, which may be above the tolerance. */
  private void changeRow(String quantity, Changes changes, Map<String, HostTensor> moments) {
    Map<String, boolean[]> leftOut = negligible(moments);
    int count = 0;
    for (boolean[] weights : leftOut.values()) {
      for (boolean weight : weights) {
        count += weight ? 1 : 0;
      }
    }
    String note =
        String.format(
            Locale.ROOT,
            "without %d weights of negligible gradient; with them %.2e",
            count,
            changes.error(leftOut::containsKey));
    double error = changes.error(leftOut::containsKey, leftOut);
    rows.accept(Row.of(expected.file(), quantity, error, TOLERANCE, note));
  }

  /** Which weights hardly have a gradient, by name. */
  private static Map<String, boolean[]> negligible(Map<String, HostTensor> moments) {
    String ending = ".first";
    Map<String, float[]> gradients = new LinkedHashMap<>();
    double square = 0;
    long count = 0;
    for (Map.Entry<String, HostTensor> moment : moments.entrySet()) {
      if (moment.getKey().endsWith(ending)) {
        String name = moment.getKey();
        float[] gradient = moment.getValue().values();
        gradients.put(name.substring(0, name.length() - ending.length()), gradient);
        count += gradient.length;
        for (float value : gradient) {
          square += value * value;
        }
      }
    }
    double threshold = NEGLIGIBLE * Math.sqrt(square / count);
    Map<String, boolean[]> negligible = new LinkedHashMap<>();
    gradients.forEach(
        (name, gradient) -> {
          boolean[] small = new boolean[gradient.length];
          for (int i = 0; i < small.length; i++) {
            small[i] = Math.abs(gradient[i]) < threshold;
          }
          negligible.put(name, small);
        });
    return negligible;
  }

  private void row(String quantity, double error) {
    rows.accept(Row.of(expected.file(), quantity, error, TOLERANCE));
  }

  private boolean isSpectralVector(String name) {
    return model.energy().parameters().all().containsKey(name)
        && !model.energy().parameters().trainable().containsKey(name);
  }

  private void compare(String name, float[] computed, double tolerance) {
    rows.accept(expected.row(name, computed, tolerance));
  }

  private void compare(String name, double computed) {
    compare(name, new float[] {(float) computed}, TOLERANCE);
  }

  /** The class of each item in an iteration, which may be the same in all of them. */
  private int @Nullable [] labels(String prefix) {
    String name = expected.has(prefix + "y") ? prefix + "y" : "y";
    return expected.has(name) ? expected.labels(name, model.description()) : null;
  }

  /** What training changed, beside what it should have changed. */
  private record Changes(
      Map<String, HostTensor> before,
      Map<String, HostTensor> computed,
      Map<String, HostTensor> after) {

    double error(Predicate<String> chosen) {
      return error(chosen, Map.of());
    }

    /**
     * The distance of the chosen weights from the expected ones, relative to how far these moved.
     *
     * @param leftOut marks single weights that do not count, by name
     */
    double error(Predicate<String> chosen, Map<String, boolean[]> leftOut) {
      double distance = 0;
      double moved = 0;
      for (String name : computed.keySet().stream().filter(chosen).toList()) {
        float[] start = values(before, name);
        float[] result = values(computed, name);
        float[] goal = values(after, name);
        if (goal.length != result.length) {
          throw new CdrlException(
              "The weight '{0}' has another size after the training iterations.", name);
        }
        boolean[] skipped = leftOut.getOrDefault(name, new boolean[result.length]);
        for (int i = 0; i < result.length; i++) {
          if (!skipped[i]) {
            distance += Math.pow((double) result[i] - goal[i], 2);
            moved += Math.pow((double) goal[i] - start[i], 2);
          }
        }
      }
      return Math.sqrt(distance / moved);
    }
  }

  private static float[] values(Map<String, HostTensor> weights, String name) {
    HostTensor tensor = weights.get(name);
    if (tensor == null) {
      throw new CdrlException("The checkpoint after the training iterations lacks '{0}'.", name);
    }
    return tensor.values();
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
