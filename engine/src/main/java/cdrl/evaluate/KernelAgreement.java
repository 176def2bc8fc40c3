package cdrl.evaluate;

import cdrl.model.CdrlModel;
import cdrl.runtime.Cancellation;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import cdrl.sampling.LangevinKernel;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.Sampler;
import cdrl.sampling.SamplingSettings;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Whether a fast kernel draws from the same distribution as the reference: the Fréchet distance
 * between samples of both must be within the spread of that between two runs of the reference with
 * other seeds.
 *
 * @param between the distance between the fast kernel and the reference, all seeds different
 * @param reference the distance between two runs of the reference
 * @param limit what 95 of 100 distances between two runs of the reference stay below
 * @param samples of each run
 */
public record KernelAgreement(double between, double reference, double limit, int samples) {
  private static final int PART = 50;
  private static final int HALVINGS = 200;
  private static final double SHARE = 0.95;

  /** Whether the distance is within the spread. */
  public boolean holds() {
    return between <= limit;
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
      float[][] vectors = new float[kernels.length][samples * RandomFeatures.SIZE];
      for (int run = 0; run < kernels.length; run++) {
        Sampler sampler = new Sampler(model, kernels[run]);
        SamplingSettings all =
            new SamplingSettings(
                samples,
                seed + run,
                model.description().langevinSteps(),
                false,
                model.schedule().levels());
        for (int first = 0; first < samples; first += PART) {
          SamplingSettings part = all.part(first, Math.min(PART, samples - first));
          float[] made = features.of(sampler.sample(part, SampleObserver.NONE, cancellation));
          System.arraycopy(made, 0, vectors[run], first * RandomFeatures.SIZE, made.length);
          progress.accept(run * samples + first + part.count());
        }
      }
      return of(vectors[2], vectors[0], vectors[1], RandomFeatures.SIZE);
    }
  }

  /**
   * Compares the features of samples. Any half of all samples of the reference is another run of
   * it: the distances between random halves show the spread.
   *
   * @param fast the vectors of the fast kernel, one behind the other
   * @param first as many of the reference
   * @param second as many of the reference with another seed
   * @param size the entries of a vector
   */
  static KernelAgreement of(float[] fast, float[] first, float[] second, int size) {
    FeatureStatistics reference = statistics(first, size);
    float[] pool = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, pool, first.length, second.length);
    RandomNumbers numbers = new RandomNumbers(0); // the same vectors give the same verdict
    double[] distances = new double[HALVINGS];
    for (int i = 0; i < HALVINGS; i++) {
      shuffle(pool, size, numbers, i);
      distances[i] =
          FrechetDistance.between(
              statistics(Arrays.copyOf(pool, first.length), size),
              statistics(Arrays.copyOfRange(pool, first.length, pool.length), size));
    }
    Arrays.sort(distances);
    return new KernelAgreement(
        FrechetDistance.between(statistics(fast, size), reference),
        FrechetDistance.between(statistics(second, size), reference),
        distances[(int) Math.ceil(SHARE * HALVINGS) - 1],
        first.length / size);
  }

  private static FeatureStatistics statistics(float[] vectors, int size) {
    FeatureStatistics statistics = new FeatureStatistics(size);
    statistics.add(vectors);
    return statistics;
  }

  private static void shuffle(float[] vectors, int size, RandomNumbers numbers, int halving) {
    float[] held = new float[size];
    for (int i = vectors.length / size - 1; i > 0; i--) {
      int other = numbers.integer(Purpose.SHUFFLE, halving, i, i + 1);
      System.arraycopy(vectors, i * size, held, 0, size);
      System.arraycopy(vectors, other * size, vectors, i * size, size);
      System.arraycopy(held, 0, vectors, other * size, size);
    }
  }
}
