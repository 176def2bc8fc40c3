package cdrl.studio.density;

import cdrl.studio.engine.LiveTraining;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The way of what a training tells, from the engine's thread to the user interface's. */
final class LiveFeed implements LiveTraining.Observer {
  private final Executor userInterface;
  private final Runnable news;
  private final Consumer<Throwable> failure;
  private final ConcurrentLinkedQueue<LiveTraining.Step> made = new ConcurrentLinkedQueue<>();
  private final AtomicReference<LiveTraining.@Nullable View> seen = new AtomicReference<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  /**
   * @param news called on the user interface's thread when there is something to show
   * @param failure is given there what went wrong
   */
  LiveFeed(Executor userInterface, Runnable news, Consumer<Throwable> failure) {
    this.userInterface = userInterface;
    this.news = news;
    this.failure = failure;
  }

  @Override
  public void stepped(LiveTraining.Step step) {
    made.add(step);
    schedule();
  }

  @Override
  public void looked(LiveTraining.View newest) {
    seen.set(newest);
    schedule();
  }

  @Override
  public void failed(Throwable problem) {
    userInterface.execute(() -> failure.accept(problem));
  }

  /** However fast the engine is, the window is given one piece of work at a time. */
  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      userInterface.execute(
          () -> {
            scheduled.set(false);
            news.run();
          });
    }
  }

  /**
   * Gives away the iterations that were made since the last call.
   *
   * @return the number of the newest one
   */
  OptionalLong steps(Consumer<LiveTraining.Step> taker) {
    OptionalLong newest = OptionalLong.empty();
    for (LiveTraining.Step step = made.poll(); step != null; step = made.poll()) {
      taker.accept(step);
      newest = OptionalLong.of(step.iteration());
    }
    return newest;
  }

  /** The newest look since the last call, or null. */
  LiveTraining.@Nullable View look() {
    return seen.getAndSet(null);
  }
}
