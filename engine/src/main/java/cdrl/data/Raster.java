package cdrl.data;

import cdrl.runtime.HostTensor;

/**
 * A decoded image with values from 0 to 255.
 *
 * @param width in pixels
 * @param height in pixels
 * @param channels 1 or 3
 * @param values (channels, height, width) in row-major order
 */
@SuppressWarnings("ArrayRecordComponent") // used inside the package only, never compared
record Raster(int width, int height, int channels, float[] values) {

  /** Turns colour to grey with the weights of Rec. 601, or repeats grey for every channel. */
  Raster withChannels(int wanted) {
    if (wanted == channels) {
      return this;
    }
    int area = width * height;
    float[] converted = new float[wanted * area];
    for (int i = 0; i < area; i++) {
      if (wanted == 1) {
        converted[i] =
            0.299f * values[i] + 0.587f * values[area + i] + 0.114f * values[2 * area + i];
      } else {
        converted[i] = values[i];
        converted[area + i] = values[i];
        converted[2 * area + i] = values[i];
      }
    }
    return new Raster(width, height, wanted, converted);
  }

  /** The part inside the rectangle at another size; unchanged values when nothing is scaled. */
  Raster scaled(Crop crop, int newWidth, int newHeight) {
    Resampling horizontal = new Resampling(width, crop.x(), crop.width(), newWidth);
    Resampling vertical = new Resampling(height, crop.y(), crop.height(), newHeight);
    float[] result = new float[channels * newWidth * newHeight];
    float[] rows = new float[height * newWidth];
    for (int c = 0; c < channels; c++) {
      for (int y = vertical.first(); y < vertical.end(); y++) {
        horizontal.apply(values, (c * height + y) * width, 1, rows, y * newWidth, 1);
      }
      for (int x = 0; x < newWidth; x++) {
        vertical.apply(rows, x, newWidth, result, c * newHeight * newWidth + x, newWidth);
      }
    }
    return new Raster(newWidth, newHeight, channels, result);
  }

  /**
   * Turns and mirrors the image as its Exif orientation asks for.
   *
   * @param orientation 1 to 8
   */
  Raster oriented(int orientation) {
    if (orientation == 1) {
      return this;
    }
    boolean swapped = orientation >= 5;
    int newWidth = swapped ? height : width;
    int newHeight = swapped ? width : height;
    float[] turned = new float[values.length];
    for (int c = 0; c < channels; c++) {
      int plane = c * width * height;
      for (int y = 0; y < newHeight; y++) {
        for (int x = 0; x < newWidth; x++) {
          int fromX = swapped ? y : x;
          int fromY = swapped ? x : y;
          if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8) {
            fromX = width - 1 - fromX;
          }
          if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7) {
            fromY = height - 1 - fromY;
          }
          turned[plane + y * newWidth + x] = values[plane + fromY * width + fromX];
        }
      }
    }
    return new Raster(newWidth, newHeight, channels, turned);
  }

  /** The values rounded to bytes, in the same order. */
  byte[] toBytes() {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.max(0, Math.min(255, Math.round(values[i])));
    }
    return bytes;
  }

  /** The values rounded to bytes and given as (channels, height, width) in [−1, 1]. */
  HostTensor toTensor() {
    byte[] bytes = toBytes();
    float[] scaled = new float[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      scaled[i] = PixelValues.toValue(bytes[i]);
    }
    return new HostTensor(new long[] {channels, height, width}, scaled);
  }
}
