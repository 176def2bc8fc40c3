package cdrl.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Means over the iterations between two rows of metrics, overall and per noise level, and how many
 * numbers of a level were not finite.
 */
final class TrainingMetrics {
  /** What a row says about a run besides the means. */
  record Position(
      long iteration, double perSecond, double energyRate, double initializerRate, int restarts) {}

  private static final List<String> OVERALL =
      List.of(
          "iteration",
          "iterations_per_second",
          "energy_rate",
          "initializer_rate",
          "restarts",
          "sample_distance",
          "energy_loss",
          "initializer_loss",
          "energy_gradient_norm",
          "initializer_gradient_norm",
          "energy_data",
          "energy_samples",
          "energy_difference");
  private static final List<String> PER_LEVEL =
      List.of(
          "energy_data",
          "energy_samples",
          "energy_difference",
          "displacement",
          "drift_to_noise",
          "energy_gradient_norm",
          "initializer_gradient_norm",
          "non_finite");
  private static final int NON_FINITE = PER_LEVEL.indexOf("non_finite");
  private static final int FIRST_MEAN = OVERALL.indexOf("sample_distance");

  private final int levels;
  private final double[] sums;
  private final long[] counts;

  TrainingMetrics(int levels) {
    this.levels = levels;
    sums = new double[columns(levels).size()];
    counts = new long[sums.length];
  }

  /**
   * The header: iteration, speed, rates, restarts after divergence, the distance of samples from
   * the data, overall means, then the columns of each level. Norms of gradients are those before
   * clipping, those of a level as {@link LevelGradients} says.
   */
  static List<String> columns(int levels) {
    List<String> names = new ArrayList<>(OVERALL);
    for (int level = 1; level <= levels; level++) {
      for (String name : PER_LEVEL) {
        names.add(name + "_level_" + level);
      }
    }
    return names;
  }

  void add(CooperativeStep.Outcome outcome) {
    int column = FIRST_MEAN + 1;
    add(column++, outcome.energyLoss());
    add(column++, outcome.initializerLoss());
    add(column++, outcome.energyGradientNorm());
    add(column++, outcome.initializerGradientNorm());
    for (int i = 0; i < outcome.levels().length; i++) {
      // The network gives the negative energy.
      double data = -outcome.positive()[i];
      double samples = -outcome.negative()[i];
      add(column, data);
      add(column + 1, samples);
      add(column + 2, data - samples);
      int first = OVERALL.size() + PER_LEVEL.size() * (outcome.levels()[i] - 1);
      add(first, data);
      add(first + 1, samples);
      add(first + 2, data - samples);
      add(first + 3, outcome.displacement()[i]);
      add(first + 4, outcome.driftToNoise()[i]);
      add(first + NON_FINITE, outcome.nonFinite(i));
    }
    for (int level = 1; level <= levels; level++) {
      if (outcome.levelGradients().isKnown(level)) {
        int first = OVERALL.size() + PER_LEVEL.size() * (level - 1);
        add(first + 5, outcome.levelGradients().energy()[level - 1]);
        add(first + 6, outcome.levelGradients().initializer()[level - 1]);
      }
    }
  }

  /** Notes how far samples were from the data. */
  void addSampleDistance(double distance) {
    add(FIRST_MEAN, distance);
  }

  private void add(int column, double value) {
    sums[column] += value;
    counts[column]++;
  }

  /** Whether something was noted for a column since the last row; of the first few it always is. */
  boolean isKnown(int column) {
    return column < FIRST_MEAN || counts[column] > 0;
  }

  /** The row for an iteration; afterwards a new one begins. */
  double[] row(Position position) {
    double[] row = new double[sums.length];
    row[0] = position.iteration();
    row[1] = position.perSecond();
    row[2] = position.energyRate();
    row[3] = position.initializerRate();
    row[4] = position.restarts();
    for (int i = FIRST_MEAN; i < row.length; i++) {
      row[i] = counts[i] == 0 ? Double.NaN : isCount(i) ? sums[i] : sums[i] / counts[i];
    }
    Arrays.fill(sums, 0);
    Arrays.fill(counts, 0);
    return row;
  }

  private static boolean isCount(int column) {
    return column >= OVERALL.size() && (column - OVERALL.size()) % PER_LEVEL.size() == NON_FINITE;
  }

  @Override
  public String toString() {
    return "TrainingMetrics[" + levels + " levels]";
  }
}
