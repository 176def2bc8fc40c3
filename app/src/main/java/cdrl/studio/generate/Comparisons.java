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
import cdrl.studio.workspace.WorkspaceContext;
import java.util.Arrays;
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
  private final ReadOnlyObjectWrapper<@Nullable Beside> beside = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<Comparison> comparison =
      new ReadOnlyObjectWrapper<>(Comparison.NOTHING);

  /**
   * @param samples draw the kept settings again
   * @param changed called when another run is kept, or none any more
   */
  Comparisons(
      WorkspaceContext context,
      SampleSource samples,
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
    kept.traceProperty().addListener((property, before, after) -> changed.run());
    session.stateProperty().addListener((property, before, after) -> stateChanged(after));
  }

  private void stateChanged(SamplingSession.State now) {
    Trace trace = cursor.trace();
    if (now == SamplingSession.State.DONE && trace != null && !forks.isActive()) {
      kept.follow(trace.settings());
    }
  }

  /** What was kept to be seen beside the newest images, or null. */
  public ReadOnlyObjectProperty<@Nullable Beside> besideProperty() {
    return beside.getReadOnlyProperty();
  }

  /** The selected image before and after refinement, or as it was kept and as it is now. */
  public ReadOnlyObjectProperty<Comparison> comparisonProperty() {
    return comparison.getReadOnlyProperty();
  }

  /** Keeps the images and their settings beside those that follow, or ends that. */
  public void keepOrEnd() {
    Trace trace = cursor.trace();
    if (kept.traceProperty().get() != null) {
      kept.end();
    } else if (trace == null) {
      context.problems().report(context.messages().text("beside.none"));
    } else {
      context.problems().dismiss();
      kept.keep(trace, !forks.isActive());
    }
  }

  /** Compares what is shown now. */
  void refresh() {
    Beside other = findBeside();
    beside.set(other);
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
    HostTensor images = gallery.imagesProperty().get();
    int index = gallery.index();
    if (other == null || index >= other.count()) {
      return new Comparison(Comparison.Kind.KEPT, null, gallery.selectedRaster(), null);
    }
    return images != null && Arrays.equals(images.get(0).shape(), other.get(0).shape())
        ? compared(Comparison.Kind.KEPT, other, images)
        : new Comparison(
            Comparison.Kind.KEPT, Raster.of(other, index), gallery.selectedRaster(), null);
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

  private @Nullable Beside findBeside() {
    Trace other = kept.traceProperty().get();
    if (other == null) {
      return null;
    }
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
      return new Beside(keptImages(other, null), "", messages.text("beside.nothing"));
    }
    return new Beside(
        keptImages(other, trace),
        own.unlike(now, messages.text("beside.same")),
        now.unlike(own, messages.text("beside.same.hint")));
  }

  /** What the kept run made at the level and step of the newest one that is looked at. */
  private @Nullable HostTensor keptImages(Trace other, @Nullable Trace newest) {
    HostTensor end = other.at(other.newestStop(), Stage.REFINED);
    if (newest == null || cursor.isAtResult()) {
      return end;
    }
    int level = newest.levelOf(cursor.stop());
    if (cursor.stop() <= 0 || level >= other.settings().startLevel()) {
      return other.noise();
    }
    boolean sameSteps = other.settings().langevinSteps() == newest.settings().langevinSteps();
    HostTensor step =
        cursor.chosenStep(newest) != null && sameSteps
            ? other.afterStep(level, cursor.stepProperty().get())
            : null;
    HostTensor images = step != null ? step : other.at(other.stopOf(level), cursor.stage());
    return images != null ? images : end;
  }
}
