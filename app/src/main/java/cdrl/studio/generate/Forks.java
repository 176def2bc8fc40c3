package cdrl.studio.generate;

import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.SamplingSettings;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.SampleSource;
import cdrl.studio.engine.SamplingService;
import cdrl.studio.engine.Trace;
import cdrl.studio.workspace.SamplingSetup;
import org.jspecify.annotations.Nullable;

/**
 * Runs that go on from a level of another run: tunes the settings of a run that does, and draws its
 * samples from where it begins. Other runs begin with noise.
 */
final class Forks implements SampleSource, SamplingSetup.Tuning {
  /** A state of a run from which another run goes on. */
  private record Fork(HostTensor start, int level, String ancestry) {}

  private final SamplingService samples;
  private final GenerateSettings settings;
  private @Nullable Fork next;
  private @Nullable Fork active;
  private String ancestry = "";
  private String pendingAncestry = "";

  /**
   * @param settings of every run
   */
  Forks(SamplingService samples, GenerateSettings settings) {
    this.samples = samples;
    this.settings = settings;
  }

  /** Lets the next run that a person starts go on from a state at a level. */
  void forkNext(Trace trace, HostTensor start, int level) {
    next = new Fork(start, level, ancestry + level + ":" + trace.settings().seed() + " ");
  }

  /** Follows the run that is shown. */
  void runChanged(@Nullable Trace before, @Nullable Trace after) {
    if (after == null) {
      active = null;
    } else if (!after.isOfSameRun(before)) {
      ancestry = pendingAncestry;
    }
  }

  /** Whether the newest run goes on from another one. */
  boolean isActive() {
    return active != null;
  }

  /** Levels and seeds of the runs that the shown one goes on from; empty where it does not. */
  String ancestry() {
    return ancestry.strip();
  }

  @Override
  public SamplingSettings of(LoadedModel model, SamplingSettings chosen) {
    active = next;
    next = null;
    pendingAncestry = active == null ? "" : active.ancestry();
    return live(model, chosen);
  }

  @Override
  public SamplingSettings live(LoadedModel model, SamplingSettings chosen) {
    SamplingSettings tuned = settings.apply(model, chosen);
    Fork from = active;
    return from == null ? tuned : tuned.part(0, from.start().count()).withStartLevel(from.level());
  }

  @Override
  public TensorLane.Task<HostTensor> sample(
      LoadedModel model, SamplingSettings settings, SampleObserver observer) {
    Fork from = active;
    return from == null
        ? samples.sample(model, settings, observer)
        : samples.goOn(model, from.start(), settings, observer);
  }

  @Override
  public TensorLane.Task<HostTensor> preview(LoadedModel model, SamplingSettings settings) {
    Fork from = active;
    return from == null
        ? samples.preview(model, settings)
        : samples.previewFrom(model, from.start(), settings);
  }

  @Override
  public TensorLane.Task<HostTensor> previewFrom(
      LoadedModel model, HostTensor start, SamplingSettings settings) {
    return samples.previewFrom(model, start, settings);
  }
}
