package cdrl.studio.charts;

/**
 * Where a plot draws its curves, in the plot's own coordinates.
 *
 * @param width of the curves alone, without what stands beside them
 * @param height of the curves alone
 */
record PlotArea(double width, double height) {
  static final double LEFT = 62;
  static final double RIGHT = 16;
  static final double TOP = 10;
  static final double BOTTOM = 28;

  private static final double LEAST = 8;

  /** The area in a plot of some size. */
  static PlotArea in(double plotWidth, double plotHeight) {
    return new PlotArea(
        Math.floor(plotWidth) - LEFT - RIGHT, Math.floor(plotHeight) - TOP - BOTTOM);
  }

  /** Whether there is room to draw. */
  boolean isLarge() {
    return width >= LEAST && height >= LEAST;
  }

  /** Where a value of the horizontal axis is. */
  double column(Axis x, double value) {
    return LEFT + x.position(value) * width;
  }

  /** Where a value of the vertical axis is. */
  double row(Axis y, double value) {
    return TOP + (1 - y.position(value)) * height;
  }

  /** The value of the horizontal axis at a column, or at the nearest one that there is. */
  double value(Axis x, double column) {
    return x.value(Math.max(0, Math.min(1, (column - LEFT) / width)));
  }

  /** Whether a point lies over the curves, or a little to the side of them. */
  boolean contains(double column, double row) {
    return column >= LEFT - 4 && column <= LEFT + width + 4 && row >= TOP && row <= TOP + height;
  }
}
