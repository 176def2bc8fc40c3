package cdrl.training;

import cdrl.model.ImageModelSpec;
import cdrl.model.ModelSpec;
import cdrl.model.PointModelSpec;
import cdrl.sampling.LangevinKernels.Format;
import cdrl.sampling.LangevinKernels.Kernel;
import cdrl.schedule.ScheduleSpec;
import cdrl.training.Setting.Scope;
import cdrl.training.TrainingConfig.Checkerboard;
import cdrl.training.TrainingConfig.Compute;
import cdrl.training.TrainingConfig.Data;
import cdrl.training.TrainingConfig.Images;
import cdrl.training.TrainingConfig.LabelKind;
import cdrl.training.TrainingConfig.Labels;
import cdrl.training.TrainingConfig.LearningRate;
import cdrl.training.TrainingConfig.Output;
import cdrl.training.TrainingConfig.Training;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The table of all settings of a training run. Names, ranges, defaults and explanations stand here
 * and nowhere else; files are read and written by it. The defaults are the paper's.
 */
final class Settings {
  /** The kinds of training data. */
  enum DataKind {
    CHECKERBOARD,
    IMAGES
  }

  /** Values for settings; those that were not given hold their default. */
  static final class Values {
    private final Map<Setting<?>, Object> given = new HashMap<>();

    /** Gives a setting a value, in place of any earlier one. */
    <T> void put(Setting<T> setting, T value) {
      given.put(setting, value);
    }

    /** The value of a setting. */
    @SuppressWarnings("unchecked") // put() lets only values of the setting's own type in
    <T> T get(Setting<T> setting) {
      Object value = given.get(setting);
      return value == null ? setting.fallback() : (T) value;
    }

    /** The settings that were given a value. */
    Iterable<Setting<?>> given() {
      return Collections.unmodifiableSet(given.keySet());
    }
  }

  private static final List<Setting<?>> TABLE = new ArrayList<>();

  private static final Setting<String> NAME =
      add(
          "name",
          SettingType.text(),
          "untitled",
          Scope.ALWAYS,
          TrainingConfig::name,
          "A short name of the model for people.");
  static final Setting<DataKind> DATA_KIND =
      add(
          "data.kind",
          SettingType.choice(DataKind.class),
          DataKind.IMAGES,
          Scope.ALWAYS,
          config -> config.data() instanceof Images ? DataKind.IMAGES : DataKind.CHECKERBOARD,
          "What to learn.");
  private static final Setting<Integer> DATA_POINTS =
      add(
          "data.points",
          SettingType.integer(1, 10_000_000),
          50_000,
          Scope.POINTS,
          config -> ((Checkerboard) config.data()).points(),
          "The number of points in the data set.");
  static final Setting<String> DATA_PATH =
      add(
          "data.path",
          SettingType.text(),
          "",
          Scope.IMAGES,
          config -> ((Images) config.data()).path().toString(),
          "A folder of images, a CelebA folder, an idx file or a CIFAR-10 binary file or folder;"
              + " recognized by its content. Relative to the working directory.");
  private static final Setting<Integer> DATA_RESOLUTION =
      add(
          "data.resolution",
          SettingType.integer(8, 256),
          32,
          Scope.IMAGES,
          config -> ((Images) config.data()).resolution(),
          "Width and height in pixels; images are cropped to a square and scaled to it.");
  private static final Setting<Integer> DATA_CHANNELS =
      add(
          "data.channels",
          SettingType.integer(1, 3),
          3,
          Scope.IMAGES,
          config -> ((Images) config.data()).channels(),
          "1 for grey images, 3 for colour.");
  private static final Setting<Boolean> DATA_FLIP =
      add(
          "data.flip",
          SettingType.flag(),
          true,
          Scope.IMAGES,
          config -> ((Images) config.data()).flip(),
          "Mirrors half of the images at random; not for letters and digits.");

  private static final Setting<LabelKind> LABEL_KIND =
      add(
          "labels.kind",
          SettingType.choice(LabelKind.class),
          Labels.NONE.kind(),
          Scope.IMAGES,
          config -> labels(config).kind(),
          "What the networks are told about an image: nothing, its class, or the value of one of"
              + " its attributes, picked at random for every batch.");
  private static final Setting<Integer> LABEL_CLASSES =
      add(
          "labels.classes",
          SettingType.integer(1, 100_000),
          Labels.NONE.classes(),
          Scope.IMAGES,
          config -> labels(config).classes(),
          "The number of classes of the data (for classes).");
  private static final Setting<List<String>> LABEL_NAMES =
      add(
          "labels.names",
          SettingType.texts("[cat, dog]"),
          Labels.NONE.names(),
          Scope.IMAGES,
          config -> labels(config).names(),
          "The names of the classes in their order; an empty list takes those of the data.");
  private static final Setting<List<String>> LABEL_ATTRIBUTES =
      add(
          "labels.attributes",
          SettingType.texts("[Male, Smiling]"),
          Labels.NONE.attributes(),
          Scope.IMAGES,
          config -> labels(config).attributes(),
          "The attributes of the data (for attributes); each of their values is one class.");
  private static final Setting<Double> LABEL_DROPPING =
      add(
          "labels.dropping",
          SettingType.share(),
          Labels.NONE.dropping(),
          Scope.IMAGES,
          config -> labels(config).dropping(),
          "The share of images that are shown without their class; guidance and composition need"
              + " more than 0.");

  private static final Setting<Integer> ENERGY_CHANNELS =
      add(
          "model.energy.channels",
          SettingType.integer(4, 1024),
          128,
          Scope.ALWAYS,
          config ->
              config.model() instanceof ImageModelSpec images
                  ? images.energy().channels()
                  : points(config).width(),
          "Width C of the energy network.");
  private static final Setting<List<Integer>> ENERGY_MULTIPLIERS =
      add(
          "model.energy.multipliers",
          SettingType.integers(1, 8, 1, 16),
          List.of(1, 2, 2, 2),
          Scope.ALWAYS,
          config ->
              config.model() instanceof ImageModelSpec images
                  ? images.energy().multipliers()
                  : points(config).multipliers(),
          "Width in units of C: one entry per resolution for images (each half of the one before),"
              + " one per residual block for points.");
  private static final Setting<Integer> ENERGY_BLOCKS =
      add(
          "model.energy.blocks",
          SettingType.integer(1, 64),
          8,
          Scope.IMAGES,
          config -> images(config).energy().blocks(),
          "Residual blocks per resolution.");
  private static final Setting<Integer> INITIALIZER_CHANNELS =
      add(
          "model.initializer.channels",
          SettingType.integer(32, 1024),
          64,
          Scope.ALWAYS,
          config ->
              config.model() instanceof ImageModelSpec images
                  ? images.initializer().channels()
                  : points(config).initializerWidth(),
          "Width of the initializer, a multiple of 32.");
  private static final Setting<Integer> INITIALIZER_EMBEDDING =
      add(
          "model.initializer.embedding",
          SettingType.integer(4, 4096),
          128,
          Scope.POINTS,
          config -> points(config).initializerEmbedding(),
          "Width of the initializer's embedding of the noise level, an even number.");
  private static final Setting<List<Integer>> INITIALIZER_MULTIPLIERS =
      add(
          "model.initializer.multipliers",
          SettingType.integers(1, 8, 1, 16),
          List.of(1, 1, 1),
          Scope.IMAGES,
          config -> images(config).initializer().multipliers(),
          "Width of the initializer at each resolution in units of its channels; every resolution"
              + " is half of the one before.");
  private static final Setting<Integer> INITIALIZER_BLOCKS =
      add(
          "model.initializer.blocks",
          SettingType.integer(1, 64),
          3,
          Scope.IMAGES,
          config -> images(config).initializer().blocks(),
          "Residual blocks per resolution.");
  private static final Setting<List<Integer>> INITIALIZER_ATTENTION =
      add(
          "model.initializer.attention",
          SettingType.integers(0, 8, 1, 256),
          List.of(16, 8),
          Scope.IMAGES,
          config -> images(config).initializer().attention(),
          "The resolutions with self-attention, in pixels.");
  private static final Setting<Double> INITIALIZER_DROPOUT =
      add(
          "model.initializer.dropout",
          SettingType.share(),
          0.1,
          Scope.IMAGES,
          config -> images(config).initializer().dropout(),
          "Share of units that are dropped while training.");
  private static final Setting<Boolean> INITIALIZER_CONDITIONAL =
      add(
          "model.initializer.conditional",
          SettingType.flag(),
          false,
          Scope.IMAGES,
          config -> images(config).conditionalInitializer(),
          "Whether the initializer is told the class too; the energy network always is.");

  private static final Setting<ScheduleSpec.Kind> SCHEDULE_KIND =
      add(
          "schedule.kind",
          SettingType.choice(ScheduleSpec.Kind.class),
          ScheduleSpec.Kind.COSINE,
          Scope.ALWAYS,
          config -> config.schedule().kind(),
          "The family of noise schedules: the paper's, or that of diffusion recovery likelihood"
              + " (6 or 8 levels).");
  private static final Setting<Integer> SCHEDULE_LEVELS =
      add(
          "schedule.levels",
          SettingType.integer(1, 100),
          6,
          Scope.ALWAYS,
          config -> config.schedule().levels(),
          "T, the number of noise levels.");
  private static final Setting<Double> SCHEDULE_MAX =
      add(
          "schedule.maxLogSnr",
          SettingType.number(-20, 20),
          9.8,
          Scope.ALWAYS,
          config -> config.schedule().maxLogSnr(),
          "Log signal-to-noise ratio at level 0 (cosine only).");
  private static final Setting<Double> SCHEDULE_MIN =
      add(
          "schedule.minLogSnr",
          SettingType.number(-20, 20),
          -5.1,
          Scope.ALWAYS,
          config -> config.schedule().minLogSnr(),
          "Log signal-to-noise ratio at level T (cosine only).");
  private static final Setting<Integer> LANGEVIN_STEPS =
      add(
          "langevin.steps",
          SettingType.integer(1, 1000),
          15,
          Scope.ALWAYS,
          TrainingConfig::langevinSteps,
          "K, the Langevin steps per level.");

  private static final Setting<Long> ITERATIONS =
      add(
          "training.iterations",
          SettingType.longInteger(1),
          400_000L,
          Scope.ALWAYS,
          config -> config.training().iterations(),
          "The iteration at which training ends.");
  private static final Setting<Integer> BATCH =
      add(
          "training.batch",
          SettingType.integer(1, 100_000),
          256,
          Scope.ALWAYS,
          config -> config.training().batch(),
          "Items per iteration.");
  private static final Setting<Long> SEED =
      add(
          "training.seed",
          SettingType.longInteger(0),
          0L,
          Scope.ALWAYS,
          config -> config.training().seed(),
          "All random numbers follow from it: the same seed gives the same run.");
  private static final Setting<Boolean> VARIANCE_REDUCTION =
      add(
          "training.varianceReduction",
          SettingType.flag(),
          true,
          Scope.ALWAYS,
          config -> config.training().varianceReduction(),
          "Whether an item and its noisier version share their noise (eq. 9).");
  private static final Setting<Double> ENERGY_RATE =
      add(
          "training.energyRate",
          SettingType.number(0, 1),
          1e-4,
          Scope.ALWAYS,
          config -> config.training().energyRate().peak(),
          "Learning rate of the energy network after its warm-up.");
  private static final Setting<Long> ENERGY_WARMUP =
      add(
          "training.energyWarmup",
          SettingType.longInteger(0),
          10_000L,
          Scope.ALWAYS,
          config -> config.training().energyRate().warmup(),
          "Iterations over which that rate rises from 0.");
  private static final Setting<Double> INITIALIZER_RATE =
      add(
          "training.initializerRate",
          SettingType.number(0, 1),
          1e-5,
          Scope.ALWAYS,
          config -> config.training().initializerRate().peak(),
          "Learning rate of the initializer after its warm-up.");
  private static final Setting<Long> INITIALIZER_HEAD_START =
      add(
          "training.initializerHeadStart",
          SettingType.longInteger(0),
          500L,
          Scope.ALWAYS,
          config -> config.training().initializerRate().headStart(),
          "Iterations by which the initializer's warm-up is ahead.");
  private static final Setting<Long> INITIALIZER_WARMUP =
      add(
          "training.initializerWarmup",
          SettingType.longInteger(0),
          10_000L,
          Scope.ALWAYS,
          config -> config.training().initializerRate().warmup(),
          "Iterations of the initializer's warm-up, its head start included.");
  private static final Setting<Double> BETA1 =
      add(
          "training.beta1",
          SettingType.share(),
          0.9,
          Scope.ALWAYS,
          config -> config.training().beta1(),
          "Adam's decay of the first moment, for both networks.");
  private static final Setting<Double> BETA2 =
      add(
          "training.beta2",
          SettingType.share(),
          0.999,
          Scope.ALWAYS,
          config -> config.training().beta2(),
          "Adam's decay of the second moment, for both networks.");
  private static final Setting<Double> GRADIENT_CLIP =
      add(
          "training.gradientClip",
          SettingType.number(1e-6, 1e6),
          1.0,
          Scope.ALWAYS,
          config -> config.training().gradientClip(),
          "The norm that a gradient is scaled down to when it is longer, for both networks.");
  private static final Setting<Double> AVERAGE_DECAY =
      add(
          "training.averageDecay",
          SettingType.share(),
          0.9999,
          Scope.ALWAYS,
          config -> config.training().averageDecay(),
          "Decay of the moving averages of the weights, which are what is used afterwards.");

  private static final Setting<Long> COOLDOWN =
      add(
          "training.cooldown",
          SettingType.longInteger(0),
          0L,
          Scope.ALWAYS,
          config -> config.training().cooldown(),
          "The last iterations, over which both learning rates fall linearly to zero; 0 for none.");

  private static final Setting<Integer> LOG_EVERY =
      add(
          "output.logEvery",
          SettingType.integer(1, 1_000_000),
          50,
          Scope.ALWAYS,
          config -> config.output().logEvery(),
          "Iterations between two rows of metrics.csv.");
  private static final Setting<Integer> SAMPLE_EVERY =
      add(
          "output.sampleEvery",
          SettingType.integer(0, 100_000_000),
          5_000,
          Scope.ALWAYS,
          config -> config.output().sampleEvery(),
          "Iterations between two sample sheets; 0 for none.");
  private static final Setting<Integer> SAMPLE_COUNT =
      add(
          "output.sampleCount",
          SettingType.integer(1, 10_000),
          64,
          Scope.ALWAYS,
          config -> config.output().sampleCount(),
          "Samples on a sheet.");
  private static final Setting<Integer> CHECKPOINT_EVERY =
      add(
          "output.checkpointEvery",
          SettingType.integer(1, 100_000_000),
          5_000,
          Scope.ALWAYS,
          config -> config.output().checkpointEvery(),
          "Iterations between two checkpoints.");
  private static final Setting<Integer> KEEP_CHECKPOINTS =
      add(
          "output.keepCheckpoints",
          SettingType.integer(1, 100_000),
          2,
          Scope.ALWAYS,
          config -> config.output().keepCheckpoints(),
          "How many of the newest checkpoints stay.");

  private static final Setting<Kernel> KERNEL =
      add(
          "compute.kernel",
          SettingType.choice(Kernel.class),
          Kernel.AUTO,
          Scope.ALWAYS,
          config -> config.compute().kernel(),
          "The implementation of the Langevin chain.");
  private static final Setting<Format> PRECISION =
      add(
          "compute.precision",
          SettingType.choice(Format.class),
          Format.AUTO,
          Scope.ALWAYS,
          config -> config.compute().precision(),
          "The number format of the Langevin chain.");

  private Settings() {}

  /** All settings in the order in which they are written. */
  static List<Setting<?>> all() {
    return Collections.unmodifiableList(TABLE);
  }

  /**
   * The configuration that the values describe.
   *
   * @throws IllegalArgumentException when values do not fit each other; the message says which
   */
  static TrainingConfig assemble(Values values) {
    boolean images = values.get(DATA_KIND) == DataKind.IMAGES;
    for (Setting<?> setting : values.given()) {
      if (!setting.scope().covers(values.get(DATA_KIND))) {
        throw new IllegalArgumentException(
            setting.path() + " does not apply to " + (images ? "images" : "points in the plane"));
      }
    }
    checkMultiple(INITIALIZER_CHANNELS, values, 32);
    return new TrainingConfig(
        values.get(NAME),
        images ? imageData(values) : new Checkerboard(values.get(DATA_POINTS)),
        images ? imageModel(values) : pointModel(values),
        schedule(values),
        values.get(LANGEVIN_STEPS),
        new Training(
            values.get(ITERATIONS),
            values.get(BATCH),
            values.get(SEED),
            values.get(VARIANCE_REDUCTION),
            new LearningRate(values.get(ENERGY_RATE), 0, values.get(ENERGY_WARMUP)),
            new LearningRate(
                values.get(INITIALIZER_RATE),
                values.get(INITIALIZER_HEAD_START),
                values.get(INITIALIZER_WARMUP)),
            values.get(BETA1),
            values.get(BETA2),
            values.get(GRADIENT_CLIP),
            values.get(AVERAGE_DECAY),
            values.get(COOLDOWN)),
        new Output(
            values.get(LOG_EVERY),
            values.get(SAMPLE_EVERY),
            values.get(SAMPLE_COUNT),
            values.get(CHECKPOINT_EVERY),
            values.get(KEEP_CHECKPOINTS)),
        new Compute(values.get(KERNEL), values.get(PRECISION)));
  }

  private static Data imageData(Values values) {
    String path = values.get(DATA_PATH);
    if (path.isBlank()) {
      throw new IllegalArgumentException(
          "data.path is missing; set it to the file or folder of images to learn from");
    }
    if (values.get(DATA_CHANNELS) == 2) {
      throw new IllegalArgumentException("data.channels must be 1 or 3, not 2");
    }
    return new Images(
        Path.of(path).toAbsolutePath().normalize(),
        values.get(DATA_RESOLUTION),
        values.get(DATA_CHANNELS),
        values.get(DATA_FLIP),
        labels(values));
  }

  private static Labels labels(Values values) {
    Labels labels =
        new Labels(
            values.get(LABEL_KIND),
            values.get(LABEL_CLASSES),
            values.get(LABEL_NAMES),
            values.get(LABEL_ATTRIBUTES),
            values.get(LABEL_DROPPING));
    if (labels.kind() == LabelKind.ATTRIBUTES && labels.attributes().isEmpty()) {
      throw new IllegalArgumentException(
          LABEL_ATTRIBUTES.path() + " must name at least one attribute of the data");
    }
    if (labels.kind() == LabelKind.CLASSES
        && !labels.names().isEmpty()
        && labels.names().size() != labels.classes()) {
      throw new IllegalArgumentException(
          LABEL_NAMES.path()
              + " has "
              + labels.names().size()
              + " names where "
              + LABEL_CLASSES.path()
              + " is "
              + labels.classes());
    }
    return labels;
  }

  private static ModelSpec imageModel(Values values) {
    List<Integer> resolutions = new ArrayList<>();
    int resolution = values.get(DATA_RESOLUTION);
    for (int level = 0; level < values.get(INITIALIZER_MULTIPLIERS).size(); level++) {
      resolutions.add(resolution >> level);
    }
    for (int attention : values.get(INITIALIZER_ATTENTION)) {
      if (!resolutions.contains(attention)) {
        throw new IllegalArgumentException(
            INITIALIZER_ATTENTION.path()
                + " names "
                + attention
                + ", which is none of the initializer's resolutions "
                + resolutions);
      }
    }
    int classes = labels(values).count();
    if (values.get(INITIALIZER_CONDITIONAL) && classes == 0) {
      throw new IllegalArgumentException(
          INITIALIZER_CONDITIONAL.path()
              + " needs classes; set "
              + LABEL_KIND.path()
              + " to classes or attributes");
    }
    return new ImageModelSpec(
        resolution,
        values.get(DATA_CHANNELS),
        classes,
        values.get(INITIALIZER_CONDITIONAL),
        new ImageModelSpec.Energy(
            values.get(ENERGY_CHANNELS), values.get(ENERGY_MULTIPLIERS), values.get(ENERGY_BLOCKS)),
        new ImageModelSpec.Unet(
            values.get(INITIALIZER_CHANNELS),
            values.get(INITIALIZER_MULTIPLIERS),
            values.get(INITIALIZER_BLOCKS),
            values.get(INITIALIZER_ATTENTION),
            values.get(INITIALIZER_DROPOUT)));
  }

  private static ModelSpec pointModel(Values values) {
    checkMultiple(INITIALIZER_EMBEDDING, values, 2);
    return new PointModelSpec(
        values.get(ENERGY_CHANNELS),
        values.get(ENERGY_MULTIPLIERS),
        values.get(INITIALIZER_CHANNELS),
        values.get(INITIALIZER_EMBEDDING));
  }

  private static ScheduleSpec schedule(Values values) {
    double most = values.get(SCHEDULE_MAX);
    double least = values.get(SCHEDULE_MIN);
    if (least >= most) {
      throw new IllegalArgumentException(
          SCHEDULE_MIN.path() + " must be below " + SCHEDULE_MAX.path());
    }
    int levels = values.get(SCHEDULE_LEVELS);
    if (values.get(SCHEDULE_KIND) == ScheduleSpec.Kind.DRL && levels != 6 && levels != 8) {
      throw new IllegalArgumentException(
          SCHEDULE_LEVELS.path() + " must be 6 or 8 for the schedule 'drl', not " + levels);
    }
    return new ScheduleSpec(values.get(SCHEDULE_KIND), levels, most, least);
  }

  private static void checkMultiple(Setting<Integer> setting, Values values, int divisor) {
    if (values.get(setting) % divisor != 0) {
      throw new IllegalArgumentException(
          setting.path() + " must be a multiple of " + divisor + ", not " + values.get(setting));
    }
  }

  private static Labels labels(TrainingConfig config) {
    return ((Images) config.data()).labels();
  }

  private static ImageModelSpec images(TrainingConfig config) {
    return (ImageModelSpec) config.model();
  }

  private static PointModelSpec points(TrainingConfig config) {
    return (PointModelSpec) config.model();
  }

  private static <T> Setting<T> add(
      String path,
      SettingType<T> type,
      T fallback,
      Scope scope,
      Function<TrainingConfig, T> getter,
      String comment) {
    Setting<T> setting = new Setting<>(path, type, fallback, scope, getter, comment);
    TABLE.add(setting);
    return setting;
  }
}
