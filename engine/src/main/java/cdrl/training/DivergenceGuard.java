package cdrl.training;

import cdrl.runtime.CdrlException;
import cdrl.runtime.Sentence;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Watches a run for signs of divergence: numbers that are not finite, and limits that are exceeded
 * for many iterations in a row, or exceeded by far for a few. What it remembers is part of a
 * checkpoint, so that a run that goes on is judged as if it had never stopped.
 */
final class DivergenceGuard {
  /** Iterations before the gradient's usual norm is known. */
  private static final int LEARNING = 100;

  /** How far beyond a limit an iteration counts more than once, and how often it then counts. */
  private static final double FAR = 100;

  private static final int WEIGHT_OF_FAR = 10;

  /** The memory of the usual norm, in iterations. */
  private static final int MEMORY = 1000;

  private final TrainingConfig.Guard limits;
  private final int levels;
  private final double differenceLimit;
  // One count for the gradient, then one per level for the drift, then one per level for energies.
  private final int[] inARow;
  private double logGradient;
  private long gradients;

  /**
   * @param levels T
   * @param itemSize the number of values in an item
   */
  DivergenceGuard(TrainingConfig.Guard limits, int levels, long itemSize) {
    this.limits = limits;
    this.levels = levels;
    differenceLimit = limits.energyDifference() * Math.sqrt(itemSize);
    inARow = new int[1 + 2 * levels];
  }

  /**
   * Looks at an iteration.
   *
   * @return when the run has diverged, how that shows, to follow the word "because"
   */
  Optional<Sentence> look(CooperativeStep.Outcome outcome) {
    if (!outcome.isFinite()) {
      return Optional.of(new Sentence("a loss or gradient is no longer a finite number"));
    }
    double norm = outcome.energyGradientNorm();
    boolean known = gradients >= LEARNING;
    double usual = Math.exp(logGradient);
    count(0, known ? norm / usual : 0, limits.gradientGrowth());
    if (norm > 0 && inARow[0] == 0) {
      gradients++;
      logGradient += (Math.log(norm) - logGradient) / Math.min(gradients, MEMORY);
    }
    double[] drifts = new double[levels];
    double[] differences = new double[levels];
    int[] items = new int[levels];
    for (int i = 0; i < outcome.levels().length; i++) {
      int level = outcome.levels()[i] - 1;
      items[level]++;
      drifts[level] += outcome.driftToNoise()[i];
      differences[level] += outcome.negative()[i] - outcome.positive()[i];
    }
    for (int level = 0; level < levels; level++) {
      if (items[level] > 0) { // a level that was not drawn says nothing
        drifts[level] /= items[level];
        differences[level] = Math.abs(differences[level] / items[level]);
        count(1 + level, drifts[level], limits.driftToNoise());
        count(1 + levels + level, differences[level], differenceLimit);
      }
    }
    return verdict(norm, usual, drifts, differences);
  }

  /**
   * Explosions can be over within a dozen iterations and leave a network that has stopped to learn.
   */
  private void count(int check, double value, double limit) {
    if (value <= limit) {
      inARow[check] = 0;
    } else { // NaN too
      inARow[check] += value <= FAR * limit ? 1 : WEIGHT_OF_FAR;
    }
  }

  private Optional<Sentence> verdict(
      double norm, double usual, double[] drifts, double[] differences) {
    if (inARow[0] >= limits.patience()) {
      return Optional.of(
          new Sentence(
              "the gradient of the energy network is {0} times as long as usual",
              format("%.0f", norm / usual)));
    }
    for (int level = 0; level < levels; level++) {
      if (inARow[1 + level] >= limits.patience()) {
        return Optional.of(
            new Sentence(
                "at noise level {0} gradients move samples {1} times as far as noise does",
                level + 1, format("%.0f", drifts[level])));
      }
      if (inARow[1 + levels + level] >= limits.patience()) {
        return Optional.of(
            new Sentence(
                "at noise level {0} the energies of data and samples are {1} apart",
                level + 1, format("%.3g", differences[level])));
      }
    }
    return Optional.empty();
  }

  private static String format(String form, double value) {
    return String.format(Locale.ROOT, form, value);
  }

  /** Whether a limit was exceeded in the iteration that was looked at last. */
  boolean isSuspicious() {
    return Arrays.stream(inARow).anyMatch(count -> count > 0);
  }

  /** Forgets which limits were exceeded, for a new attempt. */
  void calm() {
    Arrays.fill(inARow, 0);
  }

  /** What the guard remembers, as a text for a checkpoint. */
  String memory() {
    return gradients
        + " "
        + logGradient
        + Arrays.stream(inARow).mapToObj(count -> " " + count).collect(Collectors.joining());
  }

  /**
   * Goes on from what a checkpoint remembers.
   *
   * @param memory as {@link #memory()} gave it; null for a checkpoint without it
   */
  void restore(@Nullable String memory) {
    Arrays.fill(inARow, 0);
    gradients = 0;
    logGradient = 0;
    if (memory == null) {
      return;
    }
    List<String> words = List.of(memory.split(" ", -1));
    try {
      if (words.size() == 2 + inARow.length) {
        gradients = Long.parseLong(words.get(0));
        logGradient = Double.parseDouble(words.get(1));
        for (int i = 0; i < inARow.length; i++) {
          inARow[i] = Integer.parseInt(words.get(2 + i));
        }
        return;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new CdrlException(
        "The checkpoint's memory of gradients is damaged; use another checkpoint.");
  }
}
