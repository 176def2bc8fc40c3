package cdrl.schedule;

/**
 * The noise levels t = 0 … T and every number that follows from them. Level T is almost pure noise,
 * level 0 almost clean: x_t = ᾱ_t x + σ̄_t ε for data x, with ᾱ_t² = sigmoid(λ_t) and σ̄_t² =
 * sigmoid(−λ_t).
 */
public final class NoiseSchedule {
  /** DDPM steps at which the DRL schedule with six levels samples the linear variance schedule. */
  private static final int[] DRL_SIX = {0, 100, 200, 300, 400, 500, 999};

  /** The same with two more levels where noise is high. */
  private static final int[] DRL_EIGHT = {0, 100, 200, 300, 400, 500, 600, 750, 999};

  private final ScheduleSpec spec;
  private final double[] logSnr;

  /** Computes the levels. */
  public NoiseSchedule(ScheduleSpec spec) {
    this.spec = spec;
    this.logSnr = spec.kind() == ScheduleSpec.Kind.COSINE ? cosine(spec) : drl(spec);
  }

  private static double[] cosine(ScheduleSpec spec) {
    double offset = Math.atan(Math.exp(-spec.maxLogSnr() / 2));
    double slope = Math.atan(Math.exp(-spec.minLogSnr() / 2)) - offset;
    double[] values = new double[spec.levels() + 1];
    for (int t = 0; t < values.length; t++) {
      values[t] = -2 * Math.log(Math.tan(slope * t / spec.levels() + offset));
    }
    return values;
  }

  private static double[] drl(ScheduleSpec spec) {
    int[] steps = spec.levels() == 6 ? DRL_SIX : DRL_EIGHT;
    double[] values = new double[steps.length];
    double signal = 1;
    int level = 0;
    for (int step = 0; step <= steps[steps.length - 1]; step++) {
      signal *= 1 - (1e-4 + (0.02 - 1e-4) * step / 999);
      if (step == steps[level]) {
        values[level++] = Math.log(signal / (1 - signal));
      }
    }
    return values;
  }

  /** What this schedule was made from. */
  public ScheduleSpec spec() {
    return spec;
  }

  /** T, the number of noise levels above level 0. */
  public int levels() {
    return spec.levels();
  }

  /** λ_t, the natural logarithm of the signal-to-noise ratio; t in 0 … T. */
  public double logSnr(int t) {
    return logSnr[t];
  }

  /** ᾱ_t², the share of signal; t in 0 … T. */
  public double signalVariance(int t) {
    return 1 / (1 + Math.exp(-logSnr[t]));
  }

  /** σ̄_t², the share of noise; t in 0 … T. */
  public double noiseVariance(int t) {
    return 1 / (1 + Math.exp(logSnr[t]));
  }

  /** ᾱ_t. */
  public double signalScale(int t) {
    return Math.sqrt(signalVariance(t));
  }

  /** σ̄_t. */
  public double noiseScale(int t) {
    return Math.sqrt(noiseVariance(t));
  }

  /** r_t = ᾱ_t² / ᾱ_{t−1}², the signal kept by the step from level t − 1 to t; t in 1 … T. */
  public double stepSignalVariance(int t) {
    return signalVariance(t) / signalVariance(t - 1);
  }

  /** β_t² = 1 − r_t, the noise added by the step from level t − 1 to t; t in 1 … T. */
  public double stepNoiseVariance(int t) {
    return 1 - stepSignalVariance(t);
  }

  /**
   * m_t: r_t below the top level and 1 at the top, where x_T counts as independent noise. The
   * energy model at level t − 1 sees y = √m_t · x_{t−1}; t in 1 … T.
   */
  public double inputVariance(int t) {
    return t == levels() ? 1 : stepSignalVariance(t);
  }

  /** √m_t. */
  public double inputScale(int t) {
    return Math.sqrt(inputVariance(t));
  }

  /** β̃_t² = β_t² σ̄_{t−1}² / σ̄_t², the variance of q(x_{t−1} | x_t, x); t in 1 … T. */
  public double posteriorVariance(int t) {
    return stepNoiseVariance(t) * noiseVariance(t - 1) / noiseVariance(t);
  }

  /** The weight of x in the mean of q(x_{t−1} | x_t, x): ᾱ_{t−1} β_t² / σ̄_t²; t in 1 … T. */
  public double posteriorCleanShare(int t) {
    return signalScale(t - 1) * stepNoiseVariance(t) / noiseVariance(t);
  }

  /** The weight of x_t in that mean: √r_t σ̄_{t−1}² / σ̄_t²; t in 1 … T. */
  public double posteriorNoisierShare(int t) {
    return Math.sqrt(stepSignalVariance(t)) * noiseVariance(t - 1) / noiseVariance(t);
  }

  /** w_t = β_1 / β_t, the weight of level t in the loss of the energy model; t in 1 … T. */
  public double energyLossWeight(int t) {
    return Math.sqrt(stepNoiseVariance(1) / stepNoiseVariance(t));
  }
}
