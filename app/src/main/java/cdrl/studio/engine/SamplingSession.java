package cdrl.studio.engine;

import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import cdrl.sampling.SamplingSettings;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * One sampling run after another: a new one replaces the one that runs. What the runs make arrives
 * in {@link #traceProperty()} on the user interface's thread, at the engine's pace: results of
 * levels are never lost, frames between them only as fast as they can be shown.
 *
 * <p>All methods are to be called on the user interface's thread.
 */
public final class SamplingSession {
  /**
   * A quick look at what a run will make.
   *
   * @param settings what it was drawn with
   * @param whole the settings of the run
   * @param samples (count, item...)
   */
  public record Preview(
      LoadedModel model, SamplingSettings settings, SamplingSettings whole, HostTensor samples) {}

  /** Keeps noise levels only of its runs, not single Langevin steps, which are most of a trace. */
  public SamplingSession withoutSteps() {
    keepsSteps = false;
    return this;
  }

  /** What the session does. */
  public enum State {
    /** Nothing has run yet. */
    IDLE,
    /** A run waits for the engine or the model. */
    WAITING,
    /** A run is going on. */
    RUNNING,
    /** The last run came to its end. */
    DONE,
    /** The last run was stopped; what it made is kept. */
    CANCELLED,
    /** The last run failed. */
    FAILED
  }

  /** A preview takes no more than this many levels, where there is a run to start from. */
  private static final int MOST_PREVIEW_LEVELS = 2;

  private final SampleSource service;
  private final Executor userInterface;
  private final LongSupplier nanoTime;
  private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.IDLE);
  private final ReadOnlyObjectWrapper<@Nullable Trace> trace = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable SamplingProgress> progress =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable Throwable> failure = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable Preview> preview = new ReadOnlyObjectWrapper<>();
  private final NewestWins<Wish, HostTensor> previews;
  private @Nullable Run current;
  private boolean keepsSteps = true;

  /** What a slider asks for. */
  private record Wish(LoadedModel model, SamplingSettings quick, SamplingSettings full) {}

  /**
   * @param service does the sampling
   * @param userInterface runs what it is given on the user interface's thread, in order
   * @param nanoTime a clock in nanoseconds
   */
  public SamplingSession(SampleSource service, Executor userInterface, LongSupplier nanoTime) {
    this.service = service;
    this.userInterface = userInterface;
    this.nanoTime = nanoTime;
    previews = new NewestWins<>(this::beginPreview, userInterface, this::previewed, this::fail);
  }

  /** What the session does. */
  public ReadOnlyObjectProperty<State> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /** What the newest run has made, null before the first run shows something. */
  public ReadOnlyObjectProperty<@Nullable Trace> traceProperty() {
    return trace.getReadOnlyProperty();
  }

  /** How far the newest run has come, null before it has started. */
  public ReadOnlyObjectProperty<@Nullable SamplingProgress> progressProperty() {
    return progress.getReadOnlyProperty();
  }

  /** Why the last run failed, null when it did not. */
  public ReadOnlyObjectProperty<@Nullable Throwable> failureProperty() {
    return failure.getReadOnlyProperty();
  }

  /** What is to be seen in place of the newest trace until the run that follows is through. */
  public ReadOnlyObjectProperty<@Nullable Preview> previewProperty() {
    return preview.getReadOnlyProperty();
  }

  /** Whether a run waits or is going on. */
  public boolean isBusy() {
    return state.get() == State.WAITING || state.get() == State.RUNNING;
  }

  /**
   * Starts a run as soon as the model is there, in place of the one that is going on.
   *
   * @param model the model, perhaps still being loaded
   * @param settings made when the model is there
   */
  public void start(
      CompletableFuture<LoadedModel> model, Function<LoadedModel, SamplingSettings> settings) {
    stopCurrent();
    Run run = new Run(false);
    current = run;
    failure.set(null);
    progress.set(null);
    state.set(State.WAITING);
    model.whenComplete(
        (loaded, problem) ->
            userInterface.execute(
                () -> {
                  if (run != current) {
                    return;
                  }
                  if (problem != null) {
                    run.end(problem);
                  } else {
                    run.begin(loaded, settings.apply(loaded));
                  }
                }));
  }

  /**
   * Starts a run for a slider that moves, in place of the one that is going on: first a preview,
   * then the whole run, whose trace appears when it is complete. While a preview is being drawn,
   * only the newest wish waits for it, so that the pictures follow the slider however fast it
   * moves. Where other runs have to be drawn before it there is no preview.
   *
   * @param quick settings of the preview; those of the run when there is no need for one
   */
  public void follow(LoadedModel model, SamplingSettings quick, SamplingSettings full) {
    stopRun();
    failure.set(null);
    progress.set(new SamplingProgress(full.startLevel(), 0, full.langevinSteps(), 0, 0, false));
    state.set(State.RUNNING);
    Wish wish = new Wish(model, quick, full);
    if (quick.equals(full) || !service.isReady()) {
      previews.stop();
      beginQuietly(wish);
    } else {
      previews.ask(wish);
    }
  }

  /**
   * Starts far down the newest run where that came from the same noise: the upper levels change
   * little as a slider moves, and take most of the time.
   */
  private TensorLane.Task<HostTensor> beginPreview(Wish wish) {
    SamplingSettings quick = wish.quick();
    Trace newest = trace.get();
    int level = Math.min((quick.startLevel() + 1) / 2, MOST_PREVIEW_LEVELS);
    HostTensor start =
        newest != null && newest.result() != null && newest.isFromSameNoise(wish.model(), quick)
            ? newest.refined(level)
            : null;
    return start == null
        ? service.preview(wish.model(), quick)
        : service.previewFrom(wish.model(), start, quick.withStartLevel(level));
  }

  private void previewed(Wish wish, HostTensor samples, boolean newest) {
    preview.set(new Preview(wish.model(), wish.quick(), wish.full(), samples));
    if (newest) {
      beginQuietly(wish);
    }
  }

  private void beginQuietly(Wish wish) {
    Run run = new Run(true);
    current = run;
    run.begin(wish.model(), wish.full());
  }

  /**
   * Stops the run that is going on and keeps what it made. Where there is only a preview of it, the
   * run before is to be seen again.
   */
  public void cancel() {
    if (isBusy()) {
      stopCurrent();
      leavePreview();
      state.set(State.CANCELLED);
    }
  }

  /** A preview whose whole does not follow could neither be gone through nor gone on from. */
  private void leavePreview() {
    if (trace.get() != null) {
      preview.set(null);
    }
  }

  /** Stops the run that is going on and forgets everything. */
  public void clear() {
    stopCurrent();
    trace.set(null);
    preview.set(null);
    progress.set(null);
    failure.set(null);
    state.set(State.IDLE);
  }

  private void stopCurrent() {
    previews.stop();
    stopRun();
  }

  private void stopRun() {
    if (current != null) {
      current.stop();
      current = null;
    }
  }

  private void fail(Throwable problem) {
    Throwable cause =
        problem instanceof CompletionException && problem.getCause() != null
            ? problem.getCause()
            : problem;
    leavePreview();
    if (cause instanceof CancellationException) {
      state.set(State.CANCELLED);
    } else {
      failure.set(cause);
      state.set(State.FAILED);
    }
  }

  /** One run and the way of its frames to the user interface. */
  private final class Run implements RunObserver {
    private final ConcurrentLinkedQueue<UnaryOperator<Trace>> results =
        new ConcurrentLinkedQueue<>();
    private final AtomicReference<Trace.@Nullable Moment> newest = new AtomicReference<>();
    private final FramePace pace;
    private final boolean quiet;
    private TensorLane.@Nullable Task<HostTensor> task;
    private @Nullable Trace made;
    private volatile @Nullable StepLog log;
    private volatile @Nullable RunProgress reached;
    private int steps;

    /**
     * @param quiet whether the trace is shown only when it is complete
     */
    Run(boolean quiet) {
      this.quiet = quiet;
      pace = new FramePace(nanoTime, quiet ? FramePace.PROGRESS : FramePace.PICTURES);
    }

    void begin(LoadedModel model, SamplingSettings settings) {
      reached = new RunProgress(settings, nanoTime);
      steps = settings.langevinSteps();
      StepLog steps = keepsSteps ? new StepLog(model.itemSize(), settings) : StepLog.ofNothing();
      log = steps;
      made = new Trace(model, settings, steps);
      state.set(State.RUNNING);
      TensorLane.Task<HostTensor> started = service.sample(model, settings, this);
      task = started;
      started.result().whenComplete((ignored, problem) -> later(() -> end(problem)));
    }

    void stop() {
      if (task != null) {
        task.cancel();
      }
    }

    void end(@Nullable Throwable problem) {
      show();
      current = null;
      if (problem != null) {
        fail(problem);
        return;
      }
      if (quiet && made != null) {
        reveal(made);
      }
      state.set(State.DONE);
    }

    /** Runs something on the user interface's thread unless another run has taken over. */
    private void later(Runnable action) {
      userInterface.execute(
          () -> {
            if (this == current) {
              action.run();
            }
          });
    }

    @Override
    public void started(int level, HostTensor noise) {
      result(level, 0, trace -> trace.withNoise(noise));
    }

    @Override
    public void proposed(int level, HostTensor proposal) {
      result(level, 0, trace -> trace.withProposal(level, proposal));
    }

    @Override
    public void stepped(int level, int step, HostTensor image) {
      StepLog kept = log;
      if (kept != null && step < steps) { // what the last one made arrives as the refined images
        kept.add(level, step, image);
      }
      newest.set(new Trace.Moment(level, step, image));
      reach(level, step);
      show(pace.isDue());
    }

    @Override
    public void refined(int level, HostTensor refined) {
      result(level, steps, trace -> trace.withRefined(level, refined));
    }

    @Override
    public void finished(HostTensor samples) {
      result(0, steps, trace -> trace.withResult(samples));
    }

    private void result(int level, int step, UnaryOperator<Trace> change) {
      results.add(change);
      reach(level, step);
      show(pace.isFree());
    }

    private void reach(int level, int step) {
      Objects.requireNonNull(reached).reach(level, step);
    }

    @Override
    public void preparing(int level, int step, int steps, int done, int all) {
      Objects.requireNonNull(reached).prepare(level, step, steps, done, all);
      show(pace.isDue());
    }

    private void show(boolean soon) {
      if (soon) {
        later(this::show);
      }
    }

    private void show() {
      pace.shown();
      Trace next = made;
      if (next == null) {
        return;
      }
      for (UnaryOperator<Trace> change = results.poll(); change != null; change = results.poll()) {
        next = change.apply(next);
      }
      Trace.Moment moment = newest.getAndSet(null);
      if (moment != null) {
        next = next.withMoment(moment);
      }
      made = next;
      RunProgress now = reached;
      if (now != null && (now.isPreparing() || !next.isEmpty())) {
        progress.set(now.newest());
      }
      if (!quiet && !next.isEmpty()) {
        reveal(next);
      }
    }

    private void reveal(Trace next) {
      trace.set(next);
      preview.set(null);
    }
  }
}
