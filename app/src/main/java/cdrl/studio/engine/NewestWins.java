package cdrl.studio.engine;

import cdrl.runtime.TensorLane;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Quick work for something that changes faster than the work can be done. One piece is done at a
 * time; while it is, only the newest of the wishes that come in waits, and the older ones are
 * dropped. All methods are to be called on the user interface's thread.
 *
 * @param <W> what is wished for
 * @param <R> what comes of it
 */
final class NewestWins<W, R> {
  /** Is given what was made. */
  @FunctionalInterface
  interface Receiver<W, R> {
    /**
     * @param newest whether nothing newer waits
     */
    void made(W wish, R result, boolean newest);
  }

  private final Function<W, TensorLane.Task<R>> work;
  private final Executor userInterface;
  private final Receiver<W, R> receiver;
  private final Consumer<Throwable> failures;
  private @Nullable W newest;
  private TensorLane.@Nullable Task<R> running;

  /**
   * @param work begins what is wished for
   * @param userInterface runs what it is given on the user interface's thread, in order
   * @param failures is told what went wrong; no wish waits any more then
   */
  NewestWins(
      Function<W, TensorLane.Task<R>> work,
      Executor userInterface,
      Receiver<W, R> receiver,
      Consumer<Throwable> failures) {
    this.work = work;
    this.userInterface = userInterface;
    this.receiver = receiver;
    this.failures = failures;
  }

  /** Begins at once when nothing is being done, else after that, unless a newer wish comes. */
  void ask(W wish) {
    newest = wish;
    if (running == null) {
      begin(wish);
    }
  }

  /** Stops what is being done and forgets what waits. */
  void stop() {
    newest = null;
    if (running != null) {
      running.cancel();
      running = null;
    }
  }

  private void begin(W wish) {
    TensorLane.Task<R> task = work.apply(wish);
    running = task;
    task.result()
        .whenComplete(
            (result, problem) -> userInterface.execute(() -> ended(task, wish, result, problem)));
  }

  private void ended(
      TensorLane.Task<R> task, W wish, @Nullable R result, @Nullable Throwable problem) {
    if (!task.equals(running)) {
      return; // it was stopped
    }
    running = null;
    if (problem != null) {
      newest = null;
      failures.accept(problem);
      return;
    }
    W next = newest;
    if (result != null) {
      receiver.made(wish, result, next == wish);
    }
    if (next != null && next != wish && running == null) {
      begin(next);
    }
  }
}
