package cdrl.studio.engine;

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
import cdrl.store.Checkpoint;
import cdrl.store.ModelLibrary;
import cdrl.store.ShippedModel;
import cdrl.store.StoredModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The engine behind the workspaces. It starts in the background as soon as it is made; whatever is
 * asked of it meanwhile waits.
 */
public final class TensorEngine
    implements ModelService,
        SamplingService,
        InpaintingService,
        LiveTraining.Service,
        AutoCloseable {
  private final ModelLibrary library;
  private final Executor background;
  private final LangevinKernels.Format precision;
  private final CompletableFuture<TensorRuntime> runtime;

  /** What lists tell of shipped models, which never change. */
  private final Map<String, ModelChoice> choices = new ConcurrentHashMap<>();

  /**
   * Files of shipped models that were read to list them, until the first is used: it is there at
   * once, and no weights stay on the heap.
   */
  private final Map<String, StoredModel> read = new ConcurrentHashMap<>();

  private final LoadedNetworks networks = new LoadedNetworks();

  /** The sampling runs that have not ended. */
  private final Set<Cancellation> running = ConcurrentHashMap.newKeySet();

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
      return choices.computeIfAbsent(shipped.name(), name -> read(shipped));
    } catch (CdrlException e) {
      return ModelChoice.ofFile(shipped.name(), shipped.name());
    }
  }

  private ModelChoice read(ShippedModel shipped) {
    StoredModel stored = library.open(shipped.name());
    read.put(shipped.name(), stored);
    return new ModelChoice(
        shipped.name(),
        stored.description().name(),
        ModelKind.of(stored.description().spec()),
        !stored.description().attributeNames().isEmpty(),
        shipped.picture(),
        stored.checksum());
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
                          networks.of(model, () -> stored, engine);
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
    StoredModel known = read.get(reference);
    read.clear();
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
    return urgent(
        (engine, cancellation) ->
            new Sampler(networks(model, engine), kernel(engine))
                .preview(settings, noise, cancellation));
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
    return urgent(
        (engine, cancellation) ->
            ChainEnergies.of(
                networks(model, engine),
                settings.condition(),
                settings.first() + sample,
                level,
                states));
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

  @Override
  public TensorLane.Task<Inpainter.Result> preview(
      LoadedModel model, HostTensor image, boolean[] mask, int rounds, SamplingSettings settings) {
    return urgent(
        (engine, cancellation) ->
            new Inpainter(networks(model, engine), kernel(engine))
                .inpaint(image, mask, rounds, settings, SampleObserver.NONE, cancellation));
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
  public LiveTraining begin(
      LiveRecipe recipe, LiveTraining.Watch watch, LiveTraining.Observer observer) {
    return new LiveTrainer(recipe, null, watch, runtime, this::kernel, observer);
  }

  @Override
  public LiveTraining resume(
      Checkpoint state, LiveTraining.Watch watch, LiveTraining.Observer observer) {
    return new LiveTrainer(LiveRecipe.of(state), state, watch, runtime, this::kernel, observer);
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

  /** Runs something that a person waits for, before everything else. */
  private <T> TensorLane.Task<T> urgent(BiFunction<TensorRuntime, Cancellation, T> work) {
    Cancellation cancellation = new Cancellation();
    return new TensorLane.Task<>(
        onLane(
            TensorLane.Priority.INTERACTIVE,
            cancellation,
            engine -> work.apply(engine, cancellation)),
        cancellation);
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
    return networks.of(model, () -> stored(model.reference()), engine);
  }
}
