package cdrl.runtime;

import java.util.concurrent.CancellationException;

/** A wish to stop, looked at between two Langevin steps. Safe to use from every thread. */
public final class Cancellation {
  private volatile boolean cancelled;

  /** Asks the work to stop at its next step. */
  public void cancel() {
    cancelled = true;
  }

  /** Whether somebody asked for a stop. */
  public boolean isCancelled() {
    return cancelled;
  }

  /**
   * Ends the work when a stop was asked for.
   *
   * @throws CancellationException when {@link #cancel()} was called
   */
  public void throwIfCancelled() {
    if (cancelled) {
      throw new CancellationException("cancelled");
    }
  }
}
