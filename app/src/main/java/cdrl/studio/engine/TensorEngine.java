package cdrl.studio.engine;

import cdrl.data.Animation;
import cdrl.data.Crop;
import cdrl.data.Pictures;
import cdrl.evaluate.DensityGrid;
import cdrl.evaluate.ScoreField;
import cdrl.model.CdrlModel;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import cdrl.runtime.TensorRuntime;
import cdrl.sampling.ChainEnergies;
import cdrl.sampling.Inpainter;
import cdrl.sampling.LangevinKernel;
import cdrl.sampling.LangevinKernels;
import cdrl.sampling.NoiseSource;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.Sampler;
import cdrl.sampling.SamplingSettings;
import cdrl.store.ModelLibrary;
import cdrl.store.ShippedModel;
import cdrl.store.StoredModel;
import cdrl.studio.raster.Raster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The engine behind the workspaces. It starts in the background as soon as it is made; whatever is
 * asked of it meanwhile waits. Densities go before sampling: they pass between two of its steps.
 */
public final class TensorEngine
    implements ModelService,
        SamplingService,
        InpaintingService,
        DensityService,
        LiveTraining.Service,
        PictureService,
        AutoCloseable {
  /** More loaded models than this are given up, the one unused for longest first. */
  private static final int MOST_LOADED = 4;

  /** Pictures to look at need no more pixels per side. */
  private static final int MOST_PIXELS = 1600;

  private final ModelLibrary library;
  private final Executor background;
  private final LangevinKernels.Format precision;
  private final CompletableFuture<TensorRuntime> runtime;

  /** Files of shipped models that were read to list them and not yet used. */
  private final Map<String, StoredModel> read = new ConcurrentHashMap<>();

  /** Touched on the tensor lane only; the model used last is the last. */
  private final Map<LoadedModel, CdrlModel> networks = new LinkedHashMap<>(8, 0.75f, true);

  /** The sampling runs that have not ended. */
  private final Set<Cancellation> running = ConcurrentHashMap.newKeySet();

  private final KnownDensities trueDensities = new KnownDensities();

  /** Touched on the tensor lane only. */
  private @Nullable LangevinKernel kernel;

  /**
   * @param library finds the models
   * @param background runs what takes a while and needs no tensors
   * @param compute how to compute
   */
  public TensorEngine(ModelLibrary library, Executor background, ComputeChoice compute) {
    this.library = library;
    this.background = background;
    this.precision = compute.precision();
    this.runtime =
        CompletableFuture.supplyAsync(
            () -> TensorRuntime.open(compute.device(), compute.threads()), background);
  }

  /** An engine that chooses by itself how to compute. */
  public TensorEngine(ModelLibrary library, Executor background) {
    this(library, background, ComputeChoice.AUTO);
  }

  /** The device, once the engine has started, or why it has not. */
  public CompletableFuture<DeviceInUse> device() {
    return runtime.thenApply(engine -> new DeviceInUse(engine.gpu(), engine.deviceSentence()));
  }

  @Override
  public CompletableFuture<List<ModelChoice>> shipped(ModelKind kind) {
    return CompletableFuture.supplyAsync(
        () -> {
          List<ModelChoice> choices = new ArrayList<>();
          for (ShippedModel shipped : library.shipped()) {
            ModelChoice choice = choice(shipped);
            if (choice.kind() == kind || choice.kind() == null) {
              choices.add(choice);
            }
          }
          return List.copyOf(choices);
        },
        background);
  }

  /** A damaged file must not hide the others; opening it will tell what is wrong with it. */
  private ModelChoice choice(ShippedModel shipped) {
    try {
      StoredModel stored = read.computeIfAbsent(shipped.name(), library::open);
      return new ModelChoice(
          shipped.name(),
          stored.description().name(),
          ModelKind.of(stored.description().spec()),
          !stored.description().attributeNames().isEmpty(),
          shipped.picture());
    } catch (CdrlException e) {
      return ModelChoice.ofFile(shipped.name(), shipped.name());
    }
  }

  @Override
  public TensorLane.Task<LoadedModel> open(String reference) {
    Cancellation cancellation = new Cancellation();
    CompletableFuture<LoadedModel> result =
        CompletableFuture.supplyAsync(() -> stored(reference), background)
            .thenCompose(
                stored ->
                    onLane(
                        TensorLane.Priority.INTERACTIVE,
                        cancellation,
                        engine -> {
                          LoadedModel model =
                              new LoadedModel(reference, stored.description(), stored.checksum());
                          load(model, stored, engine);
                          warmUp(model, engine);
                          return model;
                        }));
    return new TensorLane.Task<>(result, cancellation);
  }

  /**
   * Draws one sample with one step per level when nothing else is to be done: the first run of a
   * model loads and prepares much that later runs find ready.
   */
  private void warmUp(LoadedModel model, TensorRuntime engine) {
    Cancellation cancellation = new Cancellation();
    running.add(cancellation);
    engine
        .lane()
        .submit(
            TensorLane.Priority.BACKGROUND,
            ignored -> {
              cancellation.throwIfCancelled();
              SamplingSettings settings =
                  new SamplingSettings(1, 0, 1, false, model.schedule().levels());
              return new Sampler(networks(model, engine), kernel(engine))
                  .sample(
                      settings,
                      new Polite(
                          new SampleObserver() {}, engine.lane(), TensorLane.Priority.BACKGROUND),
                      cancellation);
            })
        .result()
        .whenComplete((samples, problem) -> running.remove(cancellation));
  }

  private StoredModel stored(String reference) {
    StoredModel known = read.remove(reference);
    return known == null ? library.open(reference) : known;
  }

  @Override
  public TensorLane.Task<HostTensor> sample(
      LoadedModel model, SamplingSettings settings, SampleObserver observer) {
    return watched(
        observer,
        (engine, polite, cancellation) ->
            new Sampler(networks(model, engine), kernel(engine))
                .sample(settings, polite, cancellation));
  }

  @Override
  public TensorLane.Task<HostTensor> preview(LoadedModel model, SamplingSettings settings) {
    return preview(model, settings, NoiseSource.of(settings.seed(), settings.first()));
  }

  @Override
  public TensorLane.Task<HostTensor> previewFrom(
      LoadedModel model, HostTensor start, SamplingSettings settings) {
    return preview(
        model, settings, NoiseSource.of(settings.seed(), settings.first()).startingFrom(start));
  }

  private TensorLane.Task<HostTensor> preview(
      LoadedModel model, SamplingSettings settings, NoiseSource noise) {
    Cancellation cancellation = new Cancellation();
    return new TensorLane.Task<>(
        onLane(
            TensorLane.Priority.INTERACTIVE,
            cancellation,
            engine ->
                new Sampler(networks(model, engine), kernel(engine))
                    .preview(settings, noise, cancellation)),
        cancellation);
  }

  @Override
  public TensorLane.Task<HostTensor> goOn(
      LoadedModel model, HostTensor start, SamplingSettings settings, SampleObserver observer) {
    NoiseSource noise = NoiseSource.of(settings.seed(), settings.first()).startingFrom(start);
    return watched(
        observer,
        (engine, polite, cancellation) ->
            new Sampler(networks(model, engine), kernel(engine))
                .sample(settings, noise, polite, cancellation));
  }

  @Override
  public TensorLane.Task<float[]> energies(
      LoadedModel model, SamplingSettings settings, int sample, int level, HostTensor states) {
    Cancellation cancellation = new Cancellation();
    return new TensorLane.Task<>(
        onLane(
            TensorLane.Priority.INTERACTIVE,
            cancellation,
            engine ->
                ChainEnergies.of(
                    networks(model, engine),
                    settings.condition(),
                    settings.first() + sample,
                    level,
                    states)),
        cancellation);
  }

  @Override
  public TensorLane.Task<Inpainter.Result> inpaint(
      LoadedModel model,
      HostTensor image,
      boolean[] mask,
      int rounds,
      SamplingSettings settings,
      SampleObserver observer) {
    return watched(
        observer,
        (engine, polite, cancellation) ->
            new Inpainter(networks(model, engine), kernel(engine))
                .inpaint(image, mask, rounds, settings, polite, cancellation));
  }

  /** Work with a model's networks, on the tensor lane. */
  @FunctionalInterface
  interface NetworkWork<T extends @Nullable Object> {
    /**
     * @param pause lets more urgent work pass; to be called between two steps
     */
    T run(CdrlModel networks, Runnable pause, Cancellation cancellation);
  }

  /** Works with a model's networks, which are loaded before where need be. */
  <T extends @Nullable Object> TensorLane.Task<T> withNetworks(
      LoadedModel model, TensorLane.Priority priority, NetworkWork<T> work) {
    Cancellation cancellation = new Cancellation();
    running.add(cancellation);
    CompletableFuture<T> result =
        onLane(
            priority,
            cancellation,
            engine ->
                work.run(
                    networks(model, engine),
                    () -> engine.lane().letUrgentWorkPass(priority),
                    cancellation));
    return new TensorLane.Task<>(
        result.whenComplete((done, problem) -> running.remove(cancellation)), cancellation);
  }

  private interface WatchedWork<T> {
    T run(TensorRuntime engine, SampleObserver observer, Cancellation cancellation);
  }

  /** Runs something that can be watched and cancelled, and lets urgent work pass. */
  private <T> TensorLane.Task<T> watched(SampleObserver observer, WatchedWork<T> work) {
    Cancellation cancellation = new Cancellation();
    running.add(cancellation);
    CompletableFuture<T> result =
        onLane(
            TensorLane.Priority.NORMAL,
            cancellation,
            engine ->
                work.run(
                    engine,
                    new Polite(observer, engine.lane(), TensorLane.Priority.NORMAL),
                    cancellation));
    return new TensorLane.Task<>(
        result.whenComplete((samples, problem) -> running.remove(cancellation)), cancellation);
  }

  @Override
  public TensorLane.Task<DensityGrid> density(
      LoadedModel model, int level, int size, double extent) {
    Cancellation cancellation = new Cancellation();
    return new TensorLane.Task<>(
        onLane(
            TensorLane.Priority.INTERACTIVE,
            cancellation,
            engine -> DensityGrid.of(networks(model, engine), level, size, extent)),
        cancellation);
  }

  @Override
  public TensorLane.Task<ScoreField> scores(LoadedModel model, int level, int size, Square square) {
    Cancellation cancellation = new Cancellation();
    return new TensorLane.Task<>(
        onLane(
            TensorLane.Priority.INTERACTIVE,
            cancellation,
            engine ->
                ScoreField.of(
                    networks(model, engine),
                    level,
                    size,
                    square.centreX(),
                    square.centreY(),
                    square.half())),
        cancellation);
  }

  @Override
  public boolean knowsTrueDensity(LoadedModel model) {
    return KnownDensities.source(model).isPresent();
  }

  @Override
  public DensityGrid trueDensity(LoadedModel model, int level, int size, double extent) {
    return trueDensities.at(
        KnownDensities.source(model).orElseThrow(), model.schedule(), level, size, extent);
  }

  @Override
  public LiveTraining begin(
      LiveRecipe recipe, LiveTraining.Watch watch, LiveTraining.Observer observer) {
    return new LiveTrainer(recipe, watch, runtime, this::kernel, observer);
  }

  @Override
  public void savePng(Path file, Raster picture, Map<String, String> metadata) {
    Pictures.write(file, picture.toTensor(), metadata);
  }

  @Override
  public void saveGif(Path file, List<Raster> frames, int scale, int milliseconds) {
    Animation.write(file, frames.stream().map(Raster::toTensor).toList(), scale, milliseconds);
  }

  @Override
  public HostTensor readPicture(Path file) {
    return Pictures.readAtMost(file, MOST_PIXELS);
  }

  @Override
  public Map<String, String> readNotes(Path file) {
    return Pictures.readNotes(file);
  }

  @Override
  public HostTensor fitted(HostTensor image, Crop part, int resolution, int channels) {
    return Pictures.fitted(image, part, resolution, channels);
  }

  /** Ends the engine; what runs is stopped at its next step, which is waited for. */
  @Override
  public void close() {
    running.forEach(Cancellation::cancel);
    runtime.thenAccept(TensorRuntime::close);
  }

  private interface LaneWork<T extends @Nullable Object> {
    T run(TensorRuntime engine);
  }

  private <T extends @Nullable Object> CompletableFuture<T> onLane(
      TensorLane.Priority priority, Cancellation cancellation, LaneWork<T> work) {
    return runtime.thenCompose(
        engine ->
            engine
                .lane()
                .submit(
                    priority,
                    ignored -> {
                      cancellation.throwIfCancelled();
                      return work.run(engine);
                    })
                .result());
  }

  private LangevinKernel kernel(TensorRuntime engine) {
    LangevinKernel known = kernel;
    if (known == null) {
      known = LangevinKernels.open(engine, LangevinKernels.Kernel.AUTO, precision);
      kernel = known;
    }
    return known;
  }

  private CdrlModel networks(LoadedModel model, TensorRuntime engine) {
    CdrlModel known = networks.get(model);
    return known == null ? load(model, stored(model.reference()), engine) : known;
  }

  private CdrlModel load(LoadedModel model, StoredModel stored, TensorRuntime engine) {
    if (!stored.checksum().equals(model.checksum())) {
      throw new CdrlException(
          "The model file '"
              + model.reference()
              + "' has changed since it was opened; open it again.");
    }
    CdrlModel known = networks.get(model);
    if (known != null) {
      return known;
    }
    CdrlModel made = CdrlModel.of(stored.description(), stored.weights(), engine);
    networks.put(model, made);
    Iterator<CdrlModel> oldest = networks.values().iterator();
    while (networks.size() > MOST_LOADED) {
      CdrlModel unused = oldest.next();
      oldest.remove();
      unused.close();
    }
    return made;
  }

  /** Passes everything on and lets urgent work in between two steps. */
  private record Polite(SampleObserver observer, TensorLane lane, TensorLane.Priority priority)
      implements SampleObserver {
    @Override
    public boolean wantsSteps() {
      return observer.wantsSteps();
    }

    @Override
    public void started(int level, HostTensor noise) {
      observer.started(level, noise);
      lane.letUrgentWorkPass(priority);
    }

    @Override
    public void proposed(int level, HostTensor proposal) {
      observer.proposed(level, proposal);
      lane.letUrgentWorkPass(priority);
    }

    @Override
    public void stepped(int level, int step, HostTensor image) {
      observer.stepped(level, step, image);
      lane.letUrgentWorkPass(priority);
    }

    @Override
    public void refined(int level, HostTensor refined) {
      observer.refined(level, refined);
    }

    @Override
    public void finished(HostTensor samples) {
      observer.finished(samples);
    }
  }
}
