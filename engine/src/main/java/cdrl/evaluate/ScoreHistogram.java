package cdrl.evaluate;

import java.util.Arrays;
import java.util.List;

/**
 * Equal bins that several sets of scores are counted in.
 *
 * @param low where the first bin begins
 * @param high where the last bin ends, at least {@code low}
 * @param bins how many, at least 1
 */
public record ScoreHistogram(double low, double high, int bins) {
  /** Checks the range. */
  public ScoreHistogram {
    if (bins < 1 || !(low <= high) || !Double.isFinite(high - low)) {
      throw new IllegalArgumentException(bins + " bins from " + low + " to " + high);
    }
  }

  /**
   * Bins from the lowest to the highest score of all sets.
   *
   * @param sets finite scores, at least one in all
   */
  public static ScoreHistogram over(List<double[]> sets, int bins) {
    return without(sets, bins, 0);
  }

  /**
   * Bins that hold most of every set; the few scores that lie beyond count in the outermost bins.
   *
   * @param sets finite scores, at least one in all
   * @param outliers the share of each set that may lie beyond at either end, 0 to below 0.5
   */
  public static ScoreHistogram without(List<double[]> sets, int bins, double outliers) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double[] scores : sets) {
      if (scores.length > 0) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        int beyond = (int) (outliers * sorted.length);
        low = Math.min(low, sorted[beyond]);
        high = Math.max(high, sorted[sorted.length - 1 - beyond]);
      }
    }
    return new ScoreHistogram(low, high, bins);
  }

  /** The lower end of a bin; of the one after the last, the upper end of that. */
  public double edge(int bin) {
    return low + bin * (high - low) / bins;
  }

  /** The bin that a score counts in. */
  public int bin(double score) {
    double place = high > low ? (score - low) / (high - low) : 0;
    return (int) Math.max(0, Math.min(bins - 1, Math.floor(place * bins)));
  }

  /** How many of some scores count in each bin. */
  public int[] counts(double[] scores) {
    int[] counts = new int[bins];
    for (double score : scores) {
      counts[bin(score)]++;
    }
    return counts;
  }
}
