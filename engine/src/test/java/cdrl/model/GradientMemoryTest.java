package cdrl.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import cdrl.runtime.Computation;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.TestRuntime;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Whatever the engine keeps for a gradient must stay in memory until the gradient is taken, even
 * when Java collects its garbage in between.
 */
class GradientMemoryTest {
  private static final String WEIGHT = "initializer.middle.attention.query_key_value.weight";

  @Test
  void garbageCollectionBetweenForwardAndBackwardChangesNoGradient() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.images(8, 3), 3, runtime)) {
            float[] undisturbed = gradient(model, false);
            assertArrayEquals(undisturbed, gradient(model, true));
          }
        });
  }

  private static float[] gradient(CdrlModel model, boolean collectGarbage) {
    try (NDManager scope = model.manager().newSubManager()) {
      float[] values = new float[2 * 3 * 8 * 8];
      new RandomNumbers(1).normal(RandomNumbers.Purpose.START, 0, 0, values);
      NDArray x = scope.create(values, new Shape(2, 3, 8, 8));
      NDArray loss;
      try (GradientCollector graph = Engine.getInstance().newGradientCollector()) {
        loss =
            model
                .initializer()
                .mean(x, new float[] {0}, null, Computation.EAGER)
                .sub(x)
                .square()
                .sum();
      }
      if (collectGarbage) {
        // Freed memory is handed out again and filled, so that a stale pointer reads garbage.
        for (int round = 0; round < 5; round++) {
          System.gc();
          for (int i = 0; i < 20_000; i++) {
            ByteBuffer.allocateDirect(8).putLong(0, 0x7F7F7F7F7F7F7F7FL);
          }
        }
      }
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(loss);
      }
      NDArray weight =
          Objects.requireNonNull(model.initializer().parameters().trainable().get(WEIGHT));
      try (NDArray gradient = weight.getGradient()) {
        float[] result = gradient.toFloatArray();
        gradient.subi(gradient);
        return result;
      }
    }
  }
}
