package cdrl.studio.engine;

import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.SamplingSettings;

/** Draws samples. */
public interface SamplingService {
  /**
   * Starts to draw samples.
   *
   * @param observer called away from the JavaFX thread, one call at a time
   * @return ends with a {@link java.util.concurrent.CancellationException} soon after a cancel
   */
  TensorLane.Task<HostTensor> sample(
      LoadedModel model, SamplingSettings settings, SampleObserver observer);

  /**
   * Goes on from given values in place of pure noise.
   *
   * @param start x at the start level of the settings, shaped (count, item...)
   */
  default TensorLane.Task<HostTensor> goOn(
      LoadedModel model, HostTensor start, SamplingSettings settings, SampleObserver observer) {
    throw new UnsupportedOperationException("this service only starts from noise");
  }

  /**
   * The energies of one sample along its Langevin chain, before work that nobody waits for.
   *
   * @param settings of the run
   * @param sample its number in the run
   * @param level T − 1 … 0
   * @param states the sample at different steps, (count, item...)
   */
  default TensorLane.Task<float[]> energies(
      LoadedModel model, SamplingSettings settings, int sample, int level, HostTensor states) {
    throw new UnsupportedOperationException("this service only samples");
  }
}
