package cdrl.data;

/**
 * How several images are arranged in one picture.
 *
 * @param columns images side by side, at least 1
 * @param padding pixels between images and around them, at least 0
 * @param scale how many pixels wide and high each pixel of an image becomes, at least 1
 */
public record SheetLayout(int columns, int padding, int scale) {
  /** Checks the ranges. */
  public SheetLayout {
    if (columns < 1 || padding < 0 || scale < 1) {
      throw new IllegalArgumentException(columns + " columns, " + padding + ", ×" + scale);
    }
  }

  /** As square as possible, with two pixels between images that keep their size. */
  public static SheetLayout square(int count) {
    return new SheetLayout((int) Math.ceil(Math.sqrt(Math.max(1, count))), 2, 1);
  }

  /** The same with enlarged images. */
  public SheetLayout withScale(int newScale) {
    return new SheetLayout(columns, padding, newScale);
  }

  /** The same with another number of columns. */
  public SheetLayout withColumns(int newColumns) {
    return new SheetLayout(newColumns, padding, scale);
  }
}
