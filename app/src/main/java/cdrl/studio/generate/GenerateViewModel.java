package cdrl.studio.generate;

import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.SamplingSettings;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.ModelKind;
import cdrl.studio.engine.ModelService;
import cdrl.studio.engine.PictureService;
import cdrl.studio.engine.SamplingService;
import cdrl.studio.engine.Stage;
import cdrl.studio.engine.Trace;
import cdrl.studio.raster.Difference;
import cdrl.studio.raster.Raster;
import cdrl.studio.shell.Preferences;
import cdrl.studio.workspace.PictureExport;
import cdrl.studio.workspace.SamplingSetup;
import cdrl.studio.workspace.TraceCursor;
import cdrl.studio.workspace.WorkspaceContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import org.jspecify.annotations.Nullable;

/** What the Generate workspace knows and does. Use it on the user interface's thread. */
public final class GenerateViewModel {
  /** The most images of one run. */
  public static final int MOST_IMAGES = 64;

  /** Bound on the memory of one run's trace, in float values (256 MB). */
  private static final long MOST_VALUES = 64L << 20;

  private static final int SHEET_GAP = 2;
  private static final int GIF_SIDE = 560;
  private static final int GIF_MILLISECONDS = 500;

  /** The chain of one image at one level. */
  private record Chain(Trace trace, int level, int index) {
    boolean isSameAs(@Nullable Chain other) {
      return other != null
          && trace.isOfSameRun(other.trace)
          && level == other.level
          && index == other.index;
    }
  }

  /** A state of a run from which another run goes on. */
  private record Fork(HostTensor start, int level, String ancestry) {}

  private final WorkspaceContext context;
  private final SamplingService samples;
  private final SamplingSetup sampling;
  private final PictureExport export;
  private final TraceCursor cursor;
  private final BooleanProperty smooth = new SimpleBooleanProperty();
  private final ObjectProperty<@Nullable Stage> stage = new SimpleObjectProperty<>(Stage.REFINED);
  private final IntegerProperty selected = new SimpleIntegerProperty();
  private final ReadOnlyObjectWrapper<@Nullable HostTensor> grid = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<Comparison> comparison =
      new ReadOnlyObjectWrapper<>(Comparison.NOTHING);
  private final IntegerProperty step = new SimpleIntegerProperty();
  private final ReadOnlyObjectWrapper<List<Float>> chainEnergies =
      new ReadOnlyObjectWrapper<>(List.of());
  private @Nullable Chain asked;
  private boolean choosingStep;
  private @Nullable Fork fork;
  private String ancestry = "";
  private String pendingAncestry = "";

  /** A workspace without pictures. */
  public GenerateViewModel(
      WorkspaceContext context,
      ModelService models,
      SamplingService sampling,
      PictureService pictures) {
    this.context = context;
    this.sampling =
        new SamplingSetup(
            context,
            new SamplingSetup.Kind("generate", ModelKind.IMAGES, 16, GenerateViewModel::mostImages),
            models,
            this::sampleOrGoOn,
            this::tuned,
            new SimpleStringProperty(""));
    this.samples = sampling;
    this.sampling
        .session()
        .traceProperty()
        .addListener(
            (property, before, after) -> {
              if (after != null && !after.isOfSameRun(before)) {
                ancestry = pendingAncestry;
              }
            });
    export = new PictureExport(context, pictures);
    cursor = new TraceCursor(this.sampling.session().traceProperty(), this::refresh);
    stage.addListener((property, before, after) -> toEndOfStage());
    step.addListener((property, before, after) -> stepChosen());
    cursor.stopProperty().addListener((property, before, after) -> toEndOfStage());
    selected.addListener((property, before, after) -> refresh());
    Preferences preferences = context.preferences();
    smooth.set(preferences.word("generate.pixels").filter("smooth"::equals).isPresent());
    smooth.addListener(
        (property, before, after) ->
            preferences.setWord("generate.pixels", after ? "smooth" : "crisp"));
  }

  /** The model, the settings and the runs. */
  public SamplingSetup sampling() {
    return sampling;
  }

  /** Whether enlarged pixels are blurred into each other. */
  public BooleanProperty smoothProperty() {
    return smooth;
  }

  /** The stop of the run that is looked at, as in {@link Trace}. */
  public IntegerProperty stopProperty() {
    return cursor.stopProperty();
  }

  /** Whether the grid shows proposals or refined images. */
  public ObjectProperty<@Nullable Stage> stageProperty() {
    return stage;
  }

  /** The selected image. */
  public IntegerProperty selectedProperty() {
    return selected;
  }

  /** The Langevin step that is looked at, from 0, the proposal, to {@link #steps}. */
  public IntegerProperty stepProperty() {
    return step;
  }

  /** The Langevin steps of the level that is looked at; 0 where there are none. */
  public int steps() {
    Trace trace = trace();
    return trace == null || stop() <= 0 || cursor.isAtResult()
        ? 0
        : trace.settings().langevinSteps();
  }

  /** Moves to another Langevin step. */
  public void moveStep(int by) {
    step.set(Math.max(0, Math.min(steps(), step.get() + by)));
  }

  /** The energies of the selected image along the chain; none while they are unknown. */
  public ReadOnlyObjectProperty<List<Float>> chainEnergiesProperty() {
    return chainEnergies.getReadOnlyProperty();
  }

  private void stepChosen() {
    if (!choosingStep) {
      choosingStep = true;
      stage.set(step.get() == 0 && steps() > 0 ? Stage.PROPOSAL : Stage.REFINED);
      choosingStep = false;
    }
    refresh();
  }

  /** Another level is looked at first as it was proposed, or as it was left. */
  private void toEndOfStage() {
    if (!choosingStep) {
      choosingStep = true;
      step.set(stage.get() == Stage.PROPOSAL ? 0 : steps());
      choosingStep = false;
    }
    refresh();
  }

  /** The images after the chosen step, null where the usual ones are to be seen. */
  private @Nullable HostTensor chosenStep(Trace trace) {
    int chosen = step.get();
    return chosen <= 0 || chosen >= steps() || stage.get() != Stage.REFINED
        ? null
        : trace.afterStep(trace.levelOf(stop()), chosen);
  }

  private void askForEnergies(Trace trace) {
    Chain wanted = new Chain(trace, trace.levelOf(stop()), shownIndex());
    HostTensor states = steps() == 0 ? null : trace.chain(wanted.level(), wanted.index());
    if (states == null) {
      asked = null;
      chainEnergies.set(List.of());
      return;
    }
    if (wanted.isSameAs(asked)) {
      return;
    }
    asked = wanted;
    chainEnergies.set(List.of());
    samples
        .energies(trace.model(), trace.settings(), wanted.index(), wanted.level(), states)
        .result()
        .whenComplete(
            (energies, problem) ->
                context
                    .userInterface()
                    .execute(
                        () -> {
                          if (problem != null) {
                            context.problems().report(problem);
                          } else if (wanted.isSameAs(asked)) {
                            List<Float> values = new ArrayList<>();
                            for (float energy : energies) {
                              values.add(energy);
                            }
                            chainEnergies.set(List.copyOf(values));
                          }
                        }));
  }

  /** The images of the grid, or null. */
  public ReadOnlyObjectProperty<@Nullable HostTensor> gridProperty() {
    return grid.getReadOnlyProperty();
  }

  /** The selected image before and after refinement. */
  public ReadOnlyObjectProperty<Comparison> comparisonProperty() {
    return comparison.getReadOnlyProperty();
  }

  /** The most images whose trace fits the memory set aside for it. */
  public static int mostImages(LoadedModel model) {
    long perImage = model.itemSize() * (2L * model.schedule().levels() + 3);
    return (int) Math.max(1, Math.min(MOST_IMAGES, MOST_VALUES / perImage));
  }

  /** Moves to another stop of the run. */
  public void moveStop(int by) {
    cursor.move(by);
  }

  /**
   * Goes on from the level that is looked at with a new seed: what is above the level stays, what
   * is below becomes another.
   */
  public void fork() {
    Trace trace = trace();
    int level = trace == null ? 0 : trace.levelOf(stop());
    HostTensor start =
        trace == null || level < 1 ? null : stop() <= 0 ? trace.noise() : trace.refined(level);
    if (trace == null || start == null || trace.stepsAt(level) < stepsWanted(trace)) {
      context.problems().report(context.messages().text("generate.fork.none"));
      return;
    }
    sampling.rollSeed();
    fork = new Fork(start, level, ancestry + level + ":" + trace.settings().seed() + " ");
    sampling.sample();
  }

  private int stepsWanted(Trace trace) {
    return stop() <= 0 ? 0 : trace.settings().langevinSteps();
  }

  private SamplingSettings tuned(LoadedModel model, SamplingSettings chosen) {
    Fork from = fork;
    return from == null
        ? chosen
        : chosen.part(0, from.start().count()).withStartLevel(from.level());
  }

  private TensorLane.Task<HostTensor> sampleOrGoOn(
      LoadedModel model, SamplingSettings settings, SampleObserver observer) {
    Fork from = fork;
    fork = null;
    pendingAncestry = from == null ? "" : from.ancestry();
    return from == null
        ? samples.sample(model, settings, observer)
        : samples.goOn(model, from.start(), settings, observer);
  }

  /** The selected image as it is shown, or null. */
  public @Nullable Raster selectedRaster() {
    HostTensor images = grid.get();
    return images == null ? null : Raster.of(images, shownIndex());
  }

  /** What people call the selected image. */
  public String selectedName() {
    Trace trace = trace();
    return trace == null
        ? ""
        : context
            .messages()
            .text(
                "generate.sent",
                trace.model().description().name(),
                Long.toString(trace.settings().seed()),
                shownIndex() + 1);
  }

  /** Tells that the selected image is on the clipboard. */
  public void copied() {
    context.jobs().tell(context.messages().text("generate.copied", shownIndex() + 1));
  }

  /** A name for the animation's file. */
  public String gifFileName() {
    Trace trace = trace();
    return trace == null
        ? ""
        : PictureExport.stem(trace.model()) + "-seed-" + trace.settings().seed() + "-levels.gif";
  }

  /** Saves all stops of the run so far as an animation. */
  public void saveGif(Path file) {
    Trace trace = trace();
    if (trace == null) {
      return;
    }
    List<Raster> frames = new ArrayList<>();
    for (int at = 0; at <= trace.newestStop(); at++) {
      HostTensor images = trace.at(at, Stage.REFINED);
      if (images != null) {
        int columns = (int) Math.ceil(Math.sqrt(images.count()));
        frames.add(Raster.sheet(images, columns, SHEET_GAP, 0xffffff));
      }
    }
    if (!frames.isEmpty()) {
      int scale = Math.max(1, GIF_SIDE / frames.get(0).width());
      export.saveGif(file, frames, scale, GIF_MILLISECONDS);
    }
  }

  /** Takes model and settings from what a saved picture tells. */
  public void restore(Map<String, String> notes) {
    sampling.restore(notes, () -> {});
  }

  /** A name for the file of the grid. */
  public String gridFileName() {
    Trace trace = trace();
    return trace == null ? "" : fileStem(trace) + ".png";
  }

  /** A name for the file of the selected image. */
  public String imageFileName() {
    Trace trace = trace();
    return trace == null ? "" : fileStem(trace) + "-image-" + (shownIndex() + 1) + ".png";
  }

  private String fileStem(Trace trace) {
    String level = cursor.isAtResult() ? "" : "-level-" + trace.levelOf(stop());
    return PictureExport.stem(trace.model()) + "-seed-" + trace.settings().seed() + level;
  }

  private int stop() {
    return cursor.stopProperty().get();
  }

  /** Saves all images as they are shown, in their own pixels. */
  public void saveGrid(Path file) {
    HostTensor images = grid.get();
    if (images != null) {
      int columns = (int) Math.ceil(Math.sqrt(images.count()));
      save(file, Raster.sheet(images, columns, SHEET_GAP, 0xffffff), -1);
    }
  }

  /** Saves the selected image as it is shown, in its own pixels. */
  public void saveImage(Path file) {
    HostTensor images = grid.get();
    if (images != null) {
      save(file, Raster.of(images, shownIndex()), shownIndex());
    }
  }

  private void save(Path file, Raster picture, int index) {
    Trace trace = trace();
    if (trace != null) {
      export.save(file, picture, notes(trace, index));
    }
  }

  /** Everything that is needed to make the picture again. */
  private Map<String, String> notes(Trace trace, int index) {
    Map<String, String> notes = PictureExport.notes("generate", trace.model());
    PictureExport.add(notes, trace.settings());
    notes.put(
        "cdrl.level", cursor.isAtResult() ? "result" : Integer.toString(trace.levelOf(stop())));
    if (chosenStep(trace) != null) {
      notes.put("cdrl.step", Integer.toString(step.get()));
    }
    notes.put("cdrl.stage", String.valueOf(stage.get()).toLowerCase(Locale.ROOT));
    if (!ancestry.isEmpty()) {
      notes.put("cdrl.forks", ancestry.strip());
    }
    if (index >= 0) {
      notes.put("cdrl.image", Integer.toString(index));
    }
    return notes;
  }

  private @Nullable Trace trace() {
    return sampling.session().traceProperty().get();
  }

  private int shownIndex() {
    HostTensor images = grid.get();
    return images == null ? 0 : Math.max(0, Math.min(selected.get(), images.count() - 1));
  }

  private void refresh() {
    Trace trace = trace();
    if (trace == null) {
      grid.set(null);
      comparison.set(Comparison.NOTHING);
      chainEnergies.set(List.of());
      asked = null;
      return;
    }
    Stage wanted = stage.get();
    HostTensor middle = chosenStep(trace);
    grid.set(middle != null ? middle : trace.at(stop(), wanted == null ? Stage.REFINED : wanted));
    int index = shownIndex();
    askForEnergies(trace);
    HostTensor before = trace.before(stop());
    HostTensor after = middle != null ? middle : trace.after(stop());
    comparison.set(
        new Comparison(
            before == null ? null : Raster.of(before, index),
            after == null ? null : Raster.of(after, index),
            before == null || after == null ? null : Difference.between(before, after, index)));
  }
}
