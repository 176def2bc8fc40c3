package cdrl.studio.workspace;

import org.jspecify.annotations.Nullable;

/** Numbers as the preferences remember them. */
public final class Numbers {
  private Numbers() {}

  /** A number kept within a range; 0, or what is nearest to it, where the text is none. */
  public static double within(@Nullable String text, double least, double most) {
    double value;
    try {
      value = text == null ? 0 : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      value = 0;
    }
    return Math.max(least, Math.min(most, Double.isNaN(value) ? 0 : value));
  }
}
