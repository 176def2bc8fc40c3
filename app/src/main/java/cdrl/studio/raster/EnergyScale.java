package cdrl.studio.raster;

import cdrl.evaluate.DensityGrid;

/**
 * How energies become colours: the lowest one gets the last colour, the highest one the first. Only
 * differences of energies mean something, so they are counted from the lowest one.
 *
 * @param logarithmic whether log(1 + difference) is evenly spaced, not the difference
 * @param lowest the energy with the last colour
 * @param range how far above it the first colour lies, above 0
 */
public record EnergyScale(boolean logarithmic, double lowest, double range) implements ColorScale {

  /** A scale from the lowest to the highest energy of a grid. */
  public static EnergyScale of(boolean logarithmic, DensityGrid grid) {
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (double energy : grid.energy()) {
      if (Double.isFinite(energy)) {
        lowest = Math.min(lowest, energy);
        highest = Math.max(highest, energy);
      }
    }
    return lowest < highest
        ? new EnergyScale(logarithmic, lowest, highest - lowest)
        : new EnergyScale(logarithmic, Double.isFinite(lowest) ? lowest : 0, 1);
  }

  @Override
  public double position(double energy) {
    double above = energy - lowest;
    double share = logarithmic ? Math.log1p(Math.max(0, above)) / Math.log1p(range) : above / range;
    return Double.isNaN(share) ? 0 : 1 - Math.min(1, Math.max(0, share));
  }

  @Override
  public Raster paint(DensityGrid grid, ColorMap colors) {
    return paint(grid.energy(), grid.size(), colors);
  }
}
