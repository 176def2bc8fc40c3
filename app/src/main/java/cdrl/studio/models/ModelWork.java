package cdrl.studio.models;

import cdrl.studio.shell.Job;
import cdrl.studio.workspace.WorkspaceContext;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleStringProperty;
import org.jspecify.annotations.Nullable;

/** Something done with models as a job in the bar; whoever does it tells how far it is. */
final class ModelWork {
  private static final long NANOS_BETWEEN = 50_000_000;

  private final WorkspaceContext context;
  private final SimpleDoubleProperty fraction = new SimpleDoubleProperty(-1);
  private final SimpleStringProperty detail = new SimpleStringProperty("");
  private final long start;
  private final Job job;
  private volatile long told;

  /**
   * Begins it.
   *
   * @param cancel stops it
   */
  ModelWork(WorkspaceContext context, String title, Runnable cancel) {
    this.context = context;
    start = context.nanoTime().getAsLong();
    job = new Job(title, fraction, detail, cancel);
    context.jobs().begin(job);
  }

  /** May be called from every thread, and often. */
  void progress(double share) {
    long now = context.nanoTime().getAsLong();
    if (now - told > NANOS_BETWEEN) {
      told = now;
      context.userInterface().execute(() -> show(share, (now - start) / 1e9));
    }
  }

  private void show(double share, double passed) {
    fraction.set(share);
    detail.set(
        share > 0.02
            ? context
                .messages()
                .text("models.left", context.messages().duration(passed / share - passed))
            : "");
  }

  /** How long it has taken so far, for people. */
  String duration() {
    return context.messages().duration((context.nanoTime().getAsLong() - start) / 1e9);
  }

  /** Runs on the user interface's thread. */
  void end(@Nullable Throwable problem, @Nullable String news) {
    context.jobs().end(job);
    Throwable cause =
        problem instanceof CompletionException && problem.getCause() != null
            ? problem.getCause()
            : problem;
    if (cause instanceof CancellationException) {
      context.jobs().tell(context.messages().text("models.cancelled"));
    } else if (cause != null) {
      context.problems().report(cause);
    } else if (news != null) {
      context.jobs().tell(news);
    }
  }
}
