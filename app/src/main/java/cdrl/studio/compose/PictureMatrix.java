package cdrl.studio.compose;

import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import cdrl.sampling.SamplingSettings;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.SampleSource;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Job;
import cdrl.studio.workspace.WorkspaceContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
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
  private final ReadOnlyObjectWrapper<@Nullable HostTensor> images = new ReadOnlyObjectWrapper<>();
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

  /** The pictures, row by row from the top; those that are not drawn yet are grey, or older. */
  ReadOnlyObjectProperty<@Nullable HostTensor> imagesProperty() {
    return images.getReadOnlyProperty();
  }

  /** Whether pictures are being drawn. */
  ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /**
   * Draws other pictures in place of those that are being drawn.
   *
   * @param quick one for each picture, one sample each
   * @param whole likewise, with all steps; equal to the others where there is no need for these
   */
  void draw(LoadedModel model, List<SamplingSettings> quick, List<SamplingSettings> whole) {
    stop();
    HostTensor shown = images.get();
    if (shown == null || shown.count() != whole.size()) {
      images.set(null);
    }
    Run run = new Run(model, quick.equals(whole) ? List.of(whole) : List.of(quick, whole));
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
    if (busy.get()) {
      end();
    }
    images.set(null);
  }

  private void stop() {
    if (current != null && current.task != null) {
      current.task.cancel();
    }
    current = null;
  }

  private void end() {
    busy.set(false);
    context.jobs().end(job);
  }

  private void put(int index, HostTensor picture) {
    HostTensor before = images.get();
    int size = picture.values().length;
    int count = current == null ? 0 : current.rounds.get(0).size();
    float[] values =
        before != null && before.values().length == count * size
            ? before.values().clone()
            : new float[count * size];
    System.arraycopy(picture.values(), 0, values, index * size, size);
    long[] shape = picture.shape().clone();
    shape[0] = count;
    images.set(new HostTensor(shape, values));
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
    private final LoadedModel model;
    private final List<List<SamplingSettings>> rounds;
    private final List<Integer> order;
    private int done;
    private TensorLane.@Nullable Task<HostTensor> task;

    Run(LoadedModel model, List<List<SamplingSettings>> rounds) {
      this.model = model;
      this.rounds = new ArrayList<>(rounds);
      order = fromTheMiddle(rounds.get(0).size());
    }

    void next() {
      int count = order.size();
      int round = done / count;
      int index = order.get(done % count);
      SamplingSettings settings = rounds.get(round).get(index);
      boolean first = rounds.size() > 1 && round == 0;
      Messages messages = context.messages();
      fraction.set(work(done) / work(count * rounds.size()));
      detail.set(
          messages.text(
              first ? "compose.matrix.quick" : "compose.matrix.whole", done % count + 1, count));
      TensorLane.Task<HostTensor> started = samples.preview(model, settings);
      task = started;
      started
          .result()
          .whenComplete(
              (picture, problem) ->
                  context.userInterface().execute(() -> drawn(index, picture, problem)));
    }

    /** The Langevin steps of the first pictures. */
    private double work(int pictures) {
      int count = order.size();
      double work = 0;
      for (int i = 0; i < pictures; i += count) {
        List<SamplingSettings> round = rounds.get(i / count);
        work += Math.min(count, pictures - i) * (double) round.get(0).langevinSteps();
      }
      return work;
    }

    private void drawn(int index, @Nullable HostTensor picture, @Nullable Throwable problem) {
      if (current != this) {
        return;
      }
      if (picture != null) {
        put(index, picture);
        done++;
        if (done < order.size() * rounds.size()) {
          next();
        } else {
          current = null;
          end();
        }
        return;
      }
      current = null;
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
