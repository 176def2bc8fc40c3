package cdrl.training;

import cdrl.model.ImageModelSpec;
import cdrl.model.ModelSpec;
import cdrl.model.PointModelSpec;
import cdrl.model.Prediction;
import cdrl.runtime.MisfitException;
import cdrl.schedule.ScheduleSpec;
import cdrl.training.Setting.Scope;
import java.util.ArrayList;
import java.util.List;

/** The settings of the networks and what they are made for: model, schedule and langevin. */
final class ModelSettings {
  static final SettingTable TABLE = new SettingTable();

  private static final Setting<Integer> ENERGY_CHANNELS =
      TABLE.add(
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
      TABLE.add(
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
      TABLE.add(
          "model.energy.blocks",
          SettingType.integer(1, 64),
          8,
          Scope.IMAGES,
          config -> images(config).energy().blocks(),
          "Residual blocks per resolution.");
  private static final Setting<Integer> INITIALIZER_CHANNELS =
      TABLE.add(
          "model.initializer.channels",
          SettingType.integer(32, 1024),
          64,
          Scope.ALWAYS,
          config ->
              config.model() instanceof ImageModelSpec images
                  ? images.initializer().channels()
                  : points(config).initializerWidth(),
          "Width of the initializer, a multiple of 32; at least 64 for points.");
  private static final Setting<Integer> INITIALIZER_EMBEDDING =
      TABLE.add(
          "model.initializer.embedding",
          SettingType.integer(4, 4096),
          128,
          Scope.POINTS,
          config -> points(config).initializerEmbedding(),
          "Width of the initializer's embedding of the noise level, an even number.");
  private static final Setting<List<Integer>> INITIALIZER_MULTIPLIERS =
      TABLE.add(
          "model.initializer.multipliers",
          SettingType.integers(1, 8, 1, 16),
          List.of(1, 1, 1),
          Scope.IMAGES,
          config -> images(config).initializer().multipliers(),
          "Width of the initializer at each resolution in units of its channels; every resolution"
              + " is half of the one before.");
  private static final Setting<Integer> INITIALIZER_BLOCKS =
      TABLE.add(
          "model.initializer.blocks",
          SettingType.integer(1, 64),
          3,
          Scope.IMAGES,
          config -> images(config).initializer().blocks(),
          "Residual blocks per resolution.");
  private static final Setting<List<Integer>> INITIALIZER_ATTENTION =
      TABLE.add(
          "model.initializer.attention",
          SettingType.integers(0, 8, 1, 256),
          List.of(16, 8),
          Scope.IMAGES,
          config -> images(config).initializer().attention(),
          "The resolutions with self-attention, in pixels.");
  private static final Setting<Double> INITIALIZER_DROPOUT =
      TABLE.add(
          "model.initializer.dropout",
          SettingType.share(),
          0.1,
          Scope.IMAGES,
          config -> images(config).initializer().dropout(),
          "Share of units that are dropped while training.");
  private static final Setting<Prediction> PREDICTION =
      TABLE.add(
          "model.initializer.predicts",
          SettingType.choice(Prediction.class, Prediction.NONE),
          Prediction.NEXT,
          Scope.ALWAYS,
          config -> config.prediction() == Prediction.NONE ? Prediction.NEXT : config.prediction(),
          "What the initializer predicts: the item at the next lower noise level, the clean item,"
              + " or the noise.");
  private static final Setting<Boolean> INITIALIZER_CONDITIONAL =
      TABLE.add(
          "model.initializer.conditional",
          SettingType.flag(),
          false,
          Scope.IMAGES,
          config -> images(config).conditionalInitializer(),
          "Whether the initializer is told the class too; the energy network always is.");
  private static final Setting<ScheduleSpec.Kind> SCHEDULE_KIND =
      TABLE.add(
          "schedule.kind",
          SettingType.choice(ScheduleSpec.Kind.class),
          ScheduleSpec.Kind.COSINE,
          Scope.ALWAYS,
          config -> config.schedule().kind(),
          "The family of noise schedules: the paper's, or that of diffusion recovery likelihood"
              + " (6 or 8 levels).");
  private static final Setting<Integer> SCHEDULE_LEVELS =
      TABLE.add(
          "schedule.levels",
          SettingType.integer(1, 100),
          6,
          Scope.ALWAYS,
          config -> config.schedule().levels(),
          "T, the number of noise levels.");
  private static final Setting<Double> SCHEDULE_MAX =
      TABLE.add(
          "schedule.maxLogSnr",
          SettingType.number(-20, 20),
          9.8,
          Scope.ALWAYS,
          config -> config.schedule().maxLogSnr(),
          "Log signal-to-noise ratio at level 0 (cosine only).");
  private static final Setting<Double> SCHEDULE_MIN =
      TABLE.add(
          "schedule.minLogSnr",
          SettingType.number(-20, 20),
          -5.1,
          Scope.ALWAYS,
          config -> config.schedule().minLogSnr(),
          "Log signal-to-noise ratio at level T (cosine only).");
  private static final Setting<Integer> LANGEVIN_STEPS =
      TABLE.add(
          "langevin.steps",
          SettingType.integer(1, 1000),
          15,
          Scope.ALWAYS,
          TrainingConfig::langevinSteps,
          "K, the Langevin steps per level.");

  private ModelSettings() {}

  /** The networks that the values describe. */
  static ModelSpec model(SettingValues values) {
    checkMultiple(ENERGY_CHANNELS, values, 2);
    checkMultiple(INITIALIZER_CHANNELS, values, 32);
    return values.get(DataSettings.DATA_KIND) == DataSettings.DataKind.IMAGES
        ? imageModel(values)
        : pointModel(values);
  }

  private static ModelSpec imageModel(SettingValues values) {
    List<Integer> resolutions = new ArrayList<>();
    int resolution = values.get(DataSettings.DATA_RESOLUTION);
    for (int level = 0; level < values.get(INITIALIZER_MULTIPLIERS).size(); level++) {
      resolutions.add(resolution >> level);
    }
    requireHalvings(values, INITIALIZER_MULTIPLIERS, true);
    requireHalvings(values, ENERGY_MULTIPLIERS, false);
    for (int attention : values.get(INITIALIZER_ATTENTION)) {
      if (!resolutions.contains(attention)) {
        throw new MisfitException(
            "{0} names {1}, which is none of the initializer's resolutions {2}",
            INITIALIZER_ATTENTION.path(), attention, resolutions);
      }
    }
    int classes = DataSettings.labels(values).count();
    if (values.get(INITIALIZER_CONDITIONAL) && classes == 0) {
      throw new MisfitException(
          "{0} needs classes; set {1} to classes or attributes",
          INITIALIZER_CONDITIONAL.path(), DataSettings.LABEL_KIND.path());
    }
    return new ImageModelSpec(
        resolution,
        values.get(DataSettings.DATA_CHANNELS),
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

  /** The resolution is halved after every multiplier but the last. */
  private static void requireHalvings(
      SettingValues values, Setting<List<Integer>> multipliers, boolean evenly) {
    int resolution = values.get(DataSettings.DATA_RESOLUTION);
    int halvings = values.get(multipliers).size() - 1;
    if (resolution >> halvings < 1 || (evenly && resolution % (1 << halvings) != 0)) {
      throw new MisfitException(
          "{0} is {1}, which cannot be halved {2} times for the {3} entries of {4}",
          DataSettings.DATA_RESOLUTION.path(),
          resolution,
          halvings,
          halvings + 1,
          multipliers.path());
    }
  }

  private static ModelSpec pointModel(SettingValues values) {
    checkMultiple(INITIALIZER_EMBEDDING, values, 2);
    int width = values.get(INITIALIZER_CHANNELS);
    if (width < PointModelSpec.LEAST_INITIALIZER_WIDTH) {
      throw new MisfitException(
          "{0} must be at least {1} for points, not {2}",
          INITIALIZER_CHANNELS.path(), PointModelSpec.LEAST_INITIALIZER_WIDTH, width);
    }
    return new PointModelSpec(
        values.get(ENERGY_CHANNELS),
        values.get(ENERGY_MULTIPLIERS),
        values.get(INITIALIZER_CHANNELS),
        values.get(INITIALIZER_EMBEDDING));
  }

  /** The noise levels that the values describe. */
  static ScheduleSpec schedule(SettingValues values) {
    double most = values.get(SCHEDULE_MAX);
    double least = values.get(SCHEDULE_MIN);
    if (least >= most) {
      throw new MisfitException("{0} must be below {1}", SCHEDULE_MIN.path(), SCHEDULE_MAX.path());
    }
    int levels = values.get(SCHEDULE_LEVELS);
    if (values.get(SCHEDULE_KIND) == ScheduleSpec.Kind.DRL && levels != 6 && levels != 8) {
      throw new MisfitException(
          "{0} must be 6 or 8 for the schedule 'drl', not {1}", SCHEDULE_LEVELS.path(), levels);
    }
    return new ScheduleSpec(values.get(SCHEDULE_KIND), levels, most, least);
  }

  /** K, the Langevin steps per level. */
  static int langevinSteps(SettingValues values) {
    return values.get(LANGEVIN_STEPS);
  }

  /** What the initializer predicts, or that there is none. */
  static Prediction prediction(SettingValues values) {
    if (values.get(LearningSettings.COOPERATIVE)) {
      return values.get(PREDICTION);
    }
    for (Setting<?> setting :
        List.of(PREDICTION, LearningSettings.TEACHER, INITIALIZER_CONDITIONAL)) {
      if (!values.get(setting).equals(setting.fallback())) {
        throw new MisfitException(
            "{0} is about the initializer, which training.cooperative: false leaves out; remove one"
                + " of them",
            setting.path());
      }
    }
    return Prediction.NONE;
  }

  private static void checkMultiple(Setting<Integer> setting, SettingValues values, int divisor) {
    if (values.get(setting) % divisor != 0) {
      throw new MisfitException(
          "{0} must be a multiple of {1}, not {2}", setting.path(), divisor, values.get(setting));
    }
  }

  private static ImageModelSpec images(TrainingConfig config) {
    return (ImageModelSpec) config.model();
  }

  private static PointModelSpec points(TrainingConfig config) {
    return (PointModelSpec) config.model();
  }
}
