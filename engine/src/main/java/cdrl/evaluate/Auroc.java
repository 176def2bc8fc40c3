package cdrl.evaluate;

import java.util.Arrays;

/** The area under the receiver operating characteristic. */
public final class Auroc {
  private static final int DRAWS = 200;

  private Auroc() {}

  /**
   * The probability that a score drawn from {@code high} is above one drawn from {@code low}, where
   * ties count half: 1 when the scores separate the two, 0.5 when they tell nothing.
   *
   * @param low scores that should be low, at least one and no NaN
   * @param high scores that should be high, at least one and no NaN
   */
  public static double of(double[] low, double[] high) {
    if (low.length == 0 || high.length == 0) {
      throw new IllegalArgumentException("an AUROC needs scores of both kinds");
    }
    double[] sorted = low.clone();
    Arrays.sort(sorted);
    double wins = 0;
    for (double score : high) {
      if (Double.isNaN(score) || Double.isNaN(sorted[sorted.length - 1])) {
        throw new IllegalArgumentException("a score is not a number");
      }
      int below = firstAtLeast(sorted, score);
      int notAbove = firstAtLeast(sorted, Math.nextUp(score));
      wins += (below + notAbove) / 2.0;
    }
    return wins / ((double) low.length * high.length);
  }

  /**
   * The 95 % confidence interval of {@link #of} from 200 bootstrap draws. It takes a few hundred
   * times as long as the figure itself.
   */
  public static Interval interval(double[] low, double[] high) {
    return Interval.percentiles(
        low.length,
        high.length,
        DRAWS,
        (first, second) -> of(select(low, first), select(high, second)));
  }

  private static double[] select(double[] values, int... indexes) {
    return Arrays.stream(indexes).mapToDouble(index -> values[index]).toArray();
  }

  private static int firstAtLeast(double[] sorted, double bound) {
    int begin = 0;
    int end = sorted.length;
    while (begin < end) {
      int middle = (begin + end) >>> 1;
      if (sorted[middle] < bound) {
        begin = middle + 1;
      } else {
        end = middle;
      }
    }
    return begin;
  }
}
