package cdrl.studio.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class CurvePainterTest {
  private static final Axis UNIT = new Axis(0, 1, false);

  private static int alpha(CurvePainter painter, int x, int y) {
    return painter.pixels()[y * painter.width() + x] >>> 24;
  }

  @Test
  void aStraightLineIsWhereItBelongs() {
    CurvePainter painter = new CurvePainter(40, 20);
    Curve curve = Curve.of(new double[] {0, 1}, new double[] {0.5, 0.5});
    painter.draw(curve, UNIT, UNIT, 0xFF0000, 1, 1);
    for (int x = 2; x < 38; x++) {
      assertEquals(255, alpha(painter, x, 9), 1);
      assertEquals(255, alpha(painter, x, 10), 1);
      assertEquals(0, alpha(painter, x, 7));
      assertEquals(0, alpha(painter, x, 12));
    }
    assertEquals(0xFFFF0000, painter.pixels()[10 * 40 + 20]);
    painter.clear();
    assertEquals(0, alpha(painter, 20, 10));
  }

  @Test
  void everySpikeOfALongCurveIsSeen() {
    int points = 100_000;
    double[] x = new double[points];
    double[] y = new double[points];
    for (int i = 0; i < points; i++) {
      x[i] = (double) i / (points - 1);
      y[i] = 0.2;
    }
    y[50_000] = 0.9; // a single point among thousands for each pixel
    CurvePainter painter = new CurvePainter(50, 100);
    painter.draw(Curve.of(x, y), UNIT, UNIT, 0, 1, 0.8);
    int peak = 0;
    for (int column = 23; column <= 27; column++) {
      peak = Math.max(peak, alpha(painter, column, 11));
    }
    assertTrue(peak > 60, "the spike reaches up to 0.9: " + peak);
    assertEquals(0, alpha(painter, 10, 11));
  }

  @Test
  void aFewPointsAreJoinedByStraightLines() {
    CurvePainter painter = new CurvePainter(100, 100);
    Curve curve = Curve.of(new double[] {0, 1}, new double[] {0, 1});
    painter.draw(curve, UNIT, UNIT, 0, 1, 1);
    for (int i = 5; i < 95; i++) {
      assertTrue(alpha(painter, i, 99 - i) > 200, "on the diagonal at " + i);
      assertEquals(0, alpha(painter, i, Math.max(0, 99 - i - 5)), "above it at " + i);
    }
  }

  @Test
  void aPartOfACurveGoesOnBeyondTheEdge() {
    CurvePainter painter = new CurvePainter(30, 30);
    Curve curve = Curve.of(new double[] {0, 100}, new double[] {0.5, 0.5});
    painter.draw(curve, new Axis(40, 41, false), UNIT, 0, 1, 1);
    assertTrue(alpha(painter, 0, 15) > 200);
    assertTrue(alpha(painter, 29, 15) > 200);
  }

  @Test
  void onALogarithmicAxisOnlyWhatIsAboveZeroIsDrawn() {
    CurvePainter painter = new CurvePainter(30, 30);
    Curve curve = Curve.of(new double[] {-1, 0, 1, 10, 100}, new double[] {10, 10, 10, -5, 10});
    painter.draw(curve, new Axis(1, 100, true), new Axis(1, 100, true), 0, 1, 1);
    assertEquals(0, alpha(painter, 15, 15), "nothing at the value below zero");
    assertTrue(alpha(painter, 0, 15) > 0);
  }

  @Test
  void aSinglePointIsADot() {
    CurvePainter painter = new CurvePainter(30, 30);
    painter.draw(Curve.of(new double[] {0.5}, new double[] {0.5}), UNIT, UNIT, 0, 1, 2);
    assertTrue(alpha(painter, 14, 15) > 100 || alpha(painter, 15, 15) > 100);
    assertEquals(0, alpha(painter, 5, 15));
  }
}
