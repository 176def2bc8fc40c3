package cdrl.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import cdrl.model.CdrlModel;
import cdrl.model.EnergyModel;
import cdrl.model.Initializer;
import cdrl.model.Prediction;
import cdrl.runtime.Cancellation;
import cdrl.runtime.HostTensor;
import cdrl.sampling.LangevinKernel;
import cdrl.sampling.LangevinLevels;
import cdrl.schedule.NoiseSchedule;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The part of a training iteration that one device does for its share of the batch: first the
 * refined samples, then the gradients. All of its tensors belong to that device. Runs on the tensor
 * lane.
 */
final class Shard implements AutoCloseable {
  private final Replica replica;
  private final Share share;
  private final NDManager scope;
  private final Shape shape;
  private final NDArray inputScale;
  private final NDArray noisier;
  private final NDArray target;
  private final NDArray positive;

  /** What {@link #refine} leaves behind. */
  private @Nullable Refined refined;

  /**
   * A model on a device, with what runs Langevin chains there.
   *
   * @param model the first replica's weights are those that learn; the others get copies
   */
  record Replica(CdrlModel model, LangevinKernel kernel) {}

  /**
   * A share of a batch.
   *
   * @param data clean items, shaped (n, item...)
   * @param levels t of each item
   * @param labels class of each item, or null
   * @param noise all noise of these items
   * @param batch the number of items in all shares
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once
  record Share(
      HostTensor data, int[] levels, int @Nullable [] labels, TrainingNoise noise, int batch) {

    /** The items from {@code first} on. */
    Share part(int first, int count) {
      int item = data.values().length / data.count();
      long[] shape = data.shape().clone();
      shape[0] = count;
      return new Share(
          new HostTensor(
              shape, Arrays.copyOfRange(data.values(), first * item, (first + count) * item)),
          Arrays.copyOfRange(levels, first, first + count),
          labels == null ? null : Arrays.copyOfRange(labels, first, first + count),
          noise.from(first),
          batch);
    }
  }

  private record Refined(
      Initializer.TrainingMean mean, NDArray proposal, NDArray samples, NDArray walk) {}

  /**
   * What a share teaches. Gradients belong to the shard; they are parts of sums over the batch.
   *
   * @param energies F of data and samples, with the energy network's gradients
   * @param initializer the initializer's gradients; empty where there is none
   */
  @SuppressWarnings("ArrayRecordComponent") // read once
  record Lesson(
      EnergyModel.Contrast energies,
      List<NDArray> initializer,
      float[] weights,
      float[] displacement,
      float[] distances,
      float[] driftToNoise,
      @Nullable HostTensor proposal,
      @Nullable HostTensor samples,
      @Nullable HostTensor target) {}

  /**
   * What the items of one noise level teach by themselves.
   *
   * @param owner of the gradients
   */
  record LevelLesson(NDManager owner, List<NDArray> energy, List<NDArray> initializer)
      implements AutoCloseable {
    @Override
    public void close() {
      owner.close();
    }
  }

  Shard(Replica replica, Share share, CooperativeStep.Rules rules) {
    this.replica = replica;
    this.share = share;
    scope = replica.model().manager().newSubManager();
    NoiseSchedule schedule = replica.model().schedule();
    NDArray clean = share.data().toArray(scope);
    shape = clean.getShape();
    inputScale = perItem(schedule::inputScale);
    NDArray epsilon = share.noise().data(scope, shape);
    noisier =
        clean.mul(perItem(schedule::signalScale)).add(epsilon.mul(perItem(schedule::noiseScale)));
    target =
        rules.varianceReduction()
            ? clean
                .mul(perItem(t -> schedule.signalScale(t - 1)))
                .add(epsilon.mul(perItem(t -> schedule.noiseScale(t - 1))))
            : posterior(schedule, clean);
    positive = replica.kernel().arrange(target.mul(inputScale));
  }

  /** x_{t−1} drawn from q(x_{t−1} | x_t, x). */
  private NDArray posterior(NoiseSchedule schedule, NDArray clean) {
    NDArray spread = perItem(t -> Math.sqrt(schedule.posteriorVariance(t)));
    return clean
        .mul(perItem(schedule::posteriorCleanShare))
        .add(noisier.mul(perItem(schedule::posteriorNoisierShare)))
        .add(share.noise().posterior(scope, shape).mul(spread));
  }

  /**
   * Lets the initializer propose and Langevin dynamics refine.
   *
   * @param steps K; every step has the full size
   */
  void refine(int steps, Cancellation cancellation) {
    CdrlModel model = replica.model();
    LangevinKernel kernel = replica.kernel();
    float[] logSnr = floats(model.schedule()::logSnr);
    NDArray spread = perItem(model::proposalSpread);
    Initializer.TrainingMean mean =
        model
            .initializer()
            .trainingMean(scope, noisier, logSnr, share.labels(), kernel.computation());
    NDArray proposal = mean.mean().add(share.noise().proposal(scope, shape).mul(spread));

    // Steps of the full size, however many: K is a setting of the training here.
    LangevinLevels moves =
        LangevinLevels.of(model, model.description().langevinSteps(), share.levels());
    NDArray walk = scope.zeros(shape);
    LangevinKernel.Chain chain =
        new LangevinKernel.Chain(
            model.energy(),
            moves,
            share.labels(),
            proposal,
            noisier,
            steps,
            (manager, step) -> {
              NDArray grains = share.noise().langevin(manager, shape, step);
              walk.addi(grains);
              return grains;
            },
            null);
    NDArray samples = kernel.refine(scope, chain, null, cancellation);
    walk.muli(perItem(moves.noise()));
    refined = new Refined(mean, proposal, samples, walk);
  }

  /**
   * The gradients, after {@link #refine}.
   *
   * @param keepImages whether the lesson carries proposals, samples and data
   */
  Lesson learn(boolean fromData, boolean keepImages) {
    Refined refined = refined();
    CdrlModel model = replica.model();
    NoiseSchedule schedule = model.schedule();
    NDArray proposal = refined.proposal();
    NDArray samples = refined.samples();
    float[] weights = floats(t -> schedule.energyLossWeight(t) / share.batch());
    EnergyModel.Contrast energies =
        model
            .energy()
            .contrast(
                scope,
                positive,
                samples,
                floats(t -> schedule.logSnr(t - 1)),
                share.labels(),
                weights,
                replica.kernel().computation());
    float[] displacement = distances(proposal, samples);
    NDArray lesson = fromData ? positive : samples;
    List<NDArray> initializer = List.of();
    if (model.description().prediction() != Prediction.NONE) {
      // The derivative of the mean squared distance.
      NDArray outward = proposal.sub(lesson).mul(2.0 / share.batch());
      initializer = refined.mean().gradients(outward);
    }
    return new Lesson(
        energies,
        initializer,
        weights,
        displacement,
        fromData ? distances(proposal, lesson) : displacement,
        driftToNoise(samples.sub(proposal).sub(refined.walk()), refined.walk()),
        keepImages ? HostTensor.of(proposal) : null,
        keepImages ? HostTensor.of(samples.div(inputScale)) : null,
        keepImages ? HostTensor.of(target) : null);
  }

  private Refined refined() {
    if (refined == null) {
      throw new IllegalStateException("nothing is refined yet");
    }
    return refined;
  }

  /** How many items of the share were drawn at a level. */
  int count(int level) {
    return itemsAt(level).length;
  }

  private int[] itemsAt(int level) {
    return IntStream.range(0, share.levels().length)
        .filter(item -> share.levels()[item] == level)
        .toArray();
  }

  /**
   * The gradients of a level's mean loss, as far as it comes from this share; after {@link #learn}.
   * Nothing that training goes on with is touched.
   *
   * @param level one that items of this share were drawn at
   * @param count the items of all shares at that level
   */
  LevelLesson learnLevel(int level, int count, boolean fromData) {
    Refined refined = refined();
    CdrlModel model = replica.model();
    NoiseSchedule schedule = model.schedule();
    int[] items = itemsAt(level);
    NDManager owner = scope.newSubManager();
    NDArray index = owner.create(items).toType(DataType.INT64, false);
    int[] labels = of(share.labels(), items);
    float[] weights = new float[items.length];
    Arrays.fill(weights, (float) (schedule.energyLossWeight(level) / count));
    float[] logSnr = new float[items.length];
    Arrays.fill(logSnr, (float) schedule.logSnr(level - 1));
    List<NDArray> energy =
        model
            .energy()
            .contrast(
                owner,
                replica.kernel().arrange(select(owner, positive, index)),
                replica.kernel().arrange(select(owner, refined.samples(), index)),
                logSnr,
                labels,
                weights,
                replica.kernel().computation())
            .gradients();
    if (model.description().prediction() == Prediction.NONE) {
      return new LevelLesson(owner, energy, List.of());
    }
    Arrays.fill(logSnr, (float) schedule.logSnr(level));
    NDArray outward =
        select(owner, refined.proposal(), index)
            .sub(select(owner, fromData ? positive : refined.samples(), index))
            .mul(2.0 / count);
    List<NDArray> initializer =
        model
            .initializer()
            .trainingMean(
                owner,
                select(owner, noisier, index),
                logSnr,
                labels,
                replica.kernel().computation())
            .gradients(outward);
    return new LevelLesson(owner, energy, initializer);
  }

  private static int @Nullable [] of(int @Nullable [] labels, int[] items) {
    if (labels == null) {
      return null;
    }
    int[] some = new int[items.length];
    for (int i = 0; i < items.length; i++) {
      some[i] = labels[items[i]];
    }
    return some;
  }

  private static NDArray select(NDManager owner, NDArray from, NDArray index) {
    NDArray selected = from.get(new NDIndex("{}", index));
    selected.attach(owner);
    return selected;
  }

  /** The squared distance of each item. */
  private static float[] distances(NDArray from, NDArray to) {
    return from.sub(to)
        .square()
        .reshape(from.getShape().get(0), -1)
        .sum(new int[] {1})
        .toFloatArray();
  }

  /** The length of each drift over the length of the random walk beside it. */
  private static float[] driftToNoise(NDArray drift, NDArray walk) {
    long items = drift.getShape().get(0);
    int[] inner = {1};
    return drift
        .reshape(items, -1)
        .square()
        .sum(inner)
        .div(walk.reshape(items, -1).square().sum(inner))
        .sqrt()
        .toFloatArray();
  }

  /** One number per item, shaped to be multiplied with items. */
  private NDArray perItem(IntToDoubleFunction value) {
    return perItem(floats(value));
  }

  private NDArray perItem(float[] values) {
    long[] each = new long[shape.dimension()];
    Arrays.fill(each, 1);
    each[0] = values.length;
    return scope.create(values, new Shape(each));
  }

  private float[] floats(IntToDoubleFunction value) {
    float[] values = new float[share.levels().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) value.applyAsDouble(share.levels()[i]);
    }
    return values;
  }

  /** Frees all tensors of the share. */
  @Override
  public void close() {
    scope.close();
  }
}
