package cdrl.studio.engine;

import cdrl.data.PointDataSet;
import cdrl.evaluate.DensityGrid;
import cdrl.evaluate.ScoreField;
import cdrl.model.CdrlModel;
import cdrl.model.ModelDescription;
import cdrl.model.Provenance;
import cdrl.runtime.Cancellation;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import cdrl.runtime.TensorRuntime;
import cdrl.sampling.LangevinKernel;
import cdrl.sampling.Sampler;
import cdrl.sampling.SamplingSettings;
import cdrl.store.Checkpoint;
import cdrl.training.CooperativeStep;
import cdrl.training.DialTurns;
import cdrl.training.Dials;
import cdrl.training.SlicedDistance;
import cdrl.training.Trainer;
import cdrl.training.TrainingConfig;
import cdrl.training.TrainingOrigin;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A training whose every iteration is a piece of work of its own in the tensor lane, behind all
 * others. Looking at the model takes a bounded share of the time and draws on random numbers of its
 * own, so that watching changes nothing.
 */
final class LiveTrainer implements LiveTraining {
  private static final int DENSITY_SIZE = 80;
  private static final int SCORES = 24;
  private static final double EXTENT = 8;
  private static final int PICTURE_SIZE = 160;
  private static final String ITERATION = "iteration";

  /** Looks are this many nanoseconds apart at least. */
  private static final long LEAST_PAUSE = 100_000_000;

  /** However long they take, nobody waits longer for the next one, in nanoseconds. */
  private static final long MOST_PAUSE = 2_000_000_000;

  /** Between two looks, this many times as long as the last one took is trained. */
  private static final int SHARE = 3;

  private final LiveRecipe recipe;
  private final @Nullable Checkpoint start;
  private final CompletableFuture<TensorRuntime> runtime;
  private final Function<TensorRuntime, LangevinKernel> kernel;
  private final Observer observer;

  private final AtomicInteger singleSteps = new AtomicInteger();

  /** The number of the newest request for an iteration; older ones are void. */
  private final AtomicLong newestRequest = new AtomicLong();

  private volatile boolean going;
  private volatile boolean closed;
  private volatile double pace = FULL_SPEED;
  private volatile Dials dials;
  private volatile Watch watch;

  // Touched on the tensor lane only.
  private @Nullable Work work;
  private final Beat looks = new Beat();
  private final Beat samplings = new Beat();
  private @Nullable Samples samples;
  private boolean looking;

  /** What exists from the first piece of work on. */
  private record Work(
      Trainer trainer, LangevinKernel kernel, SlicedDistance distance, Provenance origin) {}

  /** Something that is done again and again and may take a share of the time only. */
  private static final class Beat {
    private long end;
    private long cost;

    boolean isDue(long now) {
      return now - end >= Math.min(MOST_PAUSE, Math.max(LEAST_PAUSE, SHARE * cost));
    }

    void done(long took) {
      end = System.nanoTime();
      cost = took;
    }
  }

  /**
   * @param start where to go on, or null to begin
   */
  LiveTrainer(
      LiveRecipe recipe,
      @Nullable Checkpoint start,
      Watch watch,
      CompletableFuture<TensorRuntime> runtime,
      Function<TensorRuntime, LangevinKernel> kernel,
      Observer observer) {
    this.recipe = recipe;
    this.start = start;
    this.watch = watch;
    this.runtime = runtime;
    this.kernel = kernel;
    this.observer = observer;
    dials = turned(start).newest().orElse(recipe.dials());
    look();
  }

  private static DialTurns turned(@Nullable Checkpoint start) {
    return start == null
        ? DialTurns.NONE
        : DialTurns.parse(start.counters().getOrDefault(LiveRecipe.CHANGES, ""));
  }

  @Override
  public void go() {
    going = true;
    request(0);
  }

  @Override
  public void pause() {
    going = false;
    look();
  }

  @Override
  public void step() {
    going = false;
    singleSteps.incrementAndGet();
    request(0);
  }

  @Override
  public void turn(Dials wanted) {
    dials = wanted;
  }

  @Override
  public void pace(double iterationsPerSecond) {
    pace = iterationsPerSecond;
    if (going) {
      request(0);
    }
  }

  @Override
  public void watch(Watch wanted) {
    watch = wanted;
    look();
  }

  @Override
  public CompletableFuture<Trained> model(String name) {
    return onLane(TensorLane.Priority.INTERACTIVE, engine -> trained(name, engine));
  }

  @Override
  public CompletableFuture<Checkpoint> state() {
    return onLane(TensorLane.Priority.INTERACTIVE, this::state);
  }

  @Override
  public void close() {
    closed = true;
    going = false;
    onLane(
        TensorLane.Priority.INTERACTIVE,
        engine -> {
          Work made = work;
          work = null;
          if (made != null) {
            made.trainer().close();
          }
          return "closed";
        });
  }

  private <T> CompletableFuture<T> onLane(
      TensorLane.Priority priority, Function<TensorRuntime, T> body) {
    return runtime.thenCompose(
        engine -> engine.lane().submit(priority, ignored -> body.apply(engine)).result());
  }

  /** Asks for an iteration, in place of one that was asked for before and has not begun. */
  private void request(long nanos) {
    long number = newestRequest.incrementAndGet();
    if (nanos <= 0) {
      submit(number);
    } else {
      CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS).execute(() -> submit(number));
    }
  }

  private void submit(long number) {
    reportFailure(
        onLane(
            TensorLane.Priority.BACKGROUND,
            engine -> {
              if (number == newestRequest.get()) {
                iterate(engine);
              }
              return number;
            }));
  }

  /** Looks at the model before anything else is done. */
  private void look() {
    reportFailure(
        onLane(
            TensorLane.Priority.INTERACTIVE,
            engine -> {
              if (!closed) {
                look(work(engine), engine, true);
              }
              return "looked";
            }));
  }

  private void reportFailure(CompletableFuture<?> result) {
    result.whenComplete(
        (ignored, problem) -> {
          Throwable cause =
              problem instanceof CompletionException && problem.getCause() != null
                  ? problem.getCause()
                  : problem;
          if (cause != null && !closed && !(cause instanceof CancellationException)) {
            going = false;
            observer.failed(cause);
          }
        });
  }

  private Work work(TensorRuntime engine) {
    Work known = work;
    if (known == null) {
      TrainingConfig config = recipe.config();
      PointDataSet data = recipe.data();
      LangevinKernel used = kernel.apply(engine);
      Trainer trainer = new Trainer(config, data, engine, used);
      if (start != null) {
        trainer.restore(start.tensors(), start.counter(ITERATION), turned(start));
      }
      known =
          new Work(
              trainer, used, new SlicedDistance(data), TrainingOrigin.of(config, data, engine));
      work = known;
    }
    return known;
  }

  private void iterate(TensorRuntime engine) {
    boolean single = singleSteps.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    if (closed || !(going || single)) {
      return;
    }
    long start = System.nanoTime();
    Work made = work(engine);
    made.trainer().turn(dials);
    CooperativeStep.Outcome outcome =
        made.trainer().step(CooperativeStep.Detail.NONE, new Cancellation());
    if (!outcome.isFinite()) {
      singleSteps.set(0);
      throw new TranslatedException(
          null, "fault.training.diverged", Long.toString(made.trainer().iteration()));
    }
    observer.stepped(Step.of(made.trainer().iteration(), outcome));
    if (single || looks.isDue(System.nanoTime())) {
      look(made, engine, single);
    }
    if (!closed && (going || singleSteps.get() > 0)) {
      long wanted = singleSteps.get() > 0 ? 0 : (long) (1e9 / pace);
      request(start + wanted - System.nanoTime());
    }
  }

  /**
   * Looks at the model.
   *
   * @param all whether to draw samples in any case
   */
  private void look(Work made, TensorRuntime engine, boolean all) {
    if (looking) {
      return; // asked for while samples are being drawn, which lets urgent work pass
    }
    looking = true;
    long start = System.nanoTime();
    long drawing = 0;
    Watch wanted = watch;
    long iteration = made.trainer().iteration();
    try (CdrlModel model = made.trainer().averagedModel()) {
      DensityGrid density = DensityGrid.of(model, wanted.level(), DENSITY_SIZE, EXTENT);
      ScoreField scores =
          wanted.scores() ? ScoreField.of(model, wanted.level(), SCORES, 0, 0, EXTENT) : null;
      Samples drawn = samples;
      if (drawn == null
          || drawn.noise().count() != wanted.count()
          || all && drawn.iteration() != iteration
          || samplings.isDue(start)) {
        long begin = System.nanoTime();
        drawn = draw(model, made, engine, wanted.count(), iteration);
        drawing = System.nanoTime() - begin;
        samplings.done(iteration == 0 ? 0 : drawing); // the first one waits for much to be loaded
      }
      if (!closed) {
        observer.looked(new View(iteration, wanted, density, scores, drawn));
      }
    } finally {
      looking = false;
      looks.done(iteration == 0 ? 0 : System.nanoTime() - start - drawing);
    }
    if (!closed && !wanted.equals(watch)) {
      look();
    }
  }

  private Samples draw(
      CdrlModel model, Work made, TensorRuntime engine, int count, long iteration) {
    int levels = model.schedule().levels();
    LevelRecorder recorder = new LevelRecorder(levels, engine.lane());
    // Always the same noise, so that the points move as the model learns instead of jumping about.
    HostTensor results =
        new Sampler(model, made.kernel())
            .sample(
                new SamplingSettings(
                    count, recipe.seed(), model.description().langevinSteps(), false, levels),
                recorder,
                new Cancellation());
    Samples drawn =
        new Samples(
            iteration,
            recorder.noise(),
            recorder.proposals(),
            recorder.refined(),
            made.distance().to(results));
    samples = drawn;
    return drawn;
  }

  private Trained trained(String name, TensorRuntime engine) {
    Work made = work(engine);
    ModelDescription description = describe(made);
    try (CdrlModel model = made.trainer().averagedModel()) {
      return new Trained(
          new ModelDescription(
              name,
              description.spec(),
              description.schedule(),
              description.langevinSteps(),
              description.prediction(),
              description.classNames(),
              description.attributeNames(),
              description.provenance()),
          model.weights(),
          DensityGrid.of(model, 0, PICTURE_SIZE, EXTENT));
    }
  }

  private ModelDescription describe(Work made) {
    Trainer trainer = made.trainer();
    Provenance origin = made.origin();
    return trainer.describe(
        new Provenance(
            origin.program(),
            origin.created(),
            origin.data(),
            origin.dataFingerprint(),
            trainer.iteration(),
            origin.seed(),
            origin.platform(),
            recipe.settings(trainer.turns())));
  }

  private Checkpoint state(TensorRuntime engine) {
    Work made = work(engine);
    Map<String, String> counters = new LinkedHashMap<>(recipe.words());
    counters.put(ITERATION, Long.toString(made.trainer().iteration()));
    counters.put(LiveRecipe.CHANGES, made.trainer().turns().text());
    return new Checkpoint(describe(made), counters, made.trainer().state());
  }
}
