package cdrl.studio.density;

import cdrl.runtime.HostTensor;
import cdrl.store.Checkpoint;
import cdrl.studio.engine.LiveTraining;
import cdrl.studio.engine.TranslatedException;
import cdrl.studio.workspace.WorkspaceContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Keeps the training of the window from one start to the next, with its curves. */
final class TrainingFile {
  /** A window that is closed waits no longer for the engine. */
  private static final long PATIENCE_SECONDS = 20;

  private final WorkspaceContext context;
  private final Path file;
  private CompletableFuture<?> saved = CompletableFuture.completedFuture("nothing yet");

  private boolean recalled;
  private boolean reading;

  /**
   * @param file need not be there
   */
  TrainingFile(WorkspaceContext context, Path file) {
    this.context = context;
    this.file = file;
  }

  /**
   * Reads it in the background when this is called for the first time.
   *
   * @param found is given the training, if one was kept
   */
  void recall(Consumer<Checkpoint> found) {
    if (!recalled) {
      recalled = true;
      reading = true;
      context.inBackground(
          () -> Files.exists(file) ? Optional.of(Checkpoint.read(file)) : Optional.empty(),
          (Optional<Checkpoint> kept) -> kept.ifPresent(found),
          () -> reading = false);
    }
  }

  /** Whether it is just being read. */
  boolean isReading() {
    return reading;
  }

  /** Saves a training in the background, one after the other; a failure is shown. */
  void save(LiveTraining training, LiveCurves curves) {
    Map<String, HostTensor> points = curves.tensors();
    CompletableFuture<Checkpoint> state = training.state();
    saved =
        saved
            .handle((before, problem) -> "over")
            .thenCombineAsync(state, (over, now) -> write(now, points), context.background())
            .whenComplete(
                (written, problem) -> {
                  if (problem != null) {
                    context.userInterface().execute(() -> context.problems().report(problem));
                  }
                });
  }

  private Path write(Checkpoint state, Map<String, HostTensor> points) {
    Map<String, HostTensor> tensors = new LinkedHashMap<>(state.tensors());
    tensors.putAll(points);
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new TranslatedException(e, "fault.session", file);
    }
    new Checkpoint(state.description(), state.counters(), tensors).write(file);
    return file;
  }

  /** Waits until what was to be saved is; for the end of the window only. */
  void finish() {
    try {
      saved.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // the file of before is still there
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
