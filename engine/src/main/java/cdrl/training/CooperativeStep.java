package cdrl.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import cdrl.model.CdrlModel;
import cdrl.model.Parameters;
import cdrl.model.Prediction;
import cdrl.runtime.Cancellation;
import cdrl.runtime.HostTensor;
import cdrl.sampling.LangevinKernel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One iteration of cooperative training (algorithm 1): the initializer proposes, Langevin dynamics
 * refines, the energy model learns from the difference between data and refined samples, and the
 * initializer learns from the refinement. Runs on the tensor lane.
 */
public final class CooperativeStep {
  private static final NDIndex EVERYTHING = new NDIndex(":");

  private final List<Shard.Replica> replicas;
  private final Adam energyOptimizer;
  private final Adam initializerOptimizer;
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
    this(List.of(new Shard.Replica(model, kernel)), energyOptimizer, initializerOptimizer, rules);
  }

  /**
   * A step that is shared by several devices: each gets a part of the batch, their gradients are
   * added up, and the weights of the first one learn and are copied to the others. But for rounding
   * it does what the first one would do alone, except that dropout draws other masks.
   *
   * @param replicas the first one is that of the optimizers; all have the same weights
   */
  CooperativeStep(
      List<Shard.Replica> replicas, Adam energyOptimizer, Adam initializerOptimizer, Rules rules) {
    this.replicas = List.copyOf(replicas);
    this.energyOptimizer = energyOptimizer;
    this.initializerOptimizer = initializerOptimizer;
    this.rules = rules;
  }

  /**
   * What an outcome tells besides numbers of the whole batch and of its items.
   *
   * @param images whether it carries proposals, refined samples and data; else these are empty
   * @param levelGradients whether it carries the gradients of each noise level, which takes about
   *     as long as those of the whole batch; else they are {@link LevelGradients#NONE}
   */
  public record Detail(boolean images, boolean levelGradients) {
    /** Nothing more. */
    public static final Detail NONE = new Detail(false, false);

    /** The images alone. */
    public static final Detail IMAGES = new Detail(true, false);
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
   * @param levelGradients of each noise level by itself, where they were asked for
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
      LevelGradients levelGradients,
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

    /** How many of an item's numbers, the energies and what Langevin made, are not finite. */
    int nonFinite(int item) {
      int count = 0;
      for (float[] values : List.of(positive, negative, displacement, driftToNoise)) {
        count += Float.isFinite(values[item]) ? 0 : 1;
      }
      return count;
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
   * @param detail what else the outcome tells; it changes nothing of what is learned
   */
  public Outcome run(
      HostTensor data,
      int[] levels,
      int @Nullable [] labels,
      TrainingNoise noise,
      Dials dials,
      Detail detail,
      Cancellation cancellation) {
    Shard.Share all = new Shard.Share(data, levels, labels, noise, levels.length);
    List<Shard> shards = shards(all);
    try (NDManager scope = first().model().manager().newSubManager()) {
      Map<String, NDArray> vectors = copies(scope, first().model().energy().parameters().vectors());
      replicas.forEach(replica -> replica.model().energy().powerIteration());
      try {
        // Devices work on their own while the next one is given its part.
        for (Shard shard : shards) {
          shard.refine(dials.langevinSteps(), cancellation);
        }
      } catch (CancellationException e) {
        // A step that was not made must leave no trace.
        vectors.forEach(
            (name, vector) ->
                Objects.requireNonNull(first().model().energy().parameters().all().get(name))
                    .set(EVERYTHING, vector));
        synchronize();
        throw e;
      }
      List<Shard.Lesson> lessons = new ArrayList<>();
      for (Shard shard : shards) {
        lessons.add(shard.learn(rules.initializerLearnsFromData(), detail.images()));
      }
      LevelGradients levelGradients =
          detail.levelGradients() ? levelGradients(shards) : LevelGradients.NONE;
      double energyNorm =
          energyOptimizer.step(
              sums(scope, lessons, lesson -> lesson.energies().gradients()),
              dials.energyRate(),
              rules.clip());
      double initializerNorm =
          first().model().description().prediction() == Prediction.NONE
              ? 0
              : initializerOptimizer.step(
                  sums(scope, lessons, Shard.Lesson::initializer),
                  dials.initializerRate(),
                  rules.clip());
      synchronize();
      return outcome(levels, lessons, energyNorm, initializerNorm, levelGradients);
    } finally {
      shards.forEach(Shard::close);
    }
  }

  /** Before the weights change. */
  private LevelGradients levelGradients(List<Shard> shards) {
    long begun = System.nanoTime();
    int levels = first().model().schedule().levels();
    LevelGradients found = LevelGradients.unknown(levels);
    for (int level = 1; level <= levels; level++) {
      int at = level;
      int count = shards.stream().mapToInt(shard -> shard.count(at)).sum();
      List<Shard.LevelLesson> lessons = new ArrayList<>();
      try (NDManager scope = first().model().manager().newSubManager()) {
        for (Shard shard : shards) {
          if (shard.count(at) > 0) {
            lessons.add(shard.learnLevel(at, count, rules.initializerLearnsFromData()));
          }
        }
        if (count > 0) {
          found.energy()[at - 1] =
              energyOptimizer.norm(sums(scope, lessons, Shard.LevelLesson::energy));
          List<NDArray> initializer = sums(scope, lessons, Shard.LevelLesson::initializer);
          found.initializer()[at - 1] =
              initializer.isEmpty() ? 0 : initializerOptimizer.norm(initializer);
        }
      } finally {
        lessons.forEach(Shard.LevelLesson::close);
      }
    }
    return found.after((System.nanoTime() - begun) / 1e9);
  }

  private Shard.Replica first() {
    return replicas.get(0);
  }

  /** The batch in parts as equal as possible, one per replica. */
  private List<Shard> shards(Shard.Share all) {
    List<Shard> shards = new ArrayList<>();
    int count = replicas.size();
    for (int i = 0; i < count; i++) {
      int begin = (int) ((long) i * all.batch() / count);
      int end = (int) ((long) (i + 1) * all.batch() / count);
      Shard.Share share = count == 1 ? all : all.part(begin, end - begin);
      shards.add(new Shard(replicas.get(i), share, rules));
    }
    return shards;
  }

  /** Gives all replicas the weights and spectral-norm vectors of the first one. */
  void synchronize() {
    for (Shard.Replica replica : replicas.subList(1, replicas.size())) {
      copy(first().model().energy().parameters(), replica.model().energy().parameters());
      copy(first().model().initializer().parameters(), replica.model().initializer().parameters());
    }
  }

  private static void copy(Parameters from, Parameters to) {
    from.all()
        .forEach(
            (name, weight) -> {
              NDArray other = Objects.requireNonNull(to.all().get(name));
              try (NDArray there = weight.toDevice(other.getDevice(), true)) {
                other.set(EVERYTHING, there);
              }
            });
  }

  /** The gradients of the whole batch on the first device. */
  private static <L> List<NDArray> sums(
      NDManager scope, List<L> lessons, Function<L, List<NDArray>> gradients) {
    List<NDArray> sums =
        gradients.apply(lessons.get(0)).stream().map(array -> here(scope, array)).toList();
    for (L lesson : lessons.subList(1, lessons.size())) {
      List<NDArray> more = gradients.apply(lesson);
      List<NDArray> next = new ArrayList<>();
      for (int i = 0; i < sums.size(); i++) {
        NDArray sum = sums.get(i).add(here(scope, more.get(i)));
        sum.attach(scope);
        next.add(sum);
      }
      sums = next;
    }
    return sums;
  }

  private static NDArray here(NDManager scope, NDArray array) {
    if (array.getDevice().equals(scope.getDevice())) {
      return array;
    }
    NDArray here = array.toDevice(scope.getDevice(), true);
    here.attach(scope);
    return here;
  }

  private static Outcome outcome(
      int[] levels,
      List<Shard.Lesson> lessons,
      double energyNorm,
      double initializerNorm,
      LevelGradients levelGradients) {
    float[] positive = join(lessons, lesson -> lesson.energies().positive());
    float[] negative = join(lessons, lesson -> lesson.energies().negative());
    float[] weights = join(lessons, Shard.Lesson::weights);
    double loss = 0;
    for (int i = 0; i < weights.length; i++) {
      loss += weights[i] * ((double) negative[i] - positive[i]);
    }
    return new Outcome(
        levels.clone(),
        positive,
        negative,
        loss,
        mean(join(lessons, Shard.Lesson::distances)),
        energyNorm,
        initializerNorm,
        join(lessons, Shard.Lesson::displacement),
        join(lessons, Shard.Lesson::driftToNoise),
        levelGradients,
        images(lessons, Shard.Lesson::proposal),
        images(lessons, Shard.Lesson::samples),
        images(lessons, Shard.Lesson::target));
  }

  private static float[] join(List<Shard.Lesson> lessons, Function<Shard.Lesson, float[]> values) {
    if (lessons.size() == 1) {
      return values.apply(lessons.get(0));
    }
    int length = 0;
    for (Shard.Lesson lesson : lessons) {
      length += values.apply(lesson).length;
    }
    float[] all = new float[length];
    int position = 0;
    for (Shard.Lesson lesson : lessons) {
      float[] part = values.apply(lesson);
      System.arraycopy(part, 0, all, position, part.length);
      position += part.length;
    }
    return all;
  }

  /** The images of all lessons as one tensor; an empty one where they carry none. */
  private static HostTensor images(
      List<Shard.Lesson> lessons, Function<Shard.Lesson, @Nullable HostTensor> images) {
    HostTensor some = images.apply(lessons.get(0));
    if (some == null) {
      return new HostTensor(new long[] {0}, new float[0]);
    }
    long[] shape = some.shape().clone();
    shape[0] = lessons.stream().mapToInt(lesson -> lesson.displacement().length).sum();
    return new HostTensor(
        shape, join(lessons, lesson -> Objects.requireNonNull(images.apply(lesson)).values()));
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

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
