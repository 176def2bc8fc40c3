package cdrl.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import cdrl.model.CdrlModel;
import cdrl.model.EnergyModel;
import cdrl.model.Prediction;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.schedule.NoiseSchedule;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Draws samples from a model (algorithm 2). Use it on the tensor lane. */
public final class Sampler {
  private final CdrlModel model;
  private final LangevinKernel kernel;

  /**
   * A sampler.
   *
   * @param kernel see {@link LangevinKernels}
   */
  public Sampler(CdrlModel model, LangevinKernel kernel) {
    this.model = model;
    this.kernel = kernel;
  }

  /**
   * Runs the whole chain.
   *
   * @return the samples, shaped (count, item...)
   * @throws java.util.concurrent.CancellationException at the next Langevin step after a cancel
   */
  public HostTensor sample(
      SamplingSettings settings, SampleObserver observer, Cancellation cancellation) {
    return sample(
        settings,
        NoiseSource.of(settings.seed(), settings.first()),
        KnownPixels.NONE,
        observer,
        cancellation);
  }

  /** Runs the whole chain with given noise; the seed of the settings is not used. */
  public HostTensor sample(
      SamplingSettings settings,
      NoiseSource noise,
      SampleObserver observer,
      Cancellation cancellation) {
    return sample(settings, noise, KnownPixels.NONE, observer, cancellation);
  }

  /**
   * Runs the chain but for the last noiseless step, which takes as long as several others and
   * changes less than can be seen.
   *
   * @return x_0, shaped (count, item...)
   */
  public HostTensor preview(
      SamplingSettings settings, NoiseSource noise, Cancellation cancellation) {
    return sample(
        settings,
        noise,
        KnownPixels.NONE,
        SampleObserver.NONE,
        cancellation,
        (scope, energy, x) -> x);
  }

  /** What is done to x_0 in the end. */
  private interface Ending {
    NDArray of(NDManager scope, EnergyModel energy, NDArray x);
  }

  /** What keeps some values at given ones, at the noise of every level. */
  interface KnownPixels {
    /** Nothing is known. */
    KnownPixels NONE = (manager, level, scale) -> null;

    /**
     * Puts known values back.
     *
     * @param level the noise level of the values
     * @param scale what values in data space are multiplied with
     */
    @Nullable UnaryOperator<NDArray> at(NDManager manager, int level, double scale);

    /** How often the move from level t to t − 1 is made, each time from level t anew. */
    default int rounds(int t) {
      return 1;
    }
  }

  HostTensor sample(
      SamplingSettings settings,
      NoiseSource noise,
      KnownPixels known,
      SampleObserver observer,
      Cancellation cancellation) {
    return sample(settings, noise, known, observer, cancellation, this::denoise);
  }

  private HostTensor sample(
      SamplingSettings settings,
      NoiseSource noise,
      KnownPixels known,
      SampleObserver observer,
      Cancellation cancellation,
      Ending ending) {
    NoiseSchedule schedule = model.schedule();
    Condition condition = settings.condition();
    condition.check(model.description());
    EnergyModel energy =
        ConditionedEnergy.of(
            model.energy(), condition.energies(settings.first(), settings.count()));
    ConditionedMean mean =
        new ConditionedMean(
            model, condition.means(settings.first(), settings.count()), kernel.computation());
    if (settings.initializerOnly() && model.description().prediction() == Prediction.NONE) {
      throw new CdrlException(
          "The model '{0}' has no initializer, so it cannot be sampled with the initializer alone.",
          model.description().name());
    }
    int start = settings.startLevel();
    if (start > schedule.levels()) {
      throw new CdrlException(
          "Sampling cannot start at noise level {0} because the model has only {1}; choose a level"
              + " between 1 and {1}.",
          start, schedule.levels());
    }
    try (NDManager scope = model.manager().newSubManager()) {
      long[] item = model.description().spec().itemShape();
      Shape shape = new Shape(settings.count()).addAll(new Shape(item));
      NDArray x = constrain(known.at(scope, start, 1), noise.start(scope, shape));
      observer.started(start, HostTensor.of(x));
      for (int t = start; t >= 1; t--) {
        cancellation.throwIfCancelled();
        int rounds = known.rounds(t);
        for (int round = 1; round <= rounds; round++) {
          boolean last = round == rounds;
          NoiseSource fresh = noise.inRound(rounds - round);
          try (NDManager level = scope.newSubManager()) {
            NDArray next =
                move(
                    level,
                    x,
                    t,
                    energy,
                    mean,
                    settings,
                    fresh,
                    known,
                    last ? observer : SampleObserver.NONE,
                    cancellation);
            if (!last) {
              next =
                  constrain(
                      known.at(level, t, 1), forward(next, t, fresh.renewal(level, shape, t)));
            }
            next.attach(scope);
            x.close();
            x = next;
          }
        }
      }
      if (!settings.initializerOnly()) {
        x = constrain(known.at(scope, -1, 1), ending.of(scope, energy, x));
      }
      HostTensor samples = HostTensor.of(x);
      observer.finished(samples);
      return samples;
    }
  }

  /** From x_t to x_{t−1}. */
  private NDArray move(
      NDManager scope,
      NDArray x,
      int t,
      EnergyModel energy,
      ConditionedMean mean,
      SamplingSettings settings,
      NoiseSource noise,
      KnownPixels known,
      SampleObserver observer,
      Cancellation cancellation) {
    NoiseSchedule schedule = model.schedule();
    double scale = schedule.inputScale(t);
    int level = t - 1;
    @Nullable UnaryOperator<NDArray> constraint = known.at(scope, level, scale);
    NDArray from = x.stopGradient();
    from.attach(scope);
    double spread = model.proposalSpread(t);
    NDArray proposal =
        constrain(
            constraint,
            mean.at(from, (float) schedule.logSnr(t))
                .add(noise.proposal(scope, x.getShape(), level).muli(spread)));
    observer.proposed(level, host(proposal, scale));
    NDArray refined = proposal;
    if (!settings.initializerOnly()) {
      LangevinKernel.Chain chain =
          new LangevinKernel.Chain(
              energy,
              LangevinLevels.of(model, settings.langevinSteps(), t),
              null,
              proposal,
              from,
              settings.langevinSteps(),
              (manager, step) -> noise.langevin(manager, x.getShape(), level, step),
              constraint);
      LangevinKernel.@Nullable StepObserver steps =
          observer.wantsSteps() ? (step, y) -> observer.stepped(level, step, host(y, scale)) : null;
      refined = kernel.refine(scope, chain, steps, cancellation);
    }
    NDArray next = refined.div(scale);
    observer.refined(level, HostTensor.of(next));
    return next;
  }

  /** One step of the forward process, from x_{t−1} to x_t. */
  private NDArray forward(NDArray x, int t, NDArray noise) {
    double variance = model.schedule().stepNoiseVariance(t);
    return x.mul(Math.sqrt(1 - variance)).add(noise.mul(Math.sqrt(variance)));
  }

  /** The last noiseless step by Tweedie's formula, from x_0 to data. */
  private NDArray denoise(NDManager scope, EnergyModel energy, NDArray x) {
    NoiseSchedule schedule = model.schedule();
    double scale = schedule.inputScale(1);
    NDArray y = x.mul(scale);
    LangevinKernel.Chain step =
        new LangevinKernel.Chain(
            energy,
            LangevinLevels.tweedie(model),
            null,
            y,
            y,
            1,
            (manager, number) -> manager.zeros(x.getShape()),
            null);
    return kernel
        .refine(scope, step, null, new Cancellation())
        .div(scale * schedule.signalScale(0));
  }

  private static NDArray constrain(@Nullable UnaryOperator<NDArray> constraint, NDArray x) {
    return constraint == null ? x : constraint.apply(x);
  }

  private static HostTensor host(NDArray y, double scale) {
    try (NDArray x = y.div(scale)) {
      return HostTensor.of(x);
    }
  }
}
