package cdrl.evaluate;

import cdrl.model.CdrlModel;
import cdrl.model.PointModelSpec;
import cdrl.runtime.CdrlException;

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
          "The model '{0}' makes images; scores can be drawn for two-dimensional models only.",
          model.description().name());
    }
    float[] points = new PlaneGrid(size, centreX, centreY, half).points();
    float[] dx = new float[size * size];
    float[] dy = new float[size * size];
    float[] slopes = slopes(model, level, points);
    for (int i = 0; i < size * size; i++) {
      dx[i] = slopes[2 * i];
      dy[i] = slopes[2 * i + 1];
    }
    return new ScoreField(size, centreX, centreY, half, dx, dy);
  }

  private static float[] slopes(CdrlModel model, int level, float[] points) {
    if (level == model.schedule().levels()) {
      float[] slopes = new float[points.length];
      for (int i = 0; i < slopes.length; i++) {
        slopes[i] = -points[i];
      }
      return slopes;
    }
    try (LevelEnergy energy = new LevelEnergy(model, level)) {
      return energy.slopes(points).gradients();
    }
  }

  /** The horizontal coordinate of a point. */
  public double x(int index) {
    return new PlaneGrid(size, centreX, centreY, half).x(index);
  }

  /** The vertical coordinate of a point. */
  public double y(int index) {
    return new PlaneGrid(size, centreX, centreY, half).y(index);
  }
}
