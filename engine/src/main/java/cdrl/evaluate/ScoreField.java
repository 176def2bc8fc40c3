package cdrl.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import cdrl.model.CdrlModel;
import cdrl.model.EnergyModel;
import cdrl.model.PointModelSpec;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.sampling.EagerLangevin;
import cdrl.schedule.NoiseSchedule;

/**
 * The score ∇ log p of a two-dimensional model on a square grid: where Langevin dynamics drifts to.
 *
 * @param size points per side
 * @param centreX of the square
 * @param centreY of the square
 * @param half half its side length
 * @param dx the horizontal component at the centre of every cell, row by row from the lowest y,
 *     each row from the lowest x
 * @param dy the vertical component, in the same order
 */
@SuppressWarnings("ArrayRecordComponent") // a value object by convention, as HostTensor
public record ScoreField(
    int size, double centreX, double centreY, double half, float[] dx, float[] dy) {

  /**
   * Evaluates the score of x at a noise level, √m/s² ∇F(√m x, λ). Runs on the tensor lane.
   *
   * @param level 0 … T; level T is the standard normal distribution
   * @throws CdrlException when the model is not two-dimensional
   */
  public static ScoreField of(
      CdrlModel model, int level, int size, double centreX, double centreY, double half) {
    if (!(model.description().spec() instanceof PointModelSpec)) {
      throw new CdrlException(
          "The model '"
              + model.description().name()
              + "' makes images; scores can be drawn for two-dimensional models only.");
    }
    ScoreField field =
        new ScoreField(
            size, centreX, centreY, half, new float[size * size], new float[size * size]);
    NoiseSchedule schedule = model.schedule();
    if (level == schedule.levels()) {
      for (int i = 0; i < size * size; i++) {
        field.dx[i] = (float) -field.x(i);
        field.dy[i] = (float) -field.y(i);
      }
      return field;
    }
    double scale = schedule.inputScale(level + 1);
    double square = model.description().spec().stepSize().squared(schedule, level + 1);
    float[] points = new float[2 * size * size];
    for (int i = 0; i < size * size; i++) {
      points[2 * i] = (float) (scale * field.x(i));
      points[2 * i + 1] = (float) (scale * field.y(i));
    }
    try (NDManager scope = model.manager().newSubManager()) {
      EnergyModel.Function network =
          model
              .energy()
              .at(
                  scope,
                  new float[] {(float) schedule.logSnr(level)},
                  null,
                  EnergyModel.Mode.FROZEN);
      NDArray y = new HostTensor(new long[] {size * size, 2}, points).toArray(scope);
      float[] gradient = EagerLangevin.gradient(scope, network, y).toFloatArray();
      for (int i = 0; i < size * size; i++) {
        field.dx[i] = (float) (gradient[2 * i] * scale / square);
        field.dy[i] = (float) (gradient[2 * i + 1] * scale / square);
      }
    }
    return field;
  }

  /** The horizontal coordinate of a point. */
  public double x(int index) {
    return centreX + ((index % size + 0.5) / size * 2 - 1) * half;
  }

  /** The vertical coordinate of a point. */
  public double y(int index) {
    return centreY + ((index / size + 0.5) / size * 2 - 1) * half;
  }
}
