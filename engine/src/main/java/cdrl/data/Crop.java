package cdrl.data;

/**
 * A rectangle of an image in pixels, which may begin and end inside of pixels.
 *
 * @param x the left edge
 * @param y the upper edge
 * @param width above 0
 * @param height above 0
 */
public record Crop(double x, double y, double width, double height) {

  /** Chooses the part of an image to use from its size. */
  @FunctionalInterface
  public interface Rule {
    /** The part of an image of this many pixels to use. */
    Crop of(int width, int height);
  }

  /** All of the image. */
  public static Crop whole(int width, int height) {
    return new Crop(0, 0, width, height);
  }

  /** The largest square around the centre. */
  public static Crop centreSquare(int width, int height) {
    double side = Math.min(width, height);
    return new Crop((width - side) / 2, (height - side) / 2, side, side);
  }

  /**
   * The face in an aligned CelebA image: of the published 178 × 218 pixels the square of side 140
   * that begins at (19, 43), and of any other size the same share.
   */
  public static Crop celeba(int width, int height) {
    double horizontal = width / 178.0;
    double vertical = height / 218.0;
    return new Crop(19 * horizontal, 43 * vertical, 140 * horizontal, 140 * vertical);
  }
}
