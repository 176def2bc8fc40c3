package cdrl.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import cdrl.model.CdrlModel;
import cdrl.model.EnergyModel;
import cdrl.model.ImageModelSpec;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.Layout;
import cdrl.runtime.RandomNumbers;
import cdrl.sampling.EagerLangevin;
import cdrl.schedule.NoiseSchedule;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

/**
 * How unlike its training data a model finds images: their energy at a noise level, the lowest one
 * in the paper (section 4.4), and where in the image that comes from. Use it on the tensor lane.
 */
public final class EnergyScores {
  private static final int IMAGES_PER_CALL = 64;

  /** Heat maps at a noise level are averaged over this many draws of noise and their negatives. */
  static final int NOISE_DRAWS = 8;

  /** What an image is scored by. */
  public enum Kind {
    /** Its energy. */
    ENERGY,
    /**
     * The length of the energy's gradient, which a model learns sooner than its energies far from
     * the data.
     */
    GRADIENT
  }

  private final CdrlModel model;
  private final int level;

  /**
   * Scores at the lowest noise level.
   *
   * @throws CdrlException when the model does not make images
   */
  public EnergyScores(CdrlModel model) {
    this(model, 0);
  }

  /**
   * @param level the noise level t, 0 … T − 1; images are expected as they are at that level, see
   *     {@link #noisy}
   * @throws CdrlException when the model does not make images, or has no such level
   */
  public EnergyScores(CdrlModel model, int level) {
    if (!(model.description().spec() instanceof ImageModelSpec)) {
      throw new CdrlException(
          "The model '{0}' makes points; only models of images can score images.",
          model.description().name());
    }
    if (level < 0 || level >= model.schedule().levels()) {
      throw new CdrlException(
          "There is no energy at noise level {0} of the model '{1}'; choose one from 0 to {2}.",
          level, model.description().name(), model.schedule().levels() - 1);
    }
    this.model = model;
    this.level = level;
  }

  /**
   * Images as they are at a noise level: x_t = ᾱ_t x + σ̄_t ε for t from 1, and the clean image
   * itself for t = 0, as in the paper.
   *
   * @param images (n, channels, height, width) in [−1, 1]
   * @param seed the noise follows from it
   * @param first the number of the first image, so that a long series can be made in parts
   */
  public static HostTensor noisy(
      HostTensor images, NoiseSchedule schedule, int level, long seed, long first) {
    if (level == 0) {
      return images;
    }
    RandomNumbers numbers = new RandomNumbers(seed);
    float signal = (float) schedule.signalScale(level);
    float noise = (float) schedule.noiseScale(level);
    float[] values = new float[images.values().length];
    int size = values.length / Math.max(1, images.count());
    for (int i = 0; i < images.count(); i++) {
      numbers.normal(RandomNumbers.Purpose.DATA_NOISE, first + i, 0, values, i * size, size);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = signal * images.values()[i] + noise * values[i];
    }
    return new HostTensor(images.shape(), values);
  }

  /**
   * The scores of images; higher is less like the training data.
   *
   * @param images (n, channels, height, width), shaped as the model's items
   * @param progress told the number of images done
   */
  public double[] of(
      Kind kind, HostTensor images, IntConsumer progress, Cancellation cancellation) {
    return kind == Kind.ENERGY
        ? of(images, progress, cancellation)
        : gradientLengths(images, progress, cancellation);
  }

  /**
   * The energy −F(√m_{t+1} x, λ_t) of each image, without a class; higher is less like the training
   * data.
   *
   * @param images (n, channels, height, width) in [−1, 1], shaped as the model's items
   * @param progress told the number of images done
   */
  public double[] of(HostTensor images, IntConsumer progress, Cancellation cancellation) {
    double[] scores = new double[images.count()];
    inParts(
        images,
        progress,
        cancellation,
        (first, part) -> {
          NDManager scope = part.getManager();
          float[] values = energy(scope).negativeEnergy(part).toFloatArray();
          for (int i = 0; i < values.length; i++) {
            scores[first + i] = -values[i];
          }
        });
    return scores;
  }

  /**
   * The size of the energy's gradient at each pixel of clean images: the length over the channels
   * of the mean of ∇ₓ F over the noise of the level. With a single draw of noise the gradient would
   * show little but that noise. At the lowest level there is none.
   *
   * @param images (n, channels, height, width) in [−1, 1]
   * @param seed the noise follows from it
   * @param numbers of the images in their set, from which their noise follows
   * @return (n, 1, height, width), each at least 0
   */
  public HostTensor heatMaps(
      HostTensor images, long seed, List<Integer> numbers, Cancellation cancellation) {
    if (level == 0) {
      return heatMaps(images, cancellation);
    }
    float[] mean = new float[images.values().length];
    for (int draw = 0; draw < NOISE_DRAWS; draw++) {
      for (int sign = -1; sign <= 1; sign += 2) {
        float[] gradients =
            gradients(noisy(images, seed, numbers, draw, sign), done -> {}, cancellation);
        for (int i = 0; i < mean.length; i++) {
          mean[i] += gradients[i] / (2 * NOISE_DRAWS);
        }
      }
    }
    return lengths(mean, images.shape());
  }

  /** Images with one of the draws of noise, or with its negative. */
  HostTensor noisy(HostTensor images, long seed, List<Integer> numbers, int draw, int sign) {
    float signal = (float) model.schedule().signalScale(level);
    float noise = sign * (float) model.schedule().noiseScale(level);
    int size = images.values().length / images.count();
    // Addresses of random numbers are multiples of 4.
    long address = (long) draw * ((size + 3) / 4 * 4);
    RandomNumbers random = new RandomNumbers(seed);
    float[] values = new float[images.values().length];
    for (int i = 0; i < images.count(); i++) {
      random.normal(
          RandomNumbers.Purpose.DATA_NOISE, numbers.get(i), address, values, i * size, size);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = signal * images.values()[i] + noise * values[i];
    }
    return new HostTensor(images.shape(), values);
  }

  /**
   * The size of the energy's gradient at each pixel: the length of ∇ₓ F over the channels.
   *
   * @param images as they are at the noise level
   * @return (n, 1, height, width), each at least 0
   */
  public HostTensor heatMaps(HostTensor images, Cancellation cancellation) {
    return heatMaps(images, done -> {}, cancellation);
  }

  private HostTensor heatMaps(HostTensor images, IntConsumer progress, Cancellation cancellation) {
    return lengths(gradients(images, progress, cancellation), images.shape());
  }

  /** ∇ₓ F of every image. */
  private float[] gradients(HostTensor images, IntConsumer progress, Cancellation cancellation) {
    float[] gradients = new float[images.values().length];
    int size = gradients.length / Math.max(1, images.count());
    float scale = (float) model.schedule().inputScale(level + 1);
    inParts(
        images,
        progress,
        cancellation,
        (first, part) -> {
          NDManager scope = part.getManager();
          NDArray gradient =
              EagerLangevin.gradient(scope, energy(scope), Layout.channelsLast(part));
          float[] values = gradient.toFloatArray();
          for (int i = 0; i < values.length; i++) {
            gradients[first * size + i] = scale * values[i];
          }
        });
    return gradients;
  }

  private static HostTensor lengths(float[] gradients, long... shape) {
    int pixels = Math.toIntExact(shape[2] * shape[3]);
    int channels = Math.toIntExact(shape[1]);
    float[] maps = new float[gradients.length / channels];
    for (int i = 0; i < gradients.length; i++) {
      maps[i / (channels * pixels) * pixels + i % pixels] += gradients[i] * gradients[i];
    }
    for (int i = 0; i < maps.length; i++) {
      maps[i] = (float) Math.sqrt(maps[i]);
    }
    return new HostTensor(new long[] {shape[0], 1, shape[2], shape[3]}, maps);
  }

  /**
   * The length of the energy's gradient over a whole image: how much Langevin dynamics would want
   * to change about it.
   */
  private double[] gradientLengths(
      HostTensor images, IntConsumer progress, Cancellation cancellation) {
    HostTensor maps = heatMaps(images, progress, cancellation);
    int pixels = maps.values().length / maps.count();
    double[] lengths = new double[maps.count()];
    for (int i = 0; i < maps.values().length; i++) {
      lengths[i / pixels] += (double) maps.values()[i] * maps.values()[i];
    }
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = Math.sqrt(lengths[i]);
    }
    return lengths;
  }

  private EnergyModel.Function energy(NDManager scope) {
    float[] logSnr = {(float) model.schedule().logSnr(level)};
    return model.energy().at(scope, logSnr, null, EnergyModel.Mode.FROZEN);
  }

  /** Hands out the images as the network sees them, a few at a time. */
  private void inParts(
      HostTensor images,
      IntConsumer progress,
      Cancellation cancellation,
      BiConsumer<Integer, NDArray> work) {
    long[] item = model.description().spec().itemShape();
    if (!Arrays.equals(item, Arrays.copyOfRange(images.shape(), 1, images.shape().length))) {
      throw new IllegalArgumentException("images shaped " + Arrays.toString(images.shape()));
    }
    NoiseSchedule schedule = model.schedule();
    int size = Math.toIntExact(HostTensor.elements(item));
    for (int first = 0; first < images.count(); first += IMAGES_PER_CALL) {
      cancellation.throwIfCancelled();
      int count = Math.min(IMAGES_PER_CALL, images.count() - first);
      long[] shape = images.shape().clone();
      shape[0] = count;
      HostTensor part =
          new HostTensor(
              shape, Arrays.copyOfRange(images.values(), first * size, (first + count) * size));
      try (NDManager scope = model.manager().newSubManager()) {
        work.accept(first, part.toArray(scope).mul(schedule.inputScale(level + 1)));
      }
      progress.accept(first + count);
    }
  }
}
