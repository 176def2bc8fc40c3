package cdrl.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import cdrl.runtime.Computation;
import cdrl.runtime.HostTensor;
import cdrl.runtime.Layout;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import cdrl.runtime.TestRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContrastTest {
  private static final float[] LEVELS = {5, 0, -3};
  private static final float[] WEIGHTS = {0.3f, 0.1f, 0.6f};

  static Stream<ModelSpec> specs() {
    return Stream.of(
        TestModels.points(),
        TestModels.images(8, 1, 3),
        TestModels.images(10, 3),
        TestModels.images(16, 3));
  }

  private static NDArray normal(NDManager scope, ModelSpec spec, Purpose purpose) {
    Shape shape = new Shape(LEVELS.length).addAll(new Shape(spec.itemShape()));
    float[] values = new float[(int) shape.size()];
    new RandomNumbers(5).normal(purpose, 0, 0, values);
    return Layout.channelsLast(scope.create(values, shape));
  }

  private record Result(float[] positive, float[] negative, List<HostTensor> gradients) {}

  private static Result contrast(
      CdrlModel model, Computation computation, Purpose data, Purpose samples) {
    ModelSpec spec = model.description().spec();
    try (NDManager scope = model.manager().newSubManager()) {
      EnergyModel.Contrast contrast =
          model
              .energy()
              .contrast(
                  scope,
                  normal(scope, spec, data),
                  normal(scope, spec, samples),
                  LEVELS,
                  spec.classes() > 0 ? new int[] {0, 2, 3} : null,
                  WEIGHTS,
                  computation);
      return new Result(
          contrast.positive(),
          contrast.negative(),
          contrast.gradients().stream().map(HostTensor::of).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void theProgramAgreesWithOperators(ModelSpec spec) {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(spec, 1, runtime)) {
            Result expected = contrast(model, Computation.EAGER, Purpose.DATA, Purpose.START);
            Result found = contrast(model, Computation.FLOAT32, Purpose.DATA, Purpose.START);
            assertArrayEquals(expected.positive(), found.positive(), 1e-3f);
            assertArrayEquals(expected.negative(), found.negative(), 1e-3f);
            List<String> names = new ArrayList<>(model.energy().parameters().trainable().keySet());
            assertEquals(names.size(), found.gradients().size());
            for (int i = 0; i < names.size(); i++) {
              HostTensor one = found.gradients().get(i);
              HostTensor other = expected.gradients().get(i);
              assertArrayEquals(other.shape(), one.shape(), names.get(i));
              double distance = TestModels.distance(one.values(), other.values());
              assertTrue(distance < 1e-4, names.get(i));
            }
          }
        });
  }

  @ParameterizedTest
  @MethodSource("specs")
  void equalPhasesLeaveNoGradientAtAll(ModelSpec spec) {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(spec, 1, runtime)) {
            Result found = contrast(model, Computation.FLOAT32, Purpose.DATA, Purpose.DATA);
            assertArrayEquals(found.positive(), found.negative());
            for (HostTensor gradient : found.gradients()) {
              for (float value : gradient.values()) {
                assertEquals(0, Math.abs(value));
              }
            }
          }
        });
  }
}
