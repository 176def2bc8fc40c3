package cdrl.studio.detect;

import cdrl.evaluate.EnergyScores;
import cdrl.studio.detect.Analysis.Place;
import cdrl.studio.detect.PictureSet.State;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.ModelKind;
import cdrl.studio.engine.ModelPicker;
import cdrl.studio.engine.ModelService;
import cdrl.studio.engine.PictureService;
import cdrl.studio.engine.SamplingService;
import cdrl.studio.engine.ScoringService;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import cdrl.studio.workspace.ChartNotes;
import cdrl.studio.workspace.PictureExport;
import cdrl.studio.workspace.WorkspaceContext;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.ListChangeListener;
import org.jspecify.annotations.Nullable;

/** What the Detect workspace knows and does. Use it on the user interface's thread. */
public final class DetectViewModel {
  /** The fewest and the most pictures of a set. */
  static final int LEAST_PICTURES = 10;

  static final int MOST_PICTURES = 10_000;

  private static final int USUAL_PICTURES = 1_000;
  private final WorkspaceContext context;
  private final ModelPicker models;
  private final PictureExport export;
  private final ScoringService scoring;
  private final PictureSets sets;
  private final ObjectProperty<EnergyScores.@Nullable Kind> kind =
      new SimpleObjectProperty<>(EnergyScores.Kind.ENERGY);
  private final ObjectProperty<@Nullable Integer> level = new SimpleObjectProperty<>(0);
  private final IntegerProperty most = new SimpleIntegerProperty(USUAL_PICTURES);
  private final Analyst analyst;
  private final HeatMaps heatMaps;
  private final SelectedPicture selected;
  private final ScoringQueue queue;
  private final Consumer<Path> charts;
  private final PictureService pictures;
  private final DetectNotes notes;
  private final BooleanBinding unfinished;
  private boolean begun;

  /**
   * A workspace without sets.
   *
   * @param charts takes dropped charts of other workspaces, which are nothing to be scored
   */
  public DetectViewModel(
      WorkspaceContext context,
      ModelService models,
      SamplingService sampling,
      ScoringService scoring,
      PictureService pictures,
      Consumer<Path> charts) {
    this.context = context;
    this.charts = charts;
    this.scoring = scoring;
    this.pictures = pictures;
    notes = new DetectNotes(context, this);
    Messages messages = context.messages();
    this.models =
        new ModelPicker(
            models,
            ModelKind.IMAGES,
            context.userInterface(),
            model -> messages.text("detect.wrong-kind", model.description().name()),
            context.problems()::report);
    export = new PictureExport(context, pictures);
    sets = new PictureSets(context, this.models, this::goOn);
    analyst = new Analyst(context, sets::scores);
    heatMaps = new HeatMaps(context, scoring);
    selected = new SelectedPicture(sets, this.models, heatMaps, level, analyst.analysisProperty());
    SetLoader loader = new SetLoader(context, scoring, sampling, pictures, sets::ownImages);
    queue = new ScoringQueue(context, sets.list(), loader, scoring, analyst::look);
    unfinished =
        Bindings.createBooleanBinding(
            () ->
                !queue.runningProperty().get()
                    && sets.list().stream().anyMatch(DetectViewModel::canGoOn),
            queue.runningProperty(),
            sets.list());
    this.models.loadedProperty().addListener((property, before, after) -> modelLoaded(after));
    kind.addListener((property, before, after) -> scoreAnew());
    level.addListener((property, before, after) -> scoreAnew());
    most.addListener((property, before, after) -> readAnew());
    sets.list().addListener((ListChangeListener<PictureSet>) change -> analyst.look());
  }

  /** The models to pick from. */
  public ModelPicker models() {
    return models;
  }

  /** Looks for models when the workspace is used for the first time. */
  public void begin() {
    if (!begun) {
      begun = true;
      models.list(context.preferences().word("detect.model").orElse(null));
    }
  }

  /** The pictures that are scored. */
  PictureSets sets() {
    return sets;
  }

  /** The picture that is looked at. */
  SelectedPicture selected() {
    return selected;
  }

  /** What pictures are scored by. */
  ObjectProperty<EnergyScores.@Nullable Kind> kindProperty() {
    return kind;
  }

  /** The noise level at which they are. */
  ObjectProperty<@Nullable Integer> levelProperty() {
    return level;
  }

  /** The noise levels to choose from. */
  List<Integer> levelChoices() {
    LoadedModel model = models.loadedProperty().get();
    return IntStream.range(0, model == null ? 1 : model.schedule().levels()).boxed().toList();
  }

  /** The most pictures of a set. */
  IntegerProperty mostProperty() {
    return most;
  }

  /** What the scores say so far. */
  ReadOnlyObjectProperty<Analysis> analysisProperty() {
    return analyst.analysisProperty();
  }

  /** Whether pictures are being read or scored. */
  ReadOnlyBooleanProperty runningProperty() {
    return queue.runningProperty();
  }

  /** Whether there are sets that were stopped or failed, and nothing runs. */
  ObservableBooleanValue unfinishedProperty() {
    return unfinished;
  }

  private static boolean canGoOn(PictureSet set) {
    return set.stateProperty().get() != State.DONE;
  }

  /** Takes a picture from another workspace; all of them make one set. */
  public void receive(String name, Raster sent) {
    sets.receive(name, sent);
    begin();
  }

  /** Takes over model, settings and sets from what a saved picture tells. */
  public void restore(Map<String, String> told) {
    notes.restore(told);
  }

  /** Takes what was dropped: a picture of this workspace restores it, all else becomes sets. */
  void drop(List<Path> files) {
    if (files.size() != 1 || !files.get(0).toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      sets.drop(files);
      return;
    }
    context.inBackground(
        () -> pictures.readNotes(files.get(0)),
        told -> {
          if (DetectNotes.tells(told)) {
            restore(told);
          } else if (ChartNotes.tells(told)) {
            charts.accept(files.get(0));
          } else {
            sets.drop(files);
          }
        });
  }

  /** Adds the remembered sets whose files are still there. */
  void bringBack(String remembered) {
    if (!remembered.isEmpty()) {
      context.inBackground(
          () -> SetText.read(remembered),
          read -> {
            sets.addAll(read.known());
            if (!read.lost().isEmpty()) {
              tell(context.messages().text("detect.lost", String.join(", ", read.lost())));
            }
          });
    }
  }

  /** Takes all sets away but the model's own training data. */
  void empty() {
    queue.leave();
    selected.select(null);
    sets.clear(models.loadedProperty().get());
  }

  /** Takes a set away; the training data is forgotten, too. */
  void remove(PictureSet set) {
    boolean underWay = ScoringQueue.isUnderWay(set);
    sets.remove(set);
    if (underWay) {
      startOver();
    }
    Place place = selected.placeProperty().get();
    if (place != null && place.key() == set.key()) {
      selected.select(null);
    }
  }

  /** Keeps what is known of a model that is opened by another reference from now on. */
  public void modelMoved(String before, String after) {
    sets.modelMoved(before, after);
  }

  /** Goes on with the sets that were stopped or failed. */
  void score() {
    if (models.loadedProperty().get() == null) {
      context.problems().report(context.messages().text("detect.no-model"));
      return;
    }
    context.problems().dismiss();
    for (PictureSet set : sets.list()) {
      if (canGoOn(set)) {
        set.become(State.WAITING);
      }
    }
    goOn();
  }

  /** Stops at once; what was done is kept. */
  void cancel() {
    queue.cancel();
  }

  /** Begins with the sets that wait, where that has not begun. */
  private void goOn() {
    boolean waits =
        sets.list().stream().anyMatch(set -> set.stateProperty().get() == State.WAITING);
    if (waits && !queue.runningProperty().get()) {
      startOver();
    }
  }

  /** Begins with the sets that wait, in place of what is going on. */
  private void startOver() {
    LoadedModel model = models.loadedProperty().get();
    EnergyScores.Kind by = kind.get();
    Integer at = level.get();
    if (model != null && by != null && at != null && !sets.list().isEmpty()) {
      queue.start(new ScoringQueue.Order(model, new ScoringService.Method(by, at), most.get()));
    } else {
      queue.leave();
    }
  }

  private void scoreAnew() {
    heatMaps.clear();
    sets.list().forEach(PictureSet::forgetScores);
    analyst.look();
    startOver();
  }

  private void readAnew() {
    heatMaps.clear();
    sets.list().forEach(PictureSet::forgetAll);
    analyst.look();
    startOver();
  }

  private void modelLoaded(@Nullable LoadedModel model) {
    if (model == null) {
      return;
    }
    context.preferences().setWord("detect.model", model.reference());
    sets.fit(model);
    Integer at = level.get();
    if (at == null || at >= model.schedule().levels()) {
      level.set(0);
    }
    readAnew();
  }

  /** Writes the scores of all sets as a table. */
  void saveScores(Path file) {
    Map<String, double[]> named = new LinkedHashMap<>();
    for (PictureSet set : sets.list()) {
      String name = set.nameProperty().get();
      for (int i = 2; named.containsKey(name); i++) {
        name = set.nameProperty().get() + " " + i;
      }
      named.put(name, set.scores());
    }
    context.inBackground(
        () -> {
          scoring.saveScores(file, named);
          return file;
        },
        saved -> context.jobs().tell(context.messages().text("saved", saved.toString())));
  }

  /** Writes a picture of what is seen. */
  void savePicture(Path file, Raster picture) {
    LoadedModel model = models.loadedProperty().get();
    if (model != null) {
      export.save(file, picture, notes.of(model));
    }
  }

  /** Tells people that something is done. */
  void tell(String sentence) {
    context.jobs().tell(sentence);
  }

  /** The beginning of a file's name. */
  String fileStem() {
    LoadedModel model = models.loadedProperty().get();
    return (model == null ? "" : PictureExport.stem(model) + "-") + "detect";
  }
}
