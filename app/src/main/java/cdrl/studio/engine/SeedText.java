package cdrl.studio.engine;

import java.util.OptionalLong;

/** Seeds as people type them: whole numbers from 0 to 2⁶³ − 1. */
public final class SeedText {
  private SeedText() {}

  /** The seed, or nothing when the text is none. */
  public static OptionalLong parse(String text) {
    String digits = text.strip();
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(digits));
    } catch (NumberFormatException e) {
      return OptionalLong.empty(); // too many digits
    }
  }
}
