package cdrl.training;

import cdrl.data.Checkerboard;
import cdrl.data.DataSet;
import cdrl.data.ImageDataSet;
import cdrl.data.PlaneShape;
import cdrl.model.ImageModelSpec;
import cdrl.model.ModelSpec;
import cdrl.model.PointModelSpec;
import cdrl.model.Prediction;
import cdrl.sampling.LangevinKernels.Format;
import cdrl.sampling.LangevinKernels.Kernel;
import cdrl.schedule.ScheduleSpec;
import java.nio.file.Path;
import java.util.List;

/** Tiny training runs. */
final class TestTraining {
  private TestTraining() {}

  static DataSet points() {
    return Checkerboard.points(200, 1);
  }

  static DataSet images() {
    return ImageDataSet.of(8, 3, pixels(), "patterns");
  }

  /** The same images in two classes. */
  static DataSet classes() {
    int[] labels = new int[20];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = 1 + i % 2;
    }
    return ImageDataSet.of(8, 3, pixels(), labels, List.of("even", "odd"), "patterns");
  }

  private static byte[] pixels() {
    byte[] pixels = new byte[20 * 3 * 64];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 37 + i / 64 * 11);
    }
    return pixels;
  }

  /** A run over points. */
  static TrainingConfig pointConfig(long iterations, double rate) {
    return config(
        new TrainingConfig.Shape(PlaneShape.CHECKERBOARD, 200),
        new PointModelSpec(8, List.of(1, 2), 64, 8),
        iterations,
        16,
        rate);
  }

  /** A run over images, with dropout and flips. */
  static TrainingConfig imageConfig(long iterations) {
    return imageConfig(iterations, TrainingConfig.Labels.NONE);
  }

  /** A run over images with two classes, which both networks are told. */
  static TrainingConfig classConfig(long iterations) {
    return imageConfig(
        iterations,
        new TrainingConfig.Labels(TrainingConfig.LabelKind.CLASSES, 2, List.of(), List.of(), 0.1));
  }

  private static TrainingConfig imageConfig(long iterations, TrainingConfig.Labels labels) {
    return config(
        new TrainingConfig.Images(Path.of("pictures").toAbsolutePath(), 8, 3, true, labels),
        new ImageModelSpec(
            8,
            3,
            labels.count(),
            labels.count() > 0,
            new ImageModelSpec.Energy(4, List.of(1, 2), 1),
            new ImageModelSpec.Unet(32, List.of(1, 1), 1, List.of(4), 0.2)),
        iterations,
        4,
        1e-3);
  }

  /** The same with batches of another size. */
  static TrainingConfig withBatch(TrainingConfig config, int batch) {
    return ConfigFile.parse(ConfigFile.write(config), "test", List.of("training.batch=" + batch));
  }

  /** Another way of training the same. */
  static TrainingConfig with(
      TrainingConfig config, Prediction prediction, TrainingConfig.Teacher teacher) {
    TrainingConfig.Training training = config.training();
    return new TrainingConfig(
        config.name(),
        config.data(),
        config.model(),
        config.schedule(),
        config.langevinSteps(),
        prediction,
        new TrainingConfig.Training(
            training.iterations(),
            training.batch(),
            training.seed(),
            training.varianceReduction(),
            teacher,
            training.energyRate(),
            training.initializerRate(),
            training.beta1(),
            training.beta2(),
            training.gradientClip(),
            training.averageDecay(),
            training.cooldown(),
            training.start()),
        config.guard(),
        config.output(),
        config.compute());
  }

  /** The same on several devices, without dropout, whose masks would be others. */
  static TrainingConfig onReplicas(TrainingConfig config, int replicas) {
    ModelSpec model = config.model();
    if (model instanceof ImageModelSpec images) {
      ImageModelSpec.Unet unet = images.initializer();
      model =
          new ImageModelSpec(
              images.resolution(),
              images.imageChannels(),
              images.classes(),
              images.conditionalInitializer(),
              images.energy(),
              new ImageModelSpec.Unet(
                  unet.channels(), unet.multipliers(), unet.blocks(), unet.attention(), 0));
    }
    return new TrainingConfig(
        config.name(),
        config.data(),
        model,
        config.schedule(),
        config.langevinSteps(),
        config.prediction(),
        config.training(),
        config.guard(),
        config.output(),
        new TrainingConfig.Compute(
            config.compute().kernel(), config.compute().precision(), replicas));
  }

  private static TrainingConfig config(
      TrainingConfig.Data data, ModelSpec spec, long iterations, int batch, double rate) {
    return new TrainingConfig(
        "test",
        data,
        spec,
        ScheduleSpec.cosine(3),
        2,
        Prediction.NEXT,
        new TrainingConfig.Training(
            iterations,
            batch,
            5,
            true,
            TrainingConfig.Teacher.REFINED,
            new TrainingConfig.LearningRate(rate, 0, 3),
            new TrainingConfig.LearningRate(rate, 1, 3),
            0.9,
            0.999,
            1,
            0.99,
            0,
            ""),
        new TrainingConfig.Guard(2, 0.5, 5, 50, 20, 5),
        new TrainingConfig.Output(2, 4, 4, 100, 2),
        new TrainingConfig.Compute(Kernel.FUSED, Format.FLOAT32, 1));
  }
}
