package cdrl.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

final class PlaneGridTest {
  @Test
  void cellsGoRowByRowFromTheLowest() {
    assertArrayEquals(
        new float[] {-1, -3, 3, -3, -1, 1, 3, 1}, new PlaneGrid(2, 1, -1, 4).points());
  }
}
