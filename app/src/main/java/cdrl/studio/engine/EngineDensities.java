package cdrl.studio.engine;

import cdrl.evaluate.DensityGrid;
import cdrl.evaluate.ScoreField;
import cdrl.runtime.TensorLane;

/**
 * Computes densities with the networks that the engine has loaded. They go before sampling: they
 * pass between two of its steps.
 */
public final class EngineDensities implements DensityService {
  private final TensorEngine engine;
  private final KnownDensities trueDensities = new KnownDensities();

  /**
   * @param engine has the networks
   */
  public EngineDensities(TensorEngine engine) {
    this.engine = engine;
  }

  @Override
  public TensorLane.Task<DensityGrid> density(
      LoadedModel model, int level, int size, double extent) {
    return engine.withNetworks(
        model,
        TensorLane.Priority.INTERACTIVE,
        (networks, pause, cancellation) -> DensityGrid.of(networks, level, size, extent));
  }

  @Override
  public TensorLane.Task<ScoreField> scores(LoadedModel model, int level, int size, Square square) {
    return engine.withNetworks(
        model,
        TensorLane.Priority.INTERACTIVE,
        (networks, pause, cancellation) ->
            ScoreField.of(
                networks, level, size, square.centreX(), square.centreY(), square.half()));
  }

  @Override
  public boolean knowsTrueDensity(LoadedModel model) {
    return KnownDensities.source(model).isPresent();
  }

  @Override
  public DensityGrid trueDensity(LoadedModel model, int level, int size, double extent) {
    return trueDensities.at(
        KnownDensities.source(model).orElseThrow(), model.schedule(), level, size, extent);
  }
}
