package cdrl.studio.workspace;

import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import cdrl.sampling.Condition;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.SamplingSettings;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.SampleSource;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Job;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleStringProperty;
import org.jspecify.annotations.Nullable;

/**
 * Saves an animation of a slider's way: the same samples at many values, forth and back again. Use
 * it on the user interface's thread.
 */
public final class SweepExport {
  private static final int SIDE = 560;
  private static final int MILLISECONDS = 120;

  /**
   * A slider's way.
   *
   * @param from the first value
   * @param to the last value
   * @param pictures how many values, both ends included, at least 2
   */
  public record Way(double from, double to, int pictures) {
    /** Checks the range. */
    public Way {
      if (pictures < 2 || !Double.isFinite(from + to)) {
        throw new IllegalArgumentException(pictures + " pictures from " + from + " to " + to);
      }
    }

    private double value(int picture) {
      return from + (to - from) * picture / (pictures - 1);
    }
  }

  /**
   * A slider that can be swept.
   *
   * @param name what people call it
   * @param least its least value
   * @param most its largest value
   */
  public record Slider(String name, double least, double most) {}

  /**
   * What is wanted.
   *
   * @param slider the number of the slider, from 0
   * @param way its way
   * @param all whether all images are to be seen, or the selected one alone
   */
  public record Wish(int slider, Way way, boolean all) {}

  /** The sliders of a workspace. */
  public interface Sliders {
    /** Those that can be swept now; none where nothing can be drawn. */
    List<Slider> list();

    /** What samples are asked to be where a slider has another value. */
    Condition condition(int slider, double value);

    /** The number of the selected image, from 0. */
    int image();

    /** A name for the file of a sweep, without its ending. */
    String fileStem(LoadedModel model, int slider);
  }

  private final WorkspaceContext context;
  private final SampleSource samples;
  private final PictureExport export;
  private final SamplingSetup sampling;
  private final Sliders sliders;

  /**
   * @param samples draws the pictures
   * @param sampling the settings that the sliders do not change
   */
  public SweepExport(
      WorkspaceContext context,
      SampleSource samples,
      PictureExport export,
      SamplingSetup sampling,
      Sliders sliders) {
    this.context = context;
    this.samples = samples;
    this.export = export;
    this.sampling = sampling;
    this.sliders = sliders;
  }

  /** The sliders that can be swept now; none where nothing can be drawn. */
  public List<Slider> sliders() {
    return sliders.list();
  }

  /** A name for the file of a slider's sweep. */
  public String fileName(int slider) {
    LoadedModel model = sampling.models().loadedProperty().get();
    return model == null ? "" : sliders.fileStem(model, slider) + ".gif";
  }

  /**
   * Draws in the background, as a job that can be cancelled, and writes the file at the end. Does
   * nothing where sampling cannot start.
   */
  public void save(Path file, Wish wish) {
    sampling
        .current()
        .ifPresent(
            current -> {
              context.problems().dismiss();
              new Run(file, current.model(), settings(current.settings(), wish)).begin();
            });
  }

  /** One for each picture of the way forth. */
  private List<SamplingSettings> settings(SamplingSettings now, Wish wish) {
    List<SamplingSettings> all = new ArrayList<>();
    for (int i = 0; i < wish.way().pictures(); i++) {
      SamplingSettings images =
          now.withCondition(sliders.condition(wish.slider(), wish.way().value(i)));
      all.add(wish.all() ? images : images.part(sliders.image(), 1));
    }
    return List.copyOf(all);
  }

  private final class Run {
    private final Messages messages = context.messages();
    private final Path file;
    private final LoadedModel model;
    private final List<SamplingSettings> settings;
    private final SampleSource source = samples.asNow();
    private final List<Raster> frames = new ArrayList<>();
    private final SimpleDoubleProperty fraction = new SimpleDoubleProperty();
    private final SimpleStringProperty detail = new SimpleStringProperty("");
    private final Job job;
    private TensorLane.@Nullable Task<HostTensor> task;
    private boolean cancelled;

    Run(Path file, LoadedModel model, List<SamplingSettings> settings) {
      this.file = file;
      this.model = model;
      this.settings = settings;
      job = new Job(messages.text("sweep.job"), fraction, detail, this::cancel);
    }

    void begin() {
      context.jobs().begin(job);
      next();
    }

    private void cancel() {
      cancelled = true;
      if (task != null) {
        task.cancel();
      }
    }

    private void next() {
      int done = frames.size();
      fraction.set(done / (double) settings.size());
      detail.set(messages.text("sweep.at", done + 1, settings.size()));
      TensorLane.Task<HostTensor> started =
          source.sample(model, settings.get(done), SampleObserver.NONE);
      task = started;
      started
          .result()
          .whenComplete(
              (images, problem) -> context.userInterface().execute(() -> drawn(images, problem)));
    }

    private void drawn(@Nullable HostTensor images, @Nullable Throwable problem) {
      Throwable cause =
          problem instanceof CompletionException && problem.getCause() != null
              ? problem.getCause()
              : problem;
      if (cancelled || cause instanceof CancellationException) {
        context.jobs().end(job);
        context.jobs().tell(messages.text("sweep.cancelled"));
      } else if (images == null) {
        context.jobs().end(job);
        context.problems().report(cause == null ? new CancellationException() : cause);
      } else {
        frames.add(Gallery.sheet(images));
        if (frames.size() < settings.size()) {
          next();
        } else {
          context.jobs().end(job);
          save();
        }
      }
    }

    private void save() {
      for (int i = settings.size() - 2; i > 0; i--) {
        frames.add(frames.get(i));
      }
      int scale = Math.max(1, SIDE / frames.get(0).width());
      export.saveGif(file, frames, scale, MILLISECONDS);
    }
  }
}
