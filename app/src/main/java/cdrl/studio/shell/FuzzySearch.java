package cdrl.studio.shell;

import java.util.Locale;
import java.util.OptionalInt;

/** Finds what was meant although only some of its letters were typed. */
final class FuzzySearch {
  private static final int LETTER = 1;
  private static final int IN_A_ROW = 4;
  private static final int WORD_BEGINS = 6;
  private static final int LEADING = 8;
  private static final int LEAST = 4;

  private FuzzySearch() {}

  /**
   * How well a text fits: the more, the better; letters in a row and at the beginnings of words
   * count for more. Blanks in the query are passed over.
   *
   * @return nothing when the text does not hold the query's letters in their order
   */
  static OptionalInt score(String query, String text) {
    String wanted = query.toLowerCase(Locale.ROOT).replaceAll("\\s+", "");
    String searched = text.toLowerCase(Locale.ROOT);
    if (wanted.isEmpty()) {
      return OptionalInt.of(0);
    }
    // last[j]: the best score of the letters so far when the last of them is at j; 0 for none.
    int[] last = new int[searched.length()];
    for (int i = 0; i < wanted.length(); i++) {
      int[] next = new int[searched.length()];
      int before = i == 0 ? 1 : 0; // the best of all earlier places
      for (int j = 0; j < searched.length(); j++) {
        int row = j > 0 && last[j - 1] > 0 ? last[j - 1] + IN_A_ROW : 0;
        int from = Math.max(before, row);
        if (from > 0 && searched.charAt(j) == wanted.charAt(i)) {
          next[j] = from + LETTER + bonus(searched, j);
        }
        before = Math.max(before, last[j]);
      }
      last = next;
    }
    int most = 0;
    for (int score : last) {
      most = Math.max(most, score);
    }
    // Letters strewn over a long text are an accident.
    return most == 0 || wanted.length() > 2 && most < LEAST * wanted.length()
        ? OptionalInt.empty()
        : OptionalInt.of(most);
  }

  private static int bonus(String text, int place) {
    if (place == 0) {
      return LEADING;
    }
    return Character.isLetterOrDigit(text.charAt(place - 1)) ? 0 : WORD_BEGINS;
  }
}
