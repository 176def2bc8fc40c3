package cdrl.studio.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PlotAxesTest {
  private static final PlotAxes.Look PLAIN = new PlotAxes.Look(false, false, true);

  private static Axis values(double... y) {
    double[] x = new double[y.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    Curve curve = Curve.of(x, y);
    ChartLine line = new ChartLine("curve", new Ink.Distinct(0), curve, curve, true);
    PlotAxes axes = PlotAxes.of(List.of(line), null, PLAIN);
    assertNotNull(axes);
    return axes.y();
  }

  @Test
  void thereIsALittleRoomAroundTheValues() {
    Axis y = values(2, 4, 3);
    assertEquals(1.88, y.from(), 1e-9);
    assertEquals(4.12, y.to(), 1e-9);
  }

  @Test
  void roundingErrorsAreNoCurve() {
    Axis y = values(5, Math.nextUp(5.0), 5);
    assertEquals(4.5, y.from(), 1e-6);
    assertEquals(5.5, y.to(), 1e-6);
    assertTrue(y.ticks(5).size() > 2);
  }

  @Test
  void zerosAreALevelLine() {
    Axis y = values(0, 0);
    assertTrue(y.from() < 0 && y.to() > 0);
  }
}
