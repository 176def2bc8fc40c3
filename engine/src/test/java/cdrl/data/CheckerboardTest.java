package cdrl.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CheckerboardTest {

  @Test
  void pointsLieInsideAndFillEverySquareEvenly() {
    PointDataSet points = Checkerboard.points(80_000, 7);
    int[] counts = new int[16];
    for (int i = 0; i < points.size(); i++) {
      assertTrue(Checkerboard.contains(points.x(i), points.y(i)), points.x(i) + " " + points.y(i));
      counts[(int) Math.floor(points.x(i) / 4 + 2) * 4 + (int) Math.floor(points.y(i) / 4 + 2)]++;
    }
    for (int column = 0; column < 4; column++) {
      for (int row = 0; row < 4; row++) {
        int expected = (column + row) % 2 == 0 ? 10_000 : 0;
        assertEquals(expected, counts[column * 4 + row], 500, column + " " + row);
      }
    }
  }

  @Test
  void theDensityIntegratesToOne() {
    double sum = 0;
    for (int i = 0; i < 400; i++) {
      for (int j = 0; j < 400; j++) {
        sum += Checkerboard.density(-10 + (i + 0.5) / 20, -10 + (j + 0.5) / 20) / 400;
      }
    }
    assertEquals(1, sum, 1e-9);
    assertEquals(0, Checkerboard.density(Double.NaN, 0));
    assertEquals(0, Checkerboard.density(8.1, 8.1));
  }

  @Test
  void theSeedDecides() {
    String one = Checkerboard.points(100, 1).fingerprint();
    assertEquals(one, Checkerboard.points(100, 1).fingerprint());
    assertNotEquals(one, Checkerboard.points(100, 2).fingerprint());
  }
}
