package cdrl.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import cdrl.runtime.Computation;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import cdrl.runtime.TensorRuntime;
import cdrl.runtime.TestRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingMeanTest {
  private static final float[] LEVELS = {5, 0, -3};

  static Stream<ModelSpec> specs() {
    return Stream.of(
        TestModels.points(),
        TestModels.images(8, 1, 3),
        TestModels.images(32, 3),
        images(List.of(1, 2, 4), 0));
  }

  private static ImageModelSpec images(List<Integer> multipliers, double dropout) {
    return new ImageModelSpec(
        16,
        3,
        0,
        false,
        new ImageModelSpec.Energy(4, List.of(1), 1),
        new ImageModelSpec.Unet(32, multipliers, 2, List.of(8), dropout));
  }

  private static NDArray normal(NDManager scope, ModelSpec spec, Purpose purpose) {
    Shape shape = new Shape(LEVELS.length).addAll(new Shape(spec.itemShape()));
    float[] values = new float[(int) shape.size()];
    new RandomNumbers(5).normal(purpose, 0, 0, values);
    return scope.create(values, shape);
  }

  /** The mean, then the gradients of all weights for some gradient of the mean. */
  private static List<HostTensor> results(CdrlModel model, Computation computation) {
    ModelSpec spec = model.description().spec();
    try (NDManager scope = model.manager().newSubManager()) {
      Initializer.TrainingMean mean =
          model
              .initializer()
              .trainingMean(
                  scope,
                  normal(scope, spec, Purpose.DATA),
                  LEVELS,
                  spec.classes() > 0 ? new int[] {0, 2, 3} : null,
                  computation);
      NDList results = new NDList(mean.mean());
      results.addAll(mean.gradients(normal(scope, spec, Purpose.START)));
      return results.stream().map(HostTensor::of).toList();
    }
  }

  private static double norm(HostTensor a) {
    return difference(a, new HostTensor(a.shape(), new float[a.values().length]));
  }

  private static double difference(HostTensor a, HostTensor b) {
    double square = 0;
    for (int i = 0; i < a.values().length; i++) {
      square += Math.pow((double) a.values()[i] - b.values()[i], 2);
    }
    return Math.sqrt(square);
  }

  private static double distance(HostTensor a, HostTensor b) {
    return TestModels.distance(a.values(), b.values());
  }

  @ParameterizedTest
  @MethodSource("specs")
  void programsAgreeWithOperators(ModelSpec spec) {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(spec, 1, runtime)) {
            List<HostTensor> expected = results(model, Computation.EAGER);
            List<HostTensor> exact = results(model, Computation.FLOAT32);
            List<HostTensor> rough = results(model, Computation.BFLOAT16);
            List<String> names = new ArrayList<>(List.of("mean"));
            names.addAll(model.initializer().parameters().trainable().keySet());
            assertEquals(names.size(), expected.size());
            assertEquals(names.size(), exact.size());
            assertTrue(distance(rough.get(0), expected.get(0)) < 0.01);
            double largest =
                expected.stream().skip(1).mapToDouble(TrainingMeanTest::norm).max().orElseThrow();
            for (int i = 0; i < names.size(); i++) {
              assertArrayEquals(expected.get(i).shape(), exact.get(i).shape(), names.get(i));
              // A bias that a normalization follows has no effect: its gradient is rounding only.
              double least = i == 0 ? 0 : 1e-3 * largest;
              assertTrue(
                  difference(exact.get(i), expected.get(i))
                      < 1e-4 * Math.max(norm(expected.get(i)), least),
                  names.get(i));
              assertTrue(
                  difference(rough.get(i), expected.get(i))
                      < 0.1 * Math.max(norm(expected.get(i)), 10 * least),
                  names.get(i));
            }
            assertEquals(expected, results(model, Computation.EAGER));
            assertEquals(exact, results(model, Computation.FLOAT32));
            assertEquals(rough, results(model, Computation.BFLOAT16));
          }
        });
  }

  @Test
  void dropoutFollowsTheSeedAndHasTheSameEffectAsOperators() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(images(List.of(1, 1), 0.25), 1, runtime)) {
            HostTensor one = mean(model, 1, runtime, Computation.FLOAT32);
            assertEquals(one, mean(model, 1, runtime, Computation.FLOAT32));
            assertNotEquals(one, mean(model, 2, runtime, Computation.FLOAT32));
            float[] fused = average(model, runtime, Computation.FLOAT32);
            float[] eager = average(model, runtime, Computation.EAGER);
            double spread = TestModels.distance(one.values(), eager);
            assertTrue(TestModels.distance(fused, eager) < 0.3 * spread);
          }
        });
  }

  private static float[] average(CdrlModel model, TensorRuntime runtime, Computation computation) {
    int draws = 60;
    float[] average = new float[mean(model, 0, runtime, computation).values().length];
    for (int draw = 0; draw < draws; draw++) {
      float[] values = mean(model, draw, runtime, computation).values();
      for (int i = 0; i < average.length; i++) {
        average[i] += values[i] / draws;
      }
    }
    return average;
  }

  private static HostTensor mean(
      CdrlModel model, long seed, TensorRuntime runtime, Computation computation) {
    runtime.seedEngine(seed);
    ModelSpec spec = model.description().spec();
    try (NDManager scope = model.manager().newSubManager()) {
      NDArray x = normal(scope, spec, Purpose.DATA);
      return HostTensor.of(
          model.initializer().trainingMean(scope, x, LEVELS, null, computation).mean());
    }
  }
}
