package cdrl.studio.generate;

import cdrl.runtime.HostTensor;
import cdrl.studio.engine.SampleSource;
import cdrl.studio.engine.SamplingSession;
import cdrl.studio.engine.Stage;
import cdrl.studio.engine.Trace;
import cdrl.studio.raster.Difference;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import cdrl.studio.workspace.Gallery;
import cdrl.studio.workspace.PictureExport;
import cdrl.studio.workspace.WorkspaceContext;
import java.util.Arrays;
import java.util.Objects;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * What the images that are shown are compared with: the stages of the selected one with each other,
 * or all of them with those of a run that was kept.
 */
public final class Comparisons {
  private final WorkspaceContext context;
  private final SamplingSession session;
  private final ChainCursor cursor;
  private final Gallery gallery;
  private final Forks forks;
  private final KeptRun kept;
  private final Gallery keptGallery;
  private @Nullable ShownRun keptShown;
  private final ReadOnlyObjectWrapper<@Nullable Beside> beside = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<Comparison> comparison =
      new ReadOnlyObjectWrapper<>(Comparison.NOTHING);

  private final ReadOnlyBooleanWrapper keepable = new ReadOnlyBooleanWrapper();

  /**
   * @param samples draw the kept settings again
   * @param export saves pictures
   * @param changed called when another run is kept, or none any more
   */
  Comparisons(
      WorkspaceContext context,
      SampleSource samples,
      PictureExport export,
      SamplingSession session,
      ChainCursor cursor,
      Gallery gallery,
      Forks forks,
      Runnable changed) {
    this.context = context;
    this.session = session;
    this.cursor = cursor;
    this.gallery = gallery;
    this.forks = forks;
    kept = new KeptRun(context, samples);
    keptGallery =
        new Gallery(
            context,
            export,
            "generate",
            new RunOrigin(
                context.messages(),
                () -> Objects.requireNonNull(keptShown, "there are images"),
                () -> keptGallery().count(),
                "-kept"));
    keptGallery.selectedProperty().bindBidirectional(gallery.selectedProperty());
    keptGallery.smoothProperty().bindBidirectional(gallery.smoothProperty());
    kept.traceProperty().addListener((property, before, after) -> changed.run());
    session.stateProperty().addListener((property, before, after) -> stateChanged(after));
  }

  private void stateChanged(SamplingSession.State now) {
    Trace trace = cursor.trace();
    if (now == SamplingSession.State.DONE && trace != null && forks.shown() == null) {
      kept.follow(trace.settings());
    }
  }

  /** The kept images; none while nothing is kept. */
  public Gallery keptGallery() {
    return keptGallery;
  }

  /** How what was kept differs from the newest images, or null while nothing is kept. */
  public ReadOnlyObjectProperty<@Nullable Beside> besideProperty() {
    return beside.getReadOnlyProperty();
  }

  /** The selected image before and after refinement, or as it was kept and as it is now. */
  public ReadOnlyObjectProperty<Comparison> comparisonProperty() {
    return comparison.getReadOnlyProperty();
  }

  /** Whether images are kept that can be let go, or can be kept: those of a whole run. */
  public ReadOnlyBooleanProperty keepableProperty() {
    return keepable.getReadOnlyProperty();
  }

  /** Keeps the images and their settings beside those that follow, or ends that. */
  public void keepOrEnd() {
    Trace trace = cursor.trace();
    if (kept.traceProperty().get() != null) {
      kept.end();
    } else if (trace == null || trace.result() == null) {
      context.problems().report(context.messages().text("beside.none"));
    } else {
      context.problems().dismiss();
      kept.keep(trace, forks.shown());
    }
  }

  /** Compares what is shown now. */
  void refresh() {
    Trace run = kept.traceProperty().get();
    Trace trace = cursor.trace();
    KeptImages other = run == null ? null : keptImages(run, trace);
    keptShown =
        run == null || other == null
            ? null
            : ShownRun.of(run, other.level(), other.step(), cursor.stage(), kept.fork());
    keptGallery.show(other == null ? null : other.shown(cursor.stage()));
    beside.set(run == null ? null : findBeside(run));
    keepable.set(run != null || (trace != null && trace.result() != null));
    comparison.set(other == null ? compareStages() : compareWith(other.images()));
  }

  private Comparison compareStages() {
    Trace trace = cursor.trace();
    if (trace == null) {
      return session.previewProperty().get() != null
          ? new Comparison(Comparison.Kind.PREVIEW, null, gallery.selectedRaster(), null)
          : Comparison.NOTHING;
    }
    HostTensor middle = cursor.chosenStep(trace);
    return compared(
        cursor.isAtResult()
            ? Comparison.Kind.RESULT
            : cursor.stop() <= 0 ? Comparison.Kind.NOISE : Comparison.Kind.LEVEL,
        trace.before(cursor.stop()),
        middle != null ? middle : trace.after(cursor.stop()));
  }

  private Comparison compareWith(@Nullable HostTensor other) {
    Trace trace = cursor.trace();
    HostTensor images = trace == null ? gallery.imagesProperty().get() : cursor.plainImages(trace);
    int index = gallery.index();
    Raster now = images == null ? null : Raster.of(images, index);
    if (other == null || index >= other.count()) {
      return new Comparison(Comparison.Kind.KEPT, null, now, null);
    }
    return images != null && Arrays.equals(images.get(0).shape(), other.get(0).shape())
        ? compared(Comparison.Kind.KEPT, other, images)
        : new Comparison(Comparison.Kind.KEPT, Raster.of(other, index), now, null);
  }

  private Comparison compared(
      Comparison.Kind kind, @Nullable HostTensor before, @Nullable HostTensor after) {
    int index = gallery.index();
    return new Comparison(
        kind,
        before == null ? null : Raster.of(before, index),
        after == null ? null : Raster.of(after, index),
        before == null || after == null ? null : Difference.between(before, after, index));
  }

  private Beside findBeside(Trace other) {
    Messages messages = context.messages();
    SettingsInWords own = SettingsInWords.of(messages, other.model(), other.settings());
    SamplingSession.Preview quick = session.previewProperty().get();
    Trace trace = cursor.trace();
    SettingsInWords now;
    if (quick != null) {
      now = SettingsInWords.of(messages, quick.model(), quick.whole());
    } else if (trace != null) {
      now = SettingsInWords.of(messages, trace.model(), trace.settings());
    } else {
      return new Beside("", messages.text("beside.nothing"));
    }
    return new Beside(
        own.unlike(now, messages.text("beside.same")),
        now.unlike(own, messages.text("beside.same.hint")));
  }

  /**
   * Images of the kept run, and what they came from where that is known.
   *
   * @param level they are from; null for the result
   * @param step after which they are; null for the usual ones
   */
  private record KeptImages(
      @Nullable HostTensor before,
      @Nullable HostTensor images,
      @Nullable Integer level,
      @Nullable Integer step) {
    @Nullable HostTensor shown(Stage stage) {
      return stage == Stage.DIFFERENCE ? Differences.since(before, images) : images;
    }
  }

  /** What the kept run made at the level and step of the newest one that is looked at. */
  private KeptImages keptImages(Trace other, @Nullable Trace newest) {
    int end = other.newestStop();
    Integer last = end >= other.lastStop() ? null : other.levelOf(end);
    if (newest == null) {
      return new KeptImages(null, other.at(end, Stage.REFINED), last, null);
    }
    int level = newest.levelOf(cursor.stop());
    if (!cursor.isAtResult() && (cursor.stop() <= 0 || level >= other.settings().startLevel())) {
      return new KeptImages(null, other.noise(), other.settings().startLevel(), null);
    }
    int stop = cursor.isAtResult() ? end : other.stopOf(level);
    boolean sameSteps = other.settings().langevinSteps() == newest.settings().langevinSteps();
    HostTensor step =
        cursor.chosenStep(newest) != null && sameSteps
            ? other.afterStep(level, cursor.stepProperty().get())
            : null;
    HostTensor images = step != null ? step : other.at(stop, cursor.stage());
    return images == null
        ? new KeptImages(other.before(end), other.at(end, Stage.REFINED), last, null)
        : new KeptImages(
            other.before(stop),
            images,
            stop >= other.lastStop() ? null : other.levelOf(stop),
            step == null ? null : cursor.stepProperty().get());
  }
}
