package cdrl.studio.shell;

import cdrl.studio.engine.SamplingProgress;
import cdrl.studio.engine.SamplingSession;
import cdrl.studio.resources.Messages;
import javafx.beans.binding.Bindings;
import org.jspecify.annotations.Nullable;

/** Shows a sampling session in the job bar and reports how its runs end. */
public final class SamplingJob {
  private final Messages messages;
  private final SamplingSession session;
  private final Jobs jobs;
  private final Problems problems;
  private final Job job;

  /**
   * @param title what is being sampled
   */
  public SamplingJob(
      Messages messages, String title, SamplingSession session, Jobs jobs, Problems problems) {
    this.messages = messages;
    this.session = session;
    this.jobs = jobs;
    this.problems = problems;
    this.job =
        new Job(
            title,
            Bindings.createDoubleBinding(
                () -> {
                  SamplingProgress progress = session.progressProperty().get();
                  return progress == null ? -1 : progress.fraction();
                },
                session.progressProperty()),
            Bindings.createStringBinding(
                this::detail, session.progressProperty(), session.stateProperty()),
            session::cancel);
  }

  /** Follows the session from now on. */
  public void attach() {
    session.stateProperty().addListener((property, before, after) -> changed(before, after));
    session
        .failureProperty()
        .addListener(
            (property, before, after) -> {
              if (after != null) {
                problems.report(after);
              }
            });
  }

  private void changed(SamplingSession.State before, SamplingSession.State after) {
    boolean wasBusy =
        before == SamplingSession.State.WAITING || before == SamplingSession.State.RUNNING;
    if (session.isBusy() && !wasBusy) {
      jobs.begin(job);
    } else if (!session.isBusy() && wasBusy) {
      jobs.end(job);
    }
    SamplingProgress progress = session.progressProperty().get();
    if (after == SamplingSession.State.DONE && progress != null) {
      jobs.tell(messages.text("sampling.done", messages.duration(progress.seconds())));
    } else if (after == SamplingSession.State.CANCELLED) {
      jobs.tell(
          progress == null || progress.preparing()
              ? messages.text("sampling.cancelled.early")
              : messages.text(
                  "sampling.cancelled", progress.level(), progress.step(), progress.steps()));
    }
  }

  private String detail() {
    @Nullable SamplingProgress progress = session.progressProperty().get();
    if (progress == null) {
      return messages.text("sampling.waiting");
    }
    String elapsed = messages.duration(progress.seconds());
    String at = messages.text("sampling.at", progress.level(), progress.step(), progress.steps());
    String where =
        progress.fraction() == 0 && progress.step() == 0
            ? messages.text("sampling.noise")
            : progress.preparing() ? messages.text("sampling.preparing", at) : at;
    double left = progress.secondsLeft();
    return Double.isNaN(left)
        ? messages.text("sampling.elapsed", where, elapsed)
        : messages.text("sampling.left", where, elapsed, messages.duration(left));
  }
}
