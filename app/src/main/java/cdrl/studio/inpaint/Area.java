package cdrl.studio.inpaint;

/**
 * A rectangle of pixels.
 *
 * @param left the first column
 * @param top the first row
 * @param right the column behind the last one
 * @param bottom the row behind the last one
 */
public record Area(int left, int top, int right, int bottom) {
  /** No pixels. */
  public static final Area NONE = new Area(0, 0, 0, 0);

  /** The smallest area of whole pixels around a rectangle. */
  static Area around(double left, double top, double right, double bottom) {
    return new Area(
        (int) Math.floor(left),
        (int) Math.floor(top),
        (int) Math.ceil(right),
        (int) Math.ceil(bottom));
  }

  /** Whether there are no pixels in it. */
  public boolean isEmpty() {
    return right <= left || bottom <= top;
  }

  int width() {
    return Math.max(0, right - left);
  }

  int height() {
    return Math.max(0, bottom - top);
  }

  /** The part inside a picture of the given size. */
  Area within(int width, int height) {
    Area part =
        new Area(
            Math.max(0, left), Math.max(0, top), Math.min(width, right), Math.min(height, bottom));
    return part.isEmpty() ? NONE : part;
  }

  /** The smallest area that holds both. */
  Area and(Area other) {
    if (isEmpty() || other.isEmpty()) {
      return isEmpty() ? other : this;
    }
    return new Area(
        Math.min(left, other.left),
        Math.min(top, other.top),
        Math.max(right, other.right),
        Math.max(bottom, other.bottom));
  }
}
