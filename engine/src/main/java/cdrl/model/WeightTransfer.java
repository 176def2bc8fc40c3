package cdrl.model;

import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weights of a model for networks of the same widths that may be told a class where the model
 * was not. The class embeddings that are then missing start so that they change nothing: the
 * networks compute what the model computed, whatever the class, until training tells classes apart.
 */
public final class WeightTransfer {
  private WeightTransfer() {}

  /**
   * All weights of the new networks.
   *
   * @param from the model to start from
   * @param weights its weights
   * @param to the new networks
   * @param prediction what the new initializer predicts
   * @param seed decides the direction in which class embeddings start
   * @throws CdrlException when the weights do not fit the new networks, saying what is different
   */
  public static Map<String, HostTensor> apply(
      ModelDescription from,
      Map<String, HostTensor> weights,
      ModelSpec to,
      Prediction prediction,
      long seed) {
    requireFitting(from, to, prediction);
    Map<String, HostTensor> all = new LinkedHashMap<>(weights);
    if (to instanceof ImageModelSpec images && images.classes() > 0) {
      if (from.spec().classes() == 0) {
        all.putAll(silentEnergyClasses(images, seed));
      }
      boolean told = from.spec().classes() > 0 && from.spec().conditionalInitializer();
      if (images.conditionalInitializer() && !told && prediction != Prediction.NONE) {
        all.putAll(silentInitializerClasses(images));
      }
    }
    return all;
  }

  /**
   * Refuses networks that the weights do not fit.
   *
   * @throws CdrlException saying what is different
   */
  public static void requireFitting(ModelDescription from, ModelSpec to, Prediction prediction) {
    requireSame(from, "initializer predicts", word(from.prediction()), word(prediction));
    if (from.spec() instanceof ImageModelSpec start && to instanceof ImageModelSpec images) {
      requireSame(from, "resolution is", start.resolution(), images.resolution());
      requireSame(from, "number of channels is", start.imageChannels(), images.imageChannels());
      requireSame(from, "energy network has", start.energy(), images.energy());
      if (prediction != Prediction.NONE) {
        requireSame(
            from,
            "initializer has",
            withoutDropout(start.initializer()),
            withoutDropout(images.initializer()));
      }
      if (start.classes() > 0) {
        requireSame(from, "number of classes is", start.classes(), images.classes());
        if (start.conditionalInitializer() && !images.conditionalInitializer()) {
          requireSame(from, "initializer is told the class:", true, false);
        }
      }
    } else {
      requireSame(from, "networks are", from.spec(), to);
    }
  }

  private static void requireSame(ModelDescription from, String what, Object theirs, Object ours) {
    if (!theirs.equals(ours)) {
      throw new CdrlException(
          "Training cannot start from the model '"
              + from.name()
              + "' because its "
              + what
              + " "
              + theirs
              + " where the configuration says "
              + ours
              + "; change training.start or the settings of the model.");
    }
  }

  private static String word(Prediction prediction) {
    return switch (prediction) {
      case NEXT -> "the next level";
      case CLEAN -> "the clean item";
      case NOISE -> "the noise";
      case NONE -> "nothing";
    };
  }

  /** Dropout is no width: it says how to train. */
  private static ImageModelSpec.Unet withoutDropout(ImageModelSpec.Unet unet) {
    return new ImageModelSpec.Unet(
        unet.channels(), unet.multipliers(), unet.blocks(), unet.attention(), 0);
  }

  /**
   * Spectral normalization does not let the map of classes start at zero. So all classes start at
   * the same vector, and the bias takes it away again: a matrix of rank one, whose singular vectors
   * are known exactly.
   */
  private static Map<String, HostTensor> silentEnergyClasses(ImageModelSpec spec, long seed) {
    int width = 4 * spec.energy().channels();
    int columns = spec.classes() + 1;
    float[] direction =
        WeightSource.random(seed)
            .get(LevelEmbedding.CLASSES, WeightSource.Start.UNIT_VECTOR, width)
            .values();
    float share = (float) (1 / Math.sqrt(columns));
    float[] weight = new float[width * columns];
    float[] bias = new float[width];
    for (int i = 0; i < width; i++) {
      Arrays.fill(weight, i * columns, (i + 1) * columns, direction[i] * share);
      bias[i] = -direction[i] * share;
    }
    float[] shares = new float[columns];
    Arrays.fill(shares, share);
    String name = LevelEmbedding.CLASSES;
    return Map.of(
        name + ".weight", new HostTensor(new long[] {width, columns}, weight),
        name + ".bias", new HostTensor(new long[] {width}, bias),
        name + ".u", new HostTensor(new long[] {width}, direction),
        name + ".v", new HostTensor(new long[] {columns}, shares));
  }

  private static Map<String, HostTensor> silentInitializerClasses(ImageModelSpec spec) {
    int width = 4 * spec.initializer().channels();
    int columns = spec.classes() + 1;
    return Map.of(
        Unet.CLASSES + ".weight",
        new HostTensor(new long[] {width, columns}, new float[width * columns]),
        Unet.CLASSES + ".bias",
        new HostTensor(new long[] {width}, new float[width]));
  }
}
