package cdrl.studio.generate;

import cdrl.sampling.SamplingSettings;
import cdrl.studio.engine.SampleSource;
import cdrl.studio.engine.SamplingSession;
import cdrl.studio.engine.Trace;
import cdrl.studio.shell.SamplingJob;
import cdrl.studio.workspace.WorkspaceContext;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A run that is kept to be compared with newer ones. It follows their seed and number, so that only
 * the settings differ.
 */
final class KeptRun {
  private final SamplingSession session;
  private final ReadOnlyObjectWrapper<@Nullable Trace> trace = new ReadOnlyObjectWrapper<>();
  private @Nullable Fork fork;

  /**
   * @param samples draws the kept settings with another seed
   */
  KeptRun(WorkspaceContext context, SampleSource samples) {
    session = new SamplingSession(samples, context.userInterface(), context.nanoTime());
    session
        .traceProperty()
        .addListener(
            (property, before, after) -> {
              if (after != null && trace.get() != null) {
                trace.set(after);
              }
            });
    new SamplingJob(
            context.messages(),
            context.messages().text("beside.job"),
            session,
            context.jobs(),
            context.problems())
        .attach();
  }

  /** What was kept, with the newest seed it was drawn with; null while nothing is kept. */
  ReadOnlyObjectProperty<@Nullable Trace> traceProperty() {
    return trace.getReadOnlyProperty();
  }

  /**
   * Keeps a run.
   *
   * @param from what it goes on from; null where it began with noise, and so can be drawn again
   *     with another seed
   */
  void keep(Trace run, @Nullable Fork from) {
    session.clear();
    fork = from;
    trace.set(run);
  }

  /** What the kept run goes on from; null where it began with noise. */
  @Nullable Fork fork() {
    return fork;
  }

  /** Keeps nothing any more. */
  void end() {
    trace.set(null);
    session.clear();
  }

  /** Draws the kept settings with the seed and the number of a newer run, where these differ. */
  void follow(SamplingSettings newer) {
    Trace kept = trace.get();
    if (kept == null || fork != null) {
      return;
    }
    SamplingSettings own = kept.settings();
    if (own.seed() != newer.seed() || own.count() != newer.count()) {
      SamplingSettings same =
          new SamplingSettings(
              newer.count(),
              newer.seed(),
              own.langevinSteps(),
              own.initializerOnly(),
              own.startLevel(),
              own.first(),
              own.condition());
      session.follow(kept.model(), same, same);
    }
  }
}
