package cdrl.evaluate;

/**
 * Quality and variety of samples apart (Kynkäänniemi et al. 2019). Around each image of a set lies
 * a ball that reaches to its third nearest neighbour; together they are where such images lie.
 *
 * @param precision the share of samples that lie where data lie
 * @param recall the share of data that lie where samples lie
 */
public record PrecisionRecall(double precision, double recall) {
  private static final int NEIGHBOURS = 3;

  /**
   * Compares samples with data.
   *
   * @throws IllegalArgumentException when there are fewer than 4 of either
   */
  public static PrecisionRecall of(FeatureSet data, FeatureSet samples) {
    if (Math.min(data.count(), samples.count()) <= NEIGHBOURS) {
      throw new IllegalArgumentException("at least 4 images of each kind are needed");
    }
    return new PrecisionRecall(
        covered(data, data.radii(NEIGHBOURS), samples),
        covered(samples, samples.radii(NEIGHBOURS), data));
  }

  private static double covered(FeatureSet centres, double[] radii, FeatureSet others) {
    int inside = 0;
    for (int i = 0; i < others.count(); i++) {
      for (int j = 0; j < centres.count(); j++) {
        if (others.distance(i, centres, j) <= radii[j]) {
          inside++;
          break;
        }
      }
    }
    return (double) inside / others.count();
  }
}
