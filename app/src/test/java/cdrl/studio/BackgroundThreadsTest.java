package cdrl.studio;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BackgroundThreadsTest {
  @Test
  void workIsDoneOnThreadsThatDoNotKeepTheProgramAlive() throws Exception {
    ExecutorService background = BackgroundThreads.start();
    CompletableFuture<Boolean> daemon =
        CompletableFuture.supplyAsync(() -> Thread.currentThread().isDaemon(), background);
    assertTrue(daemon.get(10, TimeUnit.SECONDS));
    background.shutdownNow();
  }

  @Test
  void whatComesAfterTheWindowIsClosedIsNeitherDoneNorAnError() throws Exception {
    ExecutorService background = BackgroundThreads.start();
    background.shutdownNow();
    AtomicBoolean done = new AtomicBoolean();
    background.execute(() -> done.set(true));
    CompletableFuture.runAsync(() -> done.set(true), background);
    assertTrue(background.awaitTermination(10, TimeUnit.SECONDS));
    assertFalse(done.get());
  }
}
