package cdrl.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlaneDistributionTest {
  private static final int CELLS = 32;
  private static final int POINTS = 20_000;

  @TempDir Path folder;

  /** The share of points in every cell against the density in it. */
  private static void checkDensity(PlaneDistribution distribution) {
    PointDataSet points = distribution.points(POINTS, 5);
    double[] shares = new double[CELLS * CELLS];
    for (int i = 0; i < points.size(); i++) {
      int column = (int) Math.floor((points.x(i) + 8) / 16 * CELLS);
      int row = (int) Math.floor((points.y(i) + 8) / 16 * CELLS);
      if (column >= 0 && column < CELLS && row >= 0 && row < CELLS) {
        shares[row * CELLS + column] += 1.0 / POINTS;
      }
    }
    double cell = 16.0 / CELLS;
    double apart = 0;
    double total = 0;
    for (int i = 0; i < shares.length; i++) {
      double mass = 0;
      for (int part = 0; part < 16; part++) {
        double x = -8 + cell * (i % CELLS + (part % 4 + 0.5) / 4);
        double y = -8 + cell * (i / CELLS + (part / 4 + 0.5) / 4);
        mass += distribution.density(x, y) * cell * cell / 16;
      }
      total += mass;
      apart += Math.abs(mass - shares[i]) / 2;
    }
    assertEquals(1, total, 0.02, "the density integrates to 1");
    assertTrue(apart < 0.08, "total variation " + apart);
  }

  @ParameterizedTest
  @EnumSource
  void pointsFollowTheDensity(PlaneShape shape) {
    checkDensity(shape);
    assertArrayEquals(coordinates(shape, 3), coordinates(shape, 3));
    assertTrue(!Arrays.equals(coordinates(shape, 3), coordinates(shape, 4)));
  }

  private static float[] coordinates(PlaneShape shape, long seed) {
    float[] values = new float[20];
    PointDataSet points = shape.points(10, seed);
    for (int i = 0; i < 10; i++) {
      points.fill(i, false, values, 2 * i);
    }
    return values;
  }

  /** A bright block in the upper right quarter, half as bright a block in the lower left one. */
  @Test
  void picturesAreDensities() {
    float[] values = new float[64];
    Arrays.fill(values, -1);
    values[1 * 8 + 6] = 1;
    values[6 * 8 + 1] = 0;
    Path file = folder.resolve("painted.png");
    Pictures.write(file, new HostTensor(new long[] {1, 8, 8}, values), Map.of());
    PaintedDensity painted = PaintedDensity.read(file);
    checkDensity(painted);
    PointDataSet points = painted.points(3000, 1);
    int upper = 0;
    for (int i = 0; i < points.size(); i++) {
      upper += points.x(i) > 0 && points.y(i) > 0 ? 1 : 0;
    }
    assertEquals(2 / 3.0, upper / 3000.0, 0.04);
    Arrays.fill(values, -1);
    Pictures.write(file, new HostTensor(new long[] {1, 8, 8}, values), Map.of());
    assertTrue(
        assertThrows(CdrlException.class, () -> PaintedDensity.read(file))
            .getMessage()
            .contains("black all over"));
  }

  @Test
  void pointsComeFromTextFiles() throws IOException {
    Path file = folder.resolve("points.csv");
    Files.writeString(file, "x,y\n1,2\n-0.5,3e-1\n\n4; 5\n");
    PointDataSet points = PointFile.read(file, 100);
    assertEquals(3, points.size());
    assertEquals(-0.5f, points.x(1));
    assertEquals(5f, points.y(2));
    assertEquals(1, PointFile.read(file, 1).size());
    Files.writeString(file, "x,y\n1,2\n3\n");
    assertTrue(failure(file).contains("line 3"), failure(file));
    Files.writeString(file, "x,y\n1,NaN\n");
    assertTrue(failure(file).contains("line 2"), failure(file));
    Files.writeString(file, "x,y\n");
    assertTrue(failure(file).contains("no points"), failure(file));
    assertTrue(failure(folder.resolve("none.csv")).contains("no file"));
  }

  private static String failure(Path file) {
    return assertThrows(CdrlException.class, () -> PointFile.read(file, 9)).getMessage();
  }
}
