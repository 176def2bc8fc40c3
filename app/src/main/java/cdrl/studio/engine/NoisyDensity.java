package cdrl.studio.engine;

import cdrl.data.PaintedDensity;
import cdrl.data.PlaneDistribution;
import cdrl.evaluate.DensityGrid;

/**
 * The density of x_t = ᾱ_t x + σ̄_t ε for x from a known distribution over [−8, 8]², which is taken
 * as constant in each of 256 × 256 cells: every cell gives a product of two differences of the
 * normal distribution function, exactly.
 */
final class NoisyDensity {
  private static final int CELLS = PaintedDensity.SIDE;
  private static final double EDGE = PaintedDensity.EXTENT;
  private static final double CELL = 2 * EDGE / CELLS;

  /** The probability of every cell, row by row from the lowest y. */
  private final double[][] shares = new double[CELLS][CELLS];

  NoisyDensity(PlaneDistribution distribution) {
    double total = 0;
    for (int row = 0; row < CELLS; row++) {
      for (int column = 0; column < CELLS; column++) {
        shares[row][column] = distribution.density(centre(column), centre(row));
        total += shares[row][column];
      }
    }
    for (double[] row : shares) {
      for (int column = 0; column < CELLS; column++) {
        row[column] /= total; // tails outside of the square are left out
      }
    }
  }

  private static double centre(int index) {
    return (index + 0.5) * CELL - EDGE;
  }

  /**
   * The density on a grid; its energies are −log density.
   *
   * @param signalScale ᾱ_t, above 0
   * @param noiseScale σ̄_t, above 0
   * @param size cells per side
   * @param extent half the side of the square
   */
  DensityGrid at(double signalScale, double noiseScale, int size, double extent) {
    double[][] profile = profile(signalScale, noiseScale, size, extent);
    double[][] columns = new double[CELLS][size];
    for (int row = 0; row < CELLS; row++) {
      for (int i = 0; i < size; i++) {
        double sum = 0;
        for (int column = 0; column < CELLS; column++) {
          sum += shares[row][column] * profile[i][column];
        }
        columns[row][i] = sum;
      }
    }
    double[] density = new double[size * size];
    for (int j = 0; j < size; j++) {
      for (int row = 0; row < CELLS; row++) {
        double weight = profile[j][row];
        for (int i = 0; weight > 0 && i < size; i++) {
          density[j * size + i] += weight * columns[row][i];
        }
      }
    }
    double[] energy = new double[density.length];
    for (int i = 0; i < density.length; i++) {
      energy[i] = -Math.log(density[i]);
    }
    return DensityGrid.rounded(size, extent, density, energy);
  }

  /** The density, along one axis, at the centre of a grid's cell of what comes from a cell. */
  private static double[][] profile(
      double signalScale, double noiseScale, int size, double extent) {
    double[][] profile = new double[size][CELLS];
    double width = signalScale * CELL;
    for (int i = 0; i < size; i++) {
      double x = ((i + 0.5) / size * 2 - 1) * extent;
      for (int cell = 0; cell < CELLS; cell++) {
        double from = signalScale * (cell * CELL - EDGE);
        profile[i][cell] =
            NormalDistribution.between((from - x) / noiseScale, (from + width - x) / noiseScale)
                / width;
      }
    }
    return profile;
  }
}
