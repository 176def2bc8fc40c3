package cdrl.data;

import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

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

    @Override
    double[] densities() {
      double[] densities = new double[SIDE * SIDE];
      for (int i = 0; i < densities.length; i++) {
        densities[i] = density(middle(i % SIDE), -middle(i / SIDE));
      }
      return densities;
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

  /** Pixels per side of the picture of a shape. */
  private static final int SIDE = PaintedDensity.SIDE;

  /**
   * Squared distance, in units of the noise's variance, from where on a node counts for nothing.
   */
  private static final double FARTHEST = 80;

  private final double spread;
  private final DoubleFunction<double[]> curve;
  private final double[][] nodes = new double[NODES][];
  private volatile float @Nullable [] brightness;

  /**
   * @param spread the standard deviation of the normal noise around the curve
   * @param curve the point of the curve at a place uniform in [0, 1)
   */
  PlaneShape(double spread, DoubleFunction<double[]> curve) {
    this.spread = spread;
    this.curve = curve;
    for (int node = 0; node < NODES; node++) {
      nodes[node] = curve.apply((node + 0.5) / NODES);
    }
  }

  /**
   * The shape that a data set's {@linkplain DataSet#description description} speaks of, if it was
   * drawn from one.
   */
  public static Optional<PlaneShape> of(String description) {
    return Arrays.stream(values())
        .filter(
            shape -> description.toLowerCase(Locale.ROOT).split(",", 2)[0].equals(shape.title()))
        .findFirst();
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
    double farthest = FARTHEST * spread * spread;
    for (double[] point : nodes) {
      double dx = x - point[0];
      double dy = y - point[1];
      double square = dx * dx + dy * dy;
      if (square < farthest) {
        sum += Math.exp(-square / (2 * spread * spread));
      }
    }
    return sum / NODES / (2 * Math.PI * spread * spread);
  }

  /** How bright every place is in a picture of the shape, the densest place being white. */
  float[] brightness() {
    float[] known = brightness;
    if (known == null) {
      known = paint();
      brightness = known;
    }
    return known.clone();
  }

  private float[] paint() {
    double[] densities = densities();
    double most = Arrays.stream(densities).max().orElseThrow();
    float[] painted = PaintedDensity.dark();
    for (int i = 0; i < densities.length; i++) {
      painted[i] = (float) (densities[i] / most);
    }
    return painted;
  }

  /**
   * What {@link #density} is in proportion to at the middle of every pixel. A normal density is the
   * product of one along x and one along y, so that a place of the curve takes two rows of
   * exponentials rather than a square full of them.
   */
  double[] densities() {
    double[] densities = new double[SIDE * SIDE];
    double farthest = FARTHEST * spread * spread;
    double reach = Math.sqrt(farthest);
    double[] squares = new double[SIDE];
    double[] bells = new double[SIDE];
    for (double[] point : nodes) {
      int left = pixel(point[0] - reach);
      int right = pixel(point[0] + reach);
      for (int column = left; column <= right; column++) {
        double dx = middle(column) - point[0];
        squares[column] = dx * dx;
        bells[column] = Math.exp(-squares[column] / (2 * spread * spread));
      }
      int bottom = pixel(reach - point[1]);
      for (int row = pixel(-point[1] - reach); row <= bottom; row++) {
        double dy = -middle(row) - point[1];
        double bell = Math.exp(-dy * dy / (2 * spread * spread));
        for (int column = left; column <= right; column++) {
          if (squares[column] + dy * dy < farthest) {
            densities[row * SIDE + column] += bell * bells[column];
          }
        }
      }
    }
    return densities;
  }

  /** The coordinate of the middle of a pixel. */
  private static double middle(int pixel) {
    return (pixel + 0.5) * (2 * PaintedDensity.EXTENT / SIDE) - PaintedDensity.EXTENT;
  }

  /** The pixel at a coordinate, or the one nearest to it. */
  private static int pixel(double coordinate) {
    double place = (coordinate + PaintedDensity.EXTENT) / (2 * PaintedDensity.EXTENT) * SIDE;
    return (int) Math.max(0, Math.min(SIDE - 1, Math.floor(place)));
  }
}
