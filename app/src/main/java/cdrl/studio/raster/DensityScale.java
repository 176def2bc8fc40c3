package cdrl.studio.raster;

import cdrl.evaluate.DensityGrid;

/**
 * How densities become colours: from 0 (or, on the logarithmic scale, from five powers of ten below
 * the top) to the top.
 *
 * @param logarithmic whether equal factors, not equal differences, look equal
 * @param top the density with the last colour, above 0
 */
public record DensityScale(boolean logarithmic, double top) implements ColorScale {
  private static final double RANGE = 1e-5;

  /** A scale whose top is the largest density of the grids. */
  public static DensityScale of(boolean logarithmic, DensityGrid... grids) {
    double top = Double.MIN_NORMAL;
    for (DensityGrid grid : grids) {
      for (double density : grid.density()) {
        top = density > top ? density : top;
      }
    }
    return new DensityScale(logarithmic, top);
  }

  /** The density with the first colour. */
  public double bottom() {
    return logarithmic ? top * RANGE : 0;
  }

  @Override
  public double position(double density) {
    double position = logarithmic ? 1 - Math.log(density / top) / Math.log(RANGE) : density / top;
    return Double.isNaN(position) ? 0 : Math.min(1, Math.max(0, position));
  }

  /** The density at a position of the scale, 0 to 1. */
  public double density(double position) {
    return logarithmic ? top * Math.pow(RANGE, 1 - position) : top * position;
  }

  @Override
  public Raster paint(DensityGrid grid, ColorMap colors) {
    return paint(grid.density(), grid.size(), colors);
  }
}
