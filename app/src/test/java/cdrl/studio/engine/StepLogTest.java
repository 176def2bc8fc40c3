package cdrl.studio.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import cdrl.runtime.HostTensor;
import org.junit.jupiter.api.Test;

final class StepLogTest {
  private final StepLog log = new StepLog();

  @Test
  void aStepComesBackToSixteenBits() {
    float[] values = {-4, 3.9999f, 0, 1e-3f, -0.25f, 2.5f};
    log.add(2, new HostTensor(new long[] {2, 3}, values));
    HostTensor back = log.at(2, 1);
    assertArrayEquals(new long[] {2, 3}, back.shape());
    assertArrayEquals(values, back.values(), 4f / Short.MAX_VALUE / 2 * 1.001f);
    assertEquals(-4, back.values()[0]);
  }

  @Test
  void nothingButZerosStaysSo() {
    log.add(0, new HostTensor(new long[] {2}, new float[2]));
    assertArrayEquals(new float[2], log.at(0, 1).values());
  }

  @Test
  void onlyWhatWasKeptIsThere() {
    log.add(1, new HostTensor(new long[] {1}, new float[] {1}));
    assertNull(log.at(1, 0));
    assertNull(log.at(1, 2));
    assertNull(log.at(0, 1));
  }

  @Test
  void memoryHasABound() {
    HostTensor quarter = new HostTensor(new long[] {1, 3 << 20}, new float[3 << 20]);
    for (int step = 0; step < 5; step++) {
      log.add(0, quarter);
    }
    assertEquals(3 << 20, log.at(0, 4).values().length);
    assertNull(log.at(0, 5));
  }
}
