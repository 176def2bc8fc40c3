package cdrl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostTensorTest {
  @Test
  void memoryBeginsAtMultiplesOf64Bytes() {
    List<ByteBuffer> others = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      others.add(ByteBuffer.allocateDirect(1 + 16 * (i % 7)));
      ByteBuffer memory = HostTensor.aligned(4 * i);
      assertEquals(4 * i, memory.capacity());
      assertEquals(0, memory.alignmentOffset(0, 64), "after " + others.size());
    }
  }

  /** The width and height are those for which matrix products depended on the memory's start. */
  @Test
  void productsOfTheSameNumbersAreTheSameToTheLastBit() {
    TestRuntime.onLane(
        runtime -> {
          HostTensor left = normal(1, 203, 64);
          HostTensor right = normal(2, 64, 1);
          Set<HostTensor> products = new HashSet<>();
          List<ByteBuffer> others = new ArrayList<>();
          for (int i = 0; i < 50; i++) {
            others.add(ByteBuffer.allocateDirect(1 + 16 * (i % 7)));
            try (NDManager scope = runtime.manager().newSubManager()) {
              NDArray product = left.toArray(scope).matMul(right.toArray(scope));
              products.add(HostTensor.of(product));
            }
          }
          assertEquals(1, products.size());
        });
  }

  private static HostTensor normal(long seed, int rows, int columns) {
    float[] values = new float[rows * columns];
    new RandomNumbers(seed).normal(RandomNumbers.Purpose.DATA, 0, 0, values);
    return new HostTensor(new long[] {rows, columns}, values);
  }
}
