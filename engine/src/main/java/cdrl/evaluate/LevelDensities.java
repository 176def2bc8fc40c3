package cdrl.evaluate;

import cdrl.model.CdrlModel;
import cdrl.runtime.HostTensor;
import cdrl.schedule.NoiseSchedule;

/**
 * The unnormalized densities of a model's noise levels below T, without a class. Use it on the
 * tensor lane.
 */
public final class LevelDensities implements AnnealedImportance.Densities {
  private final CdrlModel model;
  private final int size;

  /** The densities of a model. */
  public LevelDensities(CdrlModel model) {
    this.model = model;
    size = Math.toIntExact(HostTensor.elements(model.description().spec().itemShape()));
  }

  @Override
  public int levels() {
    return model.schedule().levels();
  }

  @Override
  public int dimensions() {
    return size;
  }

  /** How many times wider the noise of a level is than that of the one below, as variances. */
  @Override
  public double narrowing(int level) {
    NoiseSchedule schedule = model.schedule();
    return Math.pow(schedule.noiseScale(level) / schedule.noiseScale(level - 1), 2);
  }

  @Override
  public AnnealedImportance.Slopes at(int level, float[] points) {
    try (LevelEnergy energy = new LevelEnergy(model, level)) {
      return energy.slopes(points);
    }
  }
}
