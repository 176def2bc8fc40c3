package cdrl.studio.generate;

import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.SamplingSettings;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.SampleSource;
import cdrl.studio.engine.SamplingService;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Draws samples that go on from a state, or begin with noise.
 *
 * @param fork the state; null for noise
 */
record ForkSource(SamplingService samples, @Nullable Fork fork) implements SampleSource {
  @Override
  public boolean isReady() {
    return fork == null || fork.start() != null;
  }

  @Override
  public TensorLane.Task<HostTensor> sample(
      LoadedModel model, SamplingSettings settings, SampleObserver observer) {
    if (fork == null) {
      return samples.sample(model, settings, observer);
    }
    HostTensor start = fork.start();
    return start != null
        ? samples.goOn(model, part(start, settings), settings, observer)
        : new ForkRedrawing(samples, model, fork)
            .then(
                observer,
                (drawn, guarded) -> samples.goOn(model, part(drawn, settings), settings, guarded));
  }

  @Override
  public TensorLane.Task<HostTensor> preview(LoadedModel model, SamplingSettings settings) {
    if (fork == null) {
      return samples.preview(model, settings);
    }
    HostTensor start = fork.start();
    return start != null
        ? samples.previewFrom(model, part(start, settings), settings)
        : new ForkRedrawing(samples, model, fork)
            .then(
                SampleObserver.NONE,
                (drawn, guarded) -> samples.previewFrom(model, part(drawn, settings), settings));
  }

  @Override
  public TensorLane.Task<HostTensor> previewFrom(
      LoadedModel model, HostTensor start, SamplingSettings settings) {
    return samples.previewFrom(model, start, settings);
  }

  /** The images that are asked for, which may be some of those of the fork. */
  private static HostTensor part(HostTensor start, SamplingSettings settings) {
    if (settings.first() == 0 && settings.count() == start.count()) {
      return start;
    }
    int size = start.values().length / start.count();
    long[] shape = start.shape().clone();
    shape[0] = settings.count();
    int from = settings.first() * size;
    return new HostTensor(
        shape, Arrays.copyOfRange(start.values(), from, from + settings.count() * size));
  }
}
