package cdrl.studio.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AxisTest {
  @Test
  void positionsAndValuesAreInverse() {
    for (Axis axis : List.of(new Axis(-3, 5, false), new Axis(0.01, 1000, true))) {
      for (double position = 0; position <= 1; position += 0.125) {
        assertEquals(position, axis.position(axis.value(position)), 1e-12);
      }
    }
    assertEquals(10, new Axis(1, 100, true).value(0.5), 1e-9);
  }

  @Test
  void anImpossibleRangeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Axis(1, 1, false));
    assertThrows(IllegalArgumentException.class, () -> new Axis(0, 1, true));
    assertThrows(IllegalArgumentException.class, () -> new Axis(0, Double.NaN, false));
  }

  @Test
  void ticksAreRoundAndWithin() {
    assertEquals(List.of(0.0, 5.0, 10.0), new Axis(-1, 11, false).ticks(3));
    assertEquals(List.of(1.0, 10.0, 100.0, 1000.0), new Axis(0.9, 1100, true).ticks(4));
    assertEquals(List.of(15.0, 20.0, 25.0), new Axis(14, 26, false).ticks(2), "one is too few");
    for (double tick : new Axis(3, 50, true).ticks(6)) {
      assertTrue(tick >= 3 && tick <= 50, "" + tick);
    }
    assertFalse(new Axis(2, 2.5, true).ticks(4).isEmpty(), "less than a decade");
  }

  @Test
  void zoomingKeepsThePlaceUnderThePointer() {
    Axis whole = new Axis(0, 100, false);
    Axis zoomed = whole.zoomed(2, 25, whole);
    assertEquals(0.25, zoomed.position(25), 1e-12);
    assertEquals(50, zoomed.to() - zoomed.from(), 1e-9);
    assertEquals(whole, zoomed.zoomed(0.1, 25, whole), "never beyond the whole");
  }

  @Test
  void movingStopsAtTheEnds() {
    Axis whole = new Axis(0, 100, false);
    Axis part = new Axis(40, 60, false);
    assertEquals(new Axis(50, 70, false), part.moved(0.5, whole));
    Axis right = part.moved(100, whole);
    assertEquals(100, right.to(), 1e-9);
    assertEquals(20, right.to() - right.from(), 1e-9);
    Axis left = part.moved(-100, whole);
    assertEquals(0, left.from(), 1e-9);
  }

  @Test
  void ticksWithinADecadeAreEvenAlsoOnALogarithmicAxis() {
    assertTrue(new Axis(0.8, 1.7, true).hasEvenTicks());
    assertEquals(List.of(1.0, 1.5), new Axis(0.8, 1.7, true).ticks(2));
    assertFalse(new Axis(0.01, 10, true).hasEvenTicks());
    assertTrue(new Axis(-3, 1000, false).hasEvenTicks());
  }
}
