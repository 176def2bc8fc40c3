package cdrl.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One iteration of cooperative training (algorithm 1): the initializer proposes, Langevin dynamics
 * refines, the energy model learns from the difference between data and refined samples, and the
 * initializer learns from the refinement. Runs on the tensor lane.
 */
public final class CooperativeStep {
  private static final NDIndex EVERYTHING = new NDIndex(":");

  private final CdrlModel model;
  private final Adam energyOptimizer;
  private final Adam initializerOptimizer;
  private final LangevinKernel kernel;
  private final Rules rules;

  /**
   * What can be done in other ways, for comparison.
   *
   * @param varianceReduction whether x_t and x_{t−1} share their noise (eq. 9)
   * @param initializerLearnsFromData whether the initializer learns from the data instead of the
   *     refined samples (eq. 8)
   * @param clip the largest norm of a gradient
   */
  public record Rules(boolean varianceReduction, boolean initializerLearnsFromData, double clip) {
    /** The paper's way. */
    public static final Rules PUBLISHED = new Rules(true, false, 1);
  }

  /** A step that changes the weights of the model. */
  public CooperativeStep(
      CdrlModel model,
      Adam energyOptimizer,
      Adam initializerOptimizer,
      LangevinKernel kernel,
      Rules rules) {
    this.model = model;
    this.energyOptimizer = energyOptimizer;
    this.initializerOptimizer = initializerOptimizer;
    this.kernel = kernel;
    this.rules = rules;
  }

  /**
   * What happened in an iteration; tensors hold one entry per batch item.
   *
   * @param levels t of each item, 1 … T
   * @param positive F of the noisy data
   * @param negative F of the refined samples
   * @param energyLoss mean of w_t (F(refined) − F(data))
   * @param initializerLoss mean of the squared distance between proposals and what the initializer
   *     learns from
   * @param energyGradientNorm before clipping
   * @param initializerGradientNorm before clipping
   * @param displacement squared distance between refined sample and proposal, per item
   * @param driftToNoise length of what gradients added up to in the Langevin chain, divided by the
   *     length of what noise added up to, per item; far above 1 where noise no longer matters
   * @param proposal the proposals ŷ
   * @param refined x_{t−1} after refinement
   * @param data x_{t−1} made from data
   */
  @SuppressWarnings("ArrayRecordComponent") // handed to one reader
  public record Outcome(
      int[] levels,
      float[] positive,
      float[] negative,
      double energyLoss,
      double initializerLoss,
      double energyGradientNorm,
      double initializerGradientNorm,
      float[] displacement,
      float[] driftToNoise,
      HostTensor proposal,
      HostTensor refined,
      HostTensor data) {

    /** Whether all losses and norms are finite numbers. */
    public boolean isFinite() {
      return Double.isFinite(energyLoss)
          && Double.isFinite(initializerLoss)
          && Double.isFinite(energyGradientNorm)
          && Double.isFinite(initializerGradientNorm);
    }
  }

  /**
   * Does one iteration.
   *
   * @param data clean items, shaped (n, item...)
   * @param levels t of each item, 1 … T
   * @param labels class of each item, or null
   * @param noise all noise of the iteration
   * @param dials the learning rates of this iteration, and K
   * @param keepImages whether the outcome carries proposals, refined samples and data; else these
   *     are empty
   */
  public Outcome run(
      HostTensor data,
      int[] levels,
      int @Nullable [] labels,
      TrainingNoise noise,
      Dials dials,
      boolean keepImages,
      Cancellation cancellation) {
    NoiseSchedule schedule = model.schedule();
    int steps = dials.langevinSteps();
    try (NDManager scope = model.manager().newSubManager()) {
      NDArray clean = data.toArray(scope);
      Shape shape = clean.getShape();
      int dimensions = shape.dimension();
      NDArray inputScale = perItem(scope, levels, dimensions, schedule::inputScale);
      NDArray epsilon = noise.data(scope, shape);
      NDArray noisier =
          clean
              .mul(perItem(scope, levels, dimensions, schedule::signalScale))
              .add(epsilon.mul(perItem(scope, levels, dimensions, schedule::noiseScale)));
      NDArray target =
          rules.varianceReduction()
              ? clean
                  .mul(perItem(scope, levels, dimensions, t -> schedule.signalScale(t - 1)))
                  .add(
                      epsilon.mul(
                          perItem(scope, levels, dimensions, t -> schedule.noiseScale(t - 1))))
              : posterior(scope, schedule, clean, noisier, levels, noise);
      NDArray positive = kernel.arrange(target.mul(inputScale));

      Map<String, NDArray> vectors = copies(scope, model.energy().parameters().vectors());
      model.energy().powerIteration();

      float[] logSnr = floats(levels, schedule::logSnr);
      NDArray spread = perItem(scope, levels, dimensions, model::proposalSpread);
      Initializer.TrainingMean mean =
          model.initializer().trainingMean(scope, noisier, logSnr, labels, kernel.computation());
      NDArray proposal = mean.mean().add(noise.proposal(scope, shape).mul(spread));

      // Steps of the full size, however many: K is a setting of the training here.
      LangevinLevels moves = LangevinLevels.of(model, model.description().langevinSteps(), levels);
      NDArray walk = scope.zeros(shape);
      LangevinKernel.Chain chain =
          new LangevinKernel.Chain(
              model.energy(),
              moves,
              labels,
              proposal,
              noisier,
              steps,
              (manager, step) -> {
                NDArray grains = noise.langevin(manager, shape, step);
                walk.addi(grains);
                return grains;
              },
              null);
      NDArray refined;
      try {
        refined = kernel.refine(scope, chain, null, cancellation);
      } catch (CancellationException e) {
        // A step that was not made must leave no trace.
        vectors.forEach(
            (name, vector) ->
                Objects.requireNonNull(model.energy().parameters().all().get(name))
                    .set(EVERYTHING, vector));
        throw e;
      }
      walk.muli(perItem(scope, dimensions, moves.noise()));

      float[] weights = floats(levels, t -> schedule.energyLossWeight(t) / levels.length);
      EnergyModel.Contrast energies =
          model
              .energy()
              .contrast(
                  scope,
                  positive,
                  refined,
                  floats(levels, t -> schedule.logSnr(t - 1)),
                  labels,
                  weights,
                  kernel.computation());
      double energyNorm =
          energyOptimizer.step(energies.gradients(), dials.energyRate(), rules.clip());

      float[] displacement = distances(proposal, refined);
      NDArray lesson = rules.initializerLearnsFromData() ? positive : refined;
      double initializerNorm = 0;
      if (model.description().prediction() != Prediction.NONE) {
        // The derivative of the mean squared distance.
        NDArray outward = proposal.sub(lesson).mul(2.0 / shape.get(0));
        initializerNorm =
            initializerOptimizer.step(
                mean.gradients(outward), dials.initializerRate(), rules.clip());
      }

      HostTensor none = new HostTensor(new long[] {0}, new float[0]);
      return new Outcome(
          levels.clone(),
          energies.positive(),
          energies.negative(),
          energyLoss(energies, weights),
          mean(lesson == refined ? displacement : distances(proposal, lesson)),
          energyNorm,
          initializerNorm,
          displacement,
          driftToNoise(refined.sub(proposal).sub(walk), walk),
          keepImages ? HostTensor.of(proposal) : none,
          keepImages ? HostTensor.of(refined.div(inputScale)) : none,
          keepImages ? HostTensor.of(target) : none);
    }
  }

  /** The squared distance of each item. */
  private static float[] distances(NDArray from, NDArray to) {
    return from.sub(to)
        .square()
        .reshape(from.getShape().get(0), -1)
        .sum(new int[] {1})
        .toFloatArray();
  }

  private static double energyLoss(EnergyModel.Contrast energies, float[] weights) {
    double loss = 0;
    for (int i = 0; i < weights.length; i++) {
      loss += weights[i] * ((double) energies.negative()[i] - energies.positive()[i]);
    }
    return loss;
  }

  /** x_{t−1} drawn from q(x_{t−1} | x_t, x). */
  private static NDArray posterior(
      NDManager scope,
      NoiseSchedule schedule,
      NDArray clean,
      NDArray noisier,
      int[] levels,
      TrainingNoise noise) {
    int dimensions = clean.getShape().dimension();
    NDArray cleanShare = perItem(scope, levels, dimensions, schedule::posteriorCleanShare);
    NDArray noisierShare = perItem(scope, levels, dimensions, schedule::posteriorNoisierShare);
    NDArray spread =
        perItem(scope, levels, dimensions, t -> Math.sqrt(schedule.posteriorVariance(t)));
    return clean
        .mul(cleanShare)
        .add(noisier.mul(noisierShare))
        .add(noise.posterior(scope, clean.getShape()).mul(spread));
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

  private static Map<String, NDArray> copies(NDManager scope, Map<String, NDArray> arrays) {
    Map<String, NDArray> copies = new LinkedHashMap<>();
    arrays.forEach(
        (name, array) -> {
          NDArray copy = array.duplicate();
          copy.attach(scope);
          copies.put(name, copy);
        });
    return copies;
  }

  /** One number per item, shaped to be multiplied with items. */
  private static NDArray perItem(
      NDManager scope, int[] levels, int dimensions, IntToDoubleFunction value) {
    return perItem(scope, dimensions, floats(levels, value));
  }

  private static NDArray perItem(NDManager scope, int dimensions, float[] values) {
    long[] shape = new long[dimensions];
    Arrays.fill(shape, 1);
    shape[0] = values.length;
    return scope.create(values, new Shape(shape));
  }

  private static float[] floats(int[] levels, IntToDoubleFunction value) {
    float[] values = new float[levels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) value.applyAsDouble(levels[i]);
    }
    return values;
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
