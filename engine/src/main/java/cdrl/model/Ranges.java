package cdrl.model;

import java.util.List;

/** Range checks whose messages name the setting. */
final class Ranges {
  private Ranges() {}

  static void check(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be between " + least + " and " + most + ", not " + value);
    }
  }

  /** Sinusoidal embeddings are half sines and half cosines. */
  static void checkEven(String name, int value) {
    if (value % 2 != 0) {
      throw new IllegalArgumentException(name + " must be even, not " + value);
    }
  }

  static void checkAll(String name, List<Integer> values, int least, int most) {
    if (values.isEmpty() || values.size() > 8) {
      throw new IllegalArgumentException(name + " must have 1 to 8 entries, not " + values.size());
    }
    for (int value : values) {
      check(name, value, least, most);
    }
  }
}
