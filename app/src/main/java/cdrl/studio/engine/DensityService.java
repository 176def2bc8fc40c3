package cdrl.studio.engine;

import cdrl.evaluate.DensityGrid;
import cdrl.evaluate.ScoreField;
import cdrl.runtime.TensorLane;

/** Computes densities of models of points. */
public interface DensityService {
  /** A square of the plane: its centre, and half its side. */
  record Square(double centreX, double centreY, double half) {}

  /**
   * The model's density at a noise level, before work that nobody waits for.
   *
   * @param level 0 … T
   * @param size cells per side
   * @param extent half the side length of the square
   */
  TensorLane.Task<DensityGrid> density(LoadedModel model, int level, int size, double extent);

  /**
   * The gradient of the model's log density, before work that nobody waits for.
   *
   * @param level 0 … T
   * @param size points per side
   * @param square where
   */
  TensorLane.Task<ScoreField> scores(LoadedModel model, int level, int size, Square square);

  /** Whether the density of the data that the model learned is known. */
  boolean knowsTrueDensity(LoadedModel model);

  /**
   * The true density at a noise level, for a model for which it is known; its energies are −log
   * density. Takes a while, on the thread of the caller.
   */
  DensityGrid trueDensity(LoadedModel model, int level, int size, double extent);
}
