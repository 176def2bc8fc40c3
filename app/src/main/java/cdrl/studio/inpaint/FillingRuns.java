package cdrl.studio.inpaint;

import cdrl.runtime.Cancellation;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import cdrl.sampling.Inpainter;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.SamplingSettings;
import cdrl.studio.engine.InpaintingService;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.SampleSource;
import cdrl.studio.engine.Trace;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import javafx.beans.value.ObservableIntegerValue;
import org.jspecify.annotations.Nullable;

/** Begins runs that fill what is masked now, and knows which of them is seen. */
final class FillingRuns implements SampleSource {
  private final InpaintingService inpainting;
  private final InpaintDocument document;
  private final ObservableIntegerValue rounds;
  private final BiFunction<LoadedModel, SamplingSettings, SamplingSettings> startLevel;
  private final Executor userInterface;
  private final Runnable began;
  private final Runnable ended;
  private @Nullable FillingRun newest;
  private @Nullable FillingRun shown;

  /**
   * @param rounds how often the upper noise levels are gone through
   * @param startLevel sets the level at which runs start
   * @param began called when something is being filled
   * @param ended called when the run that is seen has come to its end
   */
  FillingRuns(
      InpaintingService inpainting,
      InpaintDocument document,
      ObservableIntegerValue rounds,
      BiFunction<LoadedModel, SamplingSettings, SamplingSettings> startLevel,
      Executor userInterface,
      Runnable began,
      Runnable ended) {
    this.inpainting = inpainting;
    this.document = document;
    this.rounds = rounds;
    this.startLevel = startLevel;
    this.userInterface = userInterface;
    this.began = began;
    this.ended = ended;
  }

  @Override
  public TensorLane.Task<HostTensor> sample(
      LoadedModel model, SamplingSettings settings, SampleObserver observer) {
    FillingRun run = begin();
    if (run == null) {
      return nothing();
    }
    newest = run;
    return after(
        inpainting.inpaint(
            model, run.picture().image(), run.mask(), run.rounds(), settings, observer),
        result -> {
          userInterface.execute(() -> finished(run, result));
          return result.images();
        });
  }

  /** The candidates in the order of the batch, as the observer of a run sees them. */
  @Override
  public TensorLane.Task<HostTensor> preview(LoadedModel model, SamplingSettings settings) {
    FillingRun run = begin();
    return run == null
        ? nothing()
        : after(
            inpainting.preview(model, run.picture().image(), run.mask(), run.rounds(), settings),
            FillingRun::batch);
  }

  /** Known pixels and rounds leave no level that could be started from in place of the first. */
  @Override
  public TensorLane.Task<HostTensor> previewFrom(
      LoadedModel model, HostTensor start, SamplingSettings settings) {
    return preview(
        model, startLevel.apply(model, settings.withStartLevel(model.schedule().levels())));
  }

  private @Nullable FillingRun begin() {
    WorkingPicture picture = document.pictureProperty().get();
    PaintedMask mask = document.maskProperty().get();
    if (picture == null || mask == null || mask.filledCount() == 0) {
      return null;
    }
    began.run();
    return new FillingRun(picture, mask.filled(), rounds.get());
  }

  /** The mask may be wiped while a preview is drawn; the run that was to follow is not begun. */
  private static TensorLane.Task<HostTensor> nothing() {
    return new TensorLane.Task<>(
        CompletableFuture.failedFuture(new CancellationException()), new Cancellation());
  }

  private static TensorLane.Task<HostTensor> after(
      TensorLane.Task<Inpainter.Result> task, Function<Inpainter.Result, HostTensor> images) {
    return new TensorLane.Task<>(task.result().thenApply(images), task.cancellation());
  }

  private void finished(FillingRun run, Inpainter.Result result) {
    run.finished(result);
    if (run == shown) {
      ended.run();
    }
  }

  /** The run that is seen, or null. */
  @Nullable FillingRun shown() {
    return shown;
  }

  /** Whether the newest run fills just what would be filled now. */
  boolean isNewestOfNow() {
    FillingRun run = newest;
    PaintedMask mask = document.maskProperty().get();
    return run != null
        && mask != null
        && run.picture().equals(document.pictureProperty().get())
        && Arrays.equals(run.mask(), mask.filled());
  }

  /** Nothing has been begun for the picture and the model that there are now. */
  void forget() {
    newest = null;
    shown = null;
  }

  /**
   * The newest run is seen from now on.
   *
   * @param selected the candidate that was selected so far
   * @return the one to select: the same one of the batch, where the run grew from the same seed and
   *     has come to its end
   */
  int show(@Nullable Trace before, Trace after, int selected) {
    FillingRun last = shown;
    FillingRun run = newest;
    shown = run;
    boolean sameNoise = before != null && before.settings().seed() == after.settings().seed();
    return last == null || run == null || !sameNoise ? 0 : run.position(last.item(selected));
  }
}
