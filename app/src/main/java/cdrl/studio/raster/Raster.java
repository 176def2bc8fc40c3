package cdrl.studio.raster;

import cdrl.runtime.HostTensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A picture as opaque pixels. It must not be changed once it has been handed over.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param argb width · height pixels, 0xFFRRGGBB each, row by row from the top left
 */
@SuppressWarnings("ArrayRecordComponent") // a value object by convention, see above
public record Raster(int width, int height, int[] argb) {
  private static final int OPAQUE = 0xFF000000;

  /** Checks that the number of pixels fits. */
  public Raster {
    if (width < 1 || height < 1 || argb.length != width * height) {
      throw new IllegalArgumentException(
          argb.length + " pixels do not make a picture of " + width + " × " + height);
    }
  }

  /**
   * One image of a batch.
   *
   * @param batch (count, channels, height, width) with 1 or 3 channels; [−1, 1] is black to full
   *     colour, values outside are clamped
   * @param index which image
   */
  public static Raster of(HostTensor batch, int index) {
    int channels = (int) batch.shape()[1];
    int height = (int) batch.shape()[2];
    int width = (int) batch.shape()[3];
    int plane = width * height;
    int start = index * channels * plane;
    float[] values = batch.values();
    int[] pixels = new int[plane];
    for (int i = 0; i < plane; i++) {
      int red = shade(values[start + i]);
      int green = channels == 3 ? shade(values[start + plane + i]) : red;
      int blue = channels == 3 ? shade(values[start + 2 * plane + i]) : red;
      pixels[i] = OPAQUE | red << 16 | green << 8 | blue;
    }
    return new Raster(width, height, pixels);
  }

  /**
   * One image.
   *
   * @param image (channels, height, width), otherwise as above
   */
  public static Raster of(HostTensor image) {
    long[] shape = image.shape();
    return of(new HostTensor(new long[] {1, shape[0], shape[1], shape[2]}, image.values()), 0);
  }

  /** The same rounding as saved pictures use. */
  private static int shade(float value) {
    return Math.round(Math.min(1, Math.max(0, (value + 1) / 2)) * 255);
  }

  /** The picture as an image (3, height, width) with values in [−1, 1]; each byte survives. */
  public HostTensor toTensor() {
    int plane = width * height;
    float[] values = new float[3 * plane];
    for (int i = 0; i < plane; i++) {
      values[i] = value(argb[i] >> 16);
      values[plane + i] = value(argb[i] >> 8);
      values[2 * plane + i] = value(argb[i]);
    }
    return new HostTensor(new long[] {3, height, width}, values);
  }

  private static float value(int shade) {
    return (shade & 255) / 255f * 2 - 1;
  }

  /**
   * The picture, or one shrunk by a whole number: each pixel is the mean of a square.
   *
   * @param side the most pixels of the longer side
   */
  public Raster atMost(int side) {
    int by = Math.min((Math.max(width, height) + side - 1) / side, Math.min(width, height));
    if (by <= 1) {
      return this;
    }
    int columns = width / by;
    int rows = height / by;
    int[] pixels = new int[columns * rows];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = mean(i % columns * by, i / columns * by, by);
    }
    return new Raster(columns, rows, pixels);
  }

  private int mean(int left, int top, int side) {
    long red = 0;
    long green = 0;
    long blue = 0;
    for (int y = top; y < top + side; y++) {
      for (int x = left; x < left + side; x++) {
        int pixel = argb[y * width + x];
        red += pixel >> 16 & 255;
        green += pixel >> 8 & 255;
        blue += pixel & 255;
      }
    }
    long count = (long) side * side;
    return OPAQUE
        | (int) ((red + count / 2) / count) << 16
        | (int) ((green + count / 2) / count) << 8
        | (int) ((blue + count / 2) / count);
  }

  /**
   * All images of a batch in rows.
   *
   * @param columns images per row, at least 1
   * @param gap pixels between two images
   * @param ground 0xRRGGBB of the gaps
   */
  public static Raster sheet(HostTensor batch, int columns, int gap, int ground) {
    int rows = (batch.count() + columns - 1) / columns;
    int cellHeight = (int) batch.shape()[2];
    int cellWidth = (int) batch.shape()[3];
    int width = columns * cellWidth + (columns - 1) * gap;
    int height = rows * cellHeight + (rows - 1) * gap;
    int[] pixels = new int[width * height];
    Arrays.fill(pixels, OPAQUE | ground);
    for (int index = 0; index < batch.count(); index++) {
      Raster cell = of(batch, index);
      int left = index % columns * (cellWidth + gap);
      int top = index / columns * (cellHeight + gap);
      for (int row = 0; row < cellHeight; row++) {
        System.arraycopy(cell.argb, row * cellWidth, pixels, (top + row) * width + left, cellWidth);
      }
    }
    return new Raster(width, height, pixels);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Raster that
        && width == that.width
        && height == that.height
        && Arrays.equals(argb, that.argb);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(argb);
  }

  @Override
  public String toString() {
    return "Raster[" + width + " × " + height + "]";
  }
}
