package cdrl.evaluate;

import cdrl.model.CdrlModel;
import cdrl.model.PointModelSpec;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.schedule.NoiseSchedule;
import java.util.function.DoubleBinaryOperator;

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
public record DensityGrid(int size, double extent, float[] density, float[] energy) {
  /**
   * Evaluates the density of x at a noise level: p(x) ∝ exp(F(√m x, λ) / s²). Runs on the tensor
   * lane.
   *
   * @param level 0 … T; level T is the standard normal distribution
   * @throws CdrlException when the model is not two-dimensional or lacks the level
   */
  public static DensityGrid of(CdrlModel model, int level, int size, double extent) {
    return of(model, level, size, extent, new Cancellation());
  }

  /**
   * As {@link #of(CdrlModel, int, int, double)}.
   *
   * @throws java.util.concurrent.CancellationException when it is cancelled
   */
  public static DensityGrid of(
      CdrlModel model, int level, int size, double extent, Cancellation cancellation) {
    if (!(model.description().spec() instanceof PointModelSpec)) {
      throw new CdrlException(
          "The model '{0}' makes images; a density can be drawn for two-dimensional models only.",
          model.description().name());
    }
    NoiseSchedule schedule = model.schedule();
    if (level < 0 || level > schedule.levels()) {
      throw new CdrlException(
          "The model has no noise level {0}; choose one between 0 and {1}.",
          level, schedule.levels());
    }
    double[] energy =
        energies(model, level, new PlaneGrid(size, 0, 0, extent).points(), cancellation);
    return rounded(size, extent, normalized(energy, size, extent), energy);
  }

  /**
   * −log of the unnormalized density at points; that of level T is of the normal distribution.
   *
   * @param points (count, 2)
   */
  static double[] energies(CdrlModel model, int level, float[] points, Cancellation cancellation) {
    double[] energies = new double[points.length / 2];
    if (level == model.schedule().levels()) {
      for (int i = 0; i < energies.length; i++) {
        double x = points[2 * i];
        double y = points[2 * i + 1];
        energies[i] = (x * x + y * y) / 2;
      }
      return energies;
    }
    try (LevelEnergy energy = new LevelEnergy(model, level)) {
      double[] logDensities = energy.logDensities(points, cancellation);
      for (int i = 0; i < energies.length; i++) {
        energies[i] = -logDensities[i];
      }
      return energies;
    }
  }

  /**
   * A grid of values in single precision, as the network has them: whoever looks at all levels
   * keeps many cells.
   */
  public static DensityGrid rounded(int size, double extent, double[] density, double[] energy) {
    return new DensityGrid(size, extent, singles(density), singles(energy));
  }

  private static float[] singles(double[] values) {
    float[] singles = new float[values.length];
    for (int i = 0; i < singles.length; i++) {
      singles[i] = (float) values[i];
    }
    return singles;
  }

  /** log ∫ exp(−energy) over the square: what the unnormalized log density is to be reduced by. */
  public double logPartition() {
    double lowest = Double.POSITIVE_INFINITY;
    for (float value : energy) {
      lowest = Math.min(lowest, value);
    }
    double sum = 0;
    for (float value : energy) {
      sum += Math.exp(lowest - value);
    }
    double side = 2 * extent / size;
    return Math.log(sum * side * side) - lowest;
  }

  /** exp(−energy), normalized on the grid; the lowest energy is subtracted against overflow. */
  private static double[] normalized(double[] energy, int size, double extent) {
    double lowest = Double.POSITIVE_INFINITY;
    for (double value : energy) {
      lowest = Math.min(lowest, value);
    }
    double[] density = new double[energy.length];
    double sum = 0;
    for (int i = 0; i < energy.length; i++) {
      density[i] = Math.exp(lowest - energy[i]);
      sum += density[i];
    }
    double side = 2 * extent / size;
    for (int i = 0; i < density.length; i++) {
      density[i] /= sum * side * side;
    }
    return density;
  }

  /** The coordinate of the centre of column or row {@code index}. */
  public double centre(int index) {
    return new PlaneGrid(size, 0, 0, extent).x(index);
  }

  /**
   * Total variation distance to another density, ½ ∫ |p − q|, summed over cells; 0 for equal and 1
   * for disjoint distributions.
   *
   * @param other the other density at x and y, which integrates to 1 over the square
   */
  public double totalVariation(DoubleBinaryOperator other) {
    double side = 2 * extent / size;
    double sum = 0;
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        sum +=
            Math.abs(
                density[row * size + column] - other.applyAsDouble(centre(column), centre(row)));
      }
    }
    return sum * side * side / 2;
  }
}
