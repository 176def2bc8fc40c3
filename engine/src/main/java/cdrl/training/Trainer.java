package cdrl.training;

import cdrl.data.Batch;
import cdrl.data.BatchQueue;
import cdrl.data.Batches;
import cdrl.data.DataSet;
import cdrl.model.CdrlModel;
import cdrl.model.ModelDescription;
import cdrl.model.Parameters;
import cdrl.model.Provenance;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import cdrl.runtime.TensorRuntime;
import cdrl.sampling.LangevinKernel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model iteration by iteration. Everything random follows from the seed and the number of
 * the iteration, so a trainer that goes on from a saved state does what the first one would have
 * done. Runs on the tensor lane.
 */
public final class Trainer implements AutoCloseable {
  private static final String LIVE = "live.";
  private static final String AVERAGE = "average.";
  private static final String MOMENTS = "moments.";
  private static final int BATCHES_AHEAD = 2;

  private TrainingConfig config;
  private final CdrlModel model;
  private final Adam energyOptimizer;
  private final Adam initializerOptimizer;
  private final Averages energyAverages;
  private final Averages initializerAverages;
  private final Devices devices;
  private final CooperativeStep step;
  private RandomNumbers numbers;
  private Batches batches;
  private final TrainingLabels labels;
  private final TensorRuntime runtime;
  private DialTurns turns = DialTurns.NONE;
  private int restarts;
  private long iteration;
  private @Nullable BatchQueue queue;
  private @Nullable Batch next;

  /**
   * A trainer at iteration 0.
   *
   * @param config what to do
   * @param data items shaped as the model of the configuration wants them
   * @param kernel how Langevin chains are run
   * @throws CdrlException as for {@link #requireFitting}
   */
  public Trainer(
      TrainingConfig config, DataSet data, TensorRuntime runtime, LangevinKernel kernel) {
    requireFitting(config, data);
    this.config = config;
    this.runtime = runtime;
    labels = TrainingLabels.of(config, data);
    TrainingConfig.Training training = config.training();
    numbers = new RandomNumbers(training.seed());
    batches = batches(data, training.seed());
    model = CdrlModel.create(describe(emptyProvenance()), training.seed(), runtime);
    energyOptimizer = new Adam(model.energy().parameters(), training.beta1(), training.beta2());
    initializerOptimizer =
        new Adam(model.initializer().parameters(), training.beta1(), training.beta2());
    energyAverages = averages(model.energy().parameters());
    initializerAverages = averages(model.initializer().parameters());
    devices = new Devices(config, model, kernel, runtime);
    step =
        new CooperativeStep(
            devices.replicas(),
            energyOptimizer,
            initializerOptimizer,
            new CooperativeStep.Rules(
                training.varianceReduction(),
                training.teacher() == TrainingConfig.Teacher.DATA,
                training.gradientClip()));
  }

  private Batches batches(DataSet data, long seed) {
    boolean flip = config.data() instanceof TrainingConfig.Images images && images.flip();
    return new Batches(data, config.training().batch(), flip, seed);
  }

  private Averages averages(Parameters parameters) {
    TrainingConfig.Training training = config.training();
    return new Averages(parameters, training.averageDecay(), training.start().isEmpty());
  }

  /**
   * Refuses data that a configuration cannot be trained with.
   *
   * @throws CdrlException when the items are shaped otherwise than the model's, or the data lack
   *     the classes or attributes that the configuration asks for
   */
  public static void requireFitting(TrainingConfig config, DataSet data) {
    long[] item = config.model().itemShape();
    if (!Arrays.equals(item, data.itemShape())) {
      throw new CdrlException(
          "The data ({0}) have items shaped {1} where the model of the configuration needs {2};"
              + " change data or model.",
          data.description(), Arrays.toString(data.itemShape()), Arrays.toString(item));
    }
    TrainingLabels.of(config, data);
  }

  /** The number of iterations made so far. */
  public long iteration() {
    return iteration;
  }

  /** The learning rates after their warm-up, and K, from the next iteration on. */
  public Dials dials() {
    return Dials.of(config);
  }

  /**
   * Changes learning rates and K from the next iteration on. A training with the same
   * configuration, data and turns does the same to the last bit.
   */
  public void turn(Dials dials) {
    if (!dials.equals(dials())) {
      config = dials.in(config);
      turns = turns.and(new DialTurns.Turn(iteration, dials));
    }
  }

  /** What was changed since the trainer was made. */
  public DialTurns turns() {
    return turns;
  }

  /**
   * Makes one iteration.
   *
   * @param detail what the outcome tells; it changes nothing of what is learned
   * @throws java.util.concurrent.CancellationException between two Langevin steps after a cancel;
   *     everything then is as before
   */
  public CooperativeStep.Outcome step(CooperativeStep.Detail detail, Cancellation cancellation) {
    TrainingConfig.Training training = config.training();
    Batch batch = nextBatch();
    int[] levels = new int[training.batch()];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = 1 + numbers.integer(Purpose.LEVEL, iteration, i, config.schedule().levels());
    }
    runtime.seedEngine(numbers.word(Purpose.DROPOUT, iteration));
    CooperativeStep.Outcome outcome =
        step.run(
            batch.items(),
            levels,
            labels.of(batch, numbers, iteration),
            TrainingNoise.of(numbers, iteration),
            new Dials(energyRate(), initializerRate(), config.langevinSteps()),
            detail,
            cancellation);
    energyAverages.update(iteration);
    initializerAverages.update(iteration);
    iteration++;
    next = null;
    return outcome;
  }

  /** The batch of this iteration, made ahead of time; a step that was not made leaves it here. */
  private Batch nextBatch() {
    if (queue == null) {
      queue = new BatchQueue(batches, iteration, BATCHES_AHEAD);
    }
    if (next == null) {
      next = queue.next();
    }
    return next;
  }

  /** The learning rate of the energy network in the next iteration. */
  public double energyRate() {
    return config.training().energyRateAt(iteration) * rateFactor();
  }

  /** The learning rate of the initializer in the next iteration. */
  public double initializerRate() {
    return config.training().initializerRateAt(iteration) * rateFactor();
  }

  private double rateFactor() {
    return Math.pow(config.guard().rateFactor(), restarts);
  }

  /** How often the run went back after it had diverged. */
  public int restarts() {
    return restarts;
  }

  /** The averaged weights, for use. */
  public Map<String, HostTensor> averagedWeights() {
    Map<String, HostTensor> weights = new LinkedHashMap<>(energyAverages.copy());
    weights.putAll(initializerAverages.copy());
    return weights;
  }

  /** A model of its own with the averaged weights; the caller closes it. */
  public CdrlModel averagedModel() {
    return CdrlModel.of(describe(emptyProvenance()), averagedWeights(), runtime);
  }

  /** Describes the model as it is now. */
  public ModelDescription describe(Provenance provenance) {
    return new ModelDescription(
        config.name(),
        config.model(),
        config.schedule(),
        config.langevinSteps(),
        config.prediction(),
        labels.classNames(),
        labels.attributeNames(),
        provenance);
  }

  /** The model in training, with its live weights. */
  public CdrlModel model() {
    return model;
  }

  /** Which items of the data an iteration sees. */
  int[] items(long number) {
    return batches.batch(number).indexes();
  }

  /** The model on every device that shares the batches. */
  List<Shard.Replica> replicas() {
    return devices.replicas();
  }

  /** Everything that is needed to go on: weights, averages and moments, by name. */
  public Map<String, HostTensor> state() {
    Map<String, HostTensor> state = new LinkedHashMap<>();
    model.weights().forEach((name, tensor) -> state.put(LIVE + name, tensor));
    averagedWeights().forEach((name, tensor) -> state.put(AVERAGE + name, tensor));
    energyOptimizer.moments().forEach((name, tensor) -> state.put(MOMENTS + name, tensor));
    initializerOptimizer.moments().forEach((name, tensor) -> state.put(MOMENTS + name, tensor));
    return state;
  }

  /** Starts from the weights of another model, in place of random ones. */
  void startFrom(StartModel start) {
    Map<String, HostTensor> weights = start.weights();
    model.setWeights(weights);
    energyAverages.restore(weights);
    initializerAverages.restore(weights);
    step.synchronize();
  }

  /**
   * Goes on from a saved state.
   *
   * @param state as {@link #state()} gave it
   * @param iterations the iterations made up to then
   * @param restartsMade how often the run went back after it had diverged; every time the rates are
   *     lower, and noise and order of the data are others
   * @throws CdrlException when the state belongs to other networks
   */
  public void restore(Map<String, HostTensor> state, long iterations, int restartsMade) {
    Map<String, HostTensor> live = below(state, LIVE);
    model.weights().forEach((name, now) -> State.require(live, name, now.shape()));
    model.setWeights(live);
    step.synchronize();
    Map<String, HostTensor> averages = below(state, AVERAGE);
    energyAverages.restore(averages);
    initializerAverages.restore(averages);
    Map<String, HostTensor> moments = below(state, MOMENTS);
    energyOptimizer.restore(moments, iterations);
    initializerOptimizer.restore(moments, iterations);
    iteration = iterations;
    restarts = restartsMade;
    long begun = config.training().seed();
    long seed = restarts == 0 ? begun : new RandomNumbers(begun).word(Purpose.RESTART, restarts);
    numbers = new RandomNumbers(seed);
    closeQueue();
    batches = batches(batches.data(), seed);
  }

  /**
   * Goes on from a saved state of a training whose dials were turned.
   *
   * @param state as {@link #state()} gave it
   * @param iterations the iterations made up to then
   * @param turned as {@link #turns()} gave it
   * @throws CdrlException when the state belongs to other networks
   */
  public void restore(Map<String, HostTensor> state, long iterations, DialTurns turned) {
    restore(state, iterations, 0);
    turns = turned;
    turned.newest().ifPresent(dials -> config = dials.in(config));
  }

  private void closeQueue() {
    if (queue != null) {
      queue.close();
      queue = null;
    }
    next = null;
  }

  private static Map<String, HostTensor> below(Map<String, HostTensor> state, String prefix) {
    Map<String, HostTensor> part = new LinkedHashMap<>();
    state.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            part.put(name.substring(prefix.length()), tensor);
          }
        });
    return part;
  }

  private static Provenance emptyProvenance() {
    return new Provenance("", "", "", "", 0, 0, "", Map.of());
  }

  @Override
  public String toString() {
    return "Trainer" + Arrays.asList(config.name(), iteration);
  }

  /** Frees the native memory of the networks and ends the making of batches. */
  @Override
  public void close() {
    closeQueue();
    devices.close();
    model.close();
  }
}
