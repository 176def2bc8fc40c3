package cdrl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.runtime.TensorLane.Priority;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TensorLaneTest {
  private final TensorLane lane = new TensorLane();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void close() {
    gate.countDown();
    lane.close();
  }

  private TensorLane.Task<String> log(Priority priority, String event) {
    return lane.submit(
        priority,
        cancellation -> {
          events.add(event);
          return event;
        });
  }

  /** Keeps the lane busy until the gate opens. */
  private TensorLane.Task<Boolean> occupy(Priority priority) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    TensorLane.Task<Boolean> task =
        lane.submit(
            priority,
            cancellation -> {
              begun.countDown();
              gate.await();
              return true;
            });
    begun.await();
    return task;
  }

  @Test
  void urgentWorkRunsFirstAndEqualWorkInItsOrder() throws InterruptedException {
    occupy(Priority.BACKGROUND);
    log(Priority.BACKGROUND, "background");
    log(Priority.NORMAL, "normal 1");
    log(Priority.NORMAL, "normal 2");
    TensorLane.Task<String> interactive = log(Priority.INTERACTIVE, "interactive");
    TensorLane.Task<String> last = log(Priority.BACKGROUND, "last");
    gate.countDown();
    assertEquals("last", last.result().join());
    assertTrue(interactive.result().isDone());
    assertEquals(List.of("interactive", "normal 1", "normal 2", "background", "last"), events);
  }

  @Test
  void onlyMoreUrgentWorkPasses() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    TensorLane.Task<Boolean> training =
        lane.submit(
            Priority.NORMAL,
            cancellation -> {
              begun.countDown();
              gate.await();
              lane.letUrgentWorkPass(Priority.NORMAL);
              events.add("goes on");
              return true;
            });
    begun.await();
    TensorLane.Task<String> background = log(Priority.BACKGROUND, "background");
    log(Priority.NORMAL, "normal");
    log(Priority.INTERACTIVE, "interactive 1");
    log(Priority.INTERACTIVE, "interactive 2");
    gate.countDown();
    training.result().join();
    background.result().join();
    assertEquals(
        List.of("interactive 1", "interactive 2", "goes on", "normal", "background"), events);
  }

  @Test
  void othersCannotLetWorkPass() {
    assertThrows(IllegalStateException.class, () -> lane.letUrgentWorkPass(Priority.BACKGROUND));
    assertFalse(lane.isCurrentThread());
    assertTrue(lane.submit(Priority.NORMAL, c -> lane.isCurrentThread()).result().join());
  }

  @Test
  void workCancelledBeforeItBeginsNeverRuns() throws InterruptedException {
    occupy(Priority.NORMAL);
    TensorLane.Task<String> task = log(Priority.NORMAL, "cancelled");
    task.cancel();
    gate.countDown();
    assertThrows(CancellationException.class, () -> task.result().join());
    assertTrue(events.isEmpty());
  }

  @Test
  void runningWorkSeesItsCancellation() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    TensorLane.Task<Boolean> task =
        lane.submit(
            Priority.NORMAL,
            cancellation -> {
              begun.countDown();
              gate.await();
              cancellation.throwIfCancelled();
              return true;
            });
    begun.await();
    task.cancel();
    gate.countDown();
    assertThrows(CancellationException.class, () -> task.result().join());
  }

  @Test
  void failuresReachWhoeverWaits() {
    IllegalStateException failure = new IllegalStateException("broken");
    TensorLane.Task<Boolean> task =
        lane.submit(
            Priority.NORMAL,
            cancellation -> {
              throw failure;
            });
    CompletionException thrown =
        assertThrows(CompletionException.class, () -> task.result().join());
    assertSame(failure, thrown.getCause());
    assertEquals("next", log(Priority.NORMAL, "next").result().join());
  }

  /** Work that restores its thread's interrupt must not end the lane. */
  @Test
  void anInterruptDoesNotEndTheLane() {
    lane.submit(
            Priority.NORMAL,
            cancellation -> {
              Thread.currentThread().interrupt();
              return true;
            })
        .result()
        .join();
    assertEquals("next", log(Priority.NORMAL, "next").result().join());
    assertEquals("after", log(Priority.NORMAL, "after").result().join());
  }

  @Test
  void closingWaitsForRunningWorkAndCancelsTheRest() throws Exception {
    TensorLane.Task<Boolean> running = occupy(Priority.NORMAL);
    TensorLane.Task<String> queued = log(Priority.INTERACTIVE, "queued");
    Thread closer = new Thread(lane::close);
    closer.start();
    gate.countDown();
    closer.join();
    assertTrue(running.result().join());
    // Unless it was quick enough to run before the lane was closed, it is cancelled, never lost.
    assertTrue(queued.result().isDone());
    assertThrows(CancellationException.class, () -> log(Priority.NORMAL, "late").result().join());
    assertFalse(events.contains("late"));
  }

  /** Whatever is handed in while the lane closes completes in one way or the other. */
  @Test
  void nothingHandedInDuringCloseIsLost() throws InterruptedException {
    for (int round = 0; round < 40; round++) {
      TensorLane closing = new TensorLane();
      Thread closer = new Thread(closing::close);
      closer.start();
      List<TensorLane.Task<Boolean>> tasks = new CopyOnWriteArrayList<>();
      for (int i = 0; i < 50; i++) {
        tasks.add(closing.submit(Priority.NORMAL, cancellation -> true));
      }
      closer.join();
      for (TensorLane.Task<Boolean> task : tasks) {
        assertTrue(task.result().handle((value, failure) -> true).join());
      }
    }
  }
}
