package cdrl.training;

import cdrl.store.MetricsColumns;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A number that has lately grown far beyond what it usually was in a run: training may be about to
 * diverge.
 *
 * @param quantity the column of the metrics
 * @param iteration the last iteration that was logged
 * @param recent the median of its size in the last rows
 * @param usual the median of its size in the rows before, after the start
 */
public record DivergenceSign(String quantity, long iteration, double recent, double usual) {
  private static final List<String> WATCHED =
      List.of("energy_difference", "energy_gradient_norm", "initializer_gradient_norm");

  private static final int RECENT = 5;
  private static final int LEAST_ROWS = 40;
  private static final int MOST_ROWS = 2000;
  private static final double START = 0.1;
  private static final double FACTOR = 10;

  /** Looks for a sign in what a run has logged; the first tenth of the rows does not count. */
  public static Optional<DivergenceSign> find(MetricsColumns metrics) {
    for (String quantity : WATCHED) {
      int column = metrics.names().indexOf(quantity);
      int rows = metrics.rows();
      if (column < 0 || rows < LEAST_ROWS) {
        continue;
      }
      double recent = median(metrics, column, rows - RECENT, rows);
      double usual = median(metrics, column, (int) (START * rows), rows - RECENT);
      if (recent > FACTOR * usual && usual > 0) {
        long iteration = (long) metrics.value(0, rows - 1);
        return Optional.of(new DivergenceSign(quantity, iteration, recent, usual));
      }
    }
    return Optional.empty();
  }

  /** The median of the absolute values, of evenly spread rows where there are very many. */
  private static double median(MetricsColumns metrics, int column, int from, int to) {
    int stride = Math.max(1, (to - from) / MOST_ROWS);
    double[] sizes = new double[(to - from + stride - 1) / stride];
    int kept = 0;
    for (int row = from; row < to; row += stride) {
      double size = Math.abs(metrics.value(column, row));
      if (!Double.isNaN(size)) {
        sizes[kept++] = size;
      }
    }
    Arrays.sort(sizes, 0, kept);
    return kept == 0 ? Double.NaN : sizes[kept / 2];
  }
}
