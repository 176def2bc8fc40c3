package cdrl.studio.compose;

import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import cdrl.sampling.SamplingSettings;
import cdrl.studio.compose.MatrixPictures.State;
import cdrl.studio.engine.SampleSource;
import cdrl.studio.shell.Job;
import cdrl.studio.workspace.WorkspaceContext;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleStringProperty;
import org.jspecify.annotations.Nullable;

/**
 * A square of pictures, each with settings of its own, drawn one after the other from the middle
 * outwards: first all of them with few steps, then as a whole. Use it on the user interface's
 * thread.
 */
final class PictureMatrix {
  private final WorkspaceContext context;
  private final SampleSource samples;
  private final MatrixPictures pictures = new MatrixPictures();
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final SimpleDoubleProperty fraction = new SimpleDoubleProperty();
  private final SimpleStringProperty detail = new SimpleStringProperty("");
  private final Job job;
  private @Nullable Run current;

  PictureMatrix(WorkspaceContext context, SampleSource samples) {
    this.context = context;
    this.samples = samples;
    job = new Job(context.messages().text("compose.matrix.job"), fraction, detail, this::cancel);
  }

  /** What there is to see. */
  MatrixPictures pictures() {
    return pictures;
  }

  /** Whether pictures are being drawn. */
  ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /** Whether a plan is being drawn, or has been drawn as a whole. */
  boolean isOf(MatrixPlan plan) {
    return current != null
        ? current.plan.equals(plan)
        : plan.equals(pictures.plan()) && pictures.isWhole();
  }

  /**
   * Draws other pictures in place of those that are being drawn.
   *
   * @param quick the few steps of a preview; leaves settings as they are that need none
   */
  void draw(MatrixPlan plan, UnaryOperator<SamplingSettings> quick) {
    stop();
    MatrixPlan before = pictures.plan();
    if (before != null && !before.isArrangedAs(plan)) {
      pictures.clear();
    }
    Run run = new Run(plan, quick);
    current = run;
    if (!busy.get()) {
      busy.set(true);
      context.jobs().begin(job);
    }
    run.next();
  }

  /** Stops what is being drawn and keeps what there is. */
  void cancel() {
    if (busy.get()) {
      stop();
      end();
      context.jobs().tell(context.messages().text("compose.matrix.cancelled"));
    }
  }

  /** Stops and forgets everything. */
  void clear() {
    stop();
    pictures.clear();
    if (busy.get()) {
      end();
    }
  }

  private void stop() {
    if (current != null && current.task != null) {
      current.task.cancel();
    }
    current = null;
  }

  private void end() {
    current = null;
    pictures.dropStandIns();
    busy.set(false);
    context.jobs().end(job);
  }

  /** The indexes of a square, those nearest to its middle first. */
  static List<Integer> fromTheMiddle(int count) {
    int side = (int) Math.round(Math.sqrt(count));
    double middle = (side - 1) / 2.0;
    return IntStream.range(0, count)
        .boxed()
        .sorted(
            Comparator.comparingDouble(
                index -> Math.hypot((int) index / side - middle, (int) index % side - middle)))
        .toList();
  }

  private final class Run {
    private final MatrixPlan plan;
    private final UnaryOperator<SamplingSettings> quick;
    private final List<Integer> order;
    private final int previews;
    private int done;
    private TensorLane.@Nullable Task<HostTensor> task;

    Run(MatrixPlan plan, UnaryOperator<SamplingSettings> quick) {
      this.plan = plan;
      this.quick = quick;
      order = fromTheMiddle(plan.cells()).stream().filter(plan::isPossible).toList();
      previews = quick.apply(plan.grid()).equals(plan.grid()) ? 0 : order.size();
    }

    void next() {
      int cell = order.get(done % order.size());
      SamplingSettings settings = plan.settings(cell);
      boolean whole = done >= previews;
      fraction.set(work(done) / work(previews + order.size()));
      detail.set(
          context
              .messages()
              .text(
                  whole ? "compose.matrix.whole" : "compose.matrix.quick",
                  done % order.size() + 1,
                  order.size()));
      TensorLane.Task<HostTensor> started =
          samples.preview(plan.model(), whole ? settings : quick.apply(settings));
      task = started;
      started
          .result()
          .whenComplete(
              (picture, problem) ->
                  context
                      .userInterface()
                      .execute(
                          () -> drawn(cell, whole ? State.WHOLE : State.QUICK, picture, problem)));
    }

    /** The Langevin steps per level of the first pictures. */
    private double work(int count) {
      double few = quick.apply(plan.grid()).langevinSteps();
      double all = plan.grid().langevinSteps();
      return Math.min(count, previews) * few + Math.max(0, count - previews) * all;
    }

    private void drawn(
        int cell, State state, @Nullable HostTensor picture, @Nullable Throwable problem) {
      if (current != this) {
        return;
      }
      if (picture != null) {
        pictures.put(plan, cell, state, picture);
        done++;
        if (done < previews + order.size()) {
          next();
        } else {
          end();
        }
        return;
      }
      end();
      Throwable cause =
          problem instanceof CompletionException && problem.getCause() != null
              ? problem.getCause()
              : problem;
      if (cause != null && !(cause instanceof CancellationException)) {
        context.problems().report(cause);
      }
    }
  }
}
