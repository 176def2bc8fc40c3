package cdrl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import cdrl.runtime.Computation;
import cdrl.schedule.NoiseSchedule;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An initializer whose network predicts the clean item or the noise. The mean of its proposal is
 * that of q(y_{t−1} | x_t, x_0), which is a weighted sum of the prediction and x_t.
 */
final class PosteriorInitializer implements Initializer {
  private static final double NEAR = 1e-3;

  private final Initializer network;
  private final NoiseSchedule schedule;
  private final boolean predictsNoise;

  PosteriorInitializer(Initializer network, NoiseSchedule schedule, boolean predictsNoise) {
    this.network = network;
    this.schedule = schedule;
    this.predictsNoise = predictsNoise;
  }

  /** The weights of the prediction and of x_t, shaped to be multiplied with items. */
  private record Shares(NDArray prediction, NDArray noisier) {}

  private Shares shares(NDManager scope, float[] logSnr, int dimensions) {
    float[] prediction = new float[logSnr.length];
    float[] noisier = new float[logSnr.length];
    for (int i = 0; i < logSnr.length; i++) {
      int t = level(logSnr[i]);
      double clean = schedule.inputScale(t) * schedule.posteriorCleanShare(t);
      double own = schedule.inputScale(t) * schedule.posteriorNoisierShare(t);
      if (predictsNoise) {
        // x_0 = (x_t − σ̄_t ε) / ᾱ_t
        clean /= schedule.signalScale(t);
        own += clean;
        clean *= -schedule.noiseScale(t);
      }
      prediction[i] = (float) clean;
      noisier[i] = (float) own;
    }
    long[] shape = new long[dimensions];
    Arrays.fill(shape, 1);
    shape[0] = logSnr.length;
    return new Shares(
        scope.create(prediction, new Shape(shape)), scope.create(noisier, new Shape(shape)));
  }

  private int level(float logSnr) {
    for (int t = 1; t <= schedule.levels(); t++) {
      if (Math.abs(schedule.logSnr(t) - logSnr) < NEAR) {
        return t;
      }
    }
    throw new IllegalArgumentException("no noise level has the log SNR " + logSnr);
  }

  @Override
  public Parameters parameters() {
    return network.parameters();
  }

  @Override
  public NDArray mean(NDArray x, float[] logSnr, int @Nullable [] labels, Computation computation) {
    Shares shares = shares(x.getManager(), logSnr, x.getShape().dimension());
    return network
        .mean(x, logSnr, labels, computation)
        .mul(shares.prediction())
        .add(x.mul(shares.noisier()));
  }

  @Override
  public TrainingMean trainingMean(
      NDManager scope,
      NDArray x,
      float[] logSnr,
      int @Nullable [] labels,
      Computation computation) {
    Shares shares = shares(scope, logSnr, x.getShape().dimension());
    TrainingMean predicted = network.trainingMean(scope, x, logSnr, labels, computation);
    NDArray mean = predicted.mean().mul(shares.prediction()).add(x.mul(shares.noisier()));
    return new TrainingMean() {
      @Override
      public NDArray mean() {
        return mean;
      }

      @Override
      public List<NDArray> gradients(NDArray gradient) {
        return predicted.gradients(gradient.mul(shares.prediction()));
      }
    };
  }
}
