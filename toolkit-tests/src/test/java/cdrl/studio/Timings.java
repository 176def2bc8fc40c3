package cdrl.studio;

import java.util.Arrays;
import java.util.Locale;

/**
 * Measured times. Safe to use from several threads. They are kept as plain numbers, as the memory
 * of the window is measured, too.
 */
final class Timings {
  private float[] milliseconds = new float[64];
  private int count;

  synchronized void add(double time) {
    if (count == milliseconds.length) {
      milliseconds = Arrays.copyOf(milliseconds, 2 * count);
    }
    milliseconds[count++] = (float) time;
  }

  void addNanos(long nanos) {
    add(nanos / 1e6);
  }

  void addAll(Timings others) {
    for (float time : others.copy()) {
      add(time);
    }
  }

  synchronized int count() {
    return count;
  }

  private synchronized float[] copy() {
    return Arrays.copyOf(milliseconds, count);
  }

  /** The time that a share of all do not exceed, in milliseconds; NaN where there are none. */
  double percentile(double share) {
    float[] sorted = copy();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  }

  /** The mean in milliseconds; NaN where there are none. */
  double mean() {
    double sum = 0;
    for (float time : copy()) {
      sum += time;
    }
    return sum / count();
  }

  /** Median, 95th percentile and maximum, for people. */
  String summary() {
    return String.format(
        Locale.ROOT,
        "p50 %.1f, p95 %.1f, max %.1f ms (%d)",
        percentile(0.5),
        percentile(0.95),
        percentile(1),
        count());
  }
}
