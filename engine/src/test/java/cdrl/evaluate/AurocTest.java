package cdrl.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AurocTest {
  /** Of the 16 pairs 11 are won and 3 are ties: 12.5 / 16. */
  @Test
  void tiesCountHalf() {
    double[] low = {1, 2, 3, 3};
    double[] high = {3, 4, 5, 2};
    assertEquals(12.5 / 16, Auroc.of(low, high), 1e-15);
    assertEquals(3.5 / 16, Auroc.of(high, low), 1e-15);
    assertEquals(0.5, Auroc.of(low, low), 1e-15);
  }

  @Test
  void theEndsAreOneAndZero() {
    assertEquals(1, Auroc.of(new double[] {-1, 0}, new double[] {1, 2, Double.POSITIVE_INFINITY}));
    assertEquals(0, Auroc.of(new double[] {1}, new double[] {0, -5}));
    assertThrows(IllegalArgumentException.class, () -> Auroc.of(new double[0], new double[1]));
    assertThrows(
        IllegalArgumentException.class, () -> Auroc.of(new double[1], new double[] {Double.NaN}));
  }

  @Test
  void everyPairCounts() {
    Random random = new Random(2);
    double[] low = random.ints(40, 0, 9).asDoubleStream().toArray();
    double[] high = random.ints(55, 3, 12).asDoubleStream().toArray();
    double wins = 0;
    for (double a : low) {
      for (double b : high) {
        wins += b > a ? 1 : b == a ? 0.5 : 0;
      }
    }
    assertEquals(wins / (40 * 55), Auroc.of(low, high), 1e-12);
    Interval interval =
        Interval.percentiles(
            40, 55, 200, (first, second) -> Auroc.of(pick(low, first), pick(high, second)));
    double area = Auroc.of(low, high);
    assertTrue(interval.low() < area && area < interval.high(), interval.toString());
    assertTrue(interval.high() - interval.low() < 0.25, interval.toString());
  }

  private static double[] pick(double[] values, int[] indexes) {
    double[] picked = new double[indexes.length];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = values[indexes[i]];
    }
    return picked;
  }
}
