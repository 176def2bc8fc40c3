package cdrl.model;

import cdrl.runtime.MisfitException;
import java.util.List;

/** Range checks whose messages name the setting. */
final class Ranges {
  private Ranges() {}

  static void check(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new MisfitException(
          "{0} must be between {1} and {2}, not {3}", name, least, most, value);
    }
  }

  /** Sinusoidal embeddings are half sines and half cosines. */
  static void checkEven(String name, int value) {
    if (value % 2 != 0) {
      throw new MisfitException("{0} must be even, not {1}", name, value);
    }
  }

  static void checkAll(String name, List<Integer> values, int least, int most) {
    if (values.isEmpty() || values.size() > 8) {
      throw new MisfitException("{0} must have 1 to 8 entries, not {1}", name, values.size());
    }
    for (int value : values) {
      check(name, value, least, most);
    }
  }
}
