package cdrl.evaluate;

import cdrl.model.CdrlModel;
import cdrl.runtime.Cancellation;
import cdrl.sampling.LangevinKernel;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.Sampler;
import cdrl.sampling.SamplingSettings;
import java.util.function.IntConsumer;

/**
 * Whether a fast kernel draws from the same distribution as the reference: the Fréchet distance
 * between samples of both must not stand out from that between two runs of the reference with other
 * seeds.
 *
 * @param between the distance between the fast kernel and the reference, all seeds different
 * @param spread the distance between two runs of the reference
 * @param samples of each run
 */
public record KernelAgreement(double between, double spread, int samples) {
  private static final int PART = 50;

  /** How much larger than the spread a distance may be: two such distances differ by chance. */
  private static final double TOLERANCE = 1.25;

  /** Whether the distance is within the spread. */
  public boolean holds() {
    return between <= TOLERANCE * spread;
  }

  /**
   * Draws the samples and compares them. Runs on the tensor lane.
   *
   * @param samples of each of three runs
   * @param progress told the number of samples made
   */
  public static KernelAgreement measure(
      CdrlModel model,
      LangevinKernel fast,
      LangevinKernel reference,
      int samples,
      long seed,
      IntConsumer progress,
      Cancellation cancellation) {
    int channels = Math.toIntExact(model.description().spec().itemShape()[0]);
    try (RandomFeatures features = new RandomFeatures(model.manager(), channels)) {
      LangevinKernel[] kernels = {reference, reference, fast};
      FeatureStatistics[] statistics = new FeatureStatistics[kernels.length];
      for (int run = 0; run < kernels.length; run++) {
        Sampler sampler = new Sampler(model, kernels[run]);
        statistics[run] = new FeatureStatistics(RandomFeatures.SIZE);
        SamplingSettings all =
            new SamplingSettings(
                samples,
                seed + run,
                model.description().langevinSteps(),
                false,
                model.schedule().levels());
        for (int first = 0; first < samples; first += PART) {
          SamplingSettings part = all.part(first, Math.min(PART, samples - first));
          statistics[run].add(features.of(sampler.sample(part, SampleObserver.NONE, cancellation)));
          progress.accept(run * samples + first + part.count());
        }
      }
      return new KernelAgreement(
          FrechetDistance.between(statistics[2], statistics[0]),
          FrechetDistance.between(statistics[1], statistics[0]),
          samples);
    }
  }
}
