package cdrl.studio.density;

import cdrl.studio.engine.LiveTraining;
import cdrl.studio.raster.Raster;

/** Keeps the models that were trained in the window. */
@FunctionalInterface
public interface ModelKeeper {
  /**
   * Stores a model among the person's own.
   *
   * @param picture of its density
   */
  void keep(LiveTraining.Trained model, Raster picture);
}
