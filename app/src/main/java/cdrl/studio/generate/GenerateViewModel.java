package cdrl.studio.generate;

import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import cdrl.sampling.Condition;
import cdrl.sampling.ConditionNotes;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.SamplingSettings;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.ModelService;
import cdrl.studio.engine.PictureService;
import cdrl.studio.engine.SampleSource;
import cdrl.studio.engine.SamplingService;
import cdrl.studio.engine.SamplingSession;
import cdrl.studio.engine.Stage;
import cdrl.studio.engine.Trace;
import cdrl.studio.raster.Difference;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import cdrl.studio.workspace.Gallery;
import cdrl.studio.workspace.GalleryWorkspace;
import cdrl.studio.workspace.PictureExport;
import cdrl.studio.workspace.SamplingMemory;
import cdrl.studio.workspace.SamplingSetup;
import cdrl.studio.workspace.SweepExport;
import cdrl.studio.workspace.TraceCursor;
import cdrl.studio.workspace.WorkspaceContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
public final class GenerateViewModel implements GalleryWorkspace.Model {
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
  private final KeptRun kept;
  private final SweepExport sweep;
  private final SamplingMemory memory;
  private final ReadOnlyObjectWrapper<@Nullable Beside> beside = new ReadOnlyObjectWrapper<>();
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
            SamplingSetup.Kind.gallery("generate", false),
            models,
            new Source(),
            new Tuning(),
            new SimpleStringProperty(""));
    SamplingSession session = this.sampling.session();
    session.traceProperty().addListener((property, before, after) -> runChanged(before, after));
    session.previewProperty().addListener((property, before, after) -> refresh());
    export = new PictureExport(context, pictures);
    gallery = new Gallery(context, export, "generate", new Shown());
    kept = new KeptRun(context, sampling);
    kept.traceProperty().addListener((property, before, after) -> refresh());
    session.stateProperty().addListener((property, before, after) -> stateChanged(after));
    sweep = new SweepExport(context, new Source(), export, this.sampling, new Sliders());
    memory = new SamplingMemory(this.sampling, settings);
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

  @Override
  public SamplingSetup sampling() {
    return sampling;
  }

  /** What a person chooses beyond seed, number and steps. */
  public GenerateSettings settings() {
    return settings;
  }

  @Override
  public Gallery gallery() {
    return gallery;
  }

  @Override
  public SweepExport sweep() {
    return sweep;
  }

  /** The settings to bring back at the next start. */
  public SamplingMemory memory() {
    return memory;
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

  private void stateChanged(SamplingSession.State now) {
    Trace trace = trace();
    if (now == SamplingSession.State.DONE && trace != null && activeFork == null) {
      kept.follow(trace.settings());
    }
  }

  /** What was kept to be seen beside the newest images, or null. */
  public ReadOnlyObjectProperty<@Nullable Beside> besideProperty() {
    return beside.getReadOnlyProperty();
  }

  /** Keeps the images and their settings beside those that follow, or ends that. */
  public void keepOrEnd() {
    Trace trace = trace();
    if (kept.traceProperty().get() != null) {
      kept.end();
    } else if (trace == null) {
      context.problems().report(context.messages().text("beside.none"));
    } else {
      context.problems().dismiss();
      kept.keep(trace, activeFork == null);
    }
  }

  /** What can be swept: the guidance weight. */
  private final class Sliders implements SweepExport.Sliders {
    @Override
    public List<SweepExport.Slider> list() {
      return settings.condition() == Condition.NONE
          ? List.of()
          : List.of(
              new SweepExport.Slider(
                  context.messages().text("guidance"), 0, GenerateSettings.MOST_GUIDANCE));
    }

    @Override
    public Condition condition(int slider, double value) {
      return settings.condition(value);
    }

    @Override
    public int image() {
      return gallery.index();
    }

    @Override
    public String fileStem(LoadedModel model, int slider) {
      return PictureExport.stem(model) + "-" + sampling.seedProperty().get().strip() + "-guidance";
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
      Fork from = activeFork;
      return from == null
          ? samples.preview(model, settings)
          : samples.previewFrom(model, from.start(), settings);
    }

    @Override
    public TensorLane.Task<HostTensor> previewFrom(
        LoadedModel model, HostTensor start, SamplingSettings settings) {
      return samples.previewFrom(model, start, settings);
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
    memory.restore(notes, () -> {});
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
    public String caption(int index) {
      return context.messages().text("generate.image", index + 1, gallery.count());
    }

    @Override
    public Map<String, String> notes(int index) {
      Map<String, String> notes = PictureExport.notes("generate", model());
      PictureExport.add(notes, settings());
      notes.putAll(ConditionNotes.of(model().description(), settings().condition()));
      Trace trace = trace();
      if (isPreview()) {
        notes.put("cdrl.preview", "true");
      }
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
      if (index >= 0) {
        notes.put("cdrl.image", Integer.toString(index));
      }
      return notes;
    }

    private LoadedModel model() {
      SamplingSession.Preview quick = preview();
      return quick != null ? quick.model() : run().model();
    }

    private SamplingSettings settings() {
      SamplingSession.Preview quick = preview();
      return quick != null ? quick.whole() : run().settings();
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
    Stage chosen = stage.get();
    HostTensor middle = trace == null ? null : chosenStep(trace);
    if (trace == null) {
      gallery.show(quick == null ? null : quick.samples());
      chainEnergies.set(List.of());
      asked = null;
    } else {
      gallery.show(
          middle != null ? middle : trace.at(stop(), chosen == null ? Stage.REFINED : chosen));
      askForEnergies(trace);
    }
    Beside other = findBeside();
    beside.set(other);
    comparison.set(other == null ? compareStages(trace, middle) : compareWith(other.images()));
  }

  private Comparison compareStages(@Nullable Trace trace, @Nullable HostTensor middle) {
    if (trace == null) {
      return isPreview()
          ? new Comparison(Comparison.Kind.PREVIEW, null, gallery.selectedRaster(), null)
          : Comparison.NOTHING;
    }
    return compared(
        cursor.isAtResult()
            ? Comparison.Kind.RESULT
            : stop() <= 0 ? Comparison.Kind.NOISE : Comparison.Kind.LEVEL,
        trace.before(stop()),
        middle != null ? middle : trace.after(stop()));
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
    SamplingSession.Preview quick = preview();
    Trace trace = trace();
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
    int level = newest.levelOf(stop());
    if (stop() <= 0 || level >= other.settings().startLevel()) {
      return other.noise();
    }
    boolean sameSteps = other.settings().langevinSteps() == newest.settings().langevinSteps();
    HostTensor step =
        chosenStep(newest) != null && sameSteps ? other.afterStep(level, this.step.get()) : null;
    Stage chosen = stage.get();
    HostTensor images =
        step != null
            ? step
            : other.at(other.stopOf(level), chosen == null ? Stage.REFINED : chosen);
    return images != null ? images : end;
  }
}
