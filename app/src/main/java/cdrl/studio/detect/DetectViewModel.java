package cdrl.studio.detect;

import cdrl.evaluate.ArtificialImages;
import cdrl.evaluate.EnergyScores;
import cdrl.runtime.HostTensor;
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
import cdrl.studio.workspace.PictureExport;
import cdrl.studio.workspace.WorkspaceContext;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** What the Detect workspace knows and does. Use it on the user interface's thread. */
public final class DetectViewModel {
  /** The fewest and the most pictures of a set. */
  static final int LEAST_PICTURES = 10;

  static final int MOST_PICTURES = 10_000;

  private static final int USUAL_PICTURES = 1_000;
  private static final double USUAL_OPACITY = 0.6;
  private static final long SEEDS = 100_000;
  private static final String TRAINING = "detect.training.";
  private static final Set<String> PICTURES =
      Set.of("png", "jpg", "jpeg", "jpe", "jfif", "gif", "bmp");

  private final WorkspaceContext context;
  private final ModelPicker models;
  private final PictureExport export;
  private final ScoringService scoring;
  private final ObservableList<PictureSet> sets =
      FXCollections.observableArrayList(
          set -> new Observable[] {set.stateProperty(), set.nameProperty()});
  private final ObjectProperty<EnergyScores.@Nullable Kind> kind =
      new SimpleObjectProperty<>(EnergyScores.Kind.ENERGY);
  private final ObjectProperty<@Nullable Integer> level = new SimpleObjectProperty<>(0);
  private final IntegerProperty most = new SimpleIntegerProperty(USUAL_PICTURES);
  private final ReadOnlyObjectWrapper<@Nullable Place> selected = new ReadOnlyObjectWrapper<>();
  private final DoubleProperty opacity = new SimpleDoubleProperty(USUAL_OPACITY);
  private final ReadOnlyObjectWrapper<@Nullable Raster> picture = new ReadOnlyObjectWrapper<>();
  private final Analyst analyst;
  private final HeatMaps heatMaps;
  private final ScoringQueue queue;
  private final BooleanBinding unfinished;
  private boolean begun;
  private int keys;
  private int inks;

  /** A workspace without sets. */
  public DetectViewModel(
      WorkspaceContext context,
      ModelService models,
      SamplingService sampling,
      ScoringService scoring,
      PictureService pictures) {
    this.context = context;
    this.scoring = scoring;
    Messages messages = context.messages();
    this.models =
        new ModelPicker(
            models,
            ModelKind.IMAGES,
            context.userInterface(),
            model -> messages.text("detect.wrong-kind", model.description().name()),
            context.problems()::report);
    export = new PictureExport(context, pictures);
    analyst = new Analyst(context, this::scores);
    heatMaps = new HeatMaps(context, scoring);
    SetLoader loader = new SetLoader(context, scoring, sampling, pictures, this::ownImages);
    queue = new ScoringQueue(context, sets, loader, scoring, analyst::look);
    unfinished =
        Bindings.createBooleanBinding(
            () ->
                !queue.runningProperty().get() && sets.stream().anyMatch(DetectViewModel::canGoOn),
            queue.runningProperty(),
            sets);
    this.models.loadedProperty().addListener((property, before, after) -> modelLoaded(after));
    kind.addListener((property, before, after) -> scoreAnew());
    level.addListener((property, before, after) -> scoreAnew());
    most.addListener((property, before, after) -> readAnew());
    opacity.addListener((property, before, after) -> showPicture());
    heatMaps.heatProperty().addListener((property, before, after) -> showPicture());
    analyst.analysisProperty().addListener((property, before, after) -> keepSelection(after));
    sets.addListener((ListChangeListener<PictureSet>) change -> analyst.look());
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

  /** All sets; the model's own kind, where it is known, is the first. */
  ObservableList<PictureSet> sets() {
    return sets;
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

  /** The selected picture, or null. */
  ReadOnlyObjectProperty<@Nullable Place> selectedProperty() {
    return selected.getReadOnlyProperty();
  }

  /** How strongly the heat map is laid over the selected picture, 0 to 1. */
  DoubleProperty opacityProperty() {
    return opacity;
  }

  /** The selected picture with its heat map, or null. */
  ReadOnlyObjectProperty<@Nullable Raster> pictureProperty() {
    return picture.getReadOnlyProperty();
  }

  /** The heat map of the selected picture; null until it is there. */
  ReadOnlyObjectProperty<@Nullable Heat> heatProperty() {
    return heatMaps.heatProperty();
  }

  /** The place of the training data; empty while nobody has told. */
  Optional<Path> training() {
    return own().map(set -> ((SetSource.Place) set.source()).path());
  }

  private Optional<PictureSet> own() {
    return sets.stream().filter(PictureSet::isOwn).findFirst();
  }

  private @Nullable HostTensor ownImages() {
    return own().map(PictureSet::images).orElse(null);
  }

  /** Takes a folder or file for the model's training data, and remembers that. */
  void setTraining(Path place) {
    LoadedModel model = models.loadedProperty().get();
    if (model == null) {
      context.problems().report(context.messages().text("detect.no-model"));
      return;
    }
    context.preferences().setWord(TRAINING + model.reference(), place.toString());
    context.preferences().save();
    showTraining(place);
    goOn();
  }

  private void showTraining(Path place) {
    own().ifPresent(sets::remove);
    sets.add(
        0,
        new PictureSet(
            keys++, -1, context.messages().text("detect.training"), new SetSource.Place(place)));
  }

  /** Adds a folder or file of image data. */
  void addPlace(Path place) {
    add(String.valueOf(place.getFileName()), new SetSource.Place(place));
  }

  /** Adds picture files as one set. */
  void addFiles(List<Path> files) {
    if (!files.isEmpty()) {
      add(context.messages().text("detect.files"), new SetSource.Files(files));
    }
  }

  /** Adds samples of the model. */
  void addSamples() {
    long seed = context.dice().nextLong(SEEDS);
    add(context.messages().text("detect.samples", seed), new SetSource.Samples(seed));
  }

  /** Adds images that need no files. */
  void addArtificial(ArtificialImages kind) {
    add(
        context.messages().text("detect.artificial." + kind.word()),
        new SetSource.Artificial(kind));
  }

  /** Adds whatever was dropped: pictures as one set, each folder and each other file as one. */
  void drop(List<Path> dropped) {
    List<Path> files = new ArrayList<>();
    for (Path path : dropped) {
      if (Files.isDirectory(path) || !isPicture(path)) {
        addPlace(path);
      } else {
        files.add(path);
      }
    }
    addFiles(files);
  }

  private static boolean isPicture(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return PICTURES.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  /** Takes a picture from another workspace; all of them make one set. */
  public void receive(String name, Raster sent) {
    PictureSet known =
        sets.stream()
            .filter(set -> set.source() instanceof SetSource.Sent)
            .findFirst()
            .orElse(null);
    if (known != null && known.source() instanceof SetSource.Sent before) {
      known.extend(before.with(name, sent));
      goOn();
    } else {
      add(context.messages().text("detect.sent"), new SetSource.Sent(List.of(name), List.of(sent)));
    }
    begin();
  }

  private void add(String name, SetSource source) {
    context.problems().dismiss();
    sets.add(new PictureSet(keys++, inks++, name, source));
    goOn();
  }

  /** Takes a set away; the training data is forgotten, too. */
  void remove(PictureSet set) {
    LoadedModel model = models.loadedProperty().get();
    if (set.isOwn() && model != null) {
      context.preferences().setWord(TRAINING + model.reference(), "");
      context.preferences().save();
    }
    boolean underWay = ScoringQueue.isUnderWay(set);
    sets.remove(set);
    if (underWay) {
      startOver();
    }
    Place place = selected.get();
    if (place != null && place.key() == set.key()) {
      select(null);
    }
  }

  /** Goes on with the sets that were stopped or failed. */
  void score() {
    if (models.loadedProperty().get() == null) {
      context.problems().report(context.messages().text("detect.no-model"));
      return;
    }
    context.problems().dismiss();
    for (PictureSet set : sets) {
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
    boolean waits = sets.stream().anyMatch(set -> set.stateProperty().get() == State.WAITING);
    if (waits && !queue.runningProperty().get()) {
      startOver();
    }
  }

  /** Begins with the sets that wait, in place of what is going on. */
  private void startOver() {
    LoadedModel model = models.loadedProperty().get();
    EnergyScores.Kind by = kind.get();
    Integer at = level.get();
    if (model != null && by != null && at != null && !sets.isEmpty()) {
      queue.start(new ScoringQueue.Order(model, new ScoringService.Method(by, at), most.get()));
    } else {
      queue.cancel();
    }
  }

  private void scoreAnew() {
    heatMaps.clear();
    sets.forEach(PictureSet::forgetScores);
    analyst.look();
    startOver();
  }

  private void readAnew() {
    heatMaps.clear();
    sets.forEach(PictureSet::forgetAll);
    analyst.look();
    startOver();
  }

  private void modelLoaded(@Nullable LoadedModel model) {
    if (model == null) {
      return;
    }
    context.preferences().setWord("detect.model", model.reference());
    own().ifPresent(sets::remove);
    remembered(model).ifPresent(this::showTraining);
    Integer at = level.get();
    if (at == null || at >= model.schedule().levels()) {
      level.set(0);
    }
    readAnew();
  }

  private Optional<Path> remembered(LoadedModel model) {
    try {
      return context
          .preferences()
          .word(TRAINING + model.reference())
          .filter(text -> !text.isEmpty())
          .map(Path::of)
          .filter(Files::exists);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private List<Analysis.Scores> scores() {
    List<Analysis.Scores> all = new ArrayList<>();
    for (PictureSet set : sets) {
      all.add(
          new Analysis.Scores(
              set.key(),
              set.nameProperty().get(),
              set.ink(),
              set.scores(),
              set.stateProperty().get() == State.DONE));
    }
    return all;
  }

  /** The set with a key, or null. */
  @Nullable PictureSet set(int key) {
    return sets.stream().filter(set -> set.key() == key).findFirst().orElse(null);
  }

  /** A picture as pixels; null when it is gone. */
  @Nullable Raster raster(Place place) {
    PictureSet set = set(place.key());
    HostTensor images = set == null ? null : set.images();
    return images == null || place.index() >= images.count()
        ? null
        : Raster.of(images, place.index());
  }

  /** What people call a picture. */
  String name(Place place) {
    PictureSet set = set(place.key());
    return set == null || place.index() >= set.count() ? "" : set.pictureName(place.index());
  }

  /** Selects a picture and asks for its heat map. */
  void select(@Nullable Place place) {
    selected.set(place);
    LoadedModel model = models.loadedProperty().get();
    PictureSet set = place == null ? null : set(place.key());
    Integer at = level.get();
    if (place == null || set == null || model == null || at == null) {
      heatMaps.forget();
    } else {
      PictureSet probes = own().filter(own -> own.count() > 0).orElse(set);
      heatMaps.ask(model, at, set, place.index(), probes);
    }
    showPicture();
  }

  /** Selects the picture whose score is next to one. */
  void selectNear(double score) {
    Analysis now = analyst.analysisProperty().get();
    int found = now.nearest(score);
    if (found >= 0) {
      select(now.order().get(found));
    }
  }

  private void showPicture() {
    Place place = selected.get();
    Raster plain = place == null ? null : raster(place);
    Heat heat = heatMaps.heatProperty().get();
    picture.set(plain == null || heat == null ? plain : heat.over(plain, opacity.get()));
  }

  /** The selected picture stays selected when more scores come; with new scores it is another. */
  private void keepSelection(Analysis now) {
    Place place = selected.get();
    if (place == null) {
      return;
    }
    Place same =
        now.order().stream()
            .filter(other -> other.key() == place.key() && other.index() == place.index())
            .findFirst()
            .orElse(null);
    if (same == null || same.score() != place.score()) {
      select(same);
    }
  }

  /** Writes the scores of all sets as a table. */
  void saveScores(Path file) {
    Map<String, double[]> named = new LinkedHashMap<>();
    for (PictureSet set : sets) {
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

  /** Writes a picture of the charts. */
  void saveCharts(Path file, Raster charts) {
    LoadedModel model = models.loadedProperty().get();
    if (model != null) {
      Map<String, String> notes = PictureExport.notes("detect", model);
      notes.put("cdrl.score", String.valueOf(kind.get()).toLowerCase(Locale.ROOT));
      notes.put("cdrl.level", String.valueOf(level.get()));
      export.save(file, charts, notes);
    }
  }

  /** The beginning of a file's name. */
  String fileStem() {
    LoadedModel model = models.loadedProperty().get();
    return (model == null ? "" : PictureExport.stem(model) + "-") + "detect";
  }
}
