package cdrl.studio.shell;

import cdrl.runtime.Cancellation;
import cdrl.runtime.CudaInstaller;
import cdrl.studio.resources.Messages;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/**
 * Fetches the libraries that GPUs need, when a person asked for it, as a job that can be stopped.
 */
public final class GpuDownload {
  /** What downloads; the engine's {@link CudaInstaller} in the program. */
  @FunctionalInterface
  public interface Installer {
    /**
     * Downloads, or does nothing when all is there.
     *
     * @throws cdrl.runtime.CdrlException when it cannot
     * @throws CancellationException when cancelled
     */
    void install(CudaInstaller.Progress progress, Cancellation cancellation);
  }

  private static final double MEGABYTE = 1e6;

  private final Messages messages;
  private final Jobs jobs;
  private final Problems problems;
  private final Executor background;
  private final Installer installer;
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();

  /**
   * @param background runs what takes a while
   */
  public GpuDownload(
      Messages messages, Jobs jobs, Problems problems, Executor background, Installer installer) {
    this.messages = messages;
    this.jobs = jobs;
    this.problems = problems;
    this.background = background;
    this.installer = installer;
  }

  /** Whether it is under way. */
  public ReadOnlyBooleanProperty runningProperty() {
    return running.getReadOnlyProperty();
  }

  /** Starts, unless it is under way. */
  public void start() {
    if (running.get()) {
      return;
    }
    Cancellation cancellation = new Cancellation();
    StringProperty detail = new SimpleStringProperty(messages.text("gpu.connecting"));
    // Nobody knows beforehand how large the unpacked files will be.
    Job job =
        new Job(
            messages.text("gpu.job"), new SimpleDoubleProperty(-1), detail, cancellation::cancel);
    running.set(true);
    jobs.begin(job);
    background.execute(() -> run(job, detail, cancellation));
  }

  private void run(Job job, StringProperty detail, Cancellation cancellation) {
    long[] told = {0};
    try {
      installer.install(
          (file, files, name, bytes) -> {
            if (bytes - told[0] >= MEGABYTE || bytes < told[0]) {
              told[0] = bytes;
              String text =
                  messages.text("gpu.progress", file, files, messages.grouped(bytes / MEGABYTE, 0));
              Platform.runLater(() -> detail.set(text));
            }
          },
          cancellation);
      Platform.runLater(() -> end(job, "gpu.done"));
    } catch (CancellationException e) {
      Platform.runLater(() -> end(job, "gpu.cancelled"));
    } catch (RuntimeException e) {
      Platform.runLater(
          () -> {
            jobs.end(job);
            running.set(false);
            problems.report(e);
          });
    }
  }

  private void end(Job job, String news) {
    jobs.end(job);
    running.set(false);
    jobs.tell(messages.text(news));
  }
}
