package cdrl.studio.detect;

import cdrl.runtime.TensorLane;
import cdrl.studio.detect.PictureSet.Chunk;
import cdrl.studio.detect.PictureSet.State;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.ScoringService;
import cdrl.studio.engine.TranslatedException;
import cdrl.studio.workspace.WorkspaceContext;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Reads and scores one set after another, until none waits. Stopped, it keeps what was done. Use it
 * on the user interface's thread.
 */
final class ScoringQueue {
  /**
   * What to do.
   *
   * @param most pictures of a set
   */
  record Order(LoadedModel model, ScoringService.Method method, int most) {}

  private final WorkspaceContext context;
  private final List<PictureSet> sets;
  private final SetLoader loader;
  private final ScoringService scoring;
  private final ScoringJob job;
  private final Runnable changed;
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
  private @Nullable Run current;

  /**
   * @param sets all sets, in the order in which they are scored; may change at any time
   * @param changed told of new scores
   */
  ScoringQueue(
      WorkspaceContext context,
      List<PictureSet> sets,
      SetLoader loader,
      ScoringService scoring,
      Runnable changed) {
    this.context = context;
    this.sets = sets;
    this.loader = loader;
    this.scoring = scoring;
    this.changed = changed;
    job = new ScoringJob(context, this::cancel);
  }

  /** Whether a set is being read or scored. */
  ReadOnlyBooleanProperty runningProperty() {
    return running.getReadOnlyProperty();
  }

  /** Begins with the sets that wait, in place of what is going on. */
  void start(Order order) {
    stopCurrent();
    Run run = new Run(order);
    current = run;
    if (!running.get()) {
      running.set(true);
      job.begin();
    }
    run.next();
  }

  /** Stops at once and keeps what was done. */
  void cancel() {
    if (!running.get()) {
      return;
    }
    int kept = stop();
    end();
    context.jobs().tell(context.messages().text("detect.cancelled", kept));
  }

  /** Stops because there is nothing left to be scored, or nothing to score it with. */
  void leave() {
    if (running.get()) {
      stop();
      end();
    }
  }

  private int stop() {
    stopCurrent();
    int kept = 0;
    for (PictureSet set : sets) {
      if (isUnderWay(set) || set.stateProperty().get() == State.WAITING) {
        set.become(State.STOPPED);
      }
      kept += set.scored();
    }
    return kept;
  }

  /** Whether a set is being read or scored. */
  static boolean isUnderWay(PictureSet set) {
    State state = set.stateProperty().get();
    return state == State.READING || state == State.SCORING;
  }

  private void stopCurrent() {
    if (current != null) {
      current.stop();
      current = null;
      for (PictureSet set : sets) {
        if (isUnderWay(set)) {
          set.become(State.WAITING);
        }
      }
    }
  }

  private void end() {
    running.set(false);
    job.end();
    changed.run();
  }

  private final class Run {
    private final Order order;
    private TensorLane.@Nullable Task<?> task;

    Run(Order order) {
      this.order = order;
    }

    void stop() {
      if (task != null) {
        task.cancel();
      }
    }

    void next() {
      PictureSet waiting =
          sets.stream()
              .filter(set -> set.stateProperty().get() == State.WAITING)
              .findFirst()
              .orElse(null);
      if (waiting != null) {
        work(waiting);
        return;
      }
      current = null;
      int scored = sets.stream().mapToInt(PictureSet::scored).sum();
      double seconds = job.seconds();
      end();
      context
          .jobs()
          .tell(
              context.messages().text("detect.done", scored, context.messages().duration(seconds)));
    }

    private void work(PictureSet set) {
      if (!sets.contains(set)) {
        next();
      } else if (set.scored() < set.count()) {
        score(set);
      } else if (SetLoader.hasMore(set, order.most())) {
        load(set);
      } else {
        finish(set);
      }
    }

    private void finish(PictureSet set) {
      if (set.count() == 0) {
        String why = set.noteProperty().get();
        set.fail(why.isEmpty() ? context.messages().text("detect.nothing") : why);
        context.problems().report(set.noteProperty().get());
      } else {
        set.become(State.DONE);
      }
      changed.run();
      next();
    }

    private void load(PictureSet set) {
      set.become(State.READING);
      job.step("detect.reading", set.nameProperty().get(), set.taken(), 0);
      TensorLane.Task<Chunk> loading =
          loader.next(
              set,
              order.model(),
              order.most(),
              (done, total) ->
                  later(() -> job.step("detect.reading", set.nameProperty().get(), done, total)));
      task = loading;
      loading
          .result()
          .whenComplete(
              (chunk, problem) ->
                  later(
                      () -> {
                        if (chunk != null && sets.contains(set)) {
                          set.append(chunk);
                        }
                        goOn(set, problem);
                      }));
    }

    private void score(PictureSet set) {
      set.become(State.SCORING);
      String name = set.nameProperty().get();
      job.step("detect.progress", name, set.scored(), set.count());
      TensorLane.Task<Integer> working =
          scoring.score(
              order.model(),
              order.method(),
              set.unscored(),
              set.scored(),
              scores ->
                  later(
                      () -> {
                        set.addScores(scores);
                        job.step("detect.progress", name, set.scored(), set.count());
                        changed.run();
                      }));
      task = working;
      working.result().whenComplete((done, problem) -> later(() -> goOn(set, problem)));
    }

    private void goOn(PictureSet set, @Nullable Throwable problem) {
      if (problem != null && sets.contains(set)) {
        Throwable cause = problem;
        while (cause instanceof CompletionException && cause.getCause() != null) {
          cause = cause.getCause();
        }
        if (cause instanceof CancellationException) {
          set.become(State.STOPPED);
        } else {
          context.problems().report(cause);
          set.fail(TranslatedException.sentence(cause, context.messages()));
        }
        changed.run();
        next();
        return;
      }
      work(set);
    }

    /** Does something on the user interface's thread, unless this run has been stopped. */
    private void later(Runnable action) {
      context
          .userInterface()
          .execute(
              () -> {
                if (this == current) {
                  action.run();
                }
              });
    }
  }
}
