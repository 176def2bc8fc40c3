package cdrl.studio.widgets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class TicksTest {
  @Test
  void bothEndsAreMultiplesToo() {
    assertEquals(List.of(-1.0, -0.5, 0.0, 0.5), Ticks.multiples(-1, 0.5, 0.5));
    assertEquals(List.of(3.0), Ticks.multiples(2.5, 3.9, 1));
    assertEquals(List.of(), Ticks.multiples(2.1, 2.9, 1));
  }

  @Test
  void aRangeOfNeighbouringNumbersHasAnEnd() {
    for (double from : new double[] {1.234567, -1.234567, 7e20, 3e-300}) {
      double to = Math.nextUp(from);
      assertTrue(Ticks.multiples(from, to, Ticks.step(to - from, 5)).size() < 20, "" + from);
    }
  }
}
