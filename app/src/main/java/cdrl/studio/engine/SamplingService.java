package cdrl.studio.engine;

import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.SamplingSettings;

/** Draws samples, goes on from some, and looks at their energies. */
public interface SamplingService extends SampleSource {
  /**
   * Goes on from given values in place of pure noise.
   *
   * @param start x at the start level of the settings, shaped (count, item...)
   */
  TensorLane.Task<HostTensor> goOn(
      LoadedModel model, HostTensor start, SamplingSettings settings, SampleObserver observer);

  /**
   * The energies of one sample along its Langevin chain, before work that nobody waits for.
   *
   * @param settings of the run
   * @param sample its number in the run
   * @param level T − 1 … 0
   * @param states the sample at different steps, (count, item...)
   */
  TensorLane.Task<float[]> energies(
      LoadedModel model, SamplingSettings settings, int sample, int level, HostTensor states);
}
