package cdrl.studio.workspace;

import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Jobs;
import cdrl.studio.shell.Preferences;
import cdrl.studio.shell.Problems;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the window gives to every workspace.
 *
 * @param messages all texts
 * @param preferences what is remembered from one start to the next
 * @param jobs shows what runs, and tells what was done
 * @param problems shows what went wrong
 * @param background runs what takes a while and needs no tensors
 * @param userInterface runs what it is given on the user interface's thread, in order
 * @param nanoTime a clock in nanoseconds
 * @param dice makes new seeds
 */
public record WorkspaceContext(
    Messages messages,
    Preferences preferences,
    Jobs jobs,
    Problems problems,
    Executor background,
    Executor userInterface,
    LongSupplier nanoTime,
    RandomGenerator dice) {

  /**
   * Does something in the background that takes a while and needs no tensors. A failure is shown.
   *
   * @param done is given the result on the user interface's thread
   */
  public <T extends @Nullable Object> void inBackground(Supplier<T> work, Consumer<T> done) {
    inBackground(work, done, () -> {});
  }

  /**
   * Does something in the background that takes a while and needs no tensors. A failure is shown.
   *
   * @param done is given the result on the user interface's thread
   * @param ended called there before, also after a failure
   */
  public <T extends @Nullable Object> void inBackground(
      Supplier<T> work, Consumer<T> done, Runnable ended) {
    background.execute(
        () -> {
          try {
            T result = work.get();
            userInterface.execute(
                () -> {
                  ended.run();
                  done.accept(result);
                });
          } catch (RuntimeException | OutOfMemoryError e) {
            userInterface.execute(
                () -> {
                  ended.run();
                  problems.report(e);
                });
          }
        });
  }
}
