package cdrl.studio.charts;

import java.util.Arrays;

/** The points of a curve, from left to right. Does not change. */
public final class Curve {
  /** No points. */
  public static final Curve EMPTY = new Curve(new double[0], new double[0], 0);

  /** Extremes are known of every so many points. */
  private static final int BLOCK = 16;

  private final double[] x;
  private final double[] y;
  private final int size;
  private final double[] lows;
  private final double[] highs;

  private Curve(double[] x, double[] y, int size) {
    this.x = x;
    this.y = y;
    this.size = size;
    int blocks = size / BLOCK;
    lows = new double[blocks];
    highs = new double[blocks];
    for (int block = 0; block < blocks; block++) {
      double low = y[block * BLOCK];
      double high = low;
      for (int i = block * BLOCK + 1; i < (block + 1) * BLOCK; i++) {
        low = Math.min(low, y[i]);
        high = Math.max(high, y[i]);
      }
      lows[block] = low;
      highs[block] = high;
    }
  }

  /**
   * Takes up the points that have finite coordinates and lie to the right of the one before.
   *
   * @param x one value for each point
   * @param y one value for each point
   */
  public static Curve of(double[] x, double[] y) {
    double[] keptX = new double[x.length];
    double[] keptY = new double[x.length];
    int size = 0;
    for (int i = 0; i < x.length; i++) {
      if (Double.isFinite(x[i]) && Double.isFinite(y[i]) && (size == 0 || x[i] > keptX[size - 1])) {
        keptX[size] = x[i];
        keptY[size++] = y[i];
      }
    }
    return new Curve(keptX, keptY, size);
  }

  /** The number of points. */
  public int size() {
    return size;
  }

  /** The place of a point. */
  public double x(int index) {
    return x[index];
  }

  /** The value of a point. */
  public double y(int index) {
    return y[index];
  }

  /** The first point that does not lie to the left of a place; the size when there is none. */
  public int firstFrom(double place) {
    int found = Arrays.binarySearch(x, 0, size, place);
    return found < 0 ? -found - 1 : found;
  }

  /**
   * The first point to the right of a place.
   *
   * @param from a point from which to look
   */
  int firstBeyond(int from, double place) {
    int step = 1;
    int low = from;
    while (low + step <= size && x[low + step - 1] <= place) {
      low += step;
      step *= 2;
    }
    int high = Math.min(size, low + step - 1);
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (x[middle] <= place) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The smallest value of the points from one to before another, at least one. */
  double least(int from, int end) {
    double least = Double.POSITIVE_INFINITY;
    int i = from;
    while (i < end) {
      if (i % BLOCK == 0 && i + BLOCK <= end) {
        least = Math.min(least, lows[i / BLOCK]);
        i += BLOCK;
      } else {
        least = Math.min(least, y[i++]);
      }
    }
    return least;
  }

  /** The largest value of the points from one to before another, at least one. */
  double most(int from, int end) {
    double most = Double.NEGATIVE_INFINITY;
    int i = from;
    while (i < end) {
      if (i % BLOCK == 0 && i + BLOCK <= end) {
        most = Math.max(most, highs[i / BLOCK]);
        i += BLOCK;
      } else {
        most = Math.max(most, y[i++]);
      }
    }
    return most;
  }

  /** The point next to a place, or −1 when there are no points. */
  public int nearest(double place) {
    int right = firstFrom(place);
    if (right == size) {
      return size - 1;
    }
    return right > 0 && place - x[right - 1] < x[right] - place ? right - 1 : right;
  }

  /**
   * The exponential moving average, corrected for its start at nothing.
   *
   * @param decay the weight of the past from one point to the next, 0 to below 1
   */
  public Curve smoothed(double decay) {
    if (decay <= 0) {
      return this;
    }
    double[] means = new double[size];
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < size; i++) {
      sum = decay * sum + (1 - decay) * y[i];
      weight = decay * weight + (1 - decay);
      means[i] = sum / weight;
    }
    return new Curve(x, means, size);
  }
}
