package cdrl.evaluate;

/** Mean and covariance of feature vectors, gathered one vector after another in doubles. */
public final class FeatureStatistics {
  private final int size;
  private final double[] shift;
  private final double[] sums;
  private final double[][] products;
  private long count;

  /**
   * No vectors yet.
   *
   * @param size the entries of a vector, at least 1
   */
  public FeatureStatistics(int size) {
    this.size = size;
    shift = new double[size];
    sums = new double[size];
    products = new double[size][];
    for (int i = 0; i < size; i++) {
      products[i] = new double[i + 1];
    }
  }

  /** The entries of a vector. */
  public int size() {
    return size;
  }

  /** The vectors added so far. */
  public long count() {
    return count;
  }

  /**
   * Adds vectors that lie one behind the other.
   *
   * @throws IllegalArgumentException when the last one is incomplete
   */
  public void add(float[] vectors) {
    if (vectors.length % size != 0) {
      throw new IllegalArgumentException(
          vectors.length + " numbers are no whole vectors of " + size);
    }
    double[] centered = new double[size];
    for (int start = 0; start < vectors.length; start += size) {
      for (int i = 0; i < size; i++) {
        if (count == 0) {
          // Sums of distances from the first vector lose no digits to a large mean.
          shift[i] = vectors[start + i];
        }
        centered[i] = vectors[start + i] - shift[i];
        sums[i] += centered[i];
      }
      count++;
      for (int i = 0; i < size; i++) {
        double factor = centered[i];
        double[] row = products[i];
        for (int j = 0; j <= i; j++) {
          row[j] += factor * centered[j];
        }
      }
    }
  }

  /** The mean vector. */
  public double[] mean() {
    double[] mean = new double[size];
    for (int i = 0; i < size; i++) {
      mean[i] = shift[i] + sums[i] / count;
    }
    return mean;
  }

  /** The unbiased covariance matrix; needs at least two vectors. */
  public double[][] covariance() {
    if (count < 2) {
      throw new IllegalStateException("a covariance needs two vectors, not " + count);
    }
    double[][] covariance = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        covariance[i][j] = (products[i][j] - sums[i] * sums[j] / count) / (count - 1);
        covariance[j][i] = covariance[i][j];
      }
    }
    return covariance;
  }
}
