package cdrl.data;

import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** The distributions in the plane that come with the program. */
public enum PlaneShape implements PlaneDistribution {
  /** Eight squares of a chessboard. */
  CHECKERBOARD(0, place -> new double[2]) {
    @Override
    public PointDataSet points(int count, long seed) {
      return Checkerboard.points(count, seed);
    }

    @Override
    public double density(double x, double y) {
      return Checkerboard.density(x, y);
    }
  },
  /** Three rings around each other, each with a third of the points. */
  RINGS(
      0.25,
      place -> {
        int ring = (int) (3 * place);
        return onCircle(2 + 2.5 * ring, 2 * Math.PI * (3 * place - ring));
      }),
  /** Two half circles that reach into each other. */
  MOONS(
      0.4,
      place -> {
        boolean upper = place < 0.5;
        double[] point = onCircle(5, Math.PI * 2 * (upper ? place : place - 0.5));
        return upper
            ? new double[] {point[0] - 2.5, point[1] - 1.25}
            : new double[] {2.5 - point[0], 1.25 - point[1]};
      }),
  /** Two arms that wind around each other, evenly filled. */
  SPIRALS(
      0.25,
      place -> {
        boolean first = place < 0.5;
        double along = Math.sqrt(2 * (first ? place : place - 0.5));
        return onCircle(0.8 + 6 * along, 3 * Math.PI * along + (first ? 0 : Math.PI));
      }),
  /** Eight normal distributions on a circle. */
  MIXTURE(0.5, place -> onCircle(6, 2 * Math.PI * (int) (8 * place) / 8));

  private static final int NODES = 2048;

  private final double spread;
  private final DoubleFunction<double[]> curve;

  /**
   * @param spread the standard deviation of the normal noise around the curve
   * @param curve the point of the curve at a place uniform in [0, 1)
   */
  PlaneShape(double spread, DoubleFunction<double[]> curve) {
    this.spread = spread;
    this.curve = curve;
  }

  private static double[] onCircle(double radius, double angle) {
    return new double[] {radius * Math.cos(angle), radius * Math.sin(angle)};
  }

  @Override
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public PointDataSet points(int count, long seed) {
    RandomNumbers random = new RandomNumbers(seed);
    float[] coordinates = new float[2 * count];
    double[] place = new double[1];
    float[] noise = new float[2];
    for (int i = 0; i < count; i++) {
      random.uniform(Purpose.DATA, i, 0, place);
      random.normal(Purpose.DATA, i, 4, noise);
      double[] point = curve.apply(place[0]);
      coordinates[2 * i] = (float) (point[0] + spread * noise[0]);
      coordinates[2 * i + 1] = (float) (point[1] + spread * noise[1]);
    }
    return new PointDataSet(coordinates, title() + ", " + count + " points, seed " + seed);
  }

  /** The mean of normal densities around the curve, at 2048 places of it. */
  @Override
  public double density(double x, double y) {
    double sum = 0;
    for (int node = 0; node < NODES; node++) {
      double[] point = curve.apply((node + 0.5) / NODES);
      double dx = x - point[0];
      double dy = y - point[1];
      sum += Math.exp(-(dx * dx + dy * dy) / (2 * spread * spread));
    }
    return sum / NODES / (2 * Math.PI * spread * spread);
  }
}
