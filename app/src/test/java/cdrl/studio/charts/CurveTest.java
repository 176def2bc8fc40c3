package cdrl.studio.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

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
}
