package cdrl.studio;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Measured times. Safe to use from several threads. */
final class Timings {
  private final List<Double> milliseconds = Collections.synchronizedList(new ArrayList<>());

  void add(double time) {
    milliseconds.add(time);
  }

  void addNanos(long nanos) {
    add(nanos / 1e6);
  }

  void addAll(Timings others) {
    milliseconds.addAll(List.copyOf(others.milliseconds));
  }

  int count() {
    return milliseconds.size();
  }

  /** The time that a share of all do not exceed, in milliseconds; NaN where there are none. */
  double percentile(double share) {
    List<Double> sorted;
    synchronized (milliseconds) {
      sorted = new ArrayList<>(milliseconds);
    }
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    Collections.sort(sorted);
    return sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(share * sorted.size()) - 1));
  }

  /** The mean in milliseconds; NaN where there are none. */
  double mean() {
    synchronized (milliseconds) {
      return milliseconds.stream().mapToDouble(time -> time).average().orElse(Double.NaN);
    }
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
