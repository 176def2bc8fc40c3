package cdrl.studio.generate;

import cdrl.runtime.HostTensor;
import cdrl.studio.engine.SamplingSession;
import cdrl.studio.engine.Stage;
import cdrl.studio.engine.Trace;
import cdrl.studio.workspace.TraceCursor;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** Which level, stage and Langevin step of the newest run is looked at. */
public final class ChainCursor {
  private final SamplingSession session;
  private final Runnable changed;
  private final TraceCursor cursor;
  private final ObjectProperty<@Nullable Stage> stage = new SimpleObjectProperty<>(Stage.REFINED);
  private final IntegerProperty step = new SimpleIntegerProperty();
  private boolean choosingStep;

  /**
   * @param changed called whenever there may be something else to see
   */
  ChainCursor(SamplingSession session, Runnable changed) {
    this.session = session;
    this.changed = changed;
    cursor = new TraceCursor(session.traceProperty(), changed);
    stage.addListener((property, before, after) -> toEndOfStage());
    step.addListener(
        (property, before, after) -> stepChosen(after.intValue() < before.intValue() ? -1 : 1));
    cursor.stopProperty().addListener((property, before, after) -> toEndOfStage());
    session.traceProperty().addListener((property, before, after) -> runChanged(before, after));
  }

  /** The run that is shown; null while there is none, or a preview in its place. */
  @Nullable Trace trace() {
    return session.previewProperty().get() != null ? null : session.traceProperty().get();
  }

  /** The stop of the run that is looked at, as in {@link Trace}. */
  public IntegerProperty stopProperty() {
    return cursor.stopProperty();
  }

  int stop() {
    return cursor.stopProperty().get();
  }

  /** Moves to another stop of the run. */
  public void moveStop(int by) {
    cursor.move(by);
  }

  /** Whether the result of the run is looked at. */
  boolean isAtResult() {
    return cursor.isAtResult();
  }

  /** Whether proposals, refined images or what is between them are looked at. */
  public ObjectProperty<@Nullable Stage> stageProperty() {
    return stage;
  }

  /** The stage that is looked at. */
  Stage stage() {
    Stage chosen = stage.get();
    return chosen == null ? Stage.REFINED : chosen;
  }

  /** The Langevin step that is looked at, from 0, the proposal, to {@link #steps}. */
  public IntegerProperty stepProperty() {
    return step;
  }

  /** The Langevin steps of the level that is looked at; 0 where there are none. */
  public int steps() {
    return steps(trace());
  }

  private int steps(@Nullable Trace trace) {
    return trace == null || stop() <= 0 || isAtResult() || trace.settings().initializerOnly()
        ? 0
        : trace.settings().langevinSteps();
  }

  /** Of so many Langevin steps one can be looked at. */
  public int stepStride() {
    Trace trace = trace();
    return trace == null ? 1 : trace.stepStride();
  }

  /** Moves to another Langevin step. */
  public void moveStep(int by) {
    step.set(Math.max(0, Math.min(steps(), step.get() + by)));
  }

  private void stepChosen(int direction) {
    if (!choosingStep) {
      Trace trace = trace();
      int end = steps();
      int kept = step.get();
      while (trace != null && kept > 0 && kept < end && !trace.keepsStep(kept)) {
        kept += direction; // there is nothing to see between
      }
      if (kept != step.get()) {
        step.set(kept);
        return;
      }
      choosingStep = true;
      if (stage() != Stage.DIFFERENCE) {
        stage.set(step.get() == 0 && steps() > 0 ? Stage.PROPOSAL : Stage.REFINED);
      }
      choosingStep = false;
    }
    changed.run();
  }

  /** A run in place of another is looked at after the same step, where it has that. */
  private void runChanged(@Nullable Trace before, @Nullable Trace after) {
    int end = steps(after);
    if (after != null && before != null && end != steps(before)) {
      choosingStep = true;
      step.set(stage() == Stage.PROPOSAL ? 0 : end);
      choosingStep = false;
      changed.run();
    }
  }

  /** Another level is looked at first as it was proposed, or as it was left. */
  private void toEndOfStage() {
    if (!choosingStep) {
      choosingStep = true;
      step.set(stage.get() == Stage.PROPOSAL ? 0 : steps());
      choosingStep = false;
    }
    changed.run();
  }

  /** The images of a run that are looked at, or the pictures of what changed in them. */
  @Nullable HostTensor images(Trace trace) {
    HostTensor seen = plainImages(trace);
    return stage() == Stage.DIFFERENCE && stop() > 0
        ? Differences.since(trace.before(stop()), seen)
        : seen;
  }

  /** The images of a run that are looked at, also where what changed in them is shown. */
  @Nullable HostTensor plainImages(Trace trace) {
    HostTensor middle = chosenStep(trace);
    return middle != null ? middle : trace.at(stop(), stage());
  }

  /** The images after the chosen step, null where the usual ones are to be seen. */
  @Nullable HostTensor chosenStep(Trace trace) {
    int chosen = step.get();
    return chosen <= 0 || chosen >= steps() || stage.get() == Stage.PROPOSAL
        ? null
        : trace.afterStep(trace.levelOf(stop()), chosen);
  }
}
