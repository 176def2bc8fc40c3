package cdrl.studio.charts;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The axes of some curves.
 *
 * @param whole the horizontal axis from the first point of all curves to the last
 * @param x the part of it that is seen
 * @param y the values of what is seen, with a little room around
 */
record PlotAxes(Axis whole, Axis x, Axis y) {
  private static final double PAD = 0.06;

  /** Values that differ by no more than this share of their size are shown as a level line. */
  private static final double LEVEL = 1e-5;

  /** Without outliers, this share of the values at either end need not be seen. */
  private static final double OUTLIERS = 0.05;

  private static final int PROBES = 500;

  /**
   * How values are shown.
   *
   * @param logX whether the horizontal axis is logarithmic
   * @param logY whether the vertical one is
   * @param outliers whether all values are seen
   */
  record Look(boolean logX, boolean logY, boolean outliers) {}

  /**
   * Fits axes to curves; null where nothing can be shown.
   *
   * @param wanted the part of the horizontal axis that a person wants to see; null for all of it
   */
  static @Nullable PlotAxes of(List<ChartLine> lines, @Nullable Axis wanted, Look look) {
    Axis whole = whole(lines, look.logX());
    if (whole == null) {
      return null;
    }
    Axis x = within(wanted, whole);
    Axis y = fitted(lines, x, look);
    return y == null ? null : new PlotAxes(whole, x, y);
  }

  private static Axis within(@Nullable Axis wanted, Axis whole) {
    if (wanted == null || wanted.to() <= whole.from() || wanted.from() >= whole.to()) {
      return whole;
    }
    return new Axis(
        Math.max(wanted.from(), whole.from()),
        Math.min(wanted.to(), whole.to()),
        whole.logarithmic());
  }

  private static @Nullable Axis whole(List<ChartLine> lines, boolean log) {
    double from = Double.POSITIVE_INFINITY;
    double to = Double.NEGATIVE_INFINITY;
    for (ChartLine line : lines) {
      Curve curve = line.raw();
      int first = log ? curve.firstFrom(Double.MIN_NORMAL) : 0;
      if (first < curve.size()) {
        from = Math.min(from, curve.x(first));
        to = Math.max(to, curve.x(curve.size() - 1));
      }
    }
    if (from > to) {
      return null;
    }
    if (from == to) {
      return log ? new Axis(from / 2, from * 2, true) : new Axis(from - 1, from + 1, false);
    }
    return new Axis(from, to, log);
  }

  private static @Nullable Axis fitted(List<ChartLine> lines, Axis x, Look look) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    boolean log = look.logY();
    for (ChartLine line : lines) {
      for (Curve curve : List.of(line.smooth(), line.raw())) {
        double[] range = look.outliers() ? extremes(curve, x, log) : usual(curve, x, log);
        least = Math.min(least, range[0]);
        most = Math.max(most, range[1]);
        if (curve.equals(line.raw())) {
          break; // nothing is smoothed
        }
      }
    }
    if (least > most) {
      return null;
    }
    if (log) {
      double ratio = Math.max(1.05, Math.pow(most / least, PAD));
      return new Axis(least / ratio, most * ratio, true);
    }
    double size = Math.max(Math.abs(least), Math.abs(most));
    double room = most - least > LEVEL * size ? PAD * (most - least) : Math.max(1e-12, 0.1 * size);
    return new Axis(least - room, most + room, false);
  }

  private static double[] extremes(Curve curve, Axis x, boolean log) {
    double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    int end = curve.firstFrom(Math.nextUp(x.to()));
    for (int i = curve.firstFrom(x.from()); i < end; i++) {
      double value = curve.y(i);
      if (!log || value > 0) {
        range[0] = Math.min(range[0], value);
        range[1] = Math.max(range[1], value);
      }
    }
    return range;
  }

  /** The range without the outliers, from a sample of evenly spread points. */
  private static double[] usual(Curve curve, Axis x, boolean log) {
    int begin = curve.firstFrom(x.from());
    int end = curve.firstFrom(Math.nextUp(x.to()));
    int count = Math.min(PROBES, end - begin);
    double[] values = new double[Math.max(0, count)];
    int kept = 0;
    for (int i = 0; i < count; i++) {
      double value = curve.y(begin + (int) ((long) i * (end - begin) / count));
      if (!log || value > 0) {
        values[kept++] = value;
      }
    }
    if (kept == 0) {
      return new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    }
    Arrays.sort(values, 0, kept);
    int left = (int) (OUTLIERS * kept);
    return new double[] {values[left], values[kept - 1 - left]};
  }
}
