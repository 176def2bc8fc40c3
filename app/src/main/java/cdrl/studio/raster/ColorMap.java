package cdrl.studio.raster;

/**
 * Colours for numbers from 0 to 1, evenly spaced to the eye: a few published colours with straight
 * lines between them in the OKLab colour space.
 */
public enum ColorMap {
  /** Dark violet to yellow; Matplotlib's viridis (CC0, N. Smith and S. van der Walt). */
  VIRIDIS(
      0xff7a59, 0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58,
      0xb5de2b, 0xfde725),
  /** Black to pale yellow through magenta; Matplotlib's magma (CC0, same authors). */
  MAGMA(
      0x5fd3f3, 0x000004, 0x180f3d, 0x440f76, 0x721f81, 0x9e2f7f, 0xcd4071, 0xf1605d, 0xfd9668,
      0xfeca8d, 0xfcfdbf),
  /**
   * Dark blue to yellow for every kind of colour vision; cividis (Nuñez, Anderton, Renslow 2018).
   */
  CIVIDIS(
      0xff8a5c, 0x00224e, 0x123570, 0x3b496c, 0x575d6d, 0x707173, 0x8a8678, 0xa59c74, 0xc3b369,
      0xe1cc55, 0xfee838),
  /**
   * Blue over pale grey to red, for changes around 0; the ends of ColorBrewer's RdBu (C. Brewer).
   */
  BLUE_RED(0x222222, 0x053061, 0x2166ac, 0x92c5de, 0xf7f7f7, 0xf4a582, 0xb2182b, 0x67001f);

  private static final int STEPS = 1024;

  private final int[] table = new int[STEPS + 1];
  private final int contrast;

  /**
   * @param contrast a colour that stands out from all of the map
   * @param anchors the published colours at equal distances
   */
  ColorMap(int contrast, int... anchors) {
    this.contrast = contrast;
    double[][] lab = new double[anchors.length][];
    for (int i = 0; i < anchors.length; i++) {
      lab[i] = OkLab.of(anchors[i]);
    }
    for (int step = 0; step <= STEPS; step++) {
      double position = (double) step / STEPS * (anchors.length - 1);
      int left = Math.min((int) position, anchors.length - 2);
      table[step] = OkLab.toArgb(OkLab.mix(lab[left], lab[left + 1], position - left));
    }
  }

  /**
   * The colour for a number; numbers outside [0, 1] get the colour of the nearer end, NaN the low
   * one.
   */
  public int argb(double value) {
    return table[(int) Math.round(Math.min(1, Math.max(0, value)) * STEPS)];
  }

  /** A colour for marks on top of the map, 0xRRGGBB. */
  public int contrast() {
    return contrast;
  }
}
