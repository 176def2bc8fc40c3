package cdrl.studio.detect;

import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Job;
import cdrl.studio.workspace.WorkspaceContext;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** Shows in the job bar how far reading and scoring are. */
final class ScoringJob {
  private static final double NANOS = 1e9;

  /** Sooner than this nobody can tell how long it will take. */
  private static final double LEAST_SECONDS = 1;

  private final WorkspaceContext context;
  private final SimpleDoubleProperty fraction = new SimpleDoubleProperty(-1);
  private final StringProperty detail = new SimpleStringProperty("");
  private final Job job;
  private String what = "";
  private long begun;
  private long stepBegun;
  private long stepFrom;

  ScoringJob(WorkspaceContext context, Runnable cancel) {
    this.context = context;
    job = new Job(context.messages().text("detect.job"), fraction, detail, cancel);
  }

  void begin() {
    begun = context.nanoTime().getAsLong();
    what = "";
    fraction.set(-1);
    detail.set("");
    context.jobs().begin(job);
  }

  void end() {
    context.jobs().end(job);
  }

  /** The time since it began. */
  double seconds() {
    return (context.nanoTime().getAsLong() - begun) / NANOS;
  }

  /**
   * Tells how far a step is.
   *
   * @param key of the text for the kind of step
   * @param total 0 while it is not known
   */
  void step(String key, String set, long done, long total) {
    Messages messages = context.messages();
    long now = context.nanoTime().getAsLong();
    String step = key + set;
    if (!step.equals(what)) {
      what = step;
      stepBegun = now;
      stepFrom = done;
    }
    fraction.set(total == 0 ? -1 : (double) done / total);
    String where =
        total == 0 ? messages.text(key + ".start", set) : messages.text(key, set, done, total);
    double elapsed = (now - stepBegun) / NANOS;
    boolean tells = done > stepFrom && done < total && elapsed >= LEAST_SECONDS;
    detail.set(
        tells
            ? messages.text(
                "detect.left",
                where,
                messages.duration(elapsed * (total - done) / (done - stepFrom)))
            : where);
  }
}
