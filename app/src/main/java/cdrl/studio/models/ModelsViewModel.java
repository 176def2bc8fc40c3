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
import cdrl.studio.shell.Job;
import cdrl.studio.workspace.WorkspaceContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleStringProperty;
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
  private final BiConsumer<String, String> useModel;
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
   * @param useModel opens a model by its reference under a name in the workspace it is for
   */
  public ModelsViewModel(
      WorkspaceContext context,
      ModelShelf shelf,
      ModelService models,
      SamplingService sampling,
      DensityService densities,
      PictureService pictures,
      BiConsumer<String, String> useModel) {
    this.context = context;
    this.shelf = shelf;
    this.models = models;
    this.sampling = sampling;
    this.densities = densities;
    this.pictures = pictures;
    this.useModel = useModel;
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
    useModel.accept(card.reference(), card.name());
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
        () -> {
          shelf.rename(card, name.strip());
          return "";
        });
  }

  /** Moves a model to the trash. */
  public void remove(ModelCard card) {
    change(
        () ->
            shelf
                .remove(card)
                .map(place -> context.messages().text("train.removed.to", card.name(), place))
                .orElse(context.messages().text("models.removed", card.name())));
  }

  /** Copies a model file among one's own. */
  public void add(Path file) {
    change(
        () -> {
          Path made = shelf.add(file, suggestion(file), null);
          return context.messages().text("models.added", made.getFileName());
        });
  }

  /** Copies the model of a training run among one's own, with its newest samples as picture. */
  public void keep(Path file, String name, @Nullable Path picture) {
    change(
        () -> {
          Path made = shelf.add(file, name, picture);
          return context.messages().text("models.added", made.getFileName());
        });
  }

  /** Stores a model that was trained in the window, with a picture. */
  public void keep(LiveTraining.Trained model, Raster picture) {
    change(
        () -> {
          Path made = shelf.save(model.description().name(), model.description(), model.weights());
          pictures.savePng(ModelShelf.pictureBeside(made), picture, java.util.Map.of());
          return context.messages().text("models.added", made.getFileName());
        });
  }

  private void change(java.util.function.Supplier<String> work) {
    context.problems().dismiss();
    context.inBackground(
        work,
        news -> {
          if (!news.isEmpty()) {
            context.jobs().tell(news);
          }
          refresh();
        });
  }

  /** A job in the bar whose progress is told by whoever does it. */
  private final class Work {
    private final SimpleDoubleProperty fraction = new SimpleDoubleProperty(-1);
    private final SimpleStringProperty detail = new SimpleStringProperty("");
    private final long start = context.nanoTime().getAsLong();
    private final Job job;
    private volatile long told;

    Work(String title, Runnable cancel) {
      job = new Job(title, fraction, detail, cancel);
      context.jobs().begin(job);
    }

    /** May be called from every thread, and often. */
    void progress(double share) {
      long now = context.nanoTime().getAsLong();
      if (now - told > 50_000_000L) {
        told = now;
        context
            .userInterface()
            .execute(
                () -> {
                  fraction.set(share);
                  double passed = (now - start) / 1e9;
                  detail.set(
                      share > 0.02
                          ? context
                              .messages()
                              .text(
                                  "models.left",
                                  context.messages().duration(passed / share - passed))
                          : "");
                });
      }
    }

    double seconds() {
      return (context.nanoTime().getAsLong() - start) / 1e9;
    }

    /** Runs on the user interface's thread. */
    void end(@Nullable Throwable problem, String news) {
      context.jobs().end(job);
      Throwable cause =
          problem instanceof CompletionException && problem.getCause() != null
              ? problem.getCause()
              : problem;
      if (cause instanceof CancellationException) {
        context.jobs().tell(context.messages().text("models.cancelled"));
      } else if (cause != null) {
        context.problems().report(cause);
      } else {
        context.jobs().tell(news);
      }
      refresh();
    }
  }

  /** Imports a checkpoint. */
  public void importCheckpoint(Import wish) {
    context.problems().dismiss();
    Cancellation cancellation = new Cancellation();
    Work work =
        new Work(context.messages().text("models.importing", wish.name()), cancellation::cancel);
    CheckpointImporter.Settings settings =
        new CheckpointImporter.Settings(
            wish.name().strip(),
            wish.averaged()
                ? PublishedCheckpoint.Weights.AVERAGED
                : PublishedCheckpoint.Weights.LAST,
            wish.resolution(),
            wish.levels(),
            wish.steps());
    Progress progress = (done, total) -> work.progress(total == 0 ? 0 : (double) done / total);
    CompletableFuture.supplyAsync(
            () -> shelf.importCheckpoint(wish.file(), settings, progress, cancellation),
            context.background())
        .whenComplete(
            (made, problem) ->
                context
                    .userInterface()
                    .execute(
                        () ->
                            work.end(
                                problem,
                                context
                                    .messages()
                                    .text(
                                        "models.imported",
                                        wish.name(),
                                        context.messages().duration(work.seconds())))));
  }

  /** Draws the picture of a model of one's own: samples, or the density of points. */
  public void drawPicture(ModelCard card) {
    context.problems().dismiss();
    Cancellation cancellation = new Cancellation();
    Work work =
        new Work(context.messages().text("models.drawing", card.name()), cancellation::cancel);
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
              return picture;
            },
            context.background())
        .whenComplete(
            (picture, problem) ->
                context
                    .userInterface()
                    .execute(
                        () ->
                            work.end(
                                problem,
                                context
                                    .messages()
                                    .text(
                                        "models.drawn",
                                        card.name(),
                                        context.messages().duration(work.seconds())))));
  }

  private CompletableFuture<Raster> sheet(LoadedModel model, Work work, Cancellation cancellation) {
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
