package cdrl.studio.generate;

import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.sampling.SamplingSettings;
import cdrl.studio.engine.LangevinChoices;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.ModelKind;
import cdrl.studio.engine.ModelPicker;
import cdrl.studio.engine.ModelService;
import cdrl.studio.engine.PictureService;
import cdrl.studio.engine.SamplingService;
import cdrl.studio.engine.SamplingSession;
import cdrl.studio.engine.SeedText;
import cdrl.studio.engine.Stage;
import cdrl.studio.engine.Trace;
import cdrl.studio.raster.Difference;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Jobs;
import cdrl.studio.shell.Preferences;
import cdrl.studio.shell.Problems;
import cdrl.studio.shell.SamplingJob;
import cdrl.studio.widgets.SamplingSection;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableStringValue;
import org.jspecify.annotations.Nullable;

/** What the Generate workspace knows and does. Use it on the user interface's thread. */
public final class GenerateViewModel implements SamplingSection.Model {
  /** The most images of one run. */
  public static final int MOST_IMAGES = 64;

  /** Bound on the memory of one run's trace, in float values (256 MB). */
  private static final long MOST_VALUES = 64L << 20;

  private static final long SEEDS = 1_000_000_000L;
  private static final int SHEET_GAP = 2;

  private final Messages messages;
  private final Preferences preferences;
  private final Jobs jobs;
  private final Problems problems;
  private final PictureService pictures;
  private final Executor background;
  private final Executor userInterface;
  private final RandomGenerator dice;
  private final ModelPicker models;
  private final SamplingSession session;

  private final StringProperty seed = new SimpleStringProperty("1");
  private final IntegerProperty count = new SimpleIntegerProperty(16);
  private final ObjectProperty<@Nullable Integer> steps = new SimpleObjectProperty<>(15);
  private final BooleanProperty smooth = new SimpleBooleanProperty();
  private final IntegerProperty stop = new SimpleIntegerProperty();
  private final ObjectProperty<@Nullable Stage> stage = new SimpleObjectProperty<>(Stage.REFINED);
  private final IntegerProperty selected = new SimpleIntegerProperty();
  private final ReadOnlyObjectWrapper<@Nullable HostTensor> grid = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<Comparison> comparison =
      new ReadOnlyObjectWrapper<>(Comparison.NOTHING);
  private final StringBinding obstacle;
  private boolean following = true;
  private boolean moving;

  /**
   * @param background runs what takes a while and needs no tensors
   * @param userInterface runs what it is given on the user interface's thread, in order
   * @param nanoTime a clock in nanoseconds
   * @param dice makes new seeds
   */
  public GenerateViewModel(
      Messages messages,
      Preferences preferences,
      Jobs jobs,
      Problems problems,
      ModelService models,
      SamplingService sampling,
      PictureService pictures,
      Executor background,
      Executor userInterface,
      LongSupplier nanoTime,
      RandomGenerator dice) {
    this.messages = messages;
    this.preferences = preferences;
    this.jobs = jobs;
    this.problems = problems;
    this.pictures = pictures;
    this.background = background;
    this.userInterface = userInterface;
    this.dice = dice;
    this.models =
        new ModelPicker(
            models,
            ModelKind.IMAGES,
            userInterface,
            model -> messages.text("generate.wrong-kind", model.description().name()),
            problems::report);
    this.session = new SamplingSession(sampling, userInterface, nanoTime);
    obstacle =
        Bindings.createStringBinding(
            this::findObstacle, this.models.pickedProperty(), this.models.listedProperty(), seed);
    session.traceProperty().addListener((property, before, after) -> traceChanged(before, after));
    stop.addListener((property, before, after) -> stopChanged(after.intValue()));
    stage.addListener((property, before, after) -> refresh());
    selected.addListener((property, before, after) -> refresh());
    new SamplingJob(messages, messages.text("generate.job"), session, jobs, problems).attach();
    this.models.loadedProperty().addListener((property, before, after) -> modelLoaded(after));
    smooth.set(preferences.word("generate.pixels").filter("smooth"::equals).isPresent());
    smooth.addListener(
        (property, before, after) ->
            preferences.setWord("generate.pixels", after ? "smooth" : "crisp"));
  }

  /** The models to pick from. */
  public ModelPicker models() {
    return models;
  }

  /** The sampling runs. */
  @Override
  public SamplingSession session() {
    return session;
  }

  /** The seed as text. */
  @Override
  public StringProperty seedProperty() {
    return seed;
  }

  /** How many images, 1 to {@link #MOST_IMAGES}. */
  @Override
  public IntegerProperty countProperty() {
    return count;
  }

  /** Langevin steps per level. */
  @Override
  public ObjectProperty<@Nullable Integer> stepsProperty() {
    return steps;
  }

  /** Whether enlarged pixels are blurred into each other. */
  public BooleanProperty smoothProperty() {
    return smooth;
  }

  /** The stop of the run that is looked at, as in {@link Trace}. */
  public IntegerProperty stopProperty() {
    return stop;
  }

  /** Whether the grid shows proposals or refined images. */
  public ObjectProperty<@Nullable Stage> stageProperty() {
    return stage;
  }

  /** The selected image. */
  public IntegerProperty selectedProperty() {
    return selected;
  }

  /** The images of the grid, or null. */
  public ReadOnlyObjectProperty<@Nullable HostTensor> gridProperty() {
    return grid.getReadOnlyProperty();
  }

  /** The selected image before and after refinement. */
  public ReadOnlyObjectProperty<Comparison> comparisonProperty() {
    return comparison.getReadOnlyProperty();
  }

  /** Why no sampling can start, or an empty text. */
  @Override
  public ObservableStringValue obstacleProperty() {
    return obstacle;
  }

  /** Takes a new seed. */
  @Override
  public void rollSeed() {
    seed.set(Long.toString(dice.nextLong(SEEDS)));
  }

  /** Starts to sample, in place of a run that is going on; waits for the model if need be. */
  @Override
  public void sample() {
    CompletableFuture<LoadedModel> model = models.opening();
    OptionalLong number = SeedText.parse(seed.get());
    if (model == null || number.isEmpty()) {
      problems.report(obstacle.get());
      return;
    }
    problems.dismiss();
    int wanted = count.get();
    Integer chosen = steps.get();
    session.start(
        model,
        loaded ->
            new SamplingSettings(
                Math.min(wanted, mostImages(loaded)),
                number.getAsLong(),
                chosen == null ? loaded.description().langevinSteps() : chosen,
                false,
                loaded.schedule().levels()));
  }

  /** Stops the run that is going on and keeps what it made. */
  @Override
  public void cancel() {
    session.cancel();
  }

  /** The most images whose trace fits the memory set aside for it. */
  public static int mostImages(LoadedModel model) {
    long perImage = model.itemSize() * (2L * model.schedule().levels() + 3);
    return (int) Math.max(1, Math.min(MOST_IMAGES, MOST_VALUES / perImage));
  }

  /** The Langevin steps to offer. */
  public List<Integer> stepChoices() {
    LoadedModel model = models.loadedProperty().get();
    return LangevinChoices.of(model == null ? 15 : model.description().langevinSteps());
  }

  /** Moves to another stop of the run. */
  public void moveStop(int by) {
    Trace trace = session.traceProperty().get();
    if (trace != null) {
      stop.set(Math.max(0, Math.min(trace.newestStop(), stop.get() + by)));
    }
  }

  /** A name for the file of the grid. */
  public String gridFileName() {
    Trace trace = session.traceProperty().get();
    return trace == null ? "" : fileStem(trace) + ".png";
  }

  /** A name for the file of the selected image. */
  public String imageFileName() {
    Trace trace = session.traceProperty().get();
    return trace == null ? "" : fileStem(trace) + "-image-" + (shownIndex() + 1) + ".png";
  }

  private String fileStem(Trace trace) {
    String name = trace.model().description().name().replaceAll("[^A-Za-z0-9._-]+", "-");
    String level = stop.get() >= trace.lastStop() ? "" : "-level-" + trace.levelOf(stop.get());
    return name + "-seed-" + trace.settings().seed() + level;
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
    Trace trace = session.traceProperty().get();
    if (trace == null) {
      return;
    }
    Map<String, String> metadata = metadata(trace, index);
    background.execute(
        () -> {
          try {
            pictures.savePng(file, picture, metadata);
            userInterface.execute(() -> jobs.tell(messages.text("saved", file.toString())));
          } catch (CdrlException e) {
            userInterface.execute(() -> problems.report(e));
          }
        });
  }

  /** Everything that is needed to make the picture again. */
  private Map<String, String> metadata(Trace trace, int index) {
    SamplingSettings settings = trace.settings();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("cdrl.workspace", "generate");
    metadata.put("cdrl.model", trace.model().description().name());
    metadata.put("cdrl.model.sha256", trace.model().checksum());
    metadata.put("cdrl.seed", Long.toString(settings.seed()));
    metadata.put("cdrl.count", Integer.toString(settings.count()));
    metadata.put("cdrl.steps", Integer.toString(settings.langevinSteps()));
    metadata.put("cdrl.start-level", Integer.toString(settings.startLevel()));
    metadata.put(
        "cdrl.level",
        stop.get() >= trace.lastStop() ? "result" : Integer.toString(trace.levelOf(stop.get())));
    metadata.put("cdrl.stage", String.valueOf(stage.get()).toLowerCase(java.util.Locale.ROOT));
    if (index >= 0) {
      metadata.put("cdrl.image", Integer.toString(index));
    }
    return metadata;
  }

  private String findObstacle() {
    if (models.pickedProperty().get() == null) {
      return messages.text(
          models.listedProperty().get() ? "generate.no-model" : "generate.looking");
    }
    return SeedText.parse(seed.get()).isEmpty() ? messages.text("seed.invalid") : "";
  }

  private void modelLoaded(@Nullable LoadedModel model) {
    if (session.stateProperty().get() != SamplingSession.State.WAITING) {
      session.clear(); // a run that waits does so for this very model
    }
    if (model != null) {
      if (!stepChoices().contains(steps.get())) {
        steps.set(model.description().langevinSteps());
      }
      preferences.setWord("generate.model", model.reference());
    }
  }

  private void traceChanged(@Nullable Trace before, @Nullable Trace after) {
    if (after == null || !after.isOfSameRun(before)) {
      following = true;
    }
    if (after != null && following) {
      moving = true;
      stop.set(after.newestStop());
      moving = false;
    }
    refresh();
  }

  private void stopChanged(int now) {
    Trace trace = session.traceProperty().get();
    if (!moving && trace != null) {
      int newest = trace.newestStop();
      if (now > newest) {
        stop.set(newest); // there is nothing to see farther on yet
        return;
      }
      following = now == newest;
    }
    refresh();
  }

  private int shownIndex() {
    HostTensor images = grid.get();
    return images == null ? 0 : Math.max(0, Math.min(selected.get(), images.count() - 1));
  }

  private void refresh() {
    Trace trace = session.traceProperty().get();
    if (trace == null) {
      grid.set(null);
      comparison.set(Comparison.NOTHING);
      return;
    }
    Stage wanted = stage.get();
    grid.set(trace.at(stop.get(), wanted == null ? Stage.REFINED : wanted));
    int index = shownIndex();
    HostTensor before = trace.before(stop.get());
    HostTensor after = trace.after(stop.get());
    comparison.set(
        new Comparison(
            before == null ? null : Raster.of(before, index),
            after == null ? null : Raster.of(after, index),
            before == null || after == null ? null : Difference.between(before, after, index)));
  }
}
