package cdrl.studio.generate;

import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import cdrl.sampling.ConditionNotes;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.SamplingSettings;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.ModelKind;
import cdrl.studio.engine.ModelService;
import cdrl.studio.engine.PictureService;
import cdrl.studio.engine.SampleSource;
import cdrl.studio.engine.SamplingService;
import cdrl.studio.engine.SamplingSession;
import cdrl.studio.engine.Stage;
import cdrl.studio.engine.Trace;
import cdrl.studio.raster.Difference;
import cdrl.studio.raster.Raster;
import cdrl.studio.workspace.Gallery;
import cdrl.studio.workspace.PictureExport;
import cdrl.studio.workspace.SamplingSetup;
import cdrl.studio.workspace.TraceCursor;
import cdrl.studio.workspace.WorkspaceContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
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
  private final Gallery gallery;
  private final GenerateSettings settings;
  private final ObjectProperty<@Nullable Stage> stage = new SimpleObjectProperty<>(Stage.REFINED);
  private final ReadOnlyObjectWrapper<Comparison> comparison =
      new ReadOnlyObjectWrapper<>(Comparison.NOTHING);
  private final IntegerProperty step = new SimpleIntegerProperty();
  private final ReadOnlyObjectWrapper<List<Float>> chainEnergies =
      new ReadOnlyObjectWrapper<>(List.of());
  private @Nullable Chain asked;
  private boolean choosingStep;
  private @Nullable Fork nextFork;
  private @Nullable Fork activeFork;
  private String ancestry = "";
  private String pendingAncestry = "";

  /** A workspace without pictures. */
  public GenerateViewModel(
      WorkspaceContext context,
      ModelService models,
      SamplingService sampling,
      PictureService pictures) {
    this.context = context;
    this.samples = sampling;
    settings = new GenerateSettings(context.messages(), this::settingsChanged);
    this.sampling =
        new SamplingSetup(
            context,
            new SamplingSetup.Kind("generate", ModelKind.IMAGES, 16, GenerateViewModel::mostImages),
            models,
            new Source(),
            new Tuning(),
            new SimpleStringProperty(""));
    SamplingSession session = this.sampling.session();
    session.traceProperty().addListener((property, before, after) -> runChanged(before, after));
    session.previewProperty().addListener((property, before, after) -> refresh());
    export = new PictureExport(context, pictures);
    gallery = new Gallery(context, export, "generate", new Shown());
    cursor = new TraceCursor(session.traceProperty(), this::refresh);
    stage.addListener((property, before, after) -> toEndOfStage());
    step.addListener((property, before, after) -> stepChosen());
    cursor.stopProperty().addListener((property, before, after) -> toEndOfStage());
    gallery.selectedProperty().addListener((property, before, after) -> refresh());
    this.sampling
        .models()
        .loadedProperty()
        .addListener(
            (property, before, after) -> {
              if (after != null) {
                settings.fit(after);
              }
            });
    this.sampling.stepsProperty().addListener((property, before, after) -> settingsChanged());
  }

  /** The model, the settings and the runs. */
  public SamplingSetup sampling() {
    return sampling;
  }

  /** What a person chooses beyond seed, number and steps. */
  public GenerateSettings settings() {
    return settings;
  }

  /** The images that are shown. */
  public Gallery gallery() {
    return gallery;
  }

  /** Whether a preview is shown until the whole run is through. */
  public boolean isPreview() {
    return preview() != null;
  }

  private SamplingSession.@Nullable Preview preview() {
    return sampling.session().previewProperty().get();
  }

  private void settingsChanged() {
    if (gallery.imagesProperty().get() != null) {
      sampling.follow();
    }
  }

  private void runChanged(@Nullable Trace before, @Nullable Trace after) {
    if (after == null) {
      activeFork = null;
    } else if (!after.isOfSameRun(before)) {
      ancestry = pendingAncestry;
    }
  }

  /** The stop of the run that is looked at, as in {@link Trace}. */
  public IntegerProperty stopProperty() {
    return cursor.stopProperty();
  }

  /** Whether the grid shows proposals or refined images. */
  public ObjectProperty<@Nullable Stage> stageProperty() {
    return stage;
  }

  /** The Langevin step that is looked at, from 0, the proposal, to {@link #steps}. */
  public IntegerProperty stepProperty() {
    return step;
  }

  /** The Langevin steps of the level that is looked at; 0 where there are none. */
  public int steps() {
    Trace trace = trace();
    return trace == null || stop() <= 0 || cursor.isAtResult() || trace.settings().initializerOnly()
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
    Chain wanted = new Chain(trace, trace.levelOf(stop()), gallery.index());
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
    nextFork = new Fork(start, level, ancestry + level + ":" + trace.settings().seed() + " ");
    sampling.sample();
  }

  private int stepsWanted(Trace trace) {
    return stop() <= 0 ? 0 : trace.settings().langevinSteps();
  }

  /** Adds this workspace's own settings. */
  private final class Tuning implements SamplingSetup.Tuning {
    @Override
    public SamplingSettings of(LoadedModel model, SamplingSettings chosen) {
      activeFork = nextFork;
      nextFork = null;
      pendingAncestry = activeFork == null ? "" : activeFork.ancestry();
      return live(model, chosen);
    }

    @Override
    public SamplingSettings live(LoadedModel model, SamplingSettings chosen) {
      SamplingSettings tuned = settings.apply(model, chosen);
      Fork from = activeFork;
      return from == null
          ? tuned
          : tuned.part(0, from.start().count()).withStartLevel(from.level());
    }
  }

  /** Draws samples, from where the run forked if it did. */
  private final class Source implements SampleSource {
    @Override
    public TensorLane.Task<HostTensor> sample(
        LoadedModel model, SamplingSettings settings, SampleObserver observer) {
      Fork from = activeFork;
      return from == null
          ? samples.sample(model, settings, observer)
          : samples.goOn(model, from.start(), settings, observer);
    }

    @Override
    public TensorLane.Task<HostTensor> preview(LoadedModel model, SamplingSettings settings) {
      return activeFork == null
          ? samples.preview(model, settings)
          : sample(model, settings, SampleObserver.NONE);
    }
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
        frames.add(Gallery.sheet(images));
      }
    }
    if (!frames.isEmpty()) {
      int scale = Math.max(1, GIF_SIDE / frames.get(0).width());
      export.saveGif(file, frames, scale, GIF_MILLISECONDS);
    }
  }

  /** Takes model and settings from what a saved picture tells. */
  public void restore(Map<String, String> notes) {
    sampling.restore(
        notes,
        () -> {
          LoadedModel model = sampling.models().loadedProperty().get();
          if (model != null) {
            settings.restore(model, notes);
          }
        });
  }

  /** What the shown images are. */
  private final class Shown implements Gallery.Origin {
    @Override
    public String fileStem() {
      Trace trace = trace();
      String level = trace == null || cursor.isAtResult() ? "" : "-level-" + trace.levelOf(stop());
      return PictureExport.stem(model()) + "-seed-" + settings().seed() + level;
    }

    @Override
    public String name(int index) {
      return context
          .messages()
          .text(
              "generate.sent",
              model().description().name(),
              Long.toString(settings().seed()),
              index + 1);
    }

    @Override
    public Map<String, String> notes() {
      Map<String, String> notes = PictureExport.notes("generate", model());
      PictureExport.add(notes, settings());
      notes.putAll(ConditionNotes.of(model().description(), settings().condition()));
      Trace trace = trace();
      notes.put(
          "cdrl.level",
          trace == null || cursor.isAtResult()
              ? "result"
              : Integer.toString(trace.levelOf(stop())));
      if (trace != null && chosenStep(trace) != null) {
        notes.put("cdrl.step", Integer.toString(step.get()));
      }
      notes.put("cdrl.stage", String.valueOf(stage.get()).toLowerCase(Locale.ROOT));
      if (!ancestry.isEmpty()) {
        notes.put("cdrl.forks", ancestry.strip());
      }
      return notes;
    }

    private LoadedModel model() {
      SamplingSession.Preview quick = preview();
      return quick != null ? quick.model() : run().model();
    }

    private SamplingSettings settings() {
      SamplingSession.Preview quick = preview();
      return quick != null ? quick.settings() : run().settings();
    }

    private Trace run() {
      return Objects.requireNonNull(trace(), "there are images");
    }
  }

  private int stop() {
    return cursor.stopProperty().get();
  }

  /** The run that is shown; null while there is none, or a preview in its place. */
  private @Nullable Trace trace() {
    return isPreview() ? null : sampling.session().traceProperty().get();
  }

  private void refresh() {
    SamplingSession.Preview quick = preview();
    Trace trace = trace();
    if (trace == null) {
      gallery.show(quick == null ? null : quick.samples());
      comparison.set(
          quick == null
              ? Comparison.NOTHING
              : new Comparison(Comparison.Kind.PREVIEW, null, gallery.selectedRaster(), null));
      chainEnergies.set(List.of());
      asked = null;
      return;
    }
    Stage chosen = stage.get();
    HostTensor middle = chosenStep(trace);
    gallery.show(
        middle != null ? middle : trace.at(stop(), chosen == null ? Stage.REFINED : chosen));
    askForEnergies(trace);
    comparison.set(
        compared(
            cursor.isAtResult()
                ? Comparison.Kind.RESULT
                : stop() <= 0 ? Comparison.Kind.NOISE : Comparison.Kind.LEVEL,
            trace.before(stop()),
            middle != null ? middle : trace.after(stop())));
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
}
