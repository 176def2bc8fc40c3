package cdrl.studio.inpaint;

import cdrl.data.PixelValues;
import cdrl.runtime.HostTensor;
import cdrl.sampling.Inpainter;
import cdrl.sampling.SamplingSettings;
import cdrl.studio.engine.InpaintingService;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.ModelKind;
import cdrl.studio.engine.ModelService;
import cdrl.studio.engine.SamplingSession;
import cdrl.studio.engine.Stage;
import cdrl.studio.engine.Trace;
import cdrl.studio.workspace.SamplingSetup;
import cdrl.studio.workspace.TraceCursor;
import cdrl.studio.workspace.WorkspaceContext;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** The runs that fill what is masked: their settings, and the candidates that they make. */
public final class Filling {
  /** The most candidates of one run. */
  public static final int MOST_CANDIDATES = 16;

  /** The most rounds of a run. */
  public static final int MOST_ROUNDS = 16;

  /**
   * Where a candidate is compared with the original.
   *
   * @param index of the candidate
   * @param split the original is seen to the left of this share of the width, 0 to 1
   */
  public record Comparing(int index, double split) {}

  private final WorkspaceContext context;
  private final InpaintDocument document;
  private final FillingRuns runs;
  private final SamplingSetup sampling;
  private final TraceCursor cursor;
  private final IntegerProperty strength = new SimpleIntegerProperty(6);
  private final IntegerProperty rounds = new SimpleIntegerProperty(Inpainter.USUAL_ROUNDS);
  private final IntegerProperty selected = new SimpleIntegerProperty();
  private final BooleanProperty candidateShown = new SimpleBooleanProperty();
  private final ObjectProperty<@Nullable Comparing> comparing = new SimpleObjectProperty<>();
  private final ReadOnlyObjectWrapper<@Nullable Candidates> candidates =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyBooleanWrapper preview = new ReadOnlyBooleanWrapper();

  /** Without a run. */
  Filling(
      WorkspaceContext context,
      ModelService models,
      InpaintingService inpainting,
      InpaintDocument document) {
    this.context = context;
    this.document = document;
    runs =
        new FillingRuns(
            inpainting,
            document,
            rounds,
            this::withStartLevel,
            context.userInterface(),
            () -> candidateShown.set(true),
            this::showCandidates);
    sampling =
        new SamplingSetup(
            context,
            new SamplingSetup.Kind("inpaint", ModelKind.IMAGES, 6, model -> MOST_CANDIDATES),
            models,
            runs,
            this::withStartLevel,
            Bindings.createStringBinding(
                this::findObstacle, document.pictureProperty(), document.filledCountProperty()));
    sampling.session().withoutSteps(); // this workspace shows levels only
    sampling
        .session()
        .traceProperty()
        .addListener(
            (property, before, after) -> {
              if (after == null) {
                runs.forget();
              } else if (!after.isOfSameRun(before)) {
                selected.set(runs.show(before, after, selected.get()));
              }
            });
    sampling.session().previewProperty().addListener((property, before, after) -> showCandidates());
    sampling.session().stateProperty().addListener((property, before, after) -> showCandidates());
    cursor = new TraceCursor(sampling.session().traceProperty(), this::showCandidates);
    sampling
        .models()
        .loadedProperty()
        .addListener((property, before, after) -> modelLoaded(before, after));
    selected.addListener((property, before, after) -> selectionChanged());
    candidateShown.addListener((property, before, after) -> comparing.set(null));
    strength.addListener((property, before, after) -> follow());
    rounds.addListener((property, before, after) -> follow());
    sampling.stepsProperty().addListener((property, before, after) -> follow());
  }

  private SamplingSettings withStartLevel(LoadedModel model, SamplingSettings chosen) {
    return chosen.withStartLevel(Math.min(strength.get(), chosen.startLevel()));
  }

  /**
   * Fills again with other settings. When something else would be filled than was last, people
   * first say when.
   */
  private void follow() {
    if (runs.isNewestOfNow()) {
      sampling.follow();
    }
  }

  /** The model, the settings and the runs. */
  public SamplingSetup sampling() {
    return sampling;
  }

  /** The noise level at which the masked part starts, 1 … T; at T nothing of it is left. */
  public IntegerProperty strengthProperty() {
    return strength;
  }

  /** How often the upper noise levels are gone through, 1 … {@link #MOST_ROUNDS}. */
  public IntegerProperty roundsProperty() {
    return rounds;
  }

  /** The stop of the run that is looked at, as in {@link Trace}. */
  public IntegerProperty stopProperty() {
    return cursor.stopProperty();
  }

  /** Moves to another stop of the run. */
  public void moveStop(int by) {
    cursor.move(by);
  }

  /** The noise levels of the model, 1 before one is loaded. */
  public int levels() {
    LoadedModel model = sampling.models().loadedProperty().get();
    return model == null ? 1 : model.schedule().levels();
  }

  /** What the run has made, or null. */
  public ReadOnlyObjectProperty<@Nullable Candidates> candidatesProperty() {
    return candidates.getReadOnlyProperty();
  }

  /** The selected candidate. */
  public IntegerProperty selectedProperty() {
    return selected;
  }

  /** Whether the selected candidate is seen in place of the picture with its mask. */
  public BooleanProperty candidateShownProperty() {
    return candidateShown;
  }

  /** The candidate that is being compared with the original, or null. */
  public ObjectProperty<@Nullable Comparing> comparingProperty() {
    return comparing;
  }

  /** Shows the picture as it was opened in place of the selected candidate, and the other way. */
  public void compare() {
    boolean compared = comparing.get() != null;
    if (candidates.get() != null && !compared) {
      candidateShown.set(true);
      comparing.set(new Comparing(selected.get(), 1));
    } else {
      comparing.set(null);
    }
  }

  private void selectionChanged() {
    Comparing now = comparing.get();
    if (now != null) {
      comparing.set(new Comparing(selected.get(), now.split()));
    }
  }

  private String findObstacle() {
    WorkingPicture picture = document.pictureProperty().get();
    if (picture == null) {
      return context.messages().text("inpaint.no-picture");
    }
    return document.filledCountProperty().get() == 0
        ? context.messages().text("inpaint.no-mask")
        : "";
  }

  private void modelLoaded(@Nullable LoadedModel before, @Nullable LoadedModel after) {
    if (after != null) {
      int levels = after.schedule().levels();
      boolean whole = before == null || strength.get() >= before.schedule().levels();
      strength.set(whole ? levels : Math.min(strength.get(), levels));
      candidateShown.set(false);
    }
  }

  private void showCandidates() {
    SamplingSession session = sampling.session();
    Trace trace = session.traceProperty().get();
    // When the run that should follow was stopped, the last candidates come back.
    SamplingSession.Preview quick = session.isBusy() ? session.previewProperty().get() : null;
    FillingRun run = runs.shown();
    HostTensor seen = trace == null ? null : trace.at(cursor.stopProperty().get(), Stage.REFINED);
    preview.set(quick != null);
    if (run == null || seen == null) {
      candidates.set(null);
    } else {
      candidates.set(
          quick == null ? run.candidates(seen, cursor.isAtResult()) : run.preview(quick.samples()));
    }
  }

  /** Whether the candidates that are seen are only a quick look. */
  public ReadOnlyBooleanProperty previewProperty() {
    return preview.getReadOnlyProperty();
  }

  /** Forgets what was made: the picture becomes another one. */
  void forget() {
    runs.forget();
    sampling.session().clear();
    candidateShown.set(false);
  }

  /** The mask of the last run, where that was on pictures of a resolution; else null. */
  boolean @Nullable [] lastMask(int resolution) {
    FillingRun run = runs.shown();
    return run != null && run.picture().resolution() == resolution ? run.mask() : null;
  }

  /** Whether there is a finished candidate to keep. */
  public boolean canKeep() {
    Candidates made = candidates.get();
    return made != null && !made.energies().isEmpty();
  }

  /**
   * Goes on with the selected candidate as the picture; its mask is wiped. One step back undoes it.
   */
  public void keep() {
    Pick pick = pick();
    FillingRun run = runs.shown();
    Inpainter.Result result = run == null ? null : run.result();
    if (pick == null || run == null || result == null) {
      return;
    }
    sampling.cancel(); // what follows a slider would replace what was chosen
    HostTensor image = result.images().get(pick.index());
    float[] values = new float[image.values().length];
    for (int i = 0; i < values.length; i++) {
      // As a picture file would hold it, so that what is saved is what is gone on with.
      values[i] = PixelValues.toValue(PixelValues.toByte(image.values()[i]));
    }
    document.keep(
        new WorkingPicture(
            new HostTensor(image.shape(), values),
            run.picture().frame(),
            pick.notes(),
            run.picture().opened()));
    candidateShown.set(false);
    context.jobs().tell(context.messages().text("inpaint.kept", pick.index() + 1));
  }

  /** The selected candidate; null while there is none but a quick look. */
  @Nullable Pick pick() {
    FillingRun run = runs.shown();
    Candidates made = candidates.get();
    Trace trace = sampling.session().traceProperty().get();
    if (run == null || made == null || trace == null || preview.get()) {
      return null;
    }
    int index = made.nearest(selected.get());
    SourcePicture source = document.sourceProperty().get();
    String name = source == null ? "" : source.name();
    return new Pick(
        made.raster(index),
        index,
        cursor.isAtResult() ? null : trace.levelOf(cursor.stopProperty().get()),
        InpaintNotes.of(run, trace, name, index));
  }
}
