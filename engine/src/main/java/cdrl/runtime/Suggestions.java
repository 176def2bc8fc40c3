package cdrl.runtime;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the name that somebody who mistyped it most likely meant. */
public final class Suggestions {
  private Suggestions() {}

  /**
   * The known name nearest to a word, or null when none is near: at most one in three characters
   * may have to be inserted, removed, replaced or swapped with its neighbour. Case does not count.
   *
   * @param word what was typed
   * @param known what could have been meant; among equally near names the first wins
   */
  public static @Nullable String nearest(String word, Collection<String> known) {
    String typed = word.toLowerCase(Locale.ROOT);
    String best = null;
    int least = Integer.MAX_VALUE;
    for (String name : known) {
      int distance = distance(typed, name.toLowerCase(Locale.ROOT));
      if (distance < least
          && 3 * distance <= Math.max(3, Math.max(typed.length(), name.length()))) {
        best = name;
        least = distance;
      }
    }
    return best;
  }

  /**
   * The end of a sentence about an unknown name: {@code "; did you mean 'NAME'?"} when one is near,
   * otherwise {@code "; known are A, B and C."}, or just a full stop when nothing is known.
   */
  public static Sentence sentenceEnd(String word, Collection<String> known) {
    String nearest = nearest(word, known);
    if (nearest != null) {
      return new Sentence("; did you mean '{0}'?", nearest);
    }
    return known.isEmpty()
        ? new Sentence(".")
        : new Sentence("; known are {0}.", enumeration(known));
  }

  /** Names joined by commas, and by "and" before the last. */
  public static Sentence enumeration(Collection<String> names) {
    List<String> all = List.copyOf(names);
    int last = all.size() - 1;
    return last < 1
        ? new Sentence("{0}", String.join("", all))
        : new Sentence("{0} and {1}", String.join(", ", all.subList(0, last)), all.get(last));
  }

  /** The number of insertions, removals, replacements and swaps of neighbours between two words. */
  static int distance(String first, String second) {
    int[][] cost = new int[first.length() + 1][second.length() + 1];
    for (int i = 0; i <= first.length(); i++) {
      for (int j = 0; j <= second.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        boolean same = first.charAt(i - 1) == second.charAt(j - 1);
        int least = cost[i - 1][j - 1] + (same ? 0 : 1);
        least = Math.min(least, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && first.charAt(i - 1) == second.charAt(j - 2)
            && first.charAt(i - 2) == second.charAt(j - 1)) {
          least = Math.min(least, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = least;
      }
    }
    return cost[first.length()][second.length()];
  }
}
