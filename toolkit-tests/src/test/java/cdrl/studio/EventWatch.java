package cdrl.studio;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
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
  private String waitedFor = "";
  private String computedBy = "";
  private volatile boolean paused;
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
        if (!paused) {
          waits.add(wait);
          note(wait, work, stack == null ? "" : words(stack));
        }
        Thread.sleep(PAUSE_MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void note(double wait, double work, String doing) {
    if (wait > longest) {
      longest = wait;
      waitedFor = doing;
    }
    if (work > computed) {
      computed = work;
      computedBy = doing;
    }
  }

  /** The program's own part of a stack; where there is none, its top without Java's own part. */
  private static String words(StackTraceElement... stack) {
    List<StackTraceElement> own = from("cdrl.", stack);
    return (own.isEmpty() ? from("com.sun.|javafx.|org.", stack) : own)
        .stream()
            .limit(LINES)
            .map(
                line ->
                    line.getClassName() + "." + line.getMethodName() + ":" + line.getLineNumber())
            .collect(Collectors.joining(" < "));
  }

  private static List<StackTraceElement> from(String packages, StackTraceElement... stack) {
    return Arrays.stream(stack)
        .filter(
            line ->
                Arrays.stream(packages.split("\\|", -1)).anyMatch(line.getClassName()::startsWith))
        .toList();
  }

  /** Stops or goes on measuring; a garbage collection that is asked for is no event. */
  void setPaused(boolean pause) {
    paused = pause;
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
  synchronized String waitedFor() {
    return waitedFor;
  }

  /** What it was doing in the wait in which it computed most. */
  synchronized String computedBy() {
    return computedBy;
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
