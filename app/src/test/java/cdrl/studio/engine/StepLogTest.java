package cdrl.studio.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.runtime.HostTensor;
import cdrl.sampling.SamplingSettings;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StepLogTest {
  private final StepLog log = log(3, 2, 15);

  private static StepLog log(long itemSize, int count, int steps) {
    return new StepLog(itemSize, new SamplingSettings(count, 1, steps, false, 6));
  }

  @Test
  void theFirstStepComesBackToSixteenBits() {
    float[] values = {-4, 3.9999f, 0, 1e-3f, -0.25f, 2.5f};
    log.add(2, 1, new HostTensor(new long[] {2, 3}, values));
    HostTensor back = log.at(2, 1);
    assertArrayEquals(new long[] {2, 3}, back.shape());
    assertArrayEquals(values, back.values(), 4f / Short.MAX_VALUE / 2 * 1.001f);
    assertEquals(-4, back.values()[0]);
    float[] item = new float[4];
    assertTrue(log.copy(2, 1, 1, item, 1, 3));
    assertArrayEquals(new float[] {0, back.values()[3], back.values()[4], back.values()[5]}, item);
    assertFalse(log.copy(2, 1, 2, item, 1, 3));
  }

  @Test
  void laterStepsComeBackFarBelowWhatAStepChanges() {
    StepLog many = log(1000, 1, 60);
    Random random = new Random(1);
    float[] values = new float[1000];
    for (int step = 1; step < 60; step++) {
      for (int i = 0; i < values.length; i++) {
        values[i] += 0.05f * (float) random.nextGaussian();
      }
      many.add(3, step, new HostTensor(new long[] {1, 1000}, values.clone()));
      assertArrayEquals(
          values, many.at(3, step).values(), 0.3f / Byte.MAX_VALUE / 2, "step " + step);
      float[] item = new float[1000];
      assertTrue(many.copy(3, step, 0, item, 0, 1000));
      assertArrayEquals(many.at(3, step).values(), item);
    }
  }

  @Test
  void whatDoesNotFollowOnTheStepBeforeIsNotKept() {
    HostTensor value = new HostTensor(new long[] {1}, new float[1]);
    log.add(1, 2, value);
    assertNull(log.at(1, 2));
    log.add(1, 1, value);
    log.add(1, 3, value);
    assertNull(log.at(1, 3));
    log.add(1, 2, value);
    assertNotNull(log.at(1, 2));
  }

  @Test
  void nothingButZerosStaysSo() {
    log.add(0, 1, new HostTensor(new long[] {2}, new float[2]));
    assertArrayEquals(new float[2], log.at(0, 1).values());
  }

  @Test
  void onlyWhatWasKeptIsThere() {
    log.add(1, 1, new HostTensor(new long[] {1}, new float[] {1}));
    assertNull(log.at(1, 0));
    assertNull(log.at(1, 2));
    assertNull(log.at(0, 1));
  }

  @Test
  void wheneverAllIsTooMuchSomeStepsOfEveryLevelAreKept() {
    assertEquals(1, log(3 * 32 * 32, 16, 15).stride());
    StepLog many = log(3 * 32 * 32, 128, 15);
    assertEquals(2, many.stride());
    HostTensor images = new HostTensor(new long[] {1}, new float[1]);
    for (int level = 5; level >= 0; level--) {
      for (int step = 1; step < 15; step++) {
        many.add(level, step, images);
      }
    }
    for (int level = 5; level >= 0; level--) {
      assertNull(many.at(level, 13));
      assertNotNull(many.at(level, 14));
    }
    assertEquals(1, log(3 * 32 * 32, 64, 15).stride());
    assertEquals(15, log(1L << 25, 64, 15).stride(), "none between the first and the last");
  }
}
