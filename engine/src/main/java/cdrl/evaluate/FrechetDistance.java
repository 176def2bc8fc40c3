package cdrl.evaluate;

/**
 * The Fréchet distance between two sets of feature vectors, each seen as a normal distribution: ‖m₁
 * − m₂‖² + tr(C₁ + C₂ − 2 (C₁ C₂)^½). With features of the Inception network it is the FID.
 */
public final class FrechetDistance {
  private FrechetDistance() {}

  /**
   * The distance, at least 0.
   *
   * @throws IllegalArgumentException when the vectors differ in size
   */
  public static double between(FeatureStatistics a, FeatureStatistics b) {
    if (a.size() != b.size()) {
      throw new IllegalArgumentException(a.size() + " features cannot meet " + b.size());
    }
    double[] meanA = a.mean();
    double[] meanB = b.mean();
    double[][] covarianceA = a.covariance();
    double[][] covarianceB = b.covariance();
    double distance = 0;
    for (int i = 0; i < meanA.length; i++) {
      double difference = meanA[i] - meanB[i];
      distance += difference * difference + covarianceA[i][i] + covarianceB[i][i];
    }
    return Math.max(0, distance - 2 * traceOfRoot(covarianceA, covarianceB));
  }

  /**
   * tr (A B)^½ for covariance matrices. With A = L L' the product has the eigenvalues of the
   * symmetric matrix L' B L.
   */
  private static double traceOfRoot(double[][] a, double[][] b) {
    double[][] root = SymmetricMatrices.cholesky(a);
    double[][] right = SymmetricMatrices.product(b, root);
    double[][] square = SymmetricMatrices.product(SymmetricMatrices.transposed(root), right);
    double trace = 0;
    for (double eigenvalue : SymmetricMatrices.eigenvalues(square)) {
      trace += Math.sqrt(Math.max(0, eigenvalue));
    }
    return trace;
  }
}
