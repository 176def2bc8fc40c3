package cdrl.studio.widgets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class GeometryTest {
  @Test
  void sixteenImagesFormFullRows() {
    GridLayout wide = GridLayout.fit(16, 0, 32, 32, 900, 380, 6, 0, 1, true);
    assertEquals(0, 16 % wide.columns());
    assertTrue(wide.rows() * wide.cellHeight() <= 380);
    GridLayout square = GridLayout.fit(16, 0, 32, 32, 600, 600, 6, 0, 1, true);
    assertEquals(4, square.columns());
  }

  @Test
  void crispPixelsCoverWholeScreenPixels() {
    GridLayout crisp = GridLayout.fit(4, 0, 32, 32, 310, 310, 6, 0, 1, true);
    assertEquals(0, crisp.cellWidth() % 32);
    GridLayout smooth = GridLayout.fit(4, 0, 32, 32, 310, 310, 6, 0, 1, false);
    assertTrue(smooth.cellWidth() > crisp.cellWidth());
    GridLayout dense = GridLayout.fit(4, 0, 32, 32, 310, 310, 6, 0, 1.5, true);
    assertEquals(0, dense.cellWidth() * 1.5 % 32, 1e-9);
  }

  @Test
  void everyCellLiesInsideAndIsFound() {
    for (int count = 1; count <= 64; count++) {
      GridLayout layout = GridLayout.fit(count, 0, 28, 28, 500, 300, 6, 0, 1, count % 2 == 0);
      for (int i = 0; i < count; i++) {
        assertTrue(layout.x(i) >= 0 && layout.x(i) + layout.cellWidth() <= 500.5, "x " + count);
        assertTrue(layout.y(i) >= 0 && layout.y(i) + layout.cellHeight() <= 300.5, "y " + count);
        assertEquals(i, layout.at(layout.x(i) + 1, layout.y(i) + 1, count));
      }
      assertEquals(-1, layout.at(-5, -5, count));
    }
  }

  @Test
  void zoomingKeepsThePointUnderThePointer() {
    PlaneViewport view = PlaneViewport.whole(8).zoom(2, 3, -1, 8);
    assertEquals(4, view.half(), 1e-12);
    // The point (3, −1) was at share (3 + 8) / 16 of the width and still is.
    assertEquals(11 / 16.0, (3 - view.left()) / (2 * view.half()), 1e-12);
    assertEquals(7 / 16.0, (-1 - view.bottom()) / (2 * view.half()), 1e-12);
  }

  @Test
  void theViewNeverLeavesThePlane() {
    PlaneViewport view = PlaneViewport.whole(8).zoom(4, 8, 8, 8).move(100, -100, 8);
    assertEquals(8, view.right(), 1e-12);
    assertEquals(-8, view.bottom(), 1e-12);
    assertEquals(PlaneViewport.whole(8), view.zoom(1e-9, 0, 0, 8));
    assertTrue(view.zoom(1e9, 0, 0, 8).half() > 0.01);
  }

  @Test
  void ticksAreRound() {
    assertEquals(2, Ticks.step(16, 8), 1e-12);
    assertEquals(0.05, Ticks.step(0.4, 8), 1e-12);
    assertEquals(List.of(-4.0, -2.0, 0.0, 2.0), Ticks.multiples(-5, 3.5, 2));
    assertEquals(0, Ticks.decimals(2));
    assertEquals(1, Ticks.decimals(0.5));
    assertEquals(2, Ticks.decimals(0.05));
    assertEquals(1, Ticks.decimals(0.1));
  }
}
