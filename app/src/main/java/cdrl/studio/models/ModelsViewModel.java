package cdrl.studio.models;

import cdrl.data.Progress;
import cdrl.runtime.Cancellation;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.SamplingSettings;
import cdrl.store.CheckpointImporter;
import cdrl.store.PublishedCheckpoint;
import cdrl.studio.engine.DensityService;
import cdrl.studio.engine.LiveTraining;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.ModelKind;
import cdrl.studio.engine.ModelService;
import cdrl.studio.engine.PictureService;
import cdrl.studio.engine.SamplingService;
import cdrl.studio.raster.ColorMap;
import cdrl.studio.raster.DensityScale;
import cdrl.studio.raster.Raster;
import cdrl.studio.workspace.WorkspaceContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** What the Models workspace shows and does. All methods are for the user interface's thread. */
public final class ModelsViewModel {
  private static final int PICTURES = 16;
  private static final int GAP = 2;
  private static final int DENSITY_SIZE = 160;
  private static final double DENSITY_EXTENT = 8;

  private final WorkspaceContext context;
  private final ModelShelf shelf;
  private final ModelService models;
  private final SamplingService sampling;
  private final DensityService densities;
  private final PictureService pictures;
  private final ModelUser user;
  private final ObservableList<ModelCard> cards = FXCollections.observableArrayList();
  private final ObservableList<ModelCard> view = FXCollections.unmodifiableObservableList(cards);
  private final ReadOnlyBooleanWrapper looked = new ReadOnlyBooleanWrapper();

  /**
   * What a person says about a checkpoint that is to be imported.
   *
   * @param file the checkpoint
   * @param name what to call the model
   * @param averaged whether the averaged weights are wanted
   * @param resolution width and height of the images; ignored for points
   * @param levels T, the noise levels
   * @param steps K, the Langevin steps per level
   */
  public record Import(
      Path file, String name, boolean averaged, int resolution, int levels, int steps) {}

  /**
   * @param user works with the models
   */
  public ModelsViewModel(
      WorkspaceContext context,
      ModelShelf shelf,
      ModelService models,
      SamplingService sampling,
      DensityService densities,
      PictureService pictures,
      ModelUser user) {
    this.context = context;
    this.shelf = shelf;
    this.models = models;
    this.sampling = sampling;
    this.densities = densities;
    this.pictures = pictures;
    this.user = user;
  }

  /** The models at hand; those that ship come first. */
  public ObservableList<ModelCard> cards() {
    return view;
  }

  /** Whether the models have been looked for. */
  public ReadOnlyBooleanProperty lookedProperty() {
    return looked.getReadOnlyProperty();
  }

  /** The folder of the person's own models. */
  public Path folder() {
    return shelf.folder();
  }

  /** Looks for models, and reads those that are new one after the other. */
  public void refresh() {
    context.inBackground(
        shelf::list,
        found -> {
          looked.set(true);
          if (!found.equals(cards)) {
            cards.setAll(found);
          }
          found.stream().filter(card -> card.facts() == null).findFirst().ifPresent(this::check);
        });
  }

  /** Reads a model in full and tells whether it is sound; then the next one that was not read. */
  private void check(ModelCard card) {
    context.inBackground(
        () -> shelf.check(card),
        checked -> {
          show(checked);
          cards.stream()
              .filter(next -> next.facts() == null && next.problem().isEmpty())
              .findFirst()
              .ifPresent(this::check);
        });
  }

  private void show(ModelCard checked) {
    for (int i = 0; i < cards.size(); i++) {
      if (cards.get(i).reference().equals(checked.reference())) {
        cards.set(i, checked);
      }
    }
  }

  /** Reads a model once more, because its file may have been damaged since. */
  public void checkAgain(ModelCard card) {
    show(card.with(null, ""));
    context.inBackground(
        () -> shelf.check(card),
        checked -> {
          show(checked);
          if (checked.problem().isEmpty()) {
            context.jobs().tell(context.messages().text("models.checked", checked.name()));
          }
        });
  }

  /** Opens a model where it can be used. */
  public void use(ModelCard card) {
    user.use(card.reference(), card.name());
  }

  /** Why a model cannot be called so, as a sentence; empty when it can. */
  public String obstacle(String name) {
    return shelf
        .obstacle(name.strip())
        .map(obstacle -> context.messages().text("models.name." + obstacle))
        .orElse("");
  }

  /** A name for a model that comes from a file. */
  public String suggestion(Path file) {
    String name = String.valueOf(file.getFileName());
    return shelf.free(name.replaceFirst("(\\.safetensors|(\\.pth)?(\\.tar)?)$", ""));
  }

  /** Gives a model another name. */
  public void rename(ModelCard card, String name) {
    change(
        () -> shelf.rename(card, name.strip()),
        file -> user.moved(card.reference(), file.toString(), name.strip()));
  }

  /** Moves a model to the trash. */
  public void remove(ModelCard card) {
    change(
        () -> shelf.remove(card),
        place ->
            context
                .jobs()
                .tell(
                    place
                        .map(at -> context.messages().text("train.removed.to", card.name(), at))
                        .orElse(context.messages().text("models.removed", card.name()))));
  }

  /** Copies model files among one's own. */
  public void add(List<Path> files) {
    Cancellation cancellation = new Cancellation();
    inJob(
        files.size() == 1
            ? context.messages().text("models.adding", files.get(0).getFileName())
            : context.messages().text("models.adding.many", files.size()),
        cancellation,
        work -> {
          List<String> made = new ArrayList<>();
          for (Path file : files) {
            work.progress((double) made.size() / files.size());
            Path copy = shelf.add(file, suggestion(file), null, cancellation);
            made.add(String.valueOf(copy.getFileName()));
          }
          return added(made);
        });
  }

  private String added(List<String> names) {
    return context.messages().text("models.added", String.join(", ", names));
  }

  /** Copies the model of a training run among one's own, with its newest samples as picture. */
  public void keep(Path file, String name, @Nullable Path picture) {
    Cancellation cancellation = new Cancellation();
    inJob(
        context.messages().text("models.adding", name),
        cancellation,
        work -> {
          Path made = shelf.add(file, name, picture, cancellation);
          return added(List.of(String.valueOf(made.getFileName())));
        });
  }

  /** Stores a model that was trained in the window, with a picture. */
  public void keep(LiveTraining.Trained model, Raster picture) {
    inJob(
        context.messages().text("models.adding", model.description().name()),
        new Cancellation(),
        work -> {
          Path made = shelf.save(model.description().name(), model.description(), model.weights());
          pictures.savePng(ModelShelf.pictureBeside(made), picture, java.util.Map.of());
          return added(List.of(String.valueOf(made.getFileName())));
        });
  }

  /** Changes the folder and looks at it again, also after a failure. */
  private <T> void change(Supplier<T> work, Consumer<T> done) {
    context.problems().dismiss();
    context.inBackground(work, done, this::refresh); // which comes back after what is done here
  }

  /** Does something as a job in the bar, then looks for models again, also after a failure. */
  private void inJob(String title, Cancellation cancellation, Function<ModelWork, String> job) {
    context.problems().dismiss();
    ModelWork work = new ModelWork(context, title, cancellation::cancel);
    CompletableFuture.supplyAsync(() -> job.apply(work), context.background())
        .whenComplete((news, problem) -> end(work, news, problem));
  }

  private void end(ModelWork work, @Nullable String news, @Nullable Throwable problem) {
    context
        .userInterface()
        .execute(
            () -> {
              work.end(problem, news);
              refresh();
            });
  }

  /** Imports a checkpoint. */
  public void importCheckpoint(Import wish) {
    Cancellation cancellation = new Cancellation();
    CheckpointImporter.Settings settings =
        new CheckpointImporter.Settings(
            wish.name().strip(),
            wish.averaged()
                ? PublishedCheckpoint.Weights.AVERAGED
                : PublishedCheckpoint.Weights.LAST,
            wish.resolution(),
            wish.levels(),
            wish.steps());
    inJob(
        context.messages().text("models.importing", wish.name()),
        cancellation,
        work -> {
          Progress progress =
              (done, total) -> work.progress(total == 0 ? 0 : (double) done / total);
          shelf.importCheckpoint(wish.file(), settings, progress, cancellation);
          return context.messages().text("models.imported", wish.name(), work.duration());
        });
  }

  /** Draws the picture of a model of one's own: samples, or the density of points. */
  public void drawPicture(ModelCard card) {
    context.problems().dismiss();
    Cancellation cancellation = new Cancellation();
    ModelWork work =
        new ModelWork(
            context, context.messages().text("models.drawing", card.name()), cancellation::cancel);
    Path target = shelf.pictureFile(card);
    models
        .open(card.reference())
        .result()
        .thenCompose(
            model ->
                model.kind() == ModelKind.IMAGES
                    ? sheet(model, work, cancellation)
                    : density(model, cancellation))
        .thenApplyAsync(
            picture -> {
              pictures.savePng(target, picture, java.util.Map.of());
              return context.messages().text("models.drawn", card.name(), work.duration());
            },
            context.background())
        .whenComplete((news, problem) -> end(work, news, problem));
  }

  private CompletableFuture<Raster> sheet(
      LoadedModel model, ModelWork work, Cancellation cancellation) {
    cancellation.throwIfCancelled();
    int levels = model.schedule().levels();
    int steps = model.description().langevinSteps();
    SampleObserver observer =
        new SampleObserver() {
          @Override
          public void stepped(int level, int step, HostTensor image) {
            cancellation.throwIfCancelled();
            work.progress((levels - 1 - level + (double) step / steps) / levels);
          }
        };
    TensorLane.Task<HostTensor> task =
        sampling.sample(model, new SamplingSettings(PICTURES, 1, steps, false, levels), observer);
    return task.result().thenApply(samples -> Raster.sheet(samples, 4, GAP, 0xFFFFFF));
  }

  private CompletableFuture<Raster> density(LoadedModel model, Cancellation cancellation) {
    cancellation.throwIfCancelled();
    return densities
        .density(model, 0, DENSITY_SIZE, DENSITY_EXTENT)
        .result()
        .thenApply(grid -> DensityScale.of(false, grid).paint(grid, ColorMap.VIRIDIS));
  }

  /** The models of one's own, for those who let people pick one. */
  public List<ModelCard> own() {
    return new ArrayList<>(cards).stream().filter(card -> !card.ships()).toList();
  }
}
