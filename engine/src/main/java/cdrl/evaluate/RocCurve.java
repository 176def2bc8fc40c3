package cdrl.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The receiver operating characteristic of a score. For every bound, images whose score is above it
 * are taken for others.
 *
 * @param points from (0, 0) to (1, 1), neither coordinate ever falls
 */
public record RocCurve(List<Point> points) {
  /**
   * What a bound does.
   *
   * @param falseAlarms the share of the model's own kind that is taken for others, 0 to 1
   * @param hits the share of the others that is, 0 to 1
   */
  public record Point(double falseAlarms, double hits) {}

  /** Keeps a copy. */
  public RocCurve {
    points = List.copyOf(points);
  }

  /**
   * The curve of two sets of scores; equal scores of both make it slant. The area below it is
   * {@link Auroc}.
   *
   * @param low scores of the model's own kind, at least one and no NaN
   * @param high scores of others, at least one and no NaN
   */
  public static RocCurve of(double[] low, double[] high) {
    double[] own = low.clone();
    double[] others = high.clone();
    Arrays.sort(own);
    Arrays.sort(others);
    if (own.length == 0
        || others.length == 0
        || Double.isNaN(own[own.length - 1])
        || Double.isNaN(others[others.length - 1])) {
      throw new IllegalArgumentException("a curve needs scores of both kinds, all of them numbers");
    }
    List<Point> points = new ArrayList<>();
    points.add(new Point(0, 0));
    int i = own.length;
    int j = others.length;
    while (i > 0 || j > 0) {
      double bound =
          Math.max(
              i > 0 ? own[i - 1] : Double.NEGATIVE_INFINITY,
              j > 0 ? others[j - 1] : Double.NEGATIVE_INFINITY);
      while (i > 0 && own[i - 1] >= bound) {
        i--;
      }
      while (j > 0 && others[j - 1] >= bound) {
        j--;
      }
      points.add(new Point(1 - (double) i / own.length, 1 - (double) j / others.length));
    }
    return new RocCurve(points);
  }
}
