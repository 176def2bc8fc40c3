package cdrl.studio.density;

import cdrl.evaluate.DensityGrid;
import cdrl.evaluate.ScoreField;
import cdrl.studio.engine.DensityService;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.ModelKind;
import cdrl.studio.engine.ModelService;
import cdrl.studio.engine.PictureService;
import cdrl.studio.engine.SamplingService;
import cdrl.studio.engine.SeedText;
import cdrl.studio.engine.Trace;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.PlaneView;
import cdrl.studio.workspace.PictureExport;
import cdrl.studio.workspace.SamplingSetup;
import cdrl.studio.workspace.WorkspaceContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import javafx.beans.InvalidationListener;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.geometry.Point2D;
import org.jspecify.annotations.Nullable;

/** What the Density workspace knows and does. Use it on the user interface's thread. */
public final class DensityViewModel {
  /** Half the side of the plane that is shown. */
  public static final double EXTENT = DensityMaps.EXTENT;

  /** The most points of one run. */
  public static final int MOST_POINTS = 5000;

  private final WorkspaceContext context;
  private final DensityService densities;
  private final SamplingSetup sampling;
  private final PictureExport export;
  private final DensityMaps maps;
  private final TrueDensity trueDensity;
  private final ScoreArrows arrows;
  private final ChainPlayer player;

  private final IntegerProperty stop = new SimpleIntegerProperty();
  private final PlaneAppearance appearance;
  private final BooleanProperty truth = new SimpleBooleanProperty();
  private final BooleanProperty drawing = new SimpleBooleanProperty();
  private final ReadOnlyObjectWrapper<PlanePictures> pictures =
      new ReadOnlyObjectWrapper<>(PlanePictures.NONE);
  private final ReadOnlyObjectWrapper<PlaneView.Points> points =
      new ReadOnlyObjectWrapper<>(PlaneView.Points.NONE);
  private final ReadOnlyStringWrapper readout = new ReadOnlyStringWrapper("");
  private OptionalInt recalled = OptionalInt.empty();
  private boolean moving;

  /** A workspace without pictures. */
  public DensityViewModel(
      WorkspaceContext context,
      ModelService models,
      SamplingService sampling,
      DensityService densities,
      PictureService pictures) {
    this.context = context;
    this.densities = densities;
    this.sampling =
        new SamplingSetup(
            context,
            new SamplingSetup.Kind("density", ModelKind.POINTS, 1000, model -> MOST_POINTS),
            models,
            sampling);
    export = new PictureExport(context, pictures);
    maps = new DensityMaps(densities, context.userInterface(), context.problems()::report);
    trueDensity = new TrueDensity(context, densities);
    arrows = new ScoreArrows(densities, context.userInterface(), context.problems()::report);
    player =
        new ChainPlayer(
            this.sampling.session().traceProperty(),
            this.sampling.session()::isBusy,
            this::playerMoved);
    appearance = new PlaneAppearance(context.preferences());
    drawing.set(context.preferences().word("density.mode").filter("draw"::equals).isPresent());
    drawing.addListener(
        (property, before, after) ->
            context.preferences().setWord("density.mode", after ? "draw" : "look"));
    this.sampling
        .models()
        .loadedProperty()
        .addListener((property, before, after) -> modelLoaded(after));
    stop.addListener((property, before, after) -> stopChanged());
    maps.shownProperty().addListener((property, before, after) -> paint());
    appearance
        .paints()
        .forEach(paint -> paint.addListener((InvalidationListener) changed -> paint()));
    appearance
        .layers()
        .forEach(layer -> layer.addListener((InvalidationListener) changed -> placePoints()));
    for (BooleanProperty plane :
        List.of(truth, appearance.energyProperty(), appearance.scoresProperty())) {
      plane.addListener((property, before, after) -> levelChanged());
    }
    trueDensity.shownProperty().addListener((property, before, after) -> paint());
    appearance.viewportProperty().addListener((property, before, after) -> showScores());
    appearance.pointerProperty().addListener((property, before, after) -> read());
  }

  /** The model, the settings and the runs. */
  public SamplingSetup sampling() {
    return sampling;
  }

  /** How the planes are shown. */
  public PlaneAppearance appearance() {
    return appearance;
  }

  /** Whether a distribution is drawn and learned, instead of a model being looked at. */
  public BooleanProperty drawingProperty() {
    return drawing;
  }

  /** T minus the noise level that is looked at. */
  public IntegerProperty stopProperty() {
    return stop;
  }

  /** Whether the true density is wanted beside the model's. */
  public BooleanProperty truthProperty() {
    return truth;
  }

  /** The gradient of the log density, or null. */
  public ReadOnlyObjectProperty<@Nullable ScoreField> arrowsProperty() {
    return arrows.shownProperty();
  }

  /** Plays the Langevin chains of the points. */
  public ChainPlayer player() {
    return player;
  }

  /** Plays the chains, after drawing points where there are none. */
  public void play() {
    if (player.isEmpty() && !sampling.session().isBusy()) {
      sampling.sample();
    }
    player.toggle();
  }

  /** The pictures of the planes. */
  public ReadOnlyObjectProperty<PlanePictures> picturesProperty() {
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
    LoadedModel model = sampling.models().loadedProperty().get();
    return model != null && densities.knowsTrueDensity(model);
  }

  /** The noise level that is looked at. */
  public int level() {
    LoadedModel model = sampling.models().loadedProperty().get();
    return model == null ? 0 : Math.max(0, model.schedule().levels() - stop.get());
  }

  /** Moves to another level. */
  public void moveStop(int by) {
    LoadedModel model = sampling.models().loadedProperty().get();
    if (model != null) {
      stop.set(Math.max(0, Math.min(model.schedule().levels(), stop.get() + by)));
    }
  }

  /** The level to look at after the next start. */
  int levelToRecall() {
    return recalled.orElse(level());
  }

  /** Looks at a level as soon as there is a model. */
  void recallLevel(int level) {
    recalled = OptionalInt.of(level);
  }

  /** Shows the whole plane. */
  public void resetView() {
    appearance.resetView();
  }

  /** A name for a picture's file. */
  public String fileName() {
    LoadedModel model = sampling.models().loadedProperty().get();
    return (model == null ? "density" : PictureExport.stem(model)) + "-level-" + level() + ".png";
  }

  /** Saves a picture of what is seen. */
  public void save(Path file, Raster picture) {
    LoadedModel model = sampling.models().loadedProperty().get();
    if (model != null) {
      export.save(file, picture, notes(model));
    }
  }

  /** Takes model, settings and appearance from what a saved picture tells. */
  public void restore(Map<String, String> notes) {
    drawing.set(false);
    sampling.restore(
        notes,
        model -> {
          SeedText.parse(notes.getOrDefault("cdrl.level", ""))
              .ifPresent(
                  level -> {
                    if (level <= model.schedule().levels()) {
                      stop.set(model.schedule().levels() - (int) level);
                    }
                  });
          appearance.restore(notes);
          truth.set(Boolean.parseBoolean(notes.get("cdrl.true")));
        });
  }

  private Map<String, String> notes(LoadedModel model) {
    Map<String, String> notes = PictureExport.notes("density", model);
    notes.put("cdrl.level", Integer.toString(level()));
    notes.put("cdrl.true", Boolean.toString(truth.get()));
    appearance.tell(notes);
    Trace trace = sampling.session().traceProperty().get();
    if (trace != null) {
      PictureExport.add(notes, trace.settings());
    } else {
      sampling.current().ifPresent(next -> PictureExport.add(notes, next.settings()));
    }
    return notes;
  }

  private void modelLoaded(@Nullable LoadedModel model) {
    if (model != null) {
      int levels = model.schedule().levels();
      moving = true;
      stop.set(levels - Math.min(levels, recalled.orElse(0))); // at 0 is what it has learned
      moving = false;
      recalled = OptionalInt.empty();
    }
    levelChanged();
  }

  private void playerMoved() {
    LoadedModel model = sampling.models().loadedProperty().get();
    if (model != null && !player.isEmpty()) {
      moving = true;
      stop.set(model.schedule().levels() - player.level());
      moving = false;
    }
    placePoints();
  }

  private void stopChanged() {
    if (!moving) {
      player.goToLevel(level());
    }
    levelChanged();
  }

  private void levelChanged() {
    LoadedModel model = sampling.models().loadedProperty().get();
    trueDensity.show(truth.get() && knowsTruth() ? model : null, level());
    maps.show(model, level());
    showScores();
    paint();
    placePoints();
  }

  private void showScores() {
    LoadedModel model = sampling.models().loadedProperty().get();
    arrows.show(
        appearance.scoresProperty().get() ? model : null,
        level(),
        appearance.viewportProperty().get());
  }

  private void paint() {
    pictures.set(
        PlanePictures.of(
            maps.shownProperty().get(), trueDensity.shownProperty().get(), appearance));
    read();
  }

  private void placePoints() {
    points.set(
        player.isEmpty() || player.isAhead()
            ? PlaneView.Points.NONE
            : new PlaneView.Points(
                player.before(),
                player.after(),
                appearance.strokesProperty().get(),
                // the noise is all there is to see
                appearance.proposalsProperty().get() || player.step() < 0,
                appearance.refinedProperty().get(),
                appearance.colorMap().contrast()));
  }

  private void read() {
    Point2D at = appearance.pointerProperty().get();
    DensityGrid grid = maps.shownProperty().get();
    if (at == null || grid == null) {
      readout.set("");
      return;
    }
    Messages messages = context.messages();
    String values = PlaneReadout.of(messages, grid, at);
    DensityGrid real = trueDensity.shownProperty().get();
    readout.set(
        real == null
            ? values
            : messages.text(
                "density.readout.true", values, messages.compact(PlaneReadout.density(real, at))));
  }
}
