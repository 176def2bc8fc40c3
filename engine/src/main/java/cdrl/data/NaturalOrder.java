package cdrl.data;

import java.util.Comparator;

/**
 * Orders names as people do: numbers inside them by value, so that "9.png" comes before "10.png".
 */
final class NaturalOrder implements Comparator<String> {
  static final NaturalOrder INSTANCE = new NaturalOrder();

  private NaturalOrder() {}

  @Override
  public int compare(String first, String second) {
    int i = 0;
    int j = 0;
    while (i < first.length() && j < second.length()) {
      char a = first.charAt(i);
      char b = second.charAt(j);
      if (isDigit(a) && isDigit(b)) {
        int endA = endOfNumber(first, i);
        int endB = endOfNumber(second, j);
        int byValue = compareNumbers(first, i, endA, second, j, endB);
        if (byValue != 0) {
          return byValue;
        }
        i = endA;
        j = endB;
      } else if (a != b) {
        return Character.compare(a, b);
      } else {
        i++;
        j++;
      }
    }
    int byRest = Integer.compare(first.length() - i, second.length() - j);
    // "1" and "01" have the same value but must not count as the same name.
    return byRest != 0 ? byRest : first.compareTo(second);
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private static int endOfNumber(String text, int start) {
    int end = start;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int compareNumbers(String a, int fromA, int toA, String b, int fromB, int toB) {
    int i = fromA;
    int j = fromB;
    while (i < toA - 1 && a.charAt(i) == '0') {
      i++;
    }
    while (j < toB - 1 && b.charAt(j) == '0') {
      j++;
    }
    if (toA - i != toB - j) {
      return Integer.compare(toA - i, toB - j);
    }
    for (; i < toA; i++, j++) {
      if (a.charAt(i) != b.charAt(j)) {
        return Character.compare(a.charAt(i), b.charAt(j));
      }
    }
    return 0;
  }
}
