package cdrl.model;

import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import cdrl.runtime.TensorRuntime;
import cdrl.schedule.ScheduleSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tiny models whose every part has an effect. */
public final class TestModels {
  private TestModels() {}

  /** Networks for points. */
  public static ModelSpec points() {
    return new PointModelSpec(8, List.of(1, 2, 1), 64, 8);
  }

  /** Networks for images, with a shortcut, several blocks and attention at half the resolution. */
  public static ImageModelSpec images(int resolution, int channels) {
    return images(resolution, channels, 0);
  }

  /** The same with classes that both networks see. */
  public static ImageModelSpec images(int resolution, int channels, int classes) {
    return new ImageModelSpec(
        resolution,
        channels,
        classes,
        classes > 0,
        new ImageModelSpec.Energy(4, List.of(1, 2, 2), 2),
        new ImageModelSpec.Unet(32, List.of(1, 1), 1, List.of(resolution / 2), 0));
  }

  /** A description with three Langevin steps on the paper's schedule. */
  public static ModelDescription describe(ModelSpec spec) {
    return describe(spec, Prediction.NEXT);
  }

  /** The same with another initializer. */
  public static ModelDescription describe(ModelSpec spec, Prediction prediction) {
    return new ModelDescription(
        "test",
        spec,
        ScheduleSpec.PAPER,
        3,
        prediction,
        List.of(),
        List.of(),
        new Provenance("", "", "", "", 0, 0, "", Map.of()));
  }

  /** A model in which no weight is zero and the spectral norms are right. On the tensor lane. */
  public static CdrlModel create(ModelSpec spec, long seed, TensorRuntime runtime) {
    CdrlModel model = CdrlModel.create(describe(spec), seed, runtime);
    RandomNumbers numbers = new RandomNumbers(seed);
    Map<String, HostTensor> changed = new LinkedHashMap<>();
    model
        .weights()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith("initializer.") || name.endsWith(".gain")) {
                float[] noise = new float[tensor.values().length];
                numbers.normal(Purpose.WEIGHTS, name.hashCode(), 0, noise);
                for (int i = 0; i < noise.length; i++) {
                  noise[i] = tensor.values()[i] + 0.05f * noise[i];
                }
                changed.put(name, new HostTensor(tensor.shape(), noise));
              }
            });
    model.setWeights(changed);
    for (int i = 0; i < 20; i++) {
      model.energy().powerIteration();
    }
    return model;
  }

  /** ‖a − b‖ / ‖b‖. */
  public static double distance(float[] a, float[] b) {
    double difference = 0;
    double square = 0;
    for (int i = 0; i < b.length; i++) {
      difference += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
      square += (double) b[i] * b[i];
    }
    return Math.sqrt(difference / square);
  }
}
