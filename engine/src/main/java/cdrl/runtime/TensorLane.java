package cdrl.runtime;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The one thread on which all tensor work runs. The engine allows a single gradient tape per
 * process, so work is queued by priority and long work lets more urgent work in between two of its
 * steps with {@link #letUrgentWorkPass}.
 */
public final class TensorLane implements AutoCloseable {

  /** How soon work runs; earlier constants run first. */
  public enum Priority {
    /** A person waits for the result. */
    INTERACTIVE,
    /** Work somebody started and does not watch from moment to moment. */
    NORMAL,
    /** Training inside the window. */
    BACKGROUND
  }

  /** Work for the lane. */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object> {
    /**
     * Does the work on the lane's thread.
     *
     * @param cancellation to be looked at between steps
     */
    T run(Cancellation cancellation) throws Exception;
  }

  /**
   * Work that was handed in.
   *
   * @param result completes on the lane's thread with the result, the failure, or a {@link
   *     CancellationException}
   * @param cancellation stops the work, also when it has not begun
   */
  public record Task<T extends @Nullable Object>(
      CompletableFuture<T> result, Cancellation cancellation) {
    /** Stops the work at its next step, or before it begins. */
    public void cancel() {
      cancellation.cancel();
    }
  }

  private record Entry(Priority priority, long order, Runnable body) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byPriority = priority.compareTo(other.priority);
      return byPriority != 0 ? byPriority : Long.compare(order, other.order);
    }
  }

  private final PriorityBlockingQueue<Entry> queue = new PriorityBlockingQueue<>();
  private final AtomicLong order = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;

  /** Starts the lane's thread. */
  public TensorLane() {
    thread = new Thread(this::runAll, "tensor-lane");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Queues work behind all work of the same or a higher priority. When the lane is closed the work
   * is not done and the task is cancelled.
   */
  public <T extends @Nullable Object> Task<T> submit(Priority priority, Work<T> work) {
    Task<T> task = new Task<>(new CompletableFuture<>(), new Cancellation());
    Entry entry = new Entry(priority, order.getAndIncrement(), () -> complete(task, work));
    queue.add(entry);
    if (closed && queue.remove(entry)) {
      // The lane may be past its last look at the queue.
      entry.body().run();
    }
    return task;
  }

  /** Whether the caller runs on the lane's thread. */
  public boolean isCurrentThread() {
    return Thread.currentThread() == thread;
  }

  /** Runs, on the lane's thread, all queued work that is more urgent than the given priority. */
  public void letUrgentWorkPass(Priority current) {
    if (!isCurrentThread()) {
      throw new IllegalStateException("only work on the tensor lane can let other work pass");
    }
    for (Entry next = queue.peek(); next != null; next = queue.peek()) {
      if (next.priority().compareTo(current) >= 0 || !queue.remove(next)) {
        return;
      }
      next.body().run();
    }
  }

  /** Ends the lane after the work that is running now; queued work is cancelled. */
  @Override
  public void close() {
    closed = true;
    // Wakes the thread; sorted before everything else by its order.
    queue.add(new Entry(Priority.INTERACTIVE, -1, () -> {}));
    boolean interrupted = false;
    while (!isCurrentThread() && thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true; // native memory must not be freed under the running work
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void runAll() {
    while (!closed) {
      try {
        queue.take().body().run();
      } catch (InterruptedException e) {
        // Work that was interrupted has ended; the work behind it still counts on the lane.
        continue;
      }
    }
    for (Entry entry = queue.poll(); entry != null; entry = queue.poll()) {
      entry.body().run();
    }
  }

  private <T extends @Nullable Object> void complete(Task<T> task, Work<T> work) {
    if (closed || task.cancellation().isCancelled()) {
      task.result().completeExceptionally(new CancellationException("cancelled"));
      return;
    }
    try {
      task.result().complete(work.run(task.cancellation()));
    } catch (Throwable failure) { // everything must reach whoever waits
      task.result().completeExceptionally(failure);
    }
  }
}
