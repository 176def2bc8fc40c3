package cdrl.evaluate;

import cdrl.data.Progress;
import cdrl.runtime.Cancellation;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import java.util.Arrays;

/**
 * Annealed importance sampling of a partition function along the noise levels: chains start at the
 * standard normal distribution of level T and pass through densities between each level and the one
 * below, f_t^{1−β} f_{t−1}^β. Every step multiplies a chain's weight by the ratio of the next
 * density to the present one and then moves the chain by Langevin dynamics with Metropolis'
 * correction, which leaves the density as it is. The mean weight is an unbiased estimate of the
 * ratio of partition functions; its logarithm tends to be too small. Use it on the tensor lane.
 */
public final class AnnealedImportance {
  private static final int PILOT_CHAINS = 16;
  private static final int PILOT_WARMUP = 40;

  /** The best share of accepted steps for Langevin proposals in many dimensions. */
  private static final double WANTED_ACCEPTANCE = 0.574;

  private static final int DRAWS = 2000;

  private final Densities densities;
  private final Settings settings;
  private final double extent;

  /** Unnormalized densities, one per noise level below T. */
  public interface Densities {
    /** T. */
    int levels();

    /** The numbers in an item. */
    int dimensions();

    /** About how many times smaller variances are one level below {@code level}; above 1. */
    double narrowing(int level);

    /**
     * Log densities and their gradients.
     *
     * @param level 0 … T − 1
     * @param points items, one behind the other
     */
    Slopes at(int level, float[] points);
  }

  /**
   * Log densities of points and their gradients, one behind the other.
   *
   * @param values one per point
   * @param gradients shaped as the points
   */
  @SuppressWarnings("ArrayRecordComponent") // read once
  public record Slopes(double[] values, float[] gradients) {}

  /**
   * How much to compute.
   *
   * @param chains independent chains, at least 2
   * @param distributions steps from each level to the one below, at least 1
   * @param seed all random numbers follow from it
   */
  public record Settings(int chains, int distributions, long seed) {
    /** Checks the ranges. */
    public Settings {
      if (chains < 2 || distributions < 1) {
        throw new IllegalArgumentException(chains + " chains, " + distributions + " distributions");
      }
    }
  }

  /**
   * An estimate.
   *
   * @param logPartition log ∫ f over the square [−extent, extent]^d
   * @param low the lower end of its 95 % confidence interval (bootstrap over chains)
   * @param high the upper end
   * @param logWeightVariance the variance of the chains' log weights; the estimate is good when it
   *     is about 1 or less
   * @param effectiveChains how many equally weighted chains would be worth as much
   * @param acceptance the share of accepted steps
   */
  public record Estimate(
      double logPartition,
      double low,
      double high,
      double logWeightVariance,
      double effectiveChains,
      double acceptance) {}

  /**
   * @param extent densities count as 0 beyond this distance from 0 along any axis
   */
  public AnnealedImportance(Densities densities, Settings settings, double extent) {
    this.densities = densities;
    this.settings = settings;
    this.extent = extent;
  }

  /**
   * Estimates the partition function of a level.
   *
   * @param level 0 … T − 1
   * @param progress told the number of steps done
   */
  public Estimate estimate(int level, Progress progress, Cancellation cancellation) {
    int transitions = (densities.levels() - level) * settings.distributions();
    double[] sizes = new double[transitions];
    // Step sizes come from chains of their own: those that count must not be led by what they see.
    long pilotSeed = new RandomNumbers(settings.seed()).word(Purpose.RESTART, 0);
    new Chains(Math.min(PILOT_CHAINS, settings.chains()), pilotSeed)
        .run(level, sizes, true, done -> progress.report(done, 2L * transitions), cancellation);
    Chains chains = new Chains(settings.chains(), settings.seed());
    chains.run(
        level,
        sizes,
        false,
        done -> progress.report(transitions + done, 2L * transitions),
        cancellation);
    double normal = 0.5 * densities.dimensions() * Math.log(2 * Math.PI);
    double[] weights = chains.logWeights;
    double mean = Arrays.stream(weights).average().orElseThrow();
    double variance =
        Arrays.stream(weights).map(weight -> (weight - mean) * (weight - mean)).sum()
            / (weights.length - 1);
    Interval interval =
        Interval.percentiles(
            weights.length,
            1,
            DRAWS,
            (chosen, none) ->
                logMean(Arrays.stream(chosen).mapToDouble(i -> weights[i]).toArray()));
    return new Estimate(
        logMean(weights) + normal,
        interval.low() + normal,
        interval.high() + normal,
        variance,
        effective(weights),
        chains.accepted / (double) chains.proposed);
  }

  private static double logMean(double... logs) {
    double most = Arrays.stream(logs).max().orElseThrow();
    return most
        + Math.log(Arrays.stream(logs).map(log -> Math.exp(log - most)).average().orElseThrow());
  }

  private static double effective(double... logs) {
    double most = Arrays.stream(logs).max().orElseThrow();
    double sum = 0;
    double square = 0;
    for (double log : logs) {
      double weight = Math.exp(log - most);
      sum += weight;
      square += weight * weight;
    }
    return sum * sum / square;
  }

  /** Told the number of steps done. */
  private interface Steps {
    void done(long steps);
  }

  /** Chains that go from level T down together. */
  private final class Chains {
    private final int count;
    private final int size = densities.dimensions();
    private final RandomNumbers numbers;
    private final double[] logWeights;
    private float[] points;
    private long moves;
    private long proposed;
    private long accepted;

    Chains(int count, long seed) {
      this.count = count;
      numbers = new RandomNumbers(seed);
      logWeights = new double[count];
      points = new float[count * size];
      numbers.normal(Purpose.START, 0, 0, points);
      for (int i = 0; i < points.length; i++) {
        points[i] = (float) Math.max(-extent, Math.min(extent, points[i]));
      }
    }

    /**
     * Goes down to a level.
     *
     * @param sizes the step size of each transition; found by the way in a pilot run
     */
    void run(int level, double[] sizes, boolean pilot, Steps steps, Cancellation cancellation) {
      double step = Math.pow(size, -1.0 / 3);
      if (pilot) {
        Both here = both(densities.levels(), points);
        for (int i = 0; i < PILOT_WARMUP; i++) {
          step *= adapted(move(new Bridge(densities.levels(), 0), here, step));
        }
      }
      int transition = 0;
      for (int from = densities.levels(); from > level; from--) {
        double narrowing = densities.narrowing(from);
        Both here = both(from, points);
        double last = 0;
        for (int j = 1; j <= settings.distributions(); j++) {
          cancellation.throwIfCancelled();
          double next = mixing(narrowing, (double) j / settings.distributions());
          for (int i = 0; i < count; i++) {
            logWeights[i] += (next - last) * (here.lower.values()[i] - here.upper.values()[i]);
          }
          if (!pilot) {
            step = sizes[transition];
          }
          Moved moved = move(new Bridge(from, next), here, step);
          here = moved.both();
          if (pilot) {
            sizes[transition] = step;
            step *= adapted(moved);
          }
          last = next;
          transition++;
          steps.done(transition);
        }
      }
    }

    private double adapted(Moved moved) {
      return Math.exp(moved.share() - WANTED_ACCEPTANCE);
    }

    private Both both(int from, float[] at) {
      Slopes upper = from == densities.levels() ? normal(at) : densities.at(from, at);
      return new Both(upper, densities.at(from - 1, at));
    }

    private Slopes normal(float[] at) {
      double[] values = new double[at.length / size];
      float[] gradients = new float[at.length];
      for (int i = 0; i < at.length; i++) {
        values[i / size] -= 0.5 * at[i] * at[i];
        gradients[i] = -at[i];
      }
      return new Slopes(values, gradients);
    }

    /** One Langevin step with Metropolis' correction. */
    private Moved move(Bridge bridge, Both here, double step) {
      float[] noise = new float[points.length];
      double[] chances = new double[count];
      numbers.normal(Purpose.LANGEVIN, moves, 0, noise);
      numbers.uniform(Purpose.ACCEPTANCE, moves, 0, chances);
      moves++;
      float[] proposal = new float[points.length];
      boolean[] inside = new boolean[count];
      Arrays.fill(inside, true);
      double spread = Math.sqrt(step);
      for (int i = 0; i < proposal.length; i++) {
        proposal[i] = (float) (points[i] + step / 2 * bridge.slope(here, i) + spread * noise[i]);
        if (!(Math.abs(proposal[i]) <= extent)) {
          inside[i / size] = false;
          proposal[i] = points[i]; // so that the network is asked for nothing absurd
        }
      }
      Both there = both(bridge.from(), proposal);
      int taken = 0;
      for (int chain = 0; chain < count; chain++) {
        double ratio = bridge.value(there, chain) - bridge.value(here, chain);
        for (int i = chain * size; i < (chain + 1) * size; i++) {
          double forth = proposal[i] - points[i] - step / 2 * bridge.slope(here, i);
          double back = points[i] - proposal[i] - step / 2 * bridge.slope(there, i);
          ratio += (forth * forth - back * back) / (2 * step);
        }
        if (inside[chain] && Math.log(chances[chain]) < ratio) {
          taken++;
          System.arraycopy(proposal, chain * size, points, chain * size, size);
          here.take(there, chain, size);
        }
      }
      proposed += count;
      accepted += taken;
      return new Moved(here, taken / (double) count);
    }
  }

  /** Where between two levels; the path of constant speed for normal distributions. */
  private static double mixing(double narrowing, double share) {
    return narrowing > 1 + 1e-9 ? (Math.pow(narrowing, share) - 1) / (narrowing - 1) : share;
  }

  /** The density f_t^{1−β} f_{t−1}^β. */
  private record Bridge(int from, double beta) {
    double value(Both both, int chain) {
      return (1 - beta) * both.upper.values()[chain] + beta * both.lower.values()[chain];
    }

    double slope(Both both, int index) {
      return (1 - beta) * both.upper.gradients()[index] + beta * both.lower.gradients()[index];
    }
  }

  /** The densities of two levels at the same points. */
  private record Both(Slopes upper, Slopes lower) {
    /** Takes over what is known about the point of a chain. */
    void take(Both other, int chain, int size) {
      take(upper, other.upper, chain, size);
      take(lower, other.lower, chain, size);
    }

    private static void take(Slopes to, Slopes from, int chain, int size) {
      to.values()[chain] = from.values()[chain];
      System.arraycopy(from.gradients(), chain * size, to.gradients(), chain * size, size);
    }
  }

  /** The state after a step and the share of chains that took it. */
  private record Moved(Both both, double share) {}
}
