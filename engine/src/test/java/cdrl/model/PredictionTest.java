package cdrl.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import cdrl.runtime.Computation;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import cdrl.runtime.TestRuntime;
import cdrl.schedule.NoiseSchedule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PredictionTest {
  private static final int[] LEVELS = {1, 3, 6};

  private static ModelDescription describe(Prediction prediction) {
    return TestModels.describe(TestModels.images(8, 1), prediction);
  }

  private static NDArray normal(NDManager scope, int step) {
    float[] values = new float[LEVELS.length * 64];
    new RandomNumbers(4).normal(Purpose.DATA, step, 0, values);
    return scope.create(values, new Shape(LEVELS.length, 1, 8, 8));
  }

  private static float[] logSnr(NoiseSchedule schedule) {
    float[] values = new float[LEVELS.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) schedule.logSnr(LEVELS[i]);
    }
    return values;
  }

  /** An untrained network gives its input back, so that the mean is known. */
  @ParameterizedTest
  @EnumSource
  void theMeanFollowsFromWhatIsPredicted(Prediction prediction) {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = CdrlModel.create(describe(prediction), 3, runtime);
              NDManager scope = model.manager().newSubManager()) {
            NoiseSchedule schedule = model.schedule();
            NDArray x = normal(scope, 0);
            float[] values = x.toFloatArray();
            float[] mean =
                model
                    .initializer()
                    .mean(x, logSnr(schedule), null, Computation.EAGER)
                    .toFloatArray();
            for (int i = 0; i < mean.length; i++) {
              int t = LEVELS[i / 64];
              double clean =
                  prediction == Prediction.CLEAN
                      ? values[i]
                      : (values[i] - schedule.noiseScale(t) * values[i]) / schedule.signalScale(t);
              double expected =
                  prediction == Prediction.NEXT || prediction == Prediction.NONE
                      ? values[i]
                      : schedule.inputScale(t)
                          * (schedule.posteriorCleanShare(t) * clean
                              + schedule.posteriorNoisierShare(t) * values[i]);
              assertEquals(expected, mean[i], 2e-5 * (1 + Math.abs(expected)), "t = " + t);
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"CLEAN", "NOISE"})
  void gradientsGoThroughThePrediction(Prediction prediction) {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel filled = TestModels.create(TestModels.images(8, 1), 3, runtime);
              CdrlModel model = CdrlModel.of(describe(prediction), filled.weights(), runtime);
              NDManager scope = model.manager().newSubManager()) {
            NDArray x = normal(scope, 0);
            NDArray direction = normal(scope, 1);
            float[] logSnr = logSnr(model.schedule());
            float[] expected =
                model.initializer().mean(x, logSnr, null, Computation.EAGER).toFloatArray();
            for (Computation computation : List.of(Computation.EAGER, Computation.FLOAT32)) {
              Initializer.TrainingMean mean =
                  model.initializer().trainingMean(scope, x, logSnr, null, computation);
              assertTrue(TestModels.distance(mean.mean().toFloatArray(), expected) < 1e-5);
              // Moving one weight against the gradient must change what the gradient says.
              List<NDArray> gradients = mean.gradients(direction);
              List<String> names =
                  List.copyOf(model.initializer().parameters().trainable().keySet());
              int bias = names.indexOf("initializer.output.bias");
              double slope = gradients.get(bias).toFloatArray()[0];
              NDArray weight =
                  model.initializer().parameters().trainable().get("initializer.output.bias");
              try (NDArray step = scope.create(0.25f)) {
                double before = product(model, x, logSnr, direction);
                NDArray moved = weight.stopGradient();
                moved.addi(step);
                double after = product(model, x, logSnr, direction);
                moved.subi(step);
                assertEquals(0.25 * slope, after - before, 1e-3 * (1 + Math.abs(after)));
              }
            }
          }
        });
  }

  private static double product(CdrlModel model, NDArray x, float[] logSnr, NDArray direction) {
    return model
        .initializer()
        .mean(x, logSnr, null, Computation.EAGER)
        .mul(direction)
        .sum()
        .toFloatArray()[0];
  }

  @Test
  void aLevelOfNoScheduleIsRefused() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = CdrlModel.create(describe(Prediction.NOISE), 3, runtime);
              NDManager scope = model.manager().newSubManager()) {
            assertThrows(
                IllegalArgumentException.class,
                () ->
                    model
                        .initializer()
                        .mean(normal(scope, 0), new float[] {0.3f}, null, Computation.EAGER));
          }
        });
  }
}
