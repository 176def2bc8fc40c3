package cdrl.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import cdrl.runtime.CdrlException;
import cdrl.runtime.Computation;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import cdrl.runtime.TensorRuntime;
import cdrl.runtime.TestRuntime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CdrlModelTest {

  static Stream<ModelSpec> specs() {
    return Stream.of(
        TestModels.points(),
        TestModels.images(8, 3),
        TestModels.images(28, 1),
        TestModels.images(32, 3, 2),
        new ImageModelSpec(
            64,
            3,
            0,
            false,
            new ImageModelSpec.Energy(4, List.of(1, 2, 2, 2, 2), 1),
            new ImageModelSpec.Unet(32, List.of(1, 1, 1, 1), 1, List.of(16, 8), 0.1)));
  }

  private static NDArray input(NDManager scope, ModelSpec spec, int count) {
    Shape shape = new Shape(count).addAll(new Shape(spec.itemShape()));
    float[] values = new float[(int) shape.size()];
    new RandomNumbers(11).normal(Purpose.DATA, 0, 0, values);
    return scope.create(values, shape);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void weightsMakeTheSameNetworksAgain(ModelSpec spec) {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(spec, 1, runtime);
              CdrlModel again = CdrlModel.of(model.description(), model.weights(), runtime);
              CdrlModel other = TestModels.create(spec, 2, runtime)) {
            assertEquals(model.weights(), again.weights());
            assertArrayEquals(outputs(model), outputs(again));
            assertNotEquals(model.weights(), other.weights());
            other.setWeights(model.weights());
            assertArrayEquals(outputs(model), outputs(other));
          }
        });
  }

  /** F of three items at different levels, then their proposals' means. */
  private static float[] outputs(CdrlModel model) {
    ModelSpec spec = model.description().spec();
    try (NDManager scope = model.manager().newSubManager()) {
      NDArray x = input(scope, spec, 3);
      float[] levels = {5, 0, -3};
      NDArray energies =
          model.energy().at(scope, levels, null, EnergyModel.Mode.FROZEN).negativeEnergy(x);
      assertEquals(new Shape(3), energies.getShape());
      NDArray means = model.initializer().mean(x, levels, null, Computation.EAGER);
      assertEquals(x.getShape(), means.getShape());
      float[] all = energies.concat(means.flatten()).toFloatArray();
      for (float value : all) {
        assertTrue(Float.isFinite(value));
      }
      return all;
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void itemsDoNotInfluenceEachOther(ModelSpec spec) {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(spec, 1, runtime);
              NDManager scope = model.manager().newSubManager()) {
            float[] together = outputs(model);
            float[] levels = {5, 0, -3};
            for (int i = 0; i < 3; i++) {
              NDArray x = input(scope, spec, 3).get("{}:{}", i, i + 1);
              float alone =
                  model
                      .energy()
                      .at(scope, new float[] {levels[i]}, null, EnergyModel.Mode.FROZEN)
                      .negativeEnergy(x)
                      .toFloatArray()[0];
              assertEquals(together[i], alone, 1e-4 * (1 + Math.abs(alone)));
            }
            assertNotEquals(together[0], together[1]);
          }
        });
  }

  @Test
  void wrongWeightsAreSentences() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.points(), 1, runtime)) {
            int before = TestRuntime.tensors(runtime.manager());
            Map<String, HostTensor> weights = model.weights();
            String name = "energy.stem.weight";
            assertEquals(
                "The model lacks the weight 'energy.stem.weight'.",
                failure(model, changed(weights, name, null), runtime));
            assertEquals(
                "The weight 'energy.stem.weight' has the shape [2, 8] where the network needs"
                    + " [8, 2].",
                failure(
                    model,
                    changed(weights, name, new HostTensor(new long[] {2, 8}, new float[16])),
                    runtime));
            HostTensor one = new HostTensor(new long[] {1}, new float[1]);
            assertEquals(
                "The model has a weight 'extra' that its networks do not know.",
                failure(model, changed(weights, "extra", one), runtime));
            assertEquals(
                "The weight 'extra' does not fit the networks.",
                assertThrows(CdrlException.class, () -> model.setWeights(Map.of("extra", one)))
                    .getMessage());
            assertEquals(before, TestRuntime.tensors(runtime.manager()), "tensors left behind");
          }
        });
  }

  private static Map<String, HostTensor> changed(
      Map<String, HostTensor> weights, String name, HostTensor tensor) {
    Map<String, HostTensor> changed = new LinkedHashMap<>(weights);
    if (tensor == null) {
      changed.remove(name);
    } else {
      changed.put(name, tensor);
    }
    return changed;
  }

  private static String failure(
      CdrlModel model, Map<String, HostTensor> weights, TensorRuntime runtime) {
    return assertThrows(
            CdrlException.class, () -> CdrlModel.of(model.description(), weights, runtime))
        .getMessage();
  }

  @Test
  void labelZeroMeansNoClassAndOthersMatter() {
    TestRuntime.onLane(
        runtime -> {
          ImageModelSpec spec = TestModels.images(8, 1, 3);
          try (CdrlModel model = TestModels.create(spec, 1, runtime);
              NDManager scope = model.manager().newSubManager()) {
            NDArray x = input(scope, spec, 2);
            float[] level = {1};
            float[] none = labelled(model, scope, x, level, null);
            assertArrayEquals(none, labelled(model, scope, x, level, new int[] {0}));
            assertArrayEquals(
                none, labelled(model, scope, x, new float[] {1, 1}, new int[] {0, 0}), 1e-4f);
            float[] classes = labelled(model, scope, x, level, new int[] {0, 3});
            assertEquals(none[0], classes[0], 1e-4);
            assertTrue(Math.abs(none[1] - classes[1]) > 1e-3);
            float[] means = mean(model, x, null);
            assertArrayEquals(means, mean(model, x, new int[] {0}));
            assertTrue(TestModels.distance(mean(model, x, new int[] {2}), means) > 1e-4);
            for (int label : new int[] {-1, 4}) {
              assertThrows(
                  IllegalArgumentException.class,
                  () -> labelled(model, scope, x, level, new int[] {label, 0}));
            }
          }
        });
  }

  private static float[] labelled(
      CdrlModel model, NDManager scope, NDArray x, float[] level, int[] labels) {
    return model
        .energy()
        .at(scope, level, labels, EnergyModel.Mode.FROZEN)
        .negativeEnergy(x)
        .toFloatArray();
  }

  private static float[] mean(CdrlModel model, NDArray x, int[] labels) {
    return model.initializer().mean(x, new float[] {1}, labels, Computation.EAGER).toFloatArray();
  }

  /** The largest singular value of each normalized layer, found by other power iterations. */
  @ParameterizedTest
  @MethodSource("specs")
  void powerIterationsFindTheLargestSingularValue(ModelSpec spec) {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(spec, 1, runtime)) {
            for (int i = 0; i < 200; i++) {
              model.energy().powerIteration();
            }
            Map<String, HostTensor> weights = model.energy().parameters().copy();
            int checked = 0;
            for (String name : weights.keySet()) {
              if (!name.endsWith(".u")) {
                continue;
              }
              String layer = name.substring(0, name.length() - 2);
              float[] u = weights.get(name).values();
              float[] v = weights.get(layer + ".v").values();
              float[] w = weights.get(layer + ".weight").values();
              double estimate = 0;
              for (int i = 0; i < u.length; i++) {
                for (int j = 0; j < v.length; j++) {
                  estimate += (double) u[i] * w[i * v.length + j] * v[j];
                }
              }
              assertEquals(1, largest(w, u.length, v.length) / estimate, 0.02, layer);
              checked++;
            }
            assertTrue(checked > 5);
          }
        });
  }

  private static double largest(float[] w, int rows, int columns) {
    double[] v = new double[columns];
    for (int j = 0; j < columns; j++) {
      v[j] = 1 + (j % 7) - 0.3 * (j % 5);
    }
    double sigma = 0;
    for (int iteration = 0; iteration < 300; iteration++) {
      double[] u = new double[rows];
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          u[i] += w[i * columns + j] * v[j];
        }
      }
      double[] next = new double[columns];
      double square = 0;
      for (int j = 0; j < columns; j++) {
        for (int i = 0; i < rows; i++) {
          next[j] += w[i * columns + j] * u[i];
        }
        square += next[j] * next[j];
      }
      double length = Math.sqrt(square);
      double before = 0;
      for (double value : v) {
        before += value * value;
      }
      sigma = Math.sqrt(length / Math.sqrt(before));
      for (int j = 0; j < columns; j++) {
        v[j] = next[j] / length;
      }
    }
    return sigma;
  }

  /** Also when the function is made while a gradient is being recorded. */
  @ParameterizedTest
  @MethodSource("specs")
  void frozenWeightsGetNoGradient(ModelSpec spec) {
    TestRuntime.onLane(
        runtime -> {
          for (EnergyModel.Mode mode : EnergyModel.Mode.values()) {
            try (CdrlModel model = TestModels.create(spec, 1, runtime);
                NDManager scope = model.manager().newSubManager()) {
              NDArray y = input(scope, spec, 2);
              y.setRequiresGradient(true);
              try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                collector.backward(
                    model.energy().at(scope, new float[] {2}, null, mode).negativeEnergy(y).sum());
              }
              assertTrue(y.getGradient().norm().getFloat() > 0);
              model
                  .energy()
                  .parameters()
                  .trainable()
                  .forEach(
                      (name, weight) -> {
                        float length = weight.getGradient().norm().getFloat();
                        if (mode == EnergyModel.Mode.FROZEN) {
                          assertEquals(0, length, name);
                        } else {
                          assertTrue(length > 0, name);
                        }
                      });
            }
          }
        });
  }

  @Test
  void impossibleNetworksAreRefused() {
    ImageModelSpec.Energy energy = new ImageModelSpec.Energy(4, List.of(1, 2, 2), 1);
    ImageModelSpec.Unet unet = new ImageModelSpec.Unet(32, List.of(1, 1), 1, List.of(), 0);
    new ImageModelSpec(28, 1, 0, false, energy, unet);
    assertThrows(
        IllegalArgumentException.class, () -> new ImageModelSpec(27, 1, 0, false, energy, unet));
    assertThrows(
        IllegalArgumentException.class, () -> new ImageModelSpec(28, 2, 0, false, energy, unet));
    assertThrows(
        IllegalArgumentException.class, () -> new ImageModelSpec(4, 1, 0, false, energy, unet));
    // Half of an embedding are sines and half cosines.
    assertThrows(IllegalArgumentException.class, () -> new ImageModelSpec.Energy(5, List.of(1), 1));
    assertThrows(IllegalArgumentException.class, () -> new PointModelSpec(9, List.of(1), 64, 8));
    assertThrows(IllegalArgumentException.class, () -> new PointModelSpec(8, List.of(1), 64, 9));
    assertThrows(IllegalArgumentException.class, () -> new PointModelSpec(8, List.of(1), 65, 8));
    // 32 groups of one number each would be normalized to nothing.
    assertThrows(IllegalArgumentException.class, () -> new PointModelSpec(8, List.of(1), 32, 8));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ImageModelSpec.Unet(48, List.of(1), 1, List.of(), 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ImageModelSpec.Unet(32, List.of(1), 1, List.of(), 1));
  }
}
