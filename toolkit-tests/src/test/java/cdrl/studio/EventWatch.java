package cdrl.studio;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long the JavaFX thread keeps a newcomer waiting: every few milliseconds it is asked
 * to do nothing. Also tells how much of that time it computed, for on a machine that others use it
 * waits for a processor as well.
 */
final class EventWatch implements AutoCloseable {
  private static final int PAUSE_MILLISECONDS = 4;
  private static final int SUSPICIOUS_MILLISECONDS = 60;
  private static final int LINES = 6;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Thread watched;
  private final Thread watcher = new Thread(this::watch, "event-watch");
  private final Timings waits = new Timings();
  private double longest;
  private double computed;
  private String culprit = "";
  private volatile boolean closed;

  EventWatch() {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    Platform.runLater(() -> thread.complete(Thread.currentThread()));
    try {
      watched = thread.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
    watcher.setDaemon(true);
    watcher.start();
  }

  private void watch() {
    Semaphore answered = new Semaphore(0);
    try {
      while (!closed) {
        long begin = System.nanoTime();
        long before = threads.getThreadCpuTime(watched.getId());
        Platform.runLater(answered::release);
        StackTraceElement @Nullable [] stack = null;
        if (!answered.tryAcquire(SUSPICIOUS_MILLISECONDS, TimeUnit.MILLISECONDS)) {
          stack = watched.getStackTrace();
          answered.acquire();
        }
        double wait = (System.nanoTime() - begin) / 1e6;
        double work = (threads.getThreadCpuTime(watched.getId()) - before) / 1e6;
        waits.add(wait);
        note(wait, work, stack);
        Thread.sleep(PAUSE_MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void note(double wait, double work, StackTraceElement @Nullable [] stack) {
    computed = Math.max(computed, work);
    if (wait > longest) {
      longest = wait;
      culprit =
          stack == null
              ? ""
              : Arrays.stream(stack)
                  .map(StackTraceElement::toString)
                  .filter(line -> line.startsWith("cdrl.") || line.startsWith("javafx."))
                  .limit(LINES)
                  .collect(Collectors.joining(" < "));
    }
  }

  /** All waits. */
  Timings waits() {
    return waits;
  }

  /** The longest wait in milliseconds. */
  synchronized double longest() {
    return longest;
  }

  /** The most time that the thread computed during one wait, in milliseconds. */
  synchronized double computed() {
    return computed;
  }

  /** What the thread was doing in the middle of the longest wait. */
  synchronized String culprit() {
    return culprit;
  }

  @Override
  public void close() {
    closed = true;
    try {
      watcher.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
