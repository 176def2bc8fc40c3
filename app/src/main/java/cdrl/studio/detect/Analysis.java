package cdrl.studio.detect;

import cdrl.evaluate.Auroc;
import cdrl.evaluate.Interval;
import cdrl.evaluate.RocCurve;
import cdrl.evaluate.ScoreHistogram;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the scores of all sets say.
 *
 * @param sets the sets that have scores
 * @param histogram bins for all of them; null where there are no scores
 * @param comparisons of the other sets with the model's own kind, by their keys
 * @param order all pictures, the lowest score first
 */
record Analysis(
    List<Scores> sets,
    @Nullable ScoreHistogram histogram,
    Map<Integer, Comparison> comparisons,
    List<Place> order) {
  /** Nothing. */
  static final Analysis NOTHING = new Analysis(List.of(), null, Map.of(), List.of());

  /**
   * The fewest pictures of a set that is compared. The bootstrap draws from the scores there are;
   * with fewer of them its interval is far too narrow, and a point for a single one.
   */
  static final int FEWEST = 10;

  private static final int BINS = 48;

  /** Single scores far off all others would leave no room for these. */
  private static final double OUTLIERS = 0.002;

  /**
   * The scores of a set.
   *
   * @param key of the set
   * @param ink the number of its colour, −1 for the model's own kind
   * @param values the scores, of which none is changed
   * @param complete whether all its pictures have one
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over and not changed
  record Scores(int key, String name, int ink, double[] values, boolean complete) {
    boolean isOwn() {
      return ink < 0;
    }
  }

  /**
   * How well scores tell a set from the model's own kind.
   *
   * @param interval the 95 % confidence interval; null while the sets are not complete, and where
   *     they are too small
   * @param small whether one of the sets is too small to say anything
   */
  record Comparison(double auroc, @Nullable Interval interval, boolean small, RocCurve curve) {}

  /** A picture with its score. */
  record Place(int key, int index, double score) {}

  static Analysis of(List<Scores> all) {
    List<Scores> sets = all.stream().filter(set -> set.values().length > 0).toList();
    if (sets.isEmpty()) {
      return NOTHING;
    }
    Map<Integer, Comparison> comparisons = new LinkedHashMap<>();
    List<Place> order = new ArrayList<>();
    Scores own = sets.stream().filter(Scores::isOwn).findFirst().orElse(null);
    for (Scores set : sets) {
      if (own != null && !set.isOwn()) {
        comparisons.put(set.key(), compare(own, set));
      }
      for (int i = 0; i < set.values().length; i++) {
        order.add(new Place(set.key(), i, set.values()[i]));
      }
    }
    order.sort(
        Comparator.comparingDouble(Place::score)
            .thenComparingInt(Place::key)
            .thenComparingInt(Place::index));
    return new Analysis(
        sets,
        ScoreHistogram.without(sets.stream().map(Scores::values).toList(), BINS, OUTLIERS),
        comparisons,
        List.copyOf(order));
  }

  private static Comparison compare(Scores own, Scores other) {
    boolean complete = own.complete() && other.complete();
    boolean small = complete && Math.min(own.values().length, other.values().length) < FEWEST;
    return new Comparison(
        Auroc.of(own.values(), other.values()),
        complete && !small ? Auroc.interval(own.values(), other.values()) : null,
        small,
        RocCurve.of(own.values(), other.values()));
  }

  /** The scores of the model's own kind, or null. */
  @Nullable Scores own() {
    return sets.stream().filter(Scores::isOwn).findFirst().orElse(null);
  }

  /**
   * The share of the model's own kind whose score is lower than a score; NaN where there is none.
   */
  double shareOfOwnBelow(double score) {
    Scores own = own();
    if (own == null) {
      return Double.NaN;
    }
    int below = 0;
    for (double value : own.values()) {
      below += value < score ? 1 : 0;
    }
    return (double) below / own.values().length;
  }

  /** The number in the order of the picture whose score is next to a score; −1 for none. */
  int nearest(double score) {
    int low = 0;
    int high = order.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (order.get(middle).score() < score) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low == order.size()) {
      return low - 1;
    }
    boolean left = low > 0 && score - order.get(low - 1).score() < order.get(low).score() - score;
    return left ? low - 1 : low;
  }
}
