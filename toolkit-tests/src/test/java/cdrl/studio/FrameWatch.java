package cdrl.studio;

import com.sun.javafx.scene.SceneHelper;
import com.sun.javafx.tk.TKPulseListener;
import com.sun.javafx.tk.Toolkit;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;

/**
 * Tells when frames of a window have been drawn, by way of the toolkit's own hooks: it asks the
 * thread that draws, not only the one that lays out. Made and closed on the JavaFX thread.
 */
final class FrameWatch implements AutoCloseable {
  private final Scene scene;
  private final Timings pulses = new Timings();
  private final Queue<CompletableFuture<Long>> wanted = new ArrayDeque<>();
  private final Queue<CompletableFuture<Long>> drawing = new ArrayDeque<>();
  private final TKPulseListener pulse = this::laidOut;
  private final AnimationTimer timer =
      new AnimationTimer() {
        private long before;

        @Override
        public void handle(long now) {
          long time = System.nanoTime();
          if (before != 0) {
            pulses.addNanos(time - before);
          }
          before = time;
        }
      };

  FrameWatch(Scene scene) {
    this.scene = scene;
    SceneHelper.getPeer(scene).setTKScenePaintListener(this::frameDrawn);
    Toolkit.getToolkit().addPostSceneTkPulseListener(pulse);
  }

  /** Keeps frames coming and measures the time from one to the next. */
  Timings watchPulses() {
    timer.start();
    return pulses;
  }

  /** The processor time that the JavaFX thread has used, in nanoseconds; to be asked there. */
  static long computed() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Does something on the JavaFX thread; the result is the time until it had been drawn. */
  CompletableFuture<Long> drawn(Runnable change) {
    CompletableFuture<Long> done = new CompletableFuture<>();
    Platform.runLater(
        () -> {
          long begin = System.nanoTime();
          CompletableFuture<Long> frame = new CompletableFuture<>();
          synchronized (this) {
            wanted.add(frame);
          }
          change.run();
          Platform.requestNextPulse();
          frame.thenAccept(end -> done.complete(end - begin));
        });
    return done;
  }

  /** Completes with the time at which the next frame that has not been laid out yet is drawn. */
  CompletableFuture<Long> next() {
    CompletableFuture<Long> frame = new CompletableFuture<>();
    synchronized (this) {
      wanted.add(frame);
    }
    return frame;
  }

  private synchronized void laidOut() {
    drawing.addAll(wanted);
    wanted.clear();
  }

  private synchronized void frameDrawn() {
    long now = System.nanoTime();
    for (CompletableFuture<Long> frame = drawing.poll(); frame != null; frame = drawing.poll()) {
      frame.complete(now);
    }
  }

  @Override
  public void close() {
    timer.stop();
    Toolkit.getToolkit().removePostSceneTkPulseListener(pulse);
    SceneHelper.getPeer(scene).setTKScenePaintListener(null);
  }
}
