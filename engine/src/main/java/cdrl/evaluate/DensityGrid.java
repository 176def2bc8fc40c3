package cdrl.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import cdrl.model.CdrlModel;
import cdrl.model.EnergyModel;
import cdrl.model.PointModelSpec;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.schedule.NoiseSchedule;
import java.util.Arrays;
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
public record DensityGrid(int size, double extent, double[] density, double[] energy) {
  private static final int CELLS_PER_CALL = 10_000;

  /**
   * Evaluates the density of x at a noise level: p(x) ∝ exp(F(√m x, λ) / s²). Runs on the tensor
   * lane.
   *
   * @param level 0 … T; level T is the standard normal distribution
   * @throws CdrlException when the model is not two-dimensional or lacks the level
   */
  public static DensityGrid of(CdrlModel model, int level, int size, double extent) {
    if (!(model.description().spec() instanceof PointModelSpec)) {
      throw new CdrlException(
          "The model '"
              + model.description().name()
              + "' makes images; a density can be drawn for two-dimensional models only.");
    }
    NoiseSchedule schedule = model.schedule();
    if (level < 0 || level > schedule.levels()) {
      throw new CdrlException(
          "The model has no noise level "
              + level
              + "; choose one between 0 and "
              + schedule.levels()
              + ".");
    }
    double[] x = new double[size * size];
    double[] y = new double[size * size];
    for (int cell = 0; cell < x.length; cell++) {
      x[cell] = centre(cell % size, size, extent);
      y[cell] = centre(cell / size, size, extent);
    }
    double[] energy = energies(model, level, x, y);
    return new DensityGrid(size, extent, normalized(energy, size, extent), energy);
  }

  /** −log of the unnormalized density at points; that of level T is of the normal distribution. */
  static double[] energies(CdrlModel model, int level, double[] x, double[] y) {
    double[] energy = new double[x.length];
    NoiseSchedule schedule = model.schedule();
    if (level == schedule.levels()) {
      for (int i = 0; i < energy.length; i++) {
        energy[i] = (x[i] * x[i] + y[i] * y[i]) / 2;
      }
      return energy;
    }
    double scale = schedule.inputScale(level + 1);
    double square = model.description().spec().stepSize().squared(schedule, level + 1);
    try (NDManager scope = model.manager().newSubManager()) {
      EnergyModel.Function network =
          model
              .energy()
              .at(
                  scope,
                  new float[] {(float) schedule.logSnr(level)},
                  null,
                  EnergyModel.Mode.FROZEN);
      for (int first = 0; first < energy.length; first += CELLS_PER_CALL) {
        int count = Math.min(CELLS_PER_CALL, energy.length - first);
        float[] points = new float[2 * count];
        for (int i = 0; i < count; i++) {
          points[2 * i] = (float) (scale * x[first + i]);
          points[2 * i + 1] = (float) (scale * y[first + i]);
        }
        try (NDManager call = scope.newSubManager()) {
          NDArray values =
              network.negativeEnergy(new HostTensor(new long[] {count, 2}, points).toArray(call));
          float[] host = values.toFloatArray();
          for (int i = 0; i < count; i++) {
            energy[first + i] = -host[i] / square;
          }
        }
      }
    }
    return energy;
  }

  /** log ∫ exp(−energy) over the square: what the unnormalized log density is to be reduced by. */
  public double logPartition() {
    double lowest = Arrays.stream(energy).min().orElseThrow();
    double sum = 0;
    for (double value : energy) {
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

  /** The coordinate of the centre of a column or row. */
  private static double centre(int index, int size, double extent) {
    return ((index + 0.5) / size * 2 - 1) * extent;
  }

  /** The coordinate of the centre of column or row {@code index}. */
  public double centre(int index) {
    return centre(index, size, extent);
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
