package cdrl.studio.density;

import cdrl.evaluate.DensityGrid;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.sampling.SamplingSettings;
import cdrl.studio.engine.DensityService;
import cdrl.studio.engine.LangevinChoices;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.ModelKind;
import cdrl.studio.engine.ModelPicker;
import cdrl.studio.engine.ModelService;
import cdrl.studio.engine.PictureService;
import cdrl.studio.engine.SamplingService;
import cdrl.studio.engine.SamplingSession;
import cdrl.studio.engine.SeedText;
import cdrl.studio.engine.Trace;
import cdrl.studio.raster.ColorMap;
import cdrl.studio.raster.DensityScale;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Jobs;
import cdrl.studio.shell.Preferences;
import cdrl.studio.shell.Problems;
import cdrl.studio.shell.SamplingJob;
import cdrl.studio.widgets.PlaneView;
import cdrl.studio.widgets.PlaneViewport;
import cdrl.studio.widgets.SamplingSection;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableStringValue;
import javafx.geometry.Point2D;
import org.jspecify.annotations.Nullable;

/** What the Density workspace knows and does. Use it on the user interface's thread. */
public final class DensityViewModel implements SamplingSection.Model {
  /** Half the side of the plane that is shown. */
  public static final double EXTENT = DensityMaps.EXTENT;

  /** The most points of one run. */
  public static final int MOST_POINTS = 5000;

  private static final long SEEDS = 1_000_000_000L;

  /**
   * The pictures of the planes.
   *
   * @param model of the model's density, or null
   * @param truth of the true density, null when it is unknown or not wanted
   * @param scale the scale of both
   */
  public record Pictures(
      @Nullable Raster model, @Nullable Raster truth, @Nullable DensityScale scale) {
    /** No pictures. */
    public static final Pictures NONE = new Pictures(null, null, null);
  }

  private final Messages messages;
  private final Preferences preferences;
  private final Jobs jobs;
  private final Problems problems;
  private final DensityService densities;
  private final PictureService pictureFiles;
  private final Executor background;
  private final Executor userInterface;
  private final RandomGenerator dice;
  private final ModelPicker models;
  private final SamplingSession session;
  private final DensityMaps maps;

  private final StringProperty seed = new SimpleStringProperty("1");
  private final IntegerProperty count = new SimpleIntegerProperty(1000);
  private final ObjectProperty<@Nullable Integer> steps = new SimpleObjectProperty<>(15);
  private final IntegerProperty stop = new SimpleIntegerProperty();
  private final BooleanProperty logarithmic = new SimpleBooleanProperty();
  private final ObjectProperty<@Nullable ColorMap> colors =
      new SimpleObjectProperty<>(ColorMap.VIRIDIS);
  private final BooleanProperty truth = new SimpleBooleanProperty();
  private final BooleanProperty proposals = new SimpleBooleanProperty(true);
  private final BooleanProperty refined = new SimpleBooleanProperty(true);
  private final BooleanProperty strokes = new SimpleBooleanProperty(true);
  private final ObjectProperty<PlaneViewport> viewport =
      new SimpleObjectProperty<>(PlaneViewport.whole(EXTENT));
  private final ObjectProperty<@Nullable Point2D> pointer = new SimpleObjectProperty<>();
  private final ReadOnlyObjectWrapper<Pictures> pictures =
      new ReadOnlyObjectWrapper<>(Pictures.NONE);
  private final ReadOnlyObjectWrapper<PlaneView.Points> points =
      new ReadOnlyObjectWrapper<>(PlaneView.Points.NONE);
  private final ReadOnlyStringWrapper readout = new ReadOnlyStringWrapper("");
  private final StringBinding obstacle;
  private @Nullable DensityGrid trueGrid;
  private boolean following = true;
  private boolean moving;

  /**
   * @param background runs what takes a while and needs no tensors
   * @param userInterface runs what it is given on the user interface's thread, in order
   * @param nanoTime a clock in nanoseconds
   * @param dice makes new seeds
   */
  public DensityViewModel(
      Messages messages,
      Preferences preferences,
      Jobs jobs,
      Problems problems,
      ModelService models,
      SamplingService sampling,
      DensityService densities,
      PictureService pictureFiles,
      Executor background,
      Executor userInterface,
      LongSupplier nanoTime,
      RandomGenerator dice) {
    this.messages = messages;
    this.preferences = preferences;
    this.jobs = jobs;
    this.problems = problems;
    this.densities = densities;
    this.pictureFiles = pictureFiles;
    this.background = background;
    this.userInterface = userInterface;
    this.dice = dice;
    this.models =
        new ModelPicker(
            models,
            ModelKind.POINTS,
            userInterface,
            model -> messages.text("density.wrong-kind", model.description().name()),
            problems::report);
    session = new SamplingSession(sampling, userInterface, nanoTime);
    maps = new DensityMaps(densities, userInterface, problems::report);
    obstacle =
        Bindings.createStringBinding(
            this::findObstacle, this.models.pickedProperty(), this.models.listedProperty(), seed);
    colors.set(preferences.constant("density.colors", ColorMap.class).orElse(ColorMap.VIRIDIS));
    logarithmic.set(preferences.word("density.scale").filter("log"::equals).isPresent());
    new SamplingJob(messages, messages.text("density.job"), session, jobs, problems).attach();
    this.models.loadedProperty().addListener((property, before, after) -> modelLoaded(after));
    session.traceProperty().addListener((property, before, after) -> traceChanged(before, after));
    stop.addListener((property, before, after) -> stopChanged());
    maps.shownProperty().addListener((property, before, after) -> paint());
    colors.addListener((property, before, after) -> appearanceChanged());
    logarithmic.addListener((property, before, after) -> appearanceChanged());
    truth.addListener((property, before, after) -> paint());
    for (BooleanProperty layer : List.of(proposals, refined, strokes)) {
      layer.addListener((property, before, after) -> placePoints());
    }
    pointer.addListener((property, before, after) -> read());
  }

  /** The models to pick from. */
  public ModelPicker models() {
    return models;
  }

  @Override
  public SamplingSession session() {
    return session;
  }

  @Override
  public StringProperty seedProperty() {
    return seed;
  }

  @Override
  public IntegerProperty countProperty() {
    return count;
  }

  @Override
  public ObjectProperty<@Nullable Integer> stepsProperty() {
    return steps;
  }

  @Override
  public ObservableStringValue obstacleProperty() {
    return obstacle;
  }

  /** T minus the noise level that is looked at. */
  public IntegerProperty stopProperty() {
    return stop;
  }

  /** Whether the colours follow the logarithm of the density. */
  public BooleanProperty logarithmicProperty() {
    return logarithmic;
  }

  /** The colours of densities. */
  public ObjectProperty<@Nullable ColorMap> colorsProperty() {
    return colors;
  }

  /** Whether the true density is wanted beside the model's. */
  public BooleanProperty truthProperty() {
    return truth;
  }

  /** Whether proposals are shown. */
  public BooleanProperty proposalsProperty() {
    return proposals;
  }

  /** Whether refined points are shown. */
  public BooleanProperty refinedProperty() {
    return refined;
  }

  /** Whether strokes lead from proposals to refined points. */
  public BooleanProperty strokesProperty() {
    return strokes;
  }

  /** The seen square of the plane. */
  public ObjectProperty<PlaneViewport> viewportProperty() {
    return viewport;
  }

  /** Where the pointer is in the plane, or null. */
  public ObjectProperty<@Nullable Point2D> pointerProperty() {
    return pointer;
  }

  /** The pictures of the planes. */
  public ReadOnlyObjectProperty<Pictures> picturesProperty() {
    return pictures.getReadOnlyProperty();
  }

  /** The points over the planes. */
  public ReadOnlyObjectProperty<PlaneView.Points> pointsProperty() {
    return points.getReadOnlyProperty();
  }

  /** The values under the pointer, or an empty text. */
  public ReadOnlyStringProperty readoutProperty() {
    return readout.getReadOnlyProperty();
  }

  /** Whether a density is being computed for what is looked at. */
  public ReadOnlyBooleanProperty computingProperty() {
    return maps.busyProperty();
  }

  /** Whether the true density of the model's data is known. */
  public boolean knowsTruth() {
    LoadedModel model = models.loadedProperty().get();
    return model != null && densities.knowsTrueDensity(model);
  }

  /** The noise level that is looked at. */
  public int level() {
    LoadedModel model = models.loadedProperty().get();
    return model == null ? 0 : Math.max(0, model.schedule().levels() - stop.get());
  }

  @Override
  public void rollSeed() {
    seed.set(Long.toString(dice.nextLong(SEEDS)));
  }

  @Override
  public void sample() {
    CompletableFuture<LoadedModel> model = models.opening();
    OptionalLong number = SeedText.parse(seed.get());
    if (model == null || number.isEmpty()) {
      problems.report(obstacle.get());
      return;
    }
    problems.dismiss();
    int wanted = Math.min(count.get(), MOST_POINTS);
    Integer chosen = steps.get();
    session.start(
        model,
        loaded ->
            new SamplingSettings(
                wanted,
                number.getAsLong(),
                chosen == null ? loaded.description().langevinSteps() : chosen,
                false,
                loaded.schedule().levels()));
  }

  @Override
  public void cancel() {
    session.cancel();
  }

  /** The Langevin steps to offer. */
  public List<Integer> stepChoices() {
    LoadedModel model = models.loadedProperty().get();
    return LangevinChoices.of(model == null ? 15 : model.description().langevinSteps());
  }

  /** Moves to another level. */
  public void moveStop(int by) {
    LoadedModel model = models.loadedProperty().get();
    if (model != null) {
      stop.set(Math.max(0, Math.min(model.schedule().levels(), stop.get() + by)));
    }
  }

  /** Shows the whole plane. */
  public void resetView() {
    viewport.set(PlaneViewport.whole(EXTENT));
  }

  /** A name for a picture's file. */
  public String fileName() {
    LoadedModel model = models.loadedProperty().get();
    String name = model == null ? "density" : model.description().name();
    return name.replaceAll("[^A-Za-z0-9._-]+", "-") + "-level-" + level() + ".png";
  }

  /** Saves a picture of what is seen. */
  public void save(Path file, Raster picture) {
    LoadedModel model = models.loadedProperty().get();
    if (model == null) {
      return;
    }
    Map<String, String> metadata = metadata(model);
    background.execute(
        () -> {
          try {
            pictureFiles.savePng(file, picture, metadata);
            userInterface.execute(() -> jobs.tell(messages.text("saved", file.toString())));
          } catch (CdrlException e) {
            userInterface.execute(() -> problems.report(e));
          }
        });
  }

  private Map<String, String> metadata(LoadedModel model) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("cdrl.workspace", "density");
    metadata.put("cdrl.model", model.description().name());
    metadata.put("cdrl.model.sha256", model.checksum());
    metadata.put("cdrl.level", Integer.toString(level()));
    metadata.put("cdrl.scale", logarithmic.get() ? "logarithmic" : "linear");
    metadata.put("cdrl.colors", String.valueOf(colors.get()).toLowerCase(Locale.ROOT));
    PlaneViewport seen = viewport.get();
    metadata.put("cdrl.view", seen.centerX() + " " + seen.centerY() + " " + seen.half());
    Trace trace = session.traceProperty().get();
    if (trace != null) {
      metadata.put("cdrl.seed", Long.toString(trace.settings().seed()));
      metadata.put("cdrl.count", Integer.toString(trace.settings().count()));
      metadata.put("cdrl.steps", Integer.toString(trace.settings().langevinSteps()));
      metadata.put("cdrl.start-level", Integer.toString(trace.settings().startLevel()));
    }
    return metadata;
  }

  private String findObstacle() {
    if (models.pickedProperty().get() == null) {
      return messages.text(models.listedProperty().get() ? "density.no-model" : "density.looking");
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
      preferences.setWord("density.model", model.reference());
      moving = true;
      stop.set(model.schedule().levels()); // level 0: what the model has learned
      moving = false;
    }
    levelChanged();
  }

  private void traceChanged(@Nullable Trace before, @Nullable Trace after) {
    if (after == null || !after.isOfSameRun(before)) {
      following = true;
    }
    if (after != null && following) {
      moving = true;
      stop.set(Math.min(after.newestStop(), after.settings().startLevel()));
      moving = false;
    }
    placePoints();
  }

  private void stopChanged() {
    if (!moving) {
      following = false;
    }
    levelChanged();
  }

  private void levelChanged() {
    LoadedModel model = models.loadedProperty().get();
    trueGrid =
        model != null && densities.knowsTrueDensity(model)
            ? densities.trueDensity(model, level(), DensityMaps.FINE, EXTENT)
            : null;
    maps.show(model, level());
    paint();
    placePoints();
  }

  private void appearanceChanged() {
    preferences.setWord("density.scale", logarithmic.get() ? "log" : "linear");
    preferences.setWord("density.colors", colorMap().name());
    paint();
    placePoints();
  }

  private ColorMap colorMap() {
    ColorMap chosen = colors.get();
    return chosen == null ? ColorMap.VIRIDIS : chosen;
  }

  private void paint() {
    DensityGrid grid = maps.shownProperty().get();
    DensityGrid real = truth.get() ? trueGrid : null;
    if (grid == null) {
      pictures.set(Pictures.NONE);
    } else {
      // One scale for both, so that equal colours mean equal densities.
      DensityScale scale =
          real == null
              ? DensityScale.of(logarithmic.get(), grid)
              : DensityScale.of(logarithmic.get(), grid, real);
      pictures.set(
          new Pictures(
              scale.paint(grid, colorMap()),
              real == null ? null : scale.paint(real, colorMap()),
              scale));
    }
    read();
  }

  private void placePoints() {
    Trace trace = session.traceProperty().get();
    if (trace == null) {
      points.set(PlaneView.Points.NONE);
      return;
    }
    int at = trace.settings().startLevel() - level();
    HostTensor before = at == 0 ? trace.noise() : trace.proposal(level());
    HostTensor after = at == 0 ? null : trace.refined(level());
    points.set(
        new PlaneView.Points(
            before,
            after,
            strokes.get(),
            proposals.get() || at == 0,
            refined.get(),
            colorMap().contrast()));
  }

  private void read() {
    Point2D at = pointer.get();
    DensityGrid grid = maps.shownProperty().get();
    if (at == null || grid == null) {
      readout.set("");
      return;
    }
    int cell = cell(grid, at);
    String values =
        messages.text(
            "density.readout",
            messages.number(at.getX(), 2),
            messages.number(at.getY(), 2),
            messages.compact(grid.density()[cell]),
            messages.number(grid.energy()[cell], 2));
    DensityGrid real = truth.get() ? trueGrid : null;
    readout.set(
        real == null
            ? values
            : messages.text(
                "density.readout.true", values, messages.compact(real.density()[cell(real, at)])));
  }

  private static int cell(DensityGrid grid, Point2D at) {
    return index(grid, at.getY()) * grid.size() + index(grid, at.getX());
  }

  private static int index(DensityGrid grid, double value) {
    int index = (int) Math.floor((value / grid.extent() + 1) / 2 * grid.size());
    return Math.max(0, Math.min(grid.size() - 1, index));
  }
}
