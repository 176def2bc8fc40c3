package cdrl.studio.raster;

/** Colours for lines: equally light, so that none looks more important, and easy to tell apart. */
public final class Palette {
  private static final double[] HUES = {255, 50, 150, 340, 200, 95, 300, 20, 125, 225};
  private static final double FIRST_HUE = 65;
  private static final double LAST_HUE = 305;

  private Palette() {}

  /**
   * One of many colours, 0xRRGGBB.
   *
   * @param index from 0; after ten the hues come again, lighter or darker
   * @param dark whether the ground is dark
   */
  public static int distinct(int index, boolean dark) {
    int round = index / HUES.length % 3;
    double lightness = dark ? 0.76 - 0.12 * round : 0.57 - 0.12 * round;
    return color(lightness, HUES[Math.floorMod(index, HUES.length)], dark);
  }

  /**
   * A colour of a sequence, from orange to violet, 0xRRGGBB.
   *
   * @param share where in the sequence, 0 to 1
   * @param dark whether the ground is dark
   */
  public static int ordered(double share, boolean dark) {
    return color(dark ? 0.76 : 0.57, FIRST_HUE + share * (LAST_HUE - FIRST_HUE), dark);
  }

  private static int color(double lightness, double hue, boolean dark) {
    double chroma = dark ? 0.13 : 0.16;
    double angle = Math.toRadians(hue);
    return OkLab.toArgb(
            new double[] {lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)})
        & 0xFFFFFF;
  }
}
