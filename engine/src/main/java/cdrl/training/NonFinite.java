package cdrl.training;

import cdrl.runtime.Sentence;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds numbers that are not finite in an iteration, and where they are. */
final class NonFinite {
  private NonFinite() {}

  /**
   * Looks at an iteration.
   *
   * @return when something is not finite, a clause that says so
   */
  static Optional<Sentence> find(CooperativeStep.Outcome outcome, int levels) {
    Set<Integer> where = new TreeSet<>();
    for (int item = 0; item < outcome.levels().length; item++) {
      if (outcome.nonFinite(item) > 0) {
        where.add(outcome.levels()[item]);
      }
    }
    if (!where.isEmpty()) {
      return Optional.of(
          new Sentence("{0} energies or samples are no longer finite numbers", at(where, levels)));
    }
    if (outcome.isFinite()) {
      return Optional.empty();
    }
    LevelGradients gradients = outcome.levelGradients();
    for (int level = 1; level <= gradients.energy().length; level++) {
      // One that is not a number may be one that was not measured.
      if (Double.isInfinite(gradients.energy()[level - 1])
          || Double.isInfinite(gradients.initializer()[level - 1])) {
        where.add(level);
      }
    }
    return Optional.of(
        where.isEmpty()
            ? new Sentence("a loss or gradient is no longer a finite number")
            : new Sentence("{0} a gradient is no longer a finite number", at(where, levels)));
  }

  private static Sentence at(Set<Integer> where, int levels) {
    if (where.size() == levels && levels > 1) {
      return new Sentence("at all noise levels");
    }
    return new Sentence(
        where.size() == 1 ? "at noise level {0}" : "at noise levels {0}",
        where.stream().map(String::valueOf).collect(Collectors.joining(", ")));
  }
}
