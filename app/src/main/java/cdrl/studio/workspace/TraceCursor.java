package cdrl.studio.workspace;

import cdrl.studio.engine.Trace;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/**
 * The stop of a run that is looked at. It follows the run until a person looks back, and again once
 * the newest stop is chosen or another run begins; a run that arrives as a whole in place of one
 * like it is looked at where that one was. Nothing beyond the run can be looked at.
 */
public final class TraceCursor {
  private final ObservableValue<@Nullable Trace> trace;
  private final Runnable changed;
  private final IntegerProperty stop = new SimpleIntegerProperty();
  private boolean following = true;
  private boolean moving;

  /**
   * @param trace the newest run
   * @param changed called whenever there may be something else to see
   */
  public TraceCursor(ObservableValue<@Nullable Trace> trace, Runnable changed) {
    this.trace = trace;
    this.changed = changed;
    trace.addListener((property, before, after) -> traceChanged(before, after));
    stop.addListener((property, before, after) -> stopChanged(after.intValue()));
  }

  /** The stop, numbered as in {@link Trace}. */
  public IntegerProperty stopProperty() {
    return stop;
  }

  /** Moves to another stop. */
  public void move(int by) {
    Trace run = trace.getValue();
    if (run != null) {
      stop.set(Math.max(0, Math.min(run.newestStop(), stop.get() + by)));
    }
  }

  /** Whether the result of the run is looked at. */
  public boolean isAtResult() {
    Trace run = trace.getValue();
    return run != null && stop.get() >= run.lastStop();
  }

  private void traceChanged(@Nullable Trace before, @Nullable Trace after) {
    if (after == null || !(after.isOfSameRun(before) || isLike(before, after))) {
      following = true;
    }
    if (after != null && following) {
      moving = true;
      stop.set(after.newestStop());
      moving = false;
    }
    changed.run();
  }

  /** Whether a whole run has the stops of the one that it replaces. */
  private static boolean isLike(@Nullable Trace before, Trace after) {
    return before != null
        && after.result() != null
        && after.settings().startLevel() == before.settings().startLevel();
  }

  private void stopChanged(int now) {
    Trace run = trace.getValue();
    if (!moving && run != null) {
      int newest = run.newestStop();
      if (now > newest) {
        stop.set(newest); // there is nothing to see farther on yet
        return;
      }
      following = now == newest;
    }
    changed.run();
  }
}
