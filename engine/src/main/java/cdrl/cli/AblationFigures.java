package cdrl.cli;

import cdrl.data.DataSet;
import cdrl.data.ImageDataSet;
import cdrl.data.PaintedDensity;
import cdrl.data.PlaneDistribution;
import cdrl.data.PointDataSet;
import cdrl.evaluate.DensityGrid;
import cdrl.evaluate.FeatureSet;
import cdrl.evaluate.FrechetDistance;
import cdrl.evaluate.Interval;
import cdrl.evaluate.LogLikelihood;
import cdrl.evaluate.SmallFeatures;
import cdrl.model.CdrlModel;
import cdrl.runtime.Cancellation;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorRuntime;
import cdrl.sampling.LangevinKernel;
import cdrl.sampling.Sampler;
import cdrl.sampling.SamplingSettings;
import cdrl.training.SlicedDistance;
import cdrl.training.TrainingConfig;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * By what the variants of a configuration are compared: the density itself where it is known what
 * it should be, the likelihood of points otherwise, and the Fréchet distance of images.
 */
final class AblationFigures {
  private static final int GRID = 200;
  private static final double EXTENT = 8;
  private static final int WIDE_GRID = 480;
  private static final double WIDE_EXTENT = 12;
  private static final int MOST_IMAGES = 2000;
  private static final int DRAWS = 30;

  private final DataSet data;
  private final @Nullable PlaneDistribution known;
  private final SlicedDistance distance;
  private final int count;
  private final long seed;

  /**
   * The figures of one variant.
   *
   * @param value lower is better
   * @param low the lower end of its 95 % interval; NaN where it has none
   * @param high the upper end
   * @param sampleDistance sliced Wasserstein distance of samples from the data
   */
  record Figures(double value, double low, double high, double sampleDistance) {}

  /**
   * @param count the number of samples to draw from each variant
   */
  AblationFigures(TrainingConfig config, DataSet data, int count) {
    this.data = data;
    this.count = count;
    seed = config.training().seed();
    distance = new SlicedDistance(data);
    if (config.data() instanceof TrainingConfig.Shape shape) {
      known = shape.shape();
    } else if (config.data() instanceof TrainingConfig.Picture picture) {
      known = PaintedDensity.read(picture.path());
    } else {
      known = null;
    }
  }

  /** What the first figure is. */
  String name() {
    if (known != null) {
      return "total variation distance from '" + known.title() + "'";
    }
    return data instanceof ImageDataSet
        ? "Fréchet distance, small random network"
        : "negative log-likelihood of the points in nats";
  }

  /** Measures a model. Runs on the tensor lane. */
  Figures of(
      CdrlModel model,
      LangevinKernel kernel,
      TensorRuntime runtime,
      ProgressBar bar,
      Cancellation cancellation) {
    SamplingSettings settings =
        new SamplingSettings(
            count,
            seed,
            model.description().langevinSteps(),
            false,
            model.description().schedule().levels());
    HostTensor samples =
        new SampleSeries(new Sampler(model, kernel), settings, null, bar)
            .draw(HostTensor.elements(model.description().spec().itemShape()), cancellation);
    double sliced = distance.to(samples);
    if (known != null) {
      // Both densities are known exactly, so drawing points anew would not change it: no interval.
      double value = DensityGrid.of(model, 0, GRID, EXTENT).totalVariation(known::density);
      return new Figures(value, Double.NaN, Double.NaN, sliced);
    }
    if (data instanceof PointDataSet points) {
      LogLikelihood likelihood =
          LogLikelihood.of(model, 0, points, seed, WIDE_GRID, WIDE_EXTENT, new Cancellation());
      return new Figures(-likelihood.mean(), -likelihood.high(), -likelihood.low(), sliced);
    }
    return frechet(samples, sliced, runtime, bar, cancellation);
  }

  private Figures frechet(
      HostTensor samples,
      double sliced,
      TensorRuntime runtime,
      ProgressBar bar,
      Cancellation cancellation) {
    try (SmallFeatures features = new SmallFeatures(runtime)) {
      FeatureSet own = features(features, samples, bar, cancellation);
      FeatureSet other = features(features, images(), bar, cancellation);
      double value = FrechetDistance.between(other.statistics(), own.statistics());
      Interval interval =
          Interval.around(
                  value,
                  other.count(),
                  own.count(),
                  DRAWS,
                  (first, second) ->
                      FrechetDistance.between(
                          other.select(first).statistics(), own.select(second).statistics()))
              .notNegative();
      return new Figures(value, interval.low(), interval.high(), sliced);
    }
  }

  private static FeatureSet features(
      SmallFeatures features, HostTensor images, ProgressBar bar, Cancellation cancellation) {
    float[] vectors =
        features.of(images, done -> bar.update(done, images.count(), "comparing"), cancellation);
    return new FeatureSet(vectors, features.size());
  }

  /** Images of the data, spread over all of them. */
  private HostTensor images() {
    int taken = Math.min(MOST_IMAGES, data.size());
    int size = Math.toIntExact(HostTensor.elements(data.itemShape()));
    float[] values = new float[Math.multiplyExact(taken, size)];
    for (int i = 0; i < taken; i++) {
      data.fill((int) ((long) i * data.size() / taken), false, values, i * size);
    }
    long[] shape = Arrays.copyOf(new long[] {taken}, 4);
    System.arraycopy(data.itemShape(), 0, shape, 1, 3);
    return new HostTensor(shape, values);
  }
}
