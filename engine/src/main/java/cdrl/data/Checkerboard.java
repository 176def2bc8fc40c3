package cdrl.data;

import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;

/**
 * The uniform distribution over eight squares of side 4 in the square [−8, 8]², laid out like the
 * fields of one colour of a chessboard of 4 × 4 fields.
 */
public final class Checkerboard {
  private static final double HALF = 8;
  private static final double SIDE = 4;
  private static final double DENSITY = 1 / (8 * SIDE * SIDE);

  private Checkerboard() {}

  /**
   * Draws points.
   *
   * @param count how many, at least 1
   * @param seed the same seed gives the same points everywhere
   */
  public static PointDataSet points(int count, long seed) {
    RandomNumbers random = new RandomNumbers(seed);
    float[] coordinates = new float[2 * count];
    double[] uniform = new double[3];
    for (int i = 0; i < count; i++) {
      random.uniform(Purpose.DATA, i, 0, uniform);
      double u = 4 * uniform[0] - 2;
      double v = uniform[1] - (uniform[2] < 0.5 ? 2 : 0);
      coordinates[2 * i] = inside(SIDE * u);
      coordinates[2 * i + 1] = inside(SIDE * (v + Math.floorMod((int) Math.floor(u), 2)));
    }
    return new PointDataSet(coordinates, "checkerboard, " + count + " points, seed " + seed);
  }

  /** Rounding to float must not carry a point over the upper edge of its square. */
  private static float inside(double coordinate) {
    float rounded = (float) coordinate;
    boolean crossed = Math.floor(rounded / SIDE) > Math.floor(coordinate / SIDE);
    return crossed ? Math.nextDown(rounded) : rounded;
  }

  /** Whether the density at a point is positive. */
  public static boolean contains(double x, double y) {
    if (!(x >= -HALF && x < HALF && y >= -HALF && y < HALF)) {
      return false;
    }
    int column = (int) Math.floor(x / SIDE);
    int row = (int) Math.floor(y / SIDE);
    return Math.floorMod(column + row, 2) == 0;
  }

  /** The probability density at a point: 1/128 on the squares and 0 elsewhere. */
  public static double density(double x, double y) {
    return contains(x, y) ? DENSITY : 0;
  }
}
