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
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Runs that go on from a level of another run: tunes the settings of a run that does, and draws its
 * samples from where it begins. Other runs begin with noise.
 */
final class Forks implements SampleSource, SamplingSetup.Tuning {
  private final SamplingService samples;
  private final GenerateSettings settings;
  private final ReadOnlyIntegerWrapper level = new ReadOnlyIntegerWrapper();

  /** What the next run that a person starts goes on from. */
  private @Nullable Fork next;

  /** What a run goes on from that follows a slider. */
  private @Nullable Fork active;

  /** What the newest run goes on from, which need not be shown yet. */
  private @Nullable Fork begun;

  private @Nullable Fork shown;

  /**
   * @param settings of every run
   */
  Forks(SamplingService samples, GenerateSettings settings) {
    this.samples = samples;
    this.settings = settings;
  }

  /** The state of the run that is shown, at a stop; null where none can be gone on from. */
  @Nullable Fork at(Trace trace, int stop) {
    return Fork.of(trace, stop, shown);
  }

  /** Lets the next run that a person starts go on from a state. */
  void forkNext(Fork fork) {
    next = fork;
    update();
  }

  /**
   * Lets the runs that follow go on from where a saved picture's run did, or begin with noise.
   *
   * @return whether the picture tells enough for that
   */
  boolean restore(LoadedModel model, Map<String, String> notes) {
    List<Fork.Ancestor> ancestors = ForkNotes.read(model.description(), notes);
    next = ancestors.isEmpty() ? null : new Fork(model, ancestors, null);
    active = next;
    update();
    return !ancestors.isEmpty() || !ForkNotes.areIn(notes);
  }

  /** Begins with noise again where another model is in use. */
  void modelLoaded(@Nullable LoadedModel model) {
    next = next != null && next.model().equals(model) ? next : null;
    active = active != null && active.model().equals(model) ? active : null;
    update();
  }

  /** Follows the run that is shown. */
  void runChanged(@Nullable Trace before, @Nullable Trace after) {
    if (after == null) {
      active = null;
      shown = null;
    } else if (!after.isOfSameRun(before)) {
      shown = begun;
    }
    update();
  }

  private void update() {
    Fork now = next != null ? next : active;
    level.set(now == null ? 0 : now.level());
  }

  /** The level from which the next run goes on; 0 where it begins with noise. */
  ReadOnlyIntegerProperty levelProperty() {
    return level.getReadOnlyProperty();
  }

  /** What the run that is shown goes on from; null where it began with noise. */
  @Nullable Fork shown() {
    return shown;
  }

  @Override
  public SamplingSettings of(LoadedModel model, SamplingSettings chosen) {
    active = next != null && next.model().equals(model) ? next : null;
    next = null;
    update();
    return live(model, chosen);
  }

  @Override
  public SamplingSettings live(LoadedModel model, SamplingSettings chosen) {
    SamplingSettings tuned = settings.apply(model, chosen);
    Fork from = active;
    return from == null ? tuned : tuned.part(0, from.count()).withStartLevel(from.level());
  }

  @Override
  public SampleSource asNow() {
    return new ForkSource(samples, active);
  }

  @Override
  public boolean isReady() {
    return asNow().isReady();
  }

  @Override
  public TensorLane.Task<HostTensor> sample(
      LoadedModel model, SamplingSettings settings, SampleObserver observer) {
    begun = active;
    return asNow().sample(model, settings, observer);
  }

  @Override
  public TensorLane.Task<HostTensor> preview(LoadedModel model, SamplingSettings settings) {
    return asNow().preview(model, settings);
  }

  @Override
  public TensorLane.Task<HostTensor> previewFrom(
      LoadedModel model, HostTensor start, SamplingSettings settings) {
    return samples.previewFrom(model, start, settings);
  }
}
