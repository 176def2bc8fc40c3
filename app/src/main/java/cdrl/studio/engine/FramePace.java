package cdrl.studio.engine;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Says when there is to be another frame. Small models take thousands of steps a second; showing
 * each would keep people's clicks waiting. Safe to use from every thread.
 */
final class FramePace {
  /** The time between two frames of pictures that can be told apart, in nanoseconds. */
  static final long PICTURES = 16_000_000;

  /** The time between two frames in which nothing but progress is shown, in nanoseconds. */
  static final long PROGRESS = 100_000_000;

  private final LongSupplier nanoTime;
  private final long between;
  private final AtomicBoolean asked = new AtomicBoolean();
  private volatile long last;

  /**
   * @param nanoTime a clock in nanoseconds
   * @param between the least time between two frames, in nanoseconds
   */
  FramePace(LongSupplier nanoTime, long between) {
    this.nanoTime = nanoTime;
    this.between = between;
  }

  /** Whether a frame is to be asked for as enough time has gone by, and none is waited for. */
  boolean isDue() {
    return nanoTime.getAsLong() - last >= between && isFree();
  }

  /** Whether a frame is to be asked for at once: none is waited for. */
  boolean isFree() {
    boolean free = asked.compareAndSet(false, true);
    if (free) {
      last = nanoTime.getAsLong();
    }
    return free;
  }

  /** The frame that was asked for is being shown. */
  void shown() {
    asked.set(false);
  }
}
