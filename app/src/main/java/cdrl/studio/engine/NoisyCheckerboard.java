package cdrl.studio.engine;

import cdrl.data.Checkerboard;
import cdrl.evaluate.DensityGrid;

/**
 * The density of x_t = ᾱ_t x + σ̄_t ε for x uniform on the checkerboard, in closed form: every
 * field gives a product of two differences of the normal distribution function.
 */
final class NoisyCheckerboard {
  private static final int FIELDS = 4;
  private static final double SIDE = 4;
  private static final double EDGE = 8;

  private NoisyCheckerboard() {}

  /**
   * The density on a grid.
   *
   * @param signalScale ᾱ_t
   * @param noiseScale σ̄_t, above 0
   */
  static DensityGrid density(double signalScale, double noiseScale, int size, double extent) {
    double[][] profile = new double[FIELDS][size];
    for (int field = 0; field < FIELDS; field++) {
      double from = signalScale * (field * SIDE - EDGE);
      double to = signalScale * ((field + 1) * SIDE - EDGE);
      for (int i = 0; i < size; i++) {
        double x = ((i + 0.5) / size * 2 - 1) * extent;
        profile[field][i] =
            NormalDistribution.between((from - x) / noiseScale, (to - x) / noiseScale)
                / (signalScale * SIDE);
      }
    }
    double[] density = new double[size * size];
    double[] energy = new double[size * size];
    for (int column = 0; column < FIELDS; column++) {
      for (int row = 0; row < FIELDS; row++) {
        double weight =
            signalScale > 0
                ? Checkerboard.density((column + 0.5) * SIDE - EDGE, (row + 0.5) * SIDE - EDGE)
                    * SIDE
                    * SIDE
                : 0;
        for (int j = 0; weight > 0 && j < size; j++) {
          for (int i = 0; i < size; i++) {
            density[j * size + i] += weight * profile[column][i] * profile[row][j];
          }
        }
      }
    }
    for (int i = 0; i < density.length; i++) {
      energy[i] = -Math.log(density[i]);
    }
    return new DensityGrid(size, extent, density, energy);
  }
}
