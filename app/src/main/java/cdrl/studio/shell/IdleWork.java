package cdrl.studio.shell;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;

/**
 * Work on the JavaFX thread that somebody will have to wait for unless it is done before. It is
 * done piece by piece, with time between two of them for whatever a person does meanwhile.
 */
final class IdleWork {
  private static final int FIRST_MILLISECONDS = 1000;
  private static final int BETWEEN_MILLISECONDS = 100;

  private final Queue<Runnable> pieces;
  private final BooleanSupplier goesOn;

  /**
   * @param pieces the shorter each of them, the better
   * @param goesOn asked before every piece
   */
  IdleWork(List<Runnable> pieces, BooleanSupplier goesOn) {
    this.pieces = new ArrayDeque<>(pieces);
    this.goesOn = goesOn;
  }

  /** Begins when the window has had time to appear. */
  void begin() {
    after(FIRST_MILLISECONDS);
  }

  private void after(int milliseconds) {
    Executor later =
        CompletableFuture.delayedExecutor(milliseconds, TimeUnit.MILLISECONDS, Platform::runLater);
    later.execute(this::next);
  }

  private void next() {
    Runnable piece = pieces.poll();
    if (piece != null && goesOn.getAsBoolean()) {
      piece.run();
      after(BETWEEN_MILLISECONDS);
    }
  }
}
