package cdrl.studio.generate;

import cdrl.runtime.HostTensor;
import cdrl.sampling.Condition;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.ModelService;
import cdrl.studio.engine.PictureService;
import cdrl.studio.engine.SamplingService;
import cdrl.studio.engine.SamplingSession;
import cdrl.studio.engine.Stage;
import cdrl.studio.engine.Trace;
import cdrl.studio.raster.Raster;
import cdrl.studio.workspace.Gallery;
import cdrl.studio.workspace.GalleryWorkspace;
import cdrl.studio.workspace.PictureExport;
import cdrl.studio.workspace.SamplingMemory;
import cdrl.studio.workspace.SamplingSetup;
import cdrl.studio.workspace.SweepExport;
import cdrl.studio.workspace.WorkspaceContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import org.jspecify.annotations.Nullable;

/** What the Generate workspace knows and does. Use it on the user interface's thread. */
public final class GenerateViewModel implements GalleryWorkspace.Model {
  private static final int GIF_SIDE = 560;
  private static final int GIF_MILLISECONDS = 500;

  private final WorkspaceContext context;
  private final GenerateSettings settings;
  private final Forks forks;
  private final SamplingSetup sampling;
  private final SamplingMemory memory;
  private final ChainCursor cursor;
  private final ChainEnergies energies;
  private final Gallery gallery;
  private final Comparisons comparisons;
  private final PictureExport export;
  private final SweepExport sweep;
  private final ReadOnlyBooleanWrapper forkable = new ReadOnlyBooleanWrapper();

  /** A workspace without pictures. */
  public GenerateViewModel(
      WorkspaceContext context,
      ModelService models,
      SamplingService samples,
      PictureService pictures) {
    this.context = context;
    settings = new GenerateSettings(context.messages(), this::settingsChanged);
    forks = new Forks(samples, settings);
    sampling =
        new SamplingSetup(
            context,
            SamplingSetup.Kind.gallery("generate", false),
            models,
            forks,
            forks,
            new SimpleStringProperty(""));
    memory = new SamplingMemory(sampling, new GenerateMemory(context.messages(), settings, forks));
    SamplingSession session = sampling.session();
    session
        .traceProperty()
        .addListener((property, before, after) -> forks.runChanged(before, after));
    session.previewProperty().addListener((property, before, after) -> refresh());
    export = new PictureExport(context, pictures);
    gallery =
        new Gallery(
            context,
            export,
            "generate",
            new RunOrigin(context.messages(), this::shown, () -> gallery().count(), ""));
    energies = new ChainEnergies(context, samples);
    cursor = new ChainCursor(session, this::refresh);
    comparisons =
        new Comparisons(context, samples, export, session, cursor, gallery, forks, this::refresh);
    sweep = new SweepExport(context, forks, export, sampling, new Sliders());
    gallery.selectedProperty().addListener((property, before, after) -> refresh());
    sampling
        .models()
        .loadedProperty()
        .addListener(
            (property, before, after) -> {
              forks.modelLoaded(after);
              if (after != null) {
                settings.fit(after);
              }
            });
    sampling
        .models()
        .loadingProperty()
        .addListener((property, before, after) -> forkable.set(findFork() != null));
    sampling.stepsProperty().addListener((property, before, after) -> settingsChanged());
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

  /** What of the newest run is looked at. */
  public ChainCursor cursor() {
    return cursor;
  }

  /** What the images are compared with. */
  public Comparisons comparisons() {
    return comparisons;
  }

  /** The energies of the selected image along the chain; none while they are unknown. */
  public ReadOnlyObjectProperty<List<Float>> chainEnergiesProperty() {
    return energies.valuesProperty();
  }

  /** The energies of the other images, as far as they are known. */
  public ReadOnlyObjectProperty<List<List<Float>>> otherEnergiesProperty() {
    return energies.othersProperty();
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

  /** Whether the level that is looked at can be gone on from. */
  public ReadOnlyBooleanProperty forkableProperty() {
    return forkable.getReadOnlyProperty();
  }

  /** The level from which the next run goes on; 0 where it begins with noise. */
  public ReadOnlyIntegerProperty forkLevelProperty() {
    return forks.levelProperty();
  }

  /**
   * Goes on from the level that is looked at with a new seed: what is above the level stays, what
   * is below becomes another.
   */
  public void fork() {
    Fork fork = findFork();
    if (fork == null) {
      context
          .problems()
          .report(
              context
                  .messages()
                  .text(
                      sampling.models().loadingProperty().get()
                          ? "generate.fork.loading"
                          : "generate.fork.none"));
      return;
    }
    sampling.rollSeed();
    forks.forkNext(fork);
    sampling.sample();
  }

  private @Nullable Fork findFork() {
    Trace trace = cursor.trace();
    return trace == null || sampling.models().loadingProperty().get()
        ? null
        : forks.at(trace, cursor.stop());
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

  /** A name for the animation's file. */
  public String gifFileName() {
    Trace trace = cursor.trace();
    return trace == null
        ? ""
        : PictureExport.stem(trace.model()) + "-seed-" + trace.settings().seed() + "-levels.gif";
  }

  /** Saves all stops of the run so far as an animation. */
  public void saveGif(Path file) {
    Trace trace = cursor.trace();
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

  /** What is looked at, while there are images. */
  private ShownRun shown() {
    SamplingSession.Preview quick = preview();
    if (quick != null) {
      return new ShownRun(
          quick.model(), quick.whole(), true, null, null, cursor.stage(), forks.shown());
    }
    Trace trace = Objects.requireNonNull(cursor.trace(), "there are images");
    return ShownRun.of(
        trace,
        cursor.isAtResult() ? null : trace.levelOf(cursor.stop()),
        cursor.chosenStep(trace) == null ? null : cursor.stepProperty().get(),
        cursor.stage(),
        forks.shown());
  }

  private void refresh() {
    SamplingSession.Preview quick = preview();
    Trace trace = cursor.trace();
    forkable.set(findFork() != null);
    if (trace == null) {
      gallery.show(quick == null ? null : quick.samples());
    } else {
      gallery.show(cursor.images(trace));
    }
    if (trace == null || cursor.steps() == 0) {
      energies.clear();
    } else {
      energies.ask(trace, trace.levelOf(cursor.stop()), gallery.index());
    }
    comparisons.refresh();
  }
}
