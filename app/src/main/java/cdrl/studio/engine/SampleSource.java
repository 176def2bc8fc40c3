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
   * @param observer called away from the JavaFX thread, one call at a time; a {@link RunObserver}
   *     also sees what has to be drawn before
   * @return ends with a {@link java.util.concurrent.CancellationException} soon after a cancel
   */
  TensorLane.Task<HostTensor> sample(
      LoadedModel model, SamplingSettings settings, SampleObserver observer);

  /** A source that draws as this one does now, whatever becomes of this one. */
  default SampleSource asNow() {
    return this;
  }

  /** Whether a run can begin at once, without other runs that are to be drawn before it. */
  default boolean isReady() {
    return true;
  }

  /** Starts to draw samples that a person waits for, before other sampling where that can be. */
  default TensorLane.Task<HostTensor> preview(LoadedModel model, SamplingSettings settings) {
    return sample(model, settings, SampleObserver.NONE);
  }

  /**
   * The same from given values in place of pure noise; where a source cannot do that, from pure
   * noise through all levels.
   *
   * @param start x at the start level of the settings, shaped (count, item...)
   */
  default TensorLane.Task<HostTensor> previewFrom(
      LoadedModel model, HostTensor start, SamplingSettings settings) {
    return preview(model, settings.withStartLevel(model.schedule().levels()));
  }
}
