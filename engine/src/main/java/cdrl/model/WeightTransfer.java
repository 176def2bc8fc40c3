package cdrl.model;

import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.Sentence;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weights of a model for networks of the same widths that may be told a class where the model
 * was not. Told "no class", the networks then compute what the model computed. The energy of every
 * class starts off it in a random direction, and training settles it; the initializer starts the
 * same for all classes.
 */
public final class WeightTransfer {
  /** Far more than the largest singular value of a random matrix needs. */
  private static final int POWER_ITERATIONS = 200;

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
        all.putAll(separateEnergyClasses(images, seed));
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
    requireSame(
        from, new Sentence("initializer predicts"), word(from.prediction()), word(prediction));
    if (from.spec() instanceof ImageModelSpec start && to instanceof ImageModelSpec images) {
      requireSame(from, new Sentence("resolution is"), start.resolution(), images.resolution());
      requireSame(
          from,
          new Sentence("number of channels is"),
          start.imageChannels(),
          images.imageChannels());
      requireSameEnergy(from, start.energy(), images.energy());
      if (prediction != Prediction.NONE) {
        requireSameInitializer(from, start.initializer(), images.initializer());
      }
      if (start.classes() > 0) {
        requireSame(from, new Sentence("number of classes is"), start.classes(), images.classes());
        if (start.conditionalInitializer() && !images.conditionalInitializer()) {
          requireSame(
              from,
              new Sentence("initializer is told"),
              new Sentence("the class"),
              new Sentence("that it is not"));
        }
      }
    } else if (from.spec() instanceof PointModelSpec start && to instanceof PointModelSpec points) {
      requireSame(
          from, new Sentence("energy network has the width"), start.width(), points.width());
      requireSame(
          from,
          new Sentence("energy network has the multipliers"),
          start.multipliers(),
          points.multipliers());
      requireSame(
          from,
          new Sentence("initializer has the width"),
          start.initializerWidth(),
          points.initializerWidth());
      requireSame(
          from,
          new Sentence("initializer has an embedding of the width"),
          start.initializerEmbedding(),
          points.initializerEmbedding());
    } else {
      requireSame(from, new Sentence("networks are for"), items(from.spec()), items(to));
    }
  }

  private static void requireSameEnergy(
      ModelDescription from, ImageModelSpec.Energy theirs, ImageModelSpec.Energy ours) {
    requireSame(
        from, new Sentence("energy network has the width"), theirs.channels(), ours.channels());
    requireSame(
        from,
        new Sentence("energy network has the multipliers"),
        theirs.multipliers(),
        ours.multipliers());
    requireSame(
        from,
        new Sentence("number of blocks of the energy network is"),
        theirs.blocks(),
        ours.blocks());
  }

  /** Dropout may differ: it is no width, it says how to train. */
  private static void requireSameInitializer(
      ModelDescription from, ImageModelSpec.Unet theirs, ImageModelSpec.Unet ours) {
    requireSame(
        from, new Sentence("initializer has the width"), theirs.channels(), ours.channels());
    requireSame(
        from,
        new Sentence("initializer has the multipliers"),
        theirs.multipliers(),
        ours.multipliers());
    requireSame(
        from,
        new Sentence("number of blocks of the initializer is"),
        theirs.blocks(),
        ours.blocks());
    requireSame(
        from,
        new Sentence("initializer has attention at the sizes"),
        theirs.attention(),
        ours.attention());
  }

  private static Sentence items(ModelSpec spec) {
    return new Sentence(spec instanceof ImageModelSpec ? "images" : "points in the plane");
  }

  private static void requireSame(
      ModelDescription from, Sentence what, Object theirs, Object ours) {
    if (!theirs.equals(ours)) {
      throw new CdrlException(
          "Training cannot start from the model '{0}' because its {1} {2} where the configuration"
              + " says {3}; change training.start or the settings of the model.",
          from.name(), what, theirs, ours);
    }
  }

  private static Sentence word(Prediction prediction) {
    return switch (prediction) {
      case NEXT -> new Sentence("the next level");
      case CLEAN -> new Sentence("the clean item");
      case NOISE -> new Sentence("the noise");
      case NONE -> new Sentence("nothing");
    };
  }

  /**
   * "No class" adds nothing; every class begins in a random direction of its own, for classes that
   * begin alike are told apart far too slowly: spectral normalization keeps them close together.
   */
  private static Map<String, HostTensor> separateEnergyClasses(ImageModelSpec spec, long seed) {
    int width = 4 * spec.energy().channels();
    int columns = spec.classes() + 1;
    String name = LevelEmbedding.CLASSES;
    WeightSource random = WeightSource.random(seed);
    float[] weight =
        random
            .get(name + ".weight", new WeightSource.Start.Uniform(columns), width, columns)
            .values();
    for (int i = 0; i < width; i++) {
      weight[i * columns] = 0;
    }
    float[] left = random.get(name + ".u", WeightSource.Start.UNIT_VECTOR, width).values();
    float[] right = new float[columns];
    for (int i = 0; i < POWER_ITERATIONS; i++) {
      multiplyTransposed(weight, left, right);
      multiply(weight, right, left);
    }
    return Map.of(
        name + ".weight", new HostTensor(new long[] {width, columns}, weight),
        name + ".bias", new HostTensor(new long[] {width}, new float[width]),
        name + ".u", new HostTensor(new long[] {width}, left),
        name + ".v", new HostTensor(new long[] {columns}, right));
  }

  /** The direction of the matrix times a vector. */
  private static void multiply(float[] matrix, float[] vector, float[] direction) {
    for (int i = 0; i < direction.length; i++) {
      double sum = 0;
      for (int j = 0; j < vector.length; j++) {
        sum += matrix[i * vector.length + j] * vector[j];
      }
      direction[i] = (float) sum;
    }
    normalize(direction);
  }

  /** The direction of the transposed matrix times a vector. */
  private static void multiplyTransposed(float[] matrix, float[] vector, float[] direction) {
    for (int j = 0; j < direction.length; j++) {
      double sum = 0;
      for (int i = 0; i < vector.length; i++) {
        sum += matrix[i * direction.length + j] * vector[i];
      }
      direction[j] = (float) sum;
    }
    normalize(direction);
  }

  private static void normalize(float[] vector) {
    double square = 0;
    for (float value : vector) {
      square += value * value;
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= (float) Math.sqrt(square);
    }
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
