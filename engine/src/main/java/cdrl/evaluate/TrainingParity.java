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
import cdrl.training.TrainingNoise;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Compares training iterations whose data and noise are given, and the weights after them. Runs on
 * the tensor lane.
 */
final class TrainingParity {
  private static final double OUTPUT_TOLERANCE = 1e-4;
  private static final double TOLERANCE = 1e-3;

  /**
   * The share of weights that may disagree. Adam divides a gradient by its own size, so a weight
   * whose gradient is nothing but rounding errors moves as far as any other, in a direction of
   * chance: the biases in front of a normalization that takes them out again, for example.
   */
  private static final double LEFT_OUT = 1e-3;

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
    Comparison all = compare(before, computed, after, name -> true);
    row("change of all weights and vectors", all.error(0));
    Comparison energy = compare(before, computed, after, this::isEnergyWeight);
    trimmedRow("99.9 % of the energy weights, change", energy);
    Comparison vectors = compare(before, computed, after, this::isSpectralVector);
    row("change of the spectral-norm vectors", vectors.error(0));
    Comparison initializer = compare(before, computed, after, this::isInitializerWeight);
    trimmedRow("99.9 % of the initializer, change", initializer);
  }

  /** Tells the error of all weights too, which may be above the tolerance. */
  private void trimmedRow(String quantity, Comparison comparison) {
    double all = comparison.error(0);
    String note =
        String.format(
            Locale.ROOT,
            "all of them %.2e, %s the tolerance",
            all,
            all <= TOLERANCE ? "within" : "above");
    rows.accept(Row.of(expected.file(), quantity, comparison.error(LEFT_OUT), TOLERANCE, note));
  }

  private void row(String quantity, double error) {
    rows.accept(Row.of(expected.file(), quantity, error, TOLERANCE));
  }

  private boolean isEnergyWeight(String name) {
    return model.energy().parameters().trainable().containsKey(name);
  }

  private boolean isSpectralVector(String name) {
    return model.energy().parameters().all().containsKey(name) && !isEnergyWeight(name);
  }

  private boolean isInitializerWeight(String name) {
    return model.initializer().parameters().all().containsKey(name);
  }

  private void compare(String name, float[] computed, double tolerance) {
    rows.accept(Row.of(expected.file(), name, expected.error(name, computed), tolerance));
  }

  private void compare(String name, double computed) {
    row(name, expected.error(name, computed));
  }

  /** The squared errors of single weights, and the square of how far all of them moved. */
  @SuppressWarnings("ArrayRecordComponent") // private to this class
  private record Comparison(double[] squares, double moved) {
    /**
     * The distance of the weights from the expected ones, relative to how far these moved.
     *
     * @param leftOut the share of weights with the largest errors that do not count
     */
    double error(double leftOut) {
      double[] sorted = squares.clone();
      Arrays.sort(sorted);
      double sum = 0;
      for (int i = 0; i < sorted.length - (int) (sorted.length * leftOut); i++) {
        sum += sorted[i];
      }
      return Math.sqrt(sum / moved);
    }
  }

  private Comparison compare(
      Map<String, HostTensor> before,
      Map<String, HostTensor> computed,
      Map<String, HostTensor> after,
      Predicate<String> chosen) {
    List<String> names = computed.keySet().stream().filter(chosen).toList();
    double[] squares =
        new double[names.stream().mapToInt(name -> values(computed, name).length).sum()];
    int position = 0;
    double moved = 0;
    for (String name : names) {
      float[] start = values(before, name);
      float[] result = values(computed, name);
      float[] goal = values(after, name);
      if (goal.length != result.length) {
        throw new CdrlException(
            "The weight '" + name + "' has another size after the training iterations.");
      }
      for (int i = 0; i < result.length; i++) {
        double distance = (double) result[i] - goal[i];
        double change = (double) goal[i] - start[i];
        squares[position++] = distance * distance;
        moved += change * change;
      }
    }
    return new Comparison(squares, moved);
  }

  private static float[] values(Map<String, HostTensor> weights, String name) {
    HostTensor tensor = weights.get(name);
    if (tensor == null) {
      throw new CdrlException("The checkpoint after the training iterations lacks '" + name + "'.");
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
