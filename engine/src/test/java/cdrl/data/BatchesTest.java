package cdrl.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.runtime.HostTensor;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60) // a queue that fails to wake up must not hang the build
class BatchesTest {

  /** Item i has value i in its left pixel and 255 in its right one. */
  private static ImageDataSet numbered(int count) {
    byte[] pixels = new byte[count * 4];
    for (int i = 0; i < count; i++) {
      pixels[4 * i] = (byte) i;
      pixels[4 * i + 1] = (byte) 255;
    }
    return ImageDataSet.of(2, 1, pixels, "numbered");
  }

  @Test
  void everyEpochHoldsEveryItemOnceInAnotherOrder() {
    Batches batches = new Batches(numbered(10), 4, false, 5);
    int[] drawn =
        IntStream.range(0, 15).flatMap(i -> Arrays.stream(batches.batch(i).indexes())).toArray();
    assertEquals(60, drawn.length);
    int[][] epochs = new int[6][];
    for (int epoch = 0; epoch < 6; epoch++) {
      epochs[epoch] = Arrays.copyOfRange(drawn, 10 * epoch, 10 * epoch + 10);
      int[] sorted = epochs[epoch].clone();
      Arrays.sort(sorted);
      assertArrayEquals(IntStream.range(0, 10).toArray(), sorted);
    }
    assertFalse(Arrays.equals(epochs[0], epochs[1]));
    assertFalse(Arrays.equals(epochs[1], epochs[2]));
  }

  @Test
  void everyOrderIsEquallyLikely() {
    int[] counts = new int[9];
    Batches batches = new Batches(numbered(3), 3, false, 1);
    for (int i = 0; i < 6000; i++) {
      int[] order = batches.batch(i).indexes();
      counts[order[0] * 3 + order[1]]++;
    }
    for (int first = 0; first < 3; first++) {
      for (int second = 0; second < 3; second++) {
        assertEquals(first == second ? 0 : 1000, counts[first * 3 + second], 150);
      }
    }
  }

  @Test
  void aBatchDependsOnSeedAndNumberAlone() {
    ImageDataSet data = numbered(50);
    Batches one = new Batches(data, 8, true, 99);
    Batches other = new Batches(data, 8, true, 99);
    Batch late = one.batch(1_000_003);
    for (int i = 0; i < 5; i++) {
      other.batch(i);
    }
    assertEquals(late.items(), other.batch(1_000_003).items());
    assertArrayEquals(late.indexes(), other.batch(1_000_003).indexes());
    assertFalse(
        Arrays.equals(late.indexes(), new Batches(data, 8, true, 98).batch(1_000_003).indexes()));
  }

  @Test
  void itemsMatchTheirIndexesAndHalfOfThemAreFlipped() {
    ImageDataSet data = numbered(100);
    Batches batches = new Batches(data, 50, true, 3);
    int flipped = 0;
    for (int i = 0; i < 40; i++) {
      Batch batch = batches.batch(i);
      assertArrayEquals(new long[] {50, 1, 2, 2}, batch.items().shape());
      for (int k = 0; k < 50; k++) {
        HostTensor item = batch.items().get(k);
        float own = PixelValues.toValue(batch.indexes()[k]);
        boolean mirrored = item.values()[0] == 1;
        assertEquals(own, item.values()[mirrored ? 1 : 0]);
        flipped += mirrored ? 1 : 0;
      }
    }
    assertEquals(1000, flipped, 100);
    Batch plain = new Batches(data, 50, false, 3).batch(0);
    for (int k = 0; k < 50; k++) {
      assertEquals(1, plain.items().get(k).values()[1]);
    }
  }

  @Test
  void labelsComeAlongAndABatchMayExceedTheData() {
    ImageDataSet.Builder builder = new ImageDataSet.Builder(1, 1);
    builder.classNames(java.util.List.of("a", "b", "c"));
    for (int i = 0; i < 3; i++) {
      builder.add(new byte[] {(byte) i}, 3 - i);
    }
    Batch batch = new Batches(builder.build("three"), 7, false, 0).batch(4);
    for (int k = 0; k < 7; k++) {
      assertEquals(3 - batch.indexes()[k], batch.labels()[k]);
    }
  }

  @Test
  void pointsAreBatchedToo() {
    PointDataSet points = Checkerboard.points(1000, 1);
    Batch batch = new Batches(points, 64, false, 1).batch(3);
    assertArrayEquals(new long[] {64, 2}, batch.items().shape());
    for (int k = 0; k < 64; k++) {
      assertEquals(points.x(batch.indexes()[k]), batch.items().values()[2 * k]);
      assertEquals(points.y(batch.indexes()[k]), batch.items().values()[2 * k + 1]);
    }
  }

  @Test
  void theQueueHandsOutTheSameBatchesInOrderFromAnyNumber() {
    Batches batches = new Batches(numbered(20), 6, true, 4);
    try (BatchQueue queue = new BatchQueue(batches, 17, 3)) {
      for (int i = 17; i < 60; i++) {
        Batch expected = batches.batch(i);
        Batch got = queue.next();
        assertEquals(expected.items(), got.items());
        assertArrayEquals(expected.indexes(), got.indexes());
      }
    }
  }

  @Test
  void aClosedQueueSaysSoInsteadOfWaiting() {
    BatchQueue queue = new BatchQueue(new Batches(numbered(20), 6, true, 4), 0, 2);
    queue.close();
    assertThrows(IllegalStateException.class, queue::next);
    assertThrows(IllegalStateException.class, queue::next);
  }

  @Test
  void aFailureReachesTheConsumer() {
    // Numbers beyond the range of long cannot be batch positions.
    try (BatchQueue queue =
        new BatchQueue(new Batches(numbered(20), 6, true, 4), Long.MAX_VALUE / 2, 2)) {
      IllegalStateException failure = assertThrows(IllegalStateException.class, queue::next);
      assertTrue(failure.getCause() instanceof ArithmeticException);
      assertThrows(IllegalStateException.class, queue::next);
    }
  }

  @Test
  void anInterruptedConsumerIsCancelled() {
    try (BatchQueue queue = new BatchQueue(new Batches(numbered(20), 6, true, 4), 0, 2)) {
      Thread.currentThread().interrupt();
      assertThrows(CancellationException.class, queue::next);
      assertTrue(Thread.interrupted());
    }
  }
}
