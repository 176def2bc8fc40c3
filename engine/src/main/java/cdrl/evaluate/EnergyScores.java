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
import cdrl.sampling.EagerLangevin;
import cdrl.schedule.NoiseSchedule;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

/**
 * How unlike its training data a model finds images: their energy at the lowest noise level
 * (section 4.4), and where in the image that comes from. Use it on the tensor lane.
 */
public final class EnergyScores {
  private static final int IMAGES_PER_CALL = 64;

  private final CdrlModel model;

  /**
   * @throws CdrlException when the model does not make images
   */
  public EnergyScores(CdrlModel model) {
    if (!(model.description().spec() instanceof ImageModelSpec)) {
      throw new CdrlException(
          "The model '"
              + model.description().name()
              + "' makes points; only models of images can score images.");
    }
    this.model = model;
  }

  /**
   * The energy −F(√m₁ x, λ₀) of each image, without a class; higher is less like the training data.
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
   * The size of the energy's gradient at each pixel: the length of ∇ₓ F over the channels.
   *
   * @return (n, 1, height, width), each at least 0
   */
  public HostTensor heatMaps(HostTensor images, Cancellation cancellation) {
    int pixels = Math.toIntExact(images.shape()[2] * images.shape()[3]);
    int channels = Math.toIntExact(images.shape()[1]);
    float[] maps = new float[images.count() * pixels];
    double scale = model.schedule().inputScale(1);
    inParts(
        images,
        done -> {},
        cancellation,
        (first, part) -> {
          NDManager scope = part.getManager();
          NDArray gradient =
              EagerLangevin.gradient(scope, energy(scope), Layout.channelsLast(part));
          float[] values = gradient.toFloatArray();
          for (int i = 0; i < values.length; i++) {
            int image = i / (channels * pixels);
            int pixel = i % pixels;
            maps[(first + image) * pixels + pixel] += values[i] * values[i];
          }
        });
    for (int i = 0; i < maps.length; i++) {
      maps[i] = (float) (scale * Math.sqrt(maps[i]));
    }
    return new HostTensor(
        new long[] {images.count(), 1, images.shape()[2], images.shape()[3]}, maps);
  }

  /**
   * The length of the energy's gradient over a whole image: how much Langevin dynamics would want
   * to change about it.
   */
  public double[] gradientLengths(HostTensor images, Cancellation cancellation) {
    HostTensor maps = heatMaps(images, cancellation);
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
    float[] logSnr = {(float) model.schedule().logSnr(0)};
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
        work.accept(first, part.toArray(scope).mul(schedule.inputScale(1)));
      }
      progress.accept(first + count);
    }
  }
}
