package cdrl.data;

/** A distribution in the plane whose density is known, within [−8, 8]² but for its tails. */
public interface PlaneDistribution {
  /** What to call it. */
  String title();

  /**
   * Draws points.
   *
   * @param count how many, at least 1
   * @param seed the same seed gives the same points everywhere
   */
  PointDataSet points(int count, long seed);

  /** The probability density at a point. */
  double density(double x, double y);
}
