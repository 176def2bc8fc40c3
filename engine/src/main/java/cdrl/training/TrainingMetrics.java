package cdrl.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Means over the iterations between two rows of metrics, overall and per noise level. */
final class TrainingMetrics {
  private final int levels;
  private final double[] sums;
  private final long[] counts;

  TrainingMetrics(int levels) {
    this.levels = levels;
    sums = new double[columns(levels).size()];
    counts = new long[sums.length];
  }

  /** The header: iteration, speed, rates, overall means, then three columns for each level. */
  static List<String> columns(int levels) {
    List<String> names =
        new ArrayList<>(
            List.of(
                "iteration",
                "iterations_per_second",
                "energy_rate",
                "initializer_rate",
                "energy_loss",
                "initializer_loss",
                "energy_gradient_norm",
                "initializer_gradient_norm",
                "energy_data",
                "energy_samples",
                "energy_difference"));
    for (int level = 1; level <= levels; level++) {
      names.add("energy_data_level_" + level);
      names.add("energy_samples_level_" + level);
      names.add("displacement_level_" + level);
    }
    return names;
  }

  void add(CooperativeStep.Outcome outcome) {
    add(4, outcome.energyLoss());
    add(5, outcome.initializerLoss());
    add(6, outcome.energyGradientNorm());
    add(7, outcome.initializerGradientNorm());
    for (int i = 0; i < outcome.levels().length; i++) {
      // The network gives the negative energy.
      double data = -outcome.positive()[i];
      double samples = -outcome.negative()[i];
      add(8, data);
      add(9, samples);
      add(10, data - samples);
      int first = 11 + 3 * (outcome.levels()[i] - 1);
      add(first, data);
      add(first + 1, samples);
      add(first + 2, outcome.displacement()[i]);
    }
  }

  private void add(int column, double value) {
    sums[column] += value;
    counts[column]++;
  }

  /** The row for an iteration; afterwards a new one begins. */
  double[] row(long iteration, double perSecond, double energyRate, double initializerRate) {
    double[] row = new double[sums.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = counts[i] == 0 ? Double.NaN : sums[i] / counts[i];
    }
    row[0] = iteration;
    row[1] = perSecond;
    row[2] = energyRate;
    row[3] = initializerRate;
    Arrays.fill(sums, 0);
    Arrays.fill(counts, 0);
    return row;
  }

  @Override
  public String toString() {
    return "TrainingMetrics[" + levels + " levels]";
  }
}
