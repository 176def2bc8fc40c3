package cdrl.studio.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CurveTest {
  private static final double NAN = Double.NaN;

  @Test
  void missingValuesAndStepsBackAreLeftOut() {
    Curve curve = Curve.of(new double[] {1, 2, 3, 3, 2, 5}, new double[] {1, NAN, 3, 4, 5, 6});
    assertEquals(3, curve.size());
    assertEquals(3, curve.x(1));
    assertEquals(3, curve.y(1));
    assertEquals(6, curve.y(2));
  }

  @Test
  void theNearestPoint() {
    Curve curve = Curve.of(new double[] {1, 2, 4}, new double[] {0, 0, 0});
    assertEquals(0, curve.nearest(-7));
    assertEquals(1, curve.nearest(2.9));
    assertEquals(2, curve.nearest(3.1));
    assertEquals(2, curve.nearest(99));
    assertEquals(-1, Curve.EMPTY.nearest(0));
  }

  @Test
  void smoothingIsAMeanOfThePast() {
    Curve constant = Curve.of(new double[] {1, 2, 3}, new double[] {5, 5, 5});
    Curve smooth = constant.smoothed(0.9);
    for (int i = 0; i < 3; i++) {
      assertEquals(5, smooth.y(i), 1e-12, "the start at nothing is corrected for");
    }
    Curve step = Curve.of(new double[] {1, 2}, new double[] {0, 1});
    assertEquals(2 / 3.0, step.smoothed(0.5).y(1), 1e-12);
    assertSame(step, step.smoothed(0));
  }

  @Test
  void extremesOfAPartAreThoseOfItsPoints() {
    Random random = new Random(3);
    double[] x = new double[101];
    double[] y = new double[101];
    for (int i = 0; i < x.length; i++) {
      x[i] = i == 0 ? 0 : x[i - 1] + 0.1 + random.nextDouble();
      y[i] = random.nextGaussian();
    }
    Curve curve = Curve.of(x, y);
    for (int round = 0; round < 300; round++) {
      int from = random.nextInt(101);
      int end = from + 1 + random.nextInt(101 - from);
      double[] part = Arrays.copyOfRange(y, from, end);
      assertEquals(Arrays.stream(part).min().orElseThrow(), curve.least(from, end));
      assertEquals(Arrays.stream(part).max().orElseThrow(), curve.most(from, end));
      double place = 70 * random.nextDouble() - 1;
      int beyond = from;
      while (beyond < x.length && x[beyond] <= place) {
        beyond++;
      }
      assertEquals(beyond, curve.firstBeyond(from, place));
    }
    assertEquals(101, curve.firstBeyond(0, x[100]));
    assertEquals(101, curve.firstBeyond(101, 5));
  }
}
