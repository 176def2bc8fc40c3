package cdrl.training;

import cdrl.model.Prediction;
import cdrl.runtime.MisfitException;
import cdrl.sampling.LangevinKernels.Format;
import cdrl.sampling.LangevinKernels.Kernel;
import cdrl.training.Setting.Scope;
import cdrl.training.TrainingConfig.Compute;
import cdrl.training.TrainingConfig.Guard;
import cdrl.training.TrainingConfig.LearningRate;
import cdrl.training.TrainingConfig.Output;
import cdrl.training.TrainingConfig.Teacher;
import cdrl.training.TrainingConfig.Training;
import java.nio.file.Path;

/** The settings of how to learn, when to call that off, what to write and how to compute. */
final class LearningSettings {
  static final SettingTable TABLE = new SettingTable();

  private static final Setting<Long> ITERATIONS =
      TABLE.add(
          "training.iterations",
          SettingType.longInteger(1),
          400_000L,
          Scope.ALWAYS,
          config -> config.training().iterations(),
          "The iteration at which training ends.");
  private static final Setting<Integer> BATCH =
      TABLE.add(
          "training.batch",
          SettingType.integer(1, 100_000),
          256,
          Scope.ALWAYS,
          config -> config.training().batch(),
          "Items per iteration.");
  private static final Setting<Long> SEED =
      TABLE.add(
          "training.seed",
          SettingType.longInteger(0),
          0L,
          Scope.ALWAYS,
          config -> config.training().seed(),
          "All random numbers follow from it: the same seed gives the same run.");
  private static final Setting<Boolean> VARIANCE_REDUCTION =
      TABLE.add(
          "training.varianceReduction",
          SettingType.flag(),
          true,
          Scope.ALWAYS,
          config -> config.training().varianceReduction(),
          "Whether an item and its noisier version share their noise (eq. 9).");
  static final Setting<Boolean> COOPERATIVE =
      TABLE.add(
          "training.cooperative",
          SettingType.flag(),
          true,
          Scope.ALWAYS,
          config -> config.prediction() != Prediction.NONE,
          "Whether an initializer proposes where Langevin dynamics begins; without one it begins at"
              + " the noisier item, as in diffusion recovery likelihood, and needs more steps (30).");
  static final Setting<Teacher> TEACHER =
      TABLE.add(
          "training.initializerLearnsFrom",
          SettingType.choice(Teacher.class),
          Teacher.REFINED,
          Scope.ALWAYS,
          config -> config.training().teacher(),
          "What the initializer learns from: the samples that Langevin dynamics refined, or the"
              + " data.");
  private static final Setting<Double> ENERGY_RATE =
      TABLE.add(
          "training.energyRate",
          SettingType.number(0, 1),
          1e-4,
          Scope.ALWAYS,
          config -> config.training().energyRate().peak(),
          "Learning rate of the energy network after its warm-up.");
  private static final Setting<Long> ENERGY_WARMUP =
      TABLE.add(
          "training.energyWarmup",
          SettingType.longInteger(0),
          10_000L,
          Scope.ALWAYS,
          config -> config.training().energyRate().warmup(),
          "Iterations over which that rate rises from 0.");
  private static final Setting<Double> INITIALIZER_RATE =
      TABLE.add(
          "training.initializerRate",
          SettingType.number(0, 1),
          1e-5,
          Scope.ALWAYS,
          config -> config.training().initializerRate().peak(),
          "Learning rate of the initializer after its warm-up.");
  private static final Setting<Long> INITIALIZER_HEAD_START =
      TABLE.add(
          "training.initializerHeadStart",
          SettingType.longInteger(0),
          500L,
          Scope.ALWAYS,
          config -> config.training().initializerRate().headStart(),
          "Iterations by which the initializer's warm-up is ahead.");
  private static final Setting<Long> INITIALIZER_WARMUP =
      TABLE.add(
          "training.initializerWarmup",
          SettingType.longInteger(0),
          10_000L,
          Scope.ALWAYS,
          config -> config.training().initializerRate().warmup(),
          "Iterations of the initializer's warm-up, its head start included.");
  private static final Setting<Double> BETA1 =
      TABLE.add(
          "training.beta1",
          SettingType.share(),
          0.9,
          Scope.ALWAYS,
          config -> config.training().beta1(),
          "Adam's decay of the first moment, for both networks.");
  private static final Setting<Double> BETA2 =
      TABLE.add(
          "training.beta2",
          SettingType.share(),
          0.999,
          Scope.ALWAYS,
          config -> config.training().beta2(),
          "Adam's decay of the second moment, for both networks.");
  private static final Setting<Double> GRADIENT_CLIP =
      TABLE.add(
          "training.gradientClip",
          SettingType.number(1e-6, 1e6),
          1.0,
          Scope.ALWAYS,
          config -> config.training().gradientClip(),
          "The norm that a gradient is scaled down to when it is longer, for both networks.");
  private static final Setting<Double> AVERAGE_DECAY =
      TABLE.add(
          "training.averageDecay",
          SettingType.share(),
          0.9999,
          Scope.ALWAYS,
          config -> config.training().averageDecay(),
          "Decay of the moving averages of the weights, which are what is used afterwards.");
  private static final Setting<Long> COOLDOWN =
      TABLE.add(
          "training.cooldown",
          SettingType.longInteger(0),
          0L,
          Scope.ALWAYS,
          config -> config.training().cooldown(),
          "The last iterations, over which both learning rates fall linearly to zero; 0 for none.");
  static final Setting<String> START =
      TABLE.add(
          "training.start",
          SettingType.text(),
          "",
          Scope.ALWAYS,
          config -> config.training().start(),
          "The model whose averaged weights to start from: the name of one that ships with the"
              + " program, a model file or a run folder, with the same network widths; empty for"
              + " random weights. It may lack classes: without one the networks start as that model,"
              + " and every class starts off it in a random direction.");
  private static final Setting<Integer> RESTARTS =
      TABLE.add(
          "guard.restarts",
          SettingType.integer(0, 100),
          3,
          Scope.ALWAYS,
          config -> config.guard().restarts(),
          "How often a run that diverges goes back to its last good checkpoint; 0 for never.");
  private static final Setting<Double> RATE_FACTOR =
      TABLE.add(
          "guard.rateFactor",
          SettingType.number(0.001, 1),
          0.5,
          Scope.ALWAYS,
          config -> config.guard().rateFactor(),
          "What both learning rates are multiplied with then.");
  private static final Setting<Integer> PATIENCE =
      TABLE.add(
          "guard.patience",
          SettingType.integer(1, 100_000),
          20,
          Scope.ALWAYS,
          config -> config.guard().patience(),
          "For how many iterations in a row one of the limits below must be exceeded; an iteration"
              + " a"
              + " hundred times beyond counts tenfold.");
  private static final Setting<Double> GRADIENT_GROWTH =
      TABLE.add(
          "guard.gradientGrowth",
          SettingType.number(1, 1e9),
          50.0,
          Scope.ALWAYS,
          config -> config.guard().gradientGrowth(),
          "The limit of the energy gradient's norm before clipping, in units of its usual norm.");
  private static final Setting<Double> DRIFT_TO_NOISE =
      TABLE.add(
          "guard.driftToNoise",
          SettingType.number(0.1, 1e9),
          20.0,
          Scope.ALWAYS,
          config -> config.guard().driftToNoise(),
          "The limit of how far gradients move a sample in Langevin dynamics, in units of how far"
              + " noise moves it.");
  private static final Setting<Double> ENERGY_DIFFERENCE =
      TABLE.add(
          "guard.energyDifference",
          SettingType.number(0.001, 1e9),
          5.0,
          Scope.ALWAYS,
          config -> config.guard().energyDifference(),
          "The limit of the distance between the energies of data and samples at a noise level, in"
              + " units of the square root of the number of values in an item.");

  private static final Setting<Integer> LOG_EVERY =
      TABLE.add(
          "output.logEvery",
          SettingType.integer(1, 1_000_000),
          50,
          Scope.ALWAYS,
          config -> config.output().logEvery(),
          "Iterations between two rows of metrics.csv.");
  private static final Setting<Integer> SAMPLE_EVERY =
      TABLE.add(
          "output.sampleEvery",
          SettingType.integer(0, 100_000_000),
          5_000,
          Scope.ALWAYS,
          config -> config.output().sampleEvery(),
          "Iterations between two sample sheets; 0 for none.");
  private static final Setting<Integer> SAMPLE_COUNT =
      TABLE.add(
          "output.sampleCount",
          SettingType.integer(1, 10_000),
          64,
          Scope.ALWAYS,
          config -> config.output().sampleCount(),
          "Samples on a sheet.");
  private static final Setting<Integer> CHECKPOINT_EVERY =
      TABLE.add(
          "output.checkpointEvery",
          SettingType.integer(1, 100_000_000),
          5_000,
          Scope.ALWAYS,
          config -> config.output().checkpointEvery(),
          "Iterations between two checkpoints.");
  private static final Setting<Integer> KEEP_CHECKPOINTS =
      TABLE.add(
          "output.keepCheckpoints",
          SettingType.integer(1, 100_000),
          2,
          Scope.ALWAYS,
          config -> config.output().keepCheckpoints(),
          "How many of the newest checkpoints stay.");
  private static final Setting<Kernel> KERNEL =
      TABLE.add(
          "compute.kernel",
          SettingType.choice(Kernel.class),
          Kernel.AUTO,
          Scope.ALWAYS,
          config -> config.compute().kernel(),
          "The implementation of the Langevin chain.");
  private static final Setting<Format> PRECISION =
      TABLE.add(
          "compute.precision",
          SettingType.choice(Format.class),
          Format.AUTO,
          Scope.ALWAYS,
          config -> config.compute().precision(),
          "The number format of the Langevin chain.");

  private static final Setting<Integer> REPLICAS =
      TABLE.add(
          "compute.replicas",
          SettingType.integer(1, 64),
          1,
          Scope.ALWAYS,
          config -> config.compute().replicas(),
          "Over how many devices every batch is split, their gradients being added up: the chosen"
              + " GPU and those after it. On the processor these share its cores, which gains"
              + " nothing.");

  private LearningSettings() {}

  /** How to learn. */
  static Training training(SettingValues values) {
    return new Training(
        values.get(ITERATIONS),
        values.get(BATCH),
        values.get(SEED),
        values.get(VARIANCE_REDUCTION),
        values.get(TEACHER),
        new LearningRate(values.get(ENERGY_RATE), 0, values.get(ENERGY_WARMUP)),
        new LearningRate(
            values.get(INITIALIZER_RATE),
            values.get(INITIALIZER_HEAD_START),
            values.get(INITIALIZER_WARMUP)),
        values.get(BETA1),
        values.get(BETA2),
        values.get(GRADIENT_CLIP),
        values.get(AVERAGE_DECAY),
        values.get(COOLDOWN),
        start(values.get(START)));
  }

  /** A run may go on from another working directory, so a path is made absolute. */
  private static String start(String nameOrPath) {
    boolean isPath = nameOrPath.matches(".*[/\\\\].*") || nameOrPath.endsWith(".safetensors");
    return isPath
        ? Path.of(nameOrPath).toAbsolutePath().normalize().toString()
        : nameOrPath.strip();
  }

  /** When to call a run diverged. */
  static Guard guard(SettingValues values) {
    return new Guard(
        values.get(RESTARTS),
        values.get(RATE_FACTOR),
        values.get(PATIENCE),
        values.get(GRADIENT_GROWTH),
        values.get(DRIFT_TO_NOISE),
        values.get(ENERGY_DIFFERENCE));
  }

  /** What to write and when. */
  static Output output(SettingValues values) {
    return new Output(
        values.get(LOG_EVERY),
        values.get(SAMPLE_EVERY),
        values.get(SAMPLE_COUNT),
        values.get(CHECKPOINT_EVERY),
        values.get(KEEP_CHECKPOINTS));
  }

  /** How to compute. */
  static Compute compute(SettingValues values) {
    int replicas = values.get(REPLICAS);
    if (replicas > values.get(BATCH)) {
      throw new MisfitException(
          "{0} must not exceed {1}, which is {2}",
          REPLICAS.path(), BATCH.path(), values.get(BATCH));
    }
    return new Compute(values.get(KERNEL), values.get(PRECISION), replicas);
  }
}
