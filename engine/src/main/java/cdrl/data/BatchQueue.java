package cdrl.data;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Makes batches ahead of time on a thread of its own, so that training need not wait for them. For
 * one consumer.
 */
public final class BatchQueue implements AutoCloseable {

  /** A batch, or the failure that ended the making of batches. */
  private record Made(@Nullable Batch batch, @Nullable Throwable failure) {}

  private final Batches batches;
  private final BlockingQueue<Made> queue;
  private final Thread thread;

  /**
   * Starts to make batches.
   *
   * @param batches the sequence
   * @param firstIteration the number of the first batch to hand out
   * @param capacity how many batches to have ready, at least 1
   */
  public BatchQueue(Batches batches, long firstIteration, int capacity) {
    this.batches = batches;
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.thread = new Thread(() -> make(firstIteration), "batch-queue");
    thread.setDaemon(true);
    thread.start();
  }

  private void make(long firstIteration) {
    try {
      try {
        for (long iteration = firstIteration; ; iteration++) {
          queue.put(new Made(batches.batch(iteration), null));
        }
      } catch (RuntimeException | Error failure) {
        queue.put(new Made(null, failure));
      }
    } catch (InterruptedException closed) {
      // Nobody wants more batches.
    }
  }

  /**
   * The next batch; waits until it is ready.
   *
   * @throws IllegalStateException when no batch can be made, or after {@link #close()}
   * @throws CancellationException when the waiting thread is interrupted
   */
  public Batch next() {
    try {
      Made made = queue.take();
      if (made.batch() != null) {
        return made.batch();
      }
      // Whoever asks again must get the same answer instead of waiting forever.
      queue.put(made);
      throw new IllegalStateException("no more batches", made.failure());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for a batch");
    }
  }

  /** Ends the thread and forgets the batches that are ready. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    queue.clear();
    queue.add(new Made(null, null));
  }
}
