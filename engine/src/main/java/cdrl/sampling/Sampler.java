package cdrl.sampling;

import cdrl.model.CdrlModel;
import cdrl.runtime.Cancellation;
import cdrl.runtime.HostTensor;

/** Draws samples from a model (algorithm 2). Use it on the tensor lane. */
public final class Sampler {
  private final CdrlModel model;

  /** A sampler for the given model. */
  public Sampler(CdrlModel model) {
    this.model = model;
  }

  /**
   * Runs the whole chain.
   *
   * @return the samples, shaped (count, item...)
   * @throws java.util.concurrent.CancellationException at the next Langevin step after a cancel
   */
  public HostTensor sample(
      SamplingSettings settings, SampleObserver observer, Cancellation cancellation) {
    throw new IllegalStateException(model.toString());
  }
}
