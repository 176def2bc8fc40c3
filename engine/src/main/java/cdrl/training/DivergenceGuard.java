package cdrl.training;

import cdrl.runtime.CdrlException;
import cdrl.runtime.Sentence;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Watches a run for signs of divergence: numbers that are not finite, and limits that are exceeded
 * for many iterations in a row, or exceeded by far for a few. What it remembers is part of a
 * checkpoint, so that a run that goes on is judged as if it had never stopped.
 */
final class DivergenceGuard {
  /** How far beyond a limit an iteration counts more than once, and how often it then counts. */
  private static final double FAR = 100;

  private static final int WEIGHT_OF_FAR = 10;

  // Single levels are measured only now and then, and from a few items each time.
  private static final int LEVEL_LEARNING = 20;

  private static final int LEVEL_MEMORY = 100;

  private final TrainingConfig.Guard limits;
  private final int levels;
  private final double differenceLimit;
  // One count for the gradient, then one per level each for drift, energies, and its gradient.
  private final int[] inARow;
  private final UsualNorm usual = new UsualNorm(100, 1000);
  private final List<UsualNorm> usualOfLevels;

  /**
   * @param levels T
   * @param itemSize the number of values in an item
   */
  DivergenceGuard(TrainingConfig.Guard limits, int levels, long itemSize) {
    this.limits = limits;
    this.levels = levels;
    differenceLimit = limits.energyDifference() * Math.sqrt(itemSize);
    inARow = new int[1 + 3 * levels];
    usualOfLevels =
        Stream.generate(() -> new UsualNorm(LEVEL_LEARNING, LEVEL_MEMORY)).limit(levels).toList();
  }

  /**
   * Looks at an iteration.
   *
   * @return when the run has diverged, how that shows, to follow the word "because"
   */
  Optional<Sentence> look(CooperativeStep.Outcome outcome) {
    Optional<Sentence> broken = NonFinite.find(outcome, levels);
    if (broken.isPresent()) {
      return broken;
    }
    double growth = usual.growth(outcome.energyGradientNorm());
    count(0, growth, limits.gradientGrowth());
    if (inARow[0] == 0) {
      usual.add(outcome.energyGradientNorm());
    }
    double[] growths = growths(outcome.levelGradients());
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
    return verdict(growth, growths, drifts, differences);
  }

  /** How many times as long as usual the gradient of each level is. */
  private double[] growths(LevelGradients gradients) {
    double[] growths = new double[levels];
    for (int level = 0; level < levels; level++) {
      if (gradients.isKnown(level + 1)) {
        UsualNorm usualHere = usualOfLevels.get(level);
        int check = 1 + 2 * levels + level;
        growths[level] = usualHere.growth(gradients.energy()[level]);
        count(check, growths[level], limits.gradientGrowth());
        if (inARow[check] == 0) {
          usualHere.add(gradients.energy()[level]);
        }
      }
    }
    return growths;
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
      double growth, double[] growths, double[] drifts, double[] differences) {
    if (inARow[0] >= limits.patience()) {
      return Optional.of(grown(growth, growths));
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
      if (inARow[1 + 2 * levels + level] >= limits.patience()) {
        return Optional.of(
            new Sentence(
                "at noise level {0} the gradient of the energy network is {1} times as long as"
                    + " usual",
                level + 1, format("%.0f", growths[level])));
      }
    }
    return Optional.empty();
  }

  /** Tells also the level whose gradient grew most, where that is known. */
  private static Sentence grown(double growth, double[] growths) {
    int most = 0;
    for (int level = 1; level < growths.length; level++) {
      most = growths[level] > growths[most] ? level : most;
    }
    return growths[most] > 0
        ? new Sentence(
            "the gradient of the energy network is {0} times as long as usual, and at noise level"
                + " {1}, where it grew most, {2} times",
            format("%.0f", growth), most + 1, format("%.0f", growths[most]))
        : new Sentence(
            "the gradient of the energy network is {0} times as long as usual",
            format("%.0f", growth));
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
    return usual
        + Arrays.stream(inARow).mapToObj(count -> " " + count).collect(Collectors.joining())
        + usualOfLevels.stream().map(norm -> " " + norm).collect(Collectors.joining());
  }

  /**
   * Goes on from what a checkpoint remembers.
   *
   * @param memory as {@link #memory()} gave it; null for a checkpoint without it
   */
  void restore(@Nullable String memory) {
    Arrays.fill(inARow, 0);
    usual.restore("0", "0");
    usualOfLevels.forEach(norm -> norm.restore("0", "0"));
    if (memory == null) {
      return;
    }
    List<String> words = List.of(memory.split(" ", -1));
    // Earlier versions did not watch the gradients of single levels.
    boolean withLevels = words.size() == 2 + inARow.length + 2 * levels;
    int counts = withLevels ? inARow.length : 1 + 2 * levels;
    try {
      if (withLevels || words.size() == 2 + counts) {
        usual.restore(words.get(0), words.get(1));
        for (int i = 0; i < counts; i++) {
          inARow[i] = Integer.parseInt(words.get(2 + i));
        }
        for (int level = 0; withLevels && level < levels; level++) {
          int at = 2 + counts + 2 * level;
          usualOfLevels.get(level).restore(words.get(at), words.get(at + 1));
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
