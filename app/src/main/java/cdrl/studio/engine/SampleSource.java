package cdrl.studio.engine;

import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.SamplingSettings;

/** Where the samples of a session come from. */
@FunctionalInterface
public interface SampleSource {
  /**
   * Starts to draw samples.
   *
   * @param observer called away from the JavaFX thread, one call at a time
   * @return ends with a {@link java.util.concurrent.CancellationException} soon after a cancel
   */
  TensorLane.Task<HostTensor> sample(
      LoadedModel model, SamplingSettings settings, SampleObserver observer);

  /** Starts to draw samples that a person waits for, before other sampling where that can be. */
  default TensorLane.Task<HostTensor> preview(LoadedModel model, SamplingSettings settings) {
    return sample(model, settings, SampleObserver.NONE);
  }
}
