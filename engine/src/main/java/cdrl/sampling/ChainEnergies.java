package cdrl.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import cdrl.model.CdrlModel;
import cdrl.model.EnergyModel;
import cdrl.runtime.HostTensor;
import cdrl.schedule.NoiseSchedule;

/** How the energy of a sample changes along its Langevin chain. Use it on the tensor lane. */
public final class ChainEnergies {
  private ChainEnergies() {}

  /**
   * −F at a level, without the recovery term.
   *
   * @param condition what the sample was asked to be
   * @param sample its number
   * @param level T − 1 … 0
   * @param states the sample at different steps, (count, item...) in data space
   * @return one energy per state
   */
  public static float[] of(
      CdrlModel model, Condition condition, int sample, int level, HostTensor states) {
    NoiseSchedule schedule = model.schedule();
    double scale = schedule.inputScale(level + 1);
    float[] energies = new float[states.count()];
    try (NDManager scope = model.manager().newSubManager()) {
      EnergyModel.Function energy =
          ConditionedEnergy.of(model.energy(), condition.energies(sample, 1))
              .at(
                  scope,
                  new float[] {(float) schedule.logSnr(level)},
                  null,
                  EnergyModel.Mode.FROZEN);
      for (int i = 0; i < energies.length; i++) {
        try (NDManager inner = scope.newSubManager()) {
          HostTensor state = states.get(i);
          NDArray y =
              inner
                  .create(state.values(), new Shape(1).addAll(new Shape(state.shape())))
                  .mul(scale);
          energies[i] = energy.negativeEnergy(y).neg().toFloatArray()[0];
        }
      }
    }
    return energies;
  }
}
