package cdrl.studio.detect;

import cdrl.runtime.HostTensor;
import cdrl.studio.raster.ColorMap;
import cdrl.studio.raster.Raster;
import java.util.Arrays;

/**
 * Where in a picture its energy says that something is odd.
 *
 * @param map (1, height, width): the size of the energy's gradient at every pixel
 * @param brightest the size that gets the brightest colour, above 0
 */
record Heat(HostTensor map, double brightest) {
  /** The colours. */
  static final ColorMap COLORS = ColorMap.MAGMA;

  /** A few pixels far above the others would make all of them dark. */
  private static final double SHARE_SHOWN = 0.995;

  /** The size below which nearly all pixels of some maps lie, above 0. */
  static double brightest(HostTensor maps) {
    float[] sorted = maps.values().clone();
    Arrays.sort(sorted);
    double found = sorted[(int) (SHARE_SHOWN * (sorted.length - 1))];
    return found > 0 ? found : 1;
  }

  /**
   * Lays the map over a picture of the same size.
   *
   * @param opacity 0 for the picture alone to 1 for the map alone
   */
  Raster over(Raster picture, double opacity) {
    int[] pixels = new int[picture.argb().length];
    for (int i = 0; i < pixels.length; i++) {
      int color = COLORS.argb(map.values()[i] / brightest);
      int under = picture.argb()[i];
      pixels[i] =
          0xFF000000
              | mixed(under >> 16, color >> 16, opacity) << 16
              | mixed(under >> 8, color >> 8, opacity) << 8
              | mixed(under, color, opacity);
    }
    return new Raster(picture.width(), picture.height(), pixels);
  }

  private static int mixed(int under, int over, double share) {
    return (int) Math.round((1 - share) * (under & 255) + share * (over & 255));
  }
}
