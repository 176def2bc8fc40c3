package cdrl.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import cdrl.model.CdrlModel;
import cdrl.model.Parameters;
import cdrl.model.TestModels;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import cdrl.runtime.TestRuntime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdamTest {

  /** Gradients of a step, by weight. */
  private static Map<String, float[]> gradients(Parameters parameters, int step) {
    Map<String, float[]> gradients = new LinkedHashMap<>();
    RandomNumbers numbers = new RandomNumbers(step);
    parameters
        .trainable()
        .forEach(
            (name, weight) -> {
              float[] values = new float[(int) weight.size()];
              numbers.normal(Purpose.DATA, name.hashCode(), 0, values);
              for (int i = 0; i < values.length; i++) {
                values[i] *= step == 1 ? 1e-3f : step;
              }
              gradients.put(name, values);
            });
    return gradients;
  }

  /** Gives the weights the wanted gradients, by a loss that is linear in them. */
  private static void backward(Parameters parameters, Map<String, float[]> gradients) {
    try (NDManager scope = parameters.manager().newSubManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray loss = scope.create(0f);
      for (Map.Entry<String, NDArray> weight : parameters.trainable().entrySet()) {
        NDArray factor = scope.create(gradients.get(weight.getKey()), weight.getValue().getShape());
        loss = loss.add(factor.mul(weight.getValue()).sum());
      }
      collector.backward(loss);
    }
  }

  private static double step(Adam adam, Parameters parameters, double rate, double clip) {
    try (NDManager scope = parameters.manager().newSubManager()) {
      return adam.step(parameters.takeGradients(scope), rate, clip);
    }
  }

  @Test
  void agreesWithItsDefinitionInDoublePrecision() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.points(), 1, runtime)) {
            Parameters parameters = model.energy().parameters();
            Map<String, HostTensor> before = parameters.copy();
            Map<String, double[]> weights = new LinkedHashMap<>();
            Map<String, double[]> first = new LinkedHashMap<>();
            Map<String, double[]> second = new LinkedHashMap<>();
            parameters
                .trainable()
                .forEach(
                    (name, weight) -> {
                      float[] start = before.get(name).values();
                      double[] copy = new double[start.length];
                      for (int i = 0; i < start.length; i++) {
                        copy[i] = start[i];
                      }
                      weights.put(name, copy);
                      first.put(name, new double[start.length]);
                      second.put(name, new double[start.length]);
                    });
            Adam adam = new Adam(parameters, 0.8, 0.95);
            for (int step = 1; step <= 4; step++) {
              Map<String, float[]> gradients = gradients(parameters, step);
              double square = 0;
              for (float[] gradient : gradients.values()) {
                for (float value : gradient) {
                  square += (double) value * value;
                }
              }
              double norm = Math.sqrt(square);
              assertEquals(step > 1, norm > 2, "later steps are clipped, the first is not");
              double factor = norm > 2 ? 2 / norm : 1;
              double rate = 0.01 * step;
              backward(parameters, gradients);
              assertEquals(norm, step(adam, parameters, rate, 2), 1e-4 * norm);
              for (String name : weights.keySet()) {
                for (int i = 0; i < weights.get(name).length; i++) {
                  double gradient = gradients.get(name)[i] * factor;
                  double[] m = first.get(name);
                  double[] v = second.get(name);
                  m[i] = 0.8 * m[i] + 0.2 * gradient;
                  v[i] = 0.95 * v[i] + 0.05 * gradient * gradient;
                  double mean = m[i] / (1 - Math.pow(0.8, step));
                  double variance = v[i] / (1 - Math.pow(0.95, step));
                  weights.get(name)[i] -= rate * mean / (Math.sqrt(variance) + 1e-8);
                }
              }
            }
            assertEquals(4, adam.steps());
            Map<String, HostTensor> after = parameters.copy();
            weights.forEach(
                (name, expected) -> {
                  for (int i = 0; i < expected.length; i++) {
                    assertEquals(expected[i], after.get(name).values()[i], 2e-4, name);
                  }
                });
            assertEquals(before.get("energy.stem.u"), after.get("energy.stem.u"));
          }
        });
  }

  @Test
  void gradientsDoNotAddUpFromStepToStep() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.points(), 1, runtime)) {
            Parameters parameters = model.energy().parameters();
            Adam adam = new Adam(parameters, 0.9, 0.999);
            backward(parameters, gradients(parameters, 2));
            double norm = step(adam, parameters, 0, 1);
            backward(parameters, gradients(parameters, 2));
            assertEquals(norm, step(adam, parameters, 0, 1), 1e-6 * norm);
            assertEquals(0, step(adam, parameters, 0, 1));
          }
        });
  }

  @Test
  void goesOnFromSavedMoments() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel one = TestModels.create(TestModels.points(), 1, runtime);
              CdrlModel two = TestModels.create(TestModels.points(), 1, runtime)) {
            Adam adam = new Adam(one.energy().parameters(), 0.9, 0.999);
            backward(one.energy().parameters(), gradients(one.energy().parameters(), 1));
            step(adam, one.energy().parameters(), 0.01, 1);
            two.setWeights(one.weights());
            Adam resumed = new Adam(two.energy().parameters(), 0.9, 0.999);
            resumed.restore(adam.moments(), adam.steps());
            assertEquals(adam.moments(), resumed.moments());
            for (CdrlModel model : new CdrlModel[] {one, two}) {
              backward(model.energy().parameters(), gradients(model.energy().parameters(), 3));
            }
            step(adam, one.energy().parameters(), 0.02, 1);
            step(resumed, two.energy().parameters(), 0.02, 1);
            assertEquals(one.weights(), two.weights());

            Map<String, HostTensor> lacking = new LinkedHashMap<>(adam.moments());
            lacking.remove("energy.stem.bias.second");
            CdrlException failure =
                assertThrows(CdrlException.class, () -> resumed.restore(lacking, 1));
            assertTrue(failure.getMessage().contains("'energy.stem.bias.second'"));
          }
        });
  }

  @Test
  void averagesFollowTheWeightsButNotTheSpectralVectors() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.points(), 1, runtime);
              CdrlModel other = TestModels.create(TestModels.points(), 2, runtime)) {
            Parameters parameters = model.energy().parameters();
            Map<String, HostTensor> start = parameters.copy();
            Averages averages = new Averages(parameters, 0.5, true);
            assertEquals(start, averages.copy());
            model.setWeights(other.energy().parameters().copy());
            Map<String, HostTensor> now = parameters.copy();
            averages.update(0);
            averages.update(1000);
            Map<String, HostTensor> averaged = averages.copy();
            // The first update keeps 1/10, the second, far from the start, the decay of 0.5.
            double keep = 0.1 * 0.5;
            for (String name : now.keySet()) {
              float[] expected = now.get(name).values().clone();
              if (parameters.trainable().containsKey(name)) {
                for (int i = 0; i < expected.length; i++) {
                  expected[i] =
                      (float) (keep * start.get(name).values()[i] + (1 - keep) * expected[i]);
                }
              }
              assertArrayEquals(expected, averaged.get(name).values(), 1e-6f, name);
            }
            Averages restored = new Averages(parameters, 0.5, true);
            restored.restore(averaged);
            assertEquals(averaged, restored.copy());
            Averages fromModel = new Averages(parameters, 0.5, false);
            model.setWeights(start);
            fromModel.update(0);
            String name = "energy.stem.bias";
            assertEquals(
                0.5f * (now.get(name).values()[0] + start.get(name).values()[0]),
                fromModel.copy().get(name).values()[0],
                1e-6f);
          }
        });
  }
}
