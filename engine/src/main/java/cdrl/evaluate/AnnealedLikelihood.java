package cdrl.evaluate;

import cdrl.data.Progress;
import cdrl.model.CdrlModel;
import cdrl.runtime.Cancellation;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import cdrl.schedule.NoiseSchedule;
import java.util.Arrays;

/**
 * The mean log-likelihood of items under a model whose partition function is estimated by annealed
 * importance sampling, for images as for points.
 *
 * @param mean in nats
 * @param low the lower end of its 95 % confidence interval: that of the items, and that of the
 *     partition function
 * @param high the upper end
 * @param partition the estimate of the partition function; where it is too small, the likelihood is
 *     too large
 */
public record AnnealedLikelihood(
    double mean, double low, double high, AnnealedImportance.Estimate partition) {
  /** Densities are summed up over [−12, 12] along every axis. */
  private static final double EXTENT = 12;

  /**
   * Gives items the noise of a level and evaluates them there. Runs on the tensor lane.
   *
   * @param level 0 … T − 1
   * @param items shaped (n, item...), in the model's data space
   */
  public static AnnealedLikelihood of(
      CdrlModel model,
      int level,
      HostTensor items,
      AnnealedImportance.Settings settings,
      Progress progress,
      Cancellation cancellation) {
    LevelDensities densities = new LevelDensities(model);
    AnnealedImportance.Estimate partition =
        new AnnealedImportance(densities, settings, EXTENT).estimate(level, progress, cancellation);
    NoiseSchedule schedule = model.schedule();
    float[] values = new float[items.values().length];
    new RandomNumbers(settings.seed()).normal(Purpose.DATA_NOISE, level, 0, values);
    for (int i = 0; i < values.length; i++) {
      values[i] =
          (float)
              (schedule.signalScale(level) * items.values()[i]
                  + schedule.noiseScale(level) * values[i]);
    }
    double[] logs = densities.at(level, values).values();
    double mean = Arrays.stream(logs).average().orElseThrow();
    double square = Arrays.stream(logs).map(log -> (log - mean) * (log - mean)).sum();
    double reach = 1.96 * Math.sqrt(square / Math.max(1, logs.length - 1) / logs.length);
    double value = mean - partition.logPartition();
    double below = partition.high() - partition.logPartition();
    double above = partition.logPartition() - partition.low();
    return new AnnealedLikelihood(
        value, value - Math.hypot(reach, below), value + Math.hypot(reach, above), partition);
  }
}
