package cdrl.studio.detect;

import cdrl.evaluate.ArtificialImages;
import cdrl.runtime.HostTensor;
import cdrl.studio.detect.Analysis.Place;
import cdrl.studio.detect.PictureSet.State;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.ModelPicker;
import cdrl.studio.raster.Raster;
import cdrl.studio.workspace.WorkspaceContext;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javafx.beans.Observable;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The sets of pictures: the model's training data, where it is known, and others. */
final class PictureSets {
  private static final long SEEDS = 100_000;
  private static final String TRAINING = "detect.training.";
  private static final Set<String> PICTURES =
      Set.of("png", "jpg", "jpeg", "jpe", "jfif", "gif", "bmp");

  private final WorkspaceContext context;
  private final ModelPicker models;
  private final Runnable added;
  private final ObservableList<PictureSet> list =
      FXCollections.observableArrayList(
          set -> new Observable[] {set.stateProperty(), set.nameProperty()});
  private int keys;
  private int inks;

  /**
   * @param added called when there are more pictures to be scored
   */
  PictureSets(WorkspaceContext context, ModelPicker models, Runnable added) {
    this.context = context;
    this.models = models;
    this.added = added;
  }

  /** All sets; the model's own kind, where it is known, is the first. */
  ObservableList<PictureSet> list() {
    return list;
  }

  /** The training data; empty while nobody has told. */
  Optional<PictureSet> own() {
    return list.stream().filter(PictureSet::isOwn).findFirst();
  }

  /** The pictures of the training data, as far as they are read. */
  @Nullable HostTensor ownImages() {
    return own().map(PictureSet::images).orElse(null);
  }

  /** The place of the training data; empty while nobody has told. */
  Optional<Path> training() {
    return own().map(set -> ((SetSource.Place) set.source()).path());
  }

  /** Takes a folder or file for the model's training data, and remembers that. */
  void setTraining(Path place) {
    LoadedModel model = models.loadedProperty().get();
    if (model == null) {
      context.problems().report(context.messages().text("detect.no-model"));
      return;
    }
    remember(model, place.toString());
    showTraining(place);
    added.run();
  }

  private void remember(LoadedModel model, String place) {
    context.preferences().setWord(TRAINING + model.reference(), place);
    context.preferences().save();
  }

  /** Remembers the training data of a model that is opened by another reference from now on. */
  void modelMoved(String before, String after) {
    context
        .preferences()
        .word(TRAINING + before)
        .ifPresent(place -> context.preferences().setWord(TRAINING + after, place));
  }

  private void showTraining(Path place) {
    own().ifPresent(list::remove);
    list.add(
        0,
        new PictureSet(
            keys++, -1, context.messages().text("detect.training"), new SetSource.Place(place)));
  }

  /** Shows the training data of a model in place of another's, where it is known. */
  void fit(LoadedModel model) {
    own().ifPresent(list::remove);
    remembered(model).ifPresent(this::showTraining);
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

  /** Adds sets of which their names and sources are known. */
  void addAll(List<SetText.Named> sets) {
    for (SetText.Named set : sets) {
      list.add(new PictureSet(keys++, inks++, set.name(), set.source()));
    }
    added.run();
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
  void receive(String name, Raster sent) {
    PictureSet known =
        list.stream()
            .filter(set -> set.source() instanceof SetSource.Sent)
            .findFirst()
            .orElse(null);
    if (known != null && known.source() instanceof SetSource.Sent before) {
      known.extend(before.with(name, sent));
      added.run();
    } else {
      add(context.messages().text("detect.sent"), new SetSource.Sent(List.of(name), List.of(sent)));
    }
  }

  private void add(String name, SetSource source) {
    context.problems().dismiss();
    list.add(new PictureSet(keys++, inks++, name, source));
    added.run();
  }

  /** Takes a set away; the training data is forgotten, too. */
  void remove(PictureSet set) {
    LoadedModel model = models.loadedProperty().get();
    if (set.isOwn() && model != null) {
      remember(model, "");
    }
    list.remove(set);
  }

  /** Takes all sets away; what is remembered of the model's training data stays. */
  void clear(@Nullable LoadedModel model) {
    list.clear();
    inks = 0;
    if (model != null) {
      fit(model);
    }
  }

  /** The set with a key, or null. */
  @Nullable PictureSet get(int key) {
    return list.stream().filter(set -> set.key() == key).findFirst().orElse(null);
  }

  /** A picture as pixels; null when it is gone. */
  @Nullable Raster raster(Place place) {
    PictureSet set = get(place.key());
    HostTensor images = set == null ? null : set.images();
    return images == null || place.index() >= images.count()
        ? null
        : Raster.of(images, place.index());
  }

  /** What people call a picture. */
  String name(Place place) {
    PictureSet set = get(place.key());
    return set == null || place.index() >= set.count() ? "" : set.pictureName(place.index());
  }

  /** What is known of all sets. */
  List<Analysis.Scores> scores() {
    List<Analysis.Scores> all = new ArrayList<>();
    for (PictureSet set : list) {
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
}
