package cdrl.cli;

/**
 * Colours for numbers from 0 to 1 that look evenly spaced: a path through the OKLCH colour space on
 * which lightness rises steadily while the hue turns from violet over green to yellow.
 */
final class PerceptualColors {
  private static final double DARKEST = 0.16;
  private static final double LIGHTEST = 0.94;
  private static final double FIRST_HUE = Math.toRadians(305);
  private static final double LAST_HUE = Math.toRadians(105);

  private PerceptualColors() {}

  /**
   * Red, green and blue, each from 0 to 1.
   *
   * @param value the number; values outside of [0, 1] get the colour of the nearer end
   */
  static double[] of(double value) {
    double share = Math.min(1, Math.max(0, value));
    double lightness = DARKEST + (LIGHTEST - DARKEST) * share;
    double hue = FIRST_HUE + (LAST_HUE - FIRST_HUE) * share;
    // As much chroma as a screen can show at that lightness and hue, up to a moderate one.
    double least = 0;
    double most = 0.13;
    for (int i = 0; i < 20; i++) {
      double middle = (least + most) / 2;
      if (isShowable(linear(lightness, middle, hue))) {
        least = middle;
      } else {
        most = middle;
      }
    }
    double[] color = linear(lightness, least, hue);
    for (int i = 0; i < color.length; i++) {
      color[i] = curved(Math.min(1, Math.max(0, color[i])));
    }
    return color;
  }

  private static boolean isShowable(double[] color) {
    for (double channel : color) {
      if (channel < 0 || channel > 1) {
        return false;
      }
    }
    return true;
  }

  /** From OKLCH to linear sRGB, with the matrices of the colour space's definition. */
  private static double[] linear(double lightness, double chroma, double hue) {
    double a = chroma * Math.cos(hue);
    double b = chroma * Math.sin(hue);
    double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
    double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
    double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
    return new double[] {
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s
    };
  }

  private static double cube(double value) {
    return value * value * value;
  }

  private static double curved(double channel) {
    return channel <= 0.0031308 ? 12.92 * channel : 1.055 * Math.pow(channel, 1 / 2.4) - 0.055;
  }
}
