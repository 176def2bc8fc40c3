package cdrl.cli;

import cdrl.runtime.Cancellation;
import java.util.concurrent.CountDownLatch;

/**
 * Turns an interruption of the process (SIGINT, SIGTERM) into a cancellation, holds the process
 * until the work has ended in order, and then ends it with the exit code for cancelled work.
 */
final class Interruption implements AutoCloseable {
  private final Cancellation cancellation = new Cancellation();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "interruption");

  Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** What the work has to heed. */
  Cancellation cancellation() {
    return cancellation;
  }

  /** Says that the work has ended. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already and the hook waits for this very moment.
    }
    ended.countDown();
  }

  private void stop() {
    cancellation.cancel();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.out.flush();
    System.err.flush();
    // An ordinary exit would report the signal's own code.
    Runtime.getRuntime().halt(Main.CANCELLED);
  }
}
