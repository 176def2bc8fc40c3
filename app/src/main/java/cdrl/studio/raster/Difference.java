package cdrl.studio.raster;

import cdrl.runtime.HostTensor;

/**
 * What changed from one image to another, averaged over the colour channels, and its picture.
 *
 * @param raster blue where the second image is darker, red where it is lighter, pale where equal
 * @param scale the change at which the colours are strongest, in units of [−1, 1] data; above 0
 * @param rootMeanSquare √ of the mean squared change over all pixels and channels
 */
public record Difference(Raster raster, double scale, double rootMeanSquare) {
  private static final double LEAST_SCALE = 1e-6;

  /**
   * Compares image {@code index} of two batches of the same shape (count, channels, height, width).
   */
  public static Difference between(HostTensor before, HostTensor after, int index) {
    int channels = (int) after.shape()[1];
    int height = (int) after.shape()[2];
    int width = (int) after.shape()[3];
    int plane = width * height;
    int start = index * channels * plane;
    double[] change = new double[plane];
    double squares = 0;
    double largest = LEAST_SCALE;
    for (int i = 0; i < plane; i++) {
      for (int channel = 0; channel < channels; channel++) {
        int at = start + channel * plane + i;
        double step = after.values()[at] - before.values()[at];
        change[i] += step / channels;
        squares += step * step;
      }
      largest = Math.max(largest, Math.abs(change[i]));
    }
    int[] pixels = new int[plane];
    for (int i = 0; i < plane; i++) {
      pixels[i] = ColorMap.BLUE_RED.argb(0.5 + 0.5 * change[i] / largest);
    }
    return new Difference(
        new Raster(width, height, pixels), largest, Math.sqrt(squares / (plane * channels)));
  }
}
