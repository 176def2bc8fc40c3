package cdrl.studio.engine;

/** The standard normal distribution function, precise in its tails too. */
final class NormalDistribution {
  private static final double SERIES_LIMIT = 2.5;
  private static final int FRACTION_TERMS = 60;

  private NormalDistribution() {}

  /** The probability of the interval from {@code low} to {@code high}. */
  static double between(double low, double high) {
    if (low > 0) {
      return 0.5 * (complement(low / Math.sqrt(2)) - complement(high / Math.sqrt(2)));
    }
    return 0.5 * (complement(-high / Math.sqrt(2)) - complement(-low / Math.sqrt(2)));
  }

  /** 1 − erf(z). */
  static double complement(double z) {
    if (z < SERIES_LIMIT) {
      return z < -SERIES_LIMIT ? 2 - complement(-z) : 1 - series(z);
    }
    // The continued fraction of Laplace, from its far end.
    double square = z * z;
    double fraction = 0;
    for (int k = FRACTION_TERMS; k >= 1; k--) {
      fraction = k / 2.0 / (z + fraction);
    }
    return Math.exp(-square) / (Math.sqrt(Math.PI) * (z + fraction));
  }

  /** erf(z) by its power series. */
  private static double series(double z) {
    double term = z;
    double sum = z;
    for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
      term *= -z * z / n;
      sum += term / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }
}
