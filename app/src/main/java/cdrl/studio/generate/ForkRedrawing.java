package cdrl.studio.generate;

import cdrl.runtime.Cancellation;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.SamplingSettings;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.RunObserver;
import cdrl.studio.engine.SamplingService;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Draws the runs again that a run goes on from, each one as far as the next begins, and then that
 * run.
 */
final class ForkRedrawing {
  private final SamplingService samples;
  private final LoadedModel model;
  private final Fork fork;
  private final CompletableFuture<HostTensor> result = new CompletableFuture<>();
  private final Cancellation cancellation = new Cancellation();

  ForkRedrawing(SamplingService samples, LoadedModel model, Fork fork) {
    this.samples = samples;
    this.model = model;
    this.fork = fork;
  }

  /** Stops the work that it watches when a stop was asked for. */
  private class Guard implements SampleObserver {
    private final SampleObserver observer;

    Guard(SampleObserver observer) {
      this.observer = observer;
    }

    @Override
    public void started(int level, HostTensor noise) {
      cancellation.throwIfCancelled();
      observer.started(level, noise);
    }

    @Override
    public void proposed(int level, HostTensor proposal) {
      cancellation.throwIfCancelled();
      observer.proposed(level, proposal);
    }

    @Override
    public void stepped(int level, int step, HostTensor image) {
      cancellation.throwIfCancelled();
      observer.stepped(level, step, image);
    }

    @Override
    public void refined(int level, HostTensor refined) {
      cancellation.throwIfCancelled();
      observer.refined(level, refined);
    }

    @Override
    public void finished(HostTensor samples) {
      observer.finished(samples);
    }
  }

  /** Ends a run as soon as it has come to where the next one begins, and tells its steps. */
  private final class Catcher implements SampleObserver {
    private final Fork.Ancestor ancestor;
    private final int before;
    private final @Nullable RunObserver watcher;
    private volatile @Nullable HostTensor state;

    /**
     * @param before the steps of the runs before
     */
    Catcher(Fork.Ancestor ancestor, int before, @Nullable RunObserver watcher) {
      this.ancestor = ancestor;
      this.before = before;
      this.watcher = watcher;
    }

    @Override
    public void stepped(int level, int step, HostTensor image) {
      if (watcher != null) {
        SamplingSettings of = ancestor.settings();
        int done = (of.startLevel() - 1 - level) * of.langevinSteps() + step;
        int all = fork.ancestors().stream().mapToInt(Fork.Ancestor::steps).sum();
        watcher.preparing(level, step, of.langevinSteps(), before + done, all);
      }
    }

    @Override
    public void started(int level, HostTensor noise) {
      caught(level, noise);
    }

    @Override
    public void refined(int level, HostTensor refined) {
      caught(level, refined);
    }

    private void caught(int level, HostTensor images) {
      if (level == ancestor.level()) {
        state = images;
        throw new CancellationException("the rest of this run is not needed");
      }
    }
  }

  /**
   * Begins.
   *
   * @param run begins the last run from a state
   * @param observer watches that run
   */
  TensorLane.Task<HostTensor> then(SampleObserver observer, Last run) {
    SampleObserver guarded = new Guard(observer);
    RunObserver watcher = observer instanceof RunObserver preparing ? preparing : null;
    draw(0, 0, null, watcher, state -> run.begin(state, guarded));
    return new TensorLane.Task<>(result, cancellation);
  }

  /** Begins the run that goes on from the state that was drawn again. */
  @FunctionalInterface
  interface Last {
    TensorLane.Task<HostTensor> begin(HostTensor start, SampleObserver observer);
  }

  private void draw(
      int index,
      int before,
      @Nullable HostTensor start,
      @Nullable RunObserver watcher,
      Function<HostTensor, TensorLane.Task<HostTensor>> last) {
    Fork.Ancestor ancestor = fork.ancestors().get(index);
    Catcher catcher = new Catcher(ancestor, before, watcher);
    Guard guard = new Guard(catcher);
    TensorLane.Task<HostTensor> task =
        start == null
            ? samples.sample(model, ancestor.settings(), guard)
            : samples.goOn(model, start, ancestor.settings(), guard);
    task.result()
        .whenComplete(
            (ignored, problem) -> {
              HostTensor state = catcher.state;
              if (state == null || cancellation.isCancelled()) {
                fail(problem);
              } else if (index + 1 < fork.ancestors().size()) {
                draw(index + 1, before + ancestor.steps(), state, watcher, last);
              } else {
                fork.drawn(state);
                last.apply(state).result().whenComplete(this::end);
              }
            });
  }

  private void end(@Nullable HostTensor images, @Nullable Throwable problem) {
    if (images == null) {
      fail(problem);
    } else {
      result.complete(images);
    }
  }

  private void fail(@Nullable Throwable problem) {
    result.completeExceptionally(
        problem == null ? new CancellationException("cancelled") : problem);
  }
}
