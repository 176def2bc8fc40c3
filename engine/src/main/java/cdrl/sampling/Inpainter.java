package cdrl.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import cdrl.model.CdrlModel;
import cdrl.model.EnergyModel;
import cdrl.model.ImageModelSpec;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.schedule.NoiseSchedule;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Fills masked pixels of an image (appendix C.1). Use it on the tensor lane. */
public final class Inpainter {
  /** Rounds that serve well: more of them cost time and bring out the model's own habits. */
  public static final int USUAL_ROUNDS = 4;

  private final CdrlModel model;
  private final Sampler sampler;

  /**
   * An inpainter.
   *
   * @param kernel see {@link LangevinKernels}
   */
  public Inpainter(CdrlModel model, LangevinKernel kernel) {
    this.model = model;
    this.sampler = new Sampler(model, kernel);
  }

  /**
   * Candidates for the masked pixels, ordered from the most to the least plausible.
   *
   * @param images shaped (count, channels, height, width); known pixels are those of the input, bit
   *     for bit
   * @param energies −F at the lowest level, one per candidate, ascending
   * @param order the number that each candidate had in the batch the observer saw
   */
  @SuppressWarnings("ArrayRecordComponent") // a value object by convention, as HostTensor
  public record Result(HostTensor images, float[] energies, int[] order) {}

  /**
   * Fills an image. Known pixels are put back, at the noise of the current level, after the
   * proposal and after every Langevin step.
   *
   * <p>At high noise levels the masked pixels are decided while the known ones can hardly be made
   * out. With several rounds, the upper half of the levels below the top one is gone through again
   * and again: from level t − 1 back to t by the forward process with fresh noise, and down once
   * more, so that both parts come to agree (Lugmayr et al., RePaint, 2022). One round is the
   * procedure of appendix C.1.
   *
   * <p>The masked pixels start from pure noise when the chain starts at the top level. At a lower
   * start level they start from the image's own pixels at the noise of that level, so that the
   * lower it is, the closer the result stays to what was there.
   *
   * @param image (channels, height, width) in [-1, 1]
   * @param mask height · width entries, true where pixels are to be filled
   * @param rounds how often each of those levels is made, at least 1; the observer sees the last
   * @param settings count is the number of candidates; the start level, 1 … T, says how strongly
   *     the masked part is imagined anew
   * @throws CdrlException when image or mask do not fit the model, or nothing is to be filled
   */
  public Result inpaint(
      HostTensor image,
      boolean[] mask,
      int rounds,
      SamplingSettings settings,
      SampleObserver observer,
      Cancellation cancellation) {
    if (rounds < 1) {
      throw new IllegalArgumentException("the rounds must be at least 1, not " + rounds);
    }
    if (!(model.description().spec() instanceof ImageModelSpec)) {
      throw new CdrlException(
          "The model '{0}' makes points; only models of images can fill in pixels.",
          model.description().name());
    }
    long[] item = model.description().spec().itemShape();
    if (!Arrays.equals(item, image.shape())) {
      throw new CdrlException(
          "The picture is shaped {0} (channels, height, width) where the model needs {1}; crop and"
              + " scale it first.",
          Arrays.toString(image.shape()), Arrays.toString(item));
    }
    int pixels = Math.toIntExact(item[1] * item[2]);
    if (mask.length != pixels) {
      throw new CdrlException(
          "The mask has {0} pixels where the picture has {1}.", mask.length, pixels);
    }
    if (IntStream.range(0, pixels).noneMatch(i -> mask[i])) {
      throw new CdrlException(
          "The mask marks nothing to fill; paint the pixels to be filled in white.");
    }
    NoiseSource noise = NoiseSource.of(settings.seed(), settings.first());
    try (NDManager scope = model.manager().newSubManager()) {
      Shape shape = new Shape(settings.count()).addAll(new Shape(item));
      float[] fill = new float[pixels];
      for (int i = 0; i < pixels; i++) {
        fill[i] = mask[i] ? 1 : 0;
      }
      NDArray unknown = scope.create(fill, new Shape(1, 1, item[1], item[2]));
      NDArray clean = image.toArray(scope).mul(unknown.neg().add(1));
      NDArray grain = noise.knownPixels(scope, shape).mul(unknown.neg().add(1));
      NoiseSchedule schedule = model.schedule();
      Sampler.KnownPixels known =
          new Sampler.KnownPixels() {
            @Override
            public UnaryOperator<NDArray> at(NDManager manager, int level, double scale) {
              // Below level 0 stands the clean image itself.
              double signal = level < 0 ? 1 : schedule.signalScale(level);
              double spread = level < 0 ? 0 : schedule.noiseScale(level);
              NDArray values = clean.mul(signal * scale).add(grain.mul(spread * scale));
              values.attach(manager);
              return y -> y.mul(unknown).add(values);
            }

            @Override
            public int rounds(int t) {
              boolean upperHalf = 2 * t >= schedule.levels() && t < schedule.levels();
              return upperHalf ? rounds : 1;
            }
          };
      HostTensor samples =
          sampler.sample(settings, start(noise, image, settings), known, observer, cancellation);
      return order(restore(samples, image, mask), energies(scope, settings, samples));
    }
  }

  /** Pure noise at the top level, the noisy image below it. */
  private NoiseSource start(NoiseSource noise, HostTensor image, SamplingSettings settings) {
    int level = settings.startLevel();
    NoiseSchedule schedule = model.schedule();
    if (level >= schedule.levels()) {
      return noise;
    }
    return noise.startingFrom(
        (manager, shape) ->
            noise
                .start(manager, shape)
                .mul(schedule.noiseScale(level))
                .add(image.toArray(manager).mul(schedule.signalScale(level))));
  }

  /** −F of clean images at the lowest noise level, under the condition they were asked for. */
  private float[] energies(NDManager scope, SamplingSettings settings, HostTensor samples) {
    NoiseSchedule schedule = model.schedule();
    EnergyModel.Function energy =
        ConditionedEnergy.of(
                model.energy(), settings.condition().energies(settings.first(), settings.count()))
            .at(scope, new float[] {(float) schedule.logSnr(0)}, null, EnergyModel.Mode.FROZEN);
    NDArray y = samples.toArray(scope).mul(schedule.inputScale(1));
    return energy.negativeEnergy(y).neg().toFloatArray();
  }

  /** Copies the known pixels once more, so that no rounding reaches them. */
  private static HostTensor restore(HostTensor samples, HostTensor image, boolean[] mask) {
    float[] values = samples.values().clone();
    int item = image.values().length;
    for (int i = 0; i < values.length; i++) {
      int pixel = i % item % mask.length;
      if (!mask[pixel]) {
        values[i] = image.values()[i % item];
      }
    }
    return new HostTensor(samples.shape(), values);
  }

  private static Result order(HostTensor images, float[] energies) {
    int item = images.values().length / images.count();
    float[] values = new float[images.values().length];
    float[] sorted = new float[energies.length];
    int[] order =
        IntStream.range(0, energies.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> energies[i]))
            .mapToInt(i -> i)
            .toArray();
    for (int i = 0; i < order.length; i++) {
      System.arraycopy(images.values(), order[i] * item, values, i * item, item);
      sorted[i] = energies[order[i]];
    }
    return new Result(new HostTensor(images.shape(), values), sorted, order);
  }
}
