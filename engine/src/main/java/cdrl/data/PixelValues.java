package cdrl.data;

import cdrl.runtime.HostTensor;

/**
 * Conversion between the bytes of pictures, 0 to 255, and the values that models see, −1 to 1. The
 * two directions are exact inverses on all 256 bytes.
 */
public final class PixelValues {
  private static final float[] VALUES = new float[256];

  static {
    for (int b = 0; b < 256; b++) {
      VALUES[b] = b / 127.5f - 1;
    }
  }

  private PixelValues() {}

  /**
   * The value of a byte.
   *
   * @param pixel the byte; only its lowest 8 bits count
   * @return from −1 to 1
   */
  public static float toValue(int pixel) {
    return VALUES[pixel & 0xff];
  }

  /**
   * The nearest byte.
   *
   * @param value any number; what lies outside [−1, 1] is clamped, and no number at all counts as 0
   * @return from 0 to 255
   */
  public static int toByte(float value) {
    return Math.max(0, Math.min(255, Math.round((value + 1) * 127.5f)));
  }

  /**
   * Converts an image for display.
   *
   * @param image (channels, height, width) with 1 or 3 channels
   * @return opaque ARGB pixels in rows, height · width of them
   */
  public static int[] toArgb(HostTensor image) {
    int channels = Math.toIntExact(image.shape()[0]);
    int area = Math.toIntExact(image.shape()[1] * image.shape()[2]);
    int[] argb = new int[area];
    toArgb(image.values(), 0, channels, area, argb);
    return argb;
  }

  /**
   * Converts one image of a batch for display, without allocating.
   *
   * @param values the batch in row-major order
   * @param offset where the image begins
   * @param channels 1 or 3
   * @param area height · width
   * @param argb receives {@code area} opaque pixels in rows
   */
  public static void toArgb(float[] values, int offset, int channels, int area, int[] argb) {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("a picture has 1 or 3 channels, not " + channels);
    }
    int green = channels == 3 ? area : 0;
    int blue = 2 * green;
    for (int i = 0; i < area; i++) {
      argb[i] =
          0xff000000
              | toByte(values[offset + i]) << 16
              | toByte(values[offset + green + i]) << 8
              | toByte(values[offset + blue + i]);
    }
  }
}
