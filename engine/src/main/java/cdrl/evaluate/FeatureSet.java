package cdrl.evaluate;

import java.util.Arrays;

/**
 * The feature vectors of a set of images.
 *
 * @param vectors one behind the other
 * @param size the entries of a vector
 */
@SuppressWarnings("ArrayRecordComponent") // read only, never compared
public record FeatureSet(float[] vectors, int size) {
  /** The number of images. */
  public int count() {
    return vectors.length / size;
  }

  /** Mean and covariance. */
  public FeatureStatistics statistics() {
    FeatureStatistics statistics = new FeatureStatistics(size);
    statistics.add(vectors);
    return statistics;
  }

  /** Some of the images, in the given order and as often as they are named. */
  public FeatureSet select(int... indexes) {
    float[] selected = new float[indexes.length * size];
    for (int i = 0; i < indexes.length; i++) {
      System.arraycopy(vectors, indexes[i] * size, selected, i * size, size);
    }
    return new FeatureSet(selected, size);
  }

  /** The Euclidean distance of an image of this set from one of another set. */
  double distance(int index, FeatureSet other, int otherIndex) {
    double square = 0;
    int start = index * size;
    int otherStart = otherIndex * size;
    for (int i = 0; i < size; i++) {
      double difference = vectors[start + i] - other.vectors[otherStart + i];
      square += difference * difference;
    }
    return Math.sqrt(square);
  }

  /** The distance of each image from its k-th nearest other image of this set. */
  double[] radii(int k) {
    double[] radii = new double[count()];
    double[] distances = new double[count() - 1];
    for (int i = 0; i < radii.length; i++) {
      for (int j = 0; j < radii.length; j++) {
        if (j != i) {
          distances[j < i ? j : j - 1] = distance(i, this, j);
        }
      }
      Arrays.sort(distances);
      radii[i] = distances[k - 1];
    }
    return radii;
  }
}
