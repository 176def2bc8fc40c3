package cdrl.evaluate;

import cdrl.data.PointDataSet;
import cdrl.model.CdrlModel;
import cdrl.runtime.Cancellation;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import cdrl.schedule.NoiseSchedule;

/**
 * The mean log-likelihood of points under a model of points, which in two dimensions can be
 * normalized exactly.
 *
 * @param mean in nats
 * @param low the lower end of its 95 % confidence interval
 * @param high the upper end
 */
public record LogLikelihood(double mean, double low, double high) {

  /**
   * Gives points the noise of a level and evaluates them there. Runs on the tensor lane.
   *
   * @param level 0 … T
   * @param seed of the noise
   * @param size cells per side of the grid for normalization
   * @param extent half the side length of that grid
   * @throws cdrl.runtime.CdrlException when the model is not two-dimensional or lacks the level
   * @throws java.util.concurrent.CancellationException when it is cancelled
   */
  public static LogLikelihood of(
      CdrlModel model,
      int level,
      PointDataSet points,
      long seed,
      int size,
      double extent,
      Cancellation cancellation) {
    double logPartition = DensityGrid.of(model, level, size, extent, cancellation).logPartition();
    NoiseSchedule schedule = model.schedule();
    float[] noise = new float[2 * points.size()];
    new RandomNumbers(seed).normal(Purpose.DATA_NOISE, level, 0, noise);
    double signal = schedule.signalScale(level);
    double spread = schedule.noiseScale(level);
    float[] noisy = new float[2 * points.size()];
    for (int i = 0; i < points.size(); i++) {
      noisy[2 * i] = (float) (signal * points.x(i) + spread * noise[2 * i]);
      noisy[2 * i + 1] = (float) (signal * points.y(i) + spread * noise[2 * i + 1]);
    }
    double[] energies = DensityGrid.energies(model, level, noisy, cancellation);
    double sum = 0;
    double square = 0;
    for (double energy : energies) {
      double value = -energy - logPartition;
      sum += value;
      square += value * value;
    }
    double mean = sum / energies.length;
    double variance = Math.max(0, square / energies.length - mean * mean);
    double reach = 1.96 * Math.sqrt(variance / energies.length);
    return new LogLikelihood(mean, mean - reach, mean + reach);
  }
}
