package cdrl.evaluate;

import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import java.util.Arrays;

/**
 * A 95 % confidence interval, of a share or from the bootstrap: there a figure is computed again
 * from items drawn with replacement, many times.
 *
 * @param low the lower end
 * @param high the upper end
 */
public record Interval(double low, double high) {
  private static final RandomNumbers NUMBERS = new RandomNumbers(0xb007);

  /** A figure that depends on two sets of items, given by their indexes. */
  @FunctionalInterface
  public interface Figure {
    /** The figure for items drawn from both sets. */
    double of(int[] first, int[] second);
  }

  /**
   * The interval between percentiles, for figures that drawing with replacement does not shift.
   *
   * @param first the size of the first set
   * @param second the size of the second set
   */
  public static Interval percentiles(int first, int second, int draws, Figure figure) {
    double[] values = values(first, second, draws, figure);
    Arrays.sort(values);
    return new Interval(
        values[(int) (0.025 * draws)], values[Math.min(draws - 1, (int) (0.975 * draws))]);
  }

  /**
   * The interval around an estimate from the spread of the figure, for figures that drawing with
   * replacement shifts, such as distances.
   */
  public static Interval around(double estimate, int first, int second, int draws, Figure figure) {
    double[] values = values(first, second, draws, figure);
    double mean = Arrays.stream(values).average().orElseThrow();
    double square = 0;
    for (double value : values) {
      square += (value - mean) * (value - mean);
    }
    double reach = 1.96 * Math.sqrt(square / Math.max(1, draws - 1));
    return new Interval(estimate - reach, estimate + reach);
  }

  /**
   * Wilson's interval of a share of independent items.
   *
   * @param share from 0 to 1
   * @param of the number of items, at least 1
   */
  public static Interval ofShare(double share, int of) {
    double z = 1.96;
    double centre = (share + z * z / (2 * of)) / (1 + z * z / of);
    double reach =
        z / (1 + z * z / of) * Math.sqrt(share * (1 - share) / of + z * z / (4.0 * of * of));
    return new Interval(Math.max(0, centre - reach), Math.min(1, centre + reach));
  }

  /** The part of the interval that a figure can have which is never negative. */
  public Interval notNegative() {
    return new Interval(Math.max(0, low), Math.max(0, high));
  }

  private static double[] values(int first, int second, int draws, Figure figure) {
    double[] values = new double[draws];
    for (int draw = 0; draw < draws; draw++) {
      values[draw] = figure.of(draw(2L * draw, first), draw(2L * draw + 1, second));
    }
    return values;
  }

  private static int[] draw(long step, int size) {
    int[] indexes = new int[size];
    for (int i = 0; i < size; i++) {
      indexes[i] = NUMBERS.integer(Purpose.DATA, step, i, size);
    }
    return indexes;
  }
}
