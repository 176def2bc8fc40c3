package cdrl.evaluate;

import java.util.Arrays;

/**
 * How near samples are to single training images. A model that copies them has samples much nearer
 * to a training image than training images are to each other.
 *
 * @param indexes the nearest training image of each sample
 * @param distances how far it is, in feature space
 * @param apart how far each training image is from the nearest other one
 */
@SuppressWarnings("ArrayRecordComponent") // read only, never compared
public record NearestNeighbours(int[] indexes, double[] distances, double[] apart) {
  /** A sample at less than this share of the typical distance looks like a copy. */
  private static final double COPY = 0.3;

  /**
   * Finds neighbours.
   *
   * @throws IllegalArgumentException when there are fewer than 2 training images or no samples
   */
  public static NearestNeighbours of(FeatureSet data, FeatureSet samples) {
    if (data.count() < 2 || samples.count() < 1) {
      throw new IllegalArgumentException("too few images to compare");
    }
    int[] indexes = new int[samples.count()];
    double[] distances = new double[samples.count()];
    for (int i = 0; i < indexes.length; i++) {
      distances[i] = Double.POSITIVE_INFINITY;
      for (int j = 0; j < data.count(); j++) {
        double distance = samples.distance(i, data, j);
        if (distance < distances[i]) {
          distances[i] = distance;
          indexes[i] = j;
        }
      }
    }
    return new NearestNeighbours(indexes, distances, data.radii(1));
  }

  /** The median distance of samples, in units of the typical one; near 1 for fresh images. */
  public double ratio() {
    return median(distances) / typical();
  }

  /**
   * The 95 % interval of the ratio, from samples and training images drawn with replacement among
   * those that are here; each keeps its neighbour.
   *
   * @param draws how often to draw
   */
  public Interval ratioInterval(int draws) {
    return Interval.percentiles(
        distances.length,
        apart.length,
        draws,
        (first, second) -> median(select(distances, first)) / median(select(apart, second)));
  }

  private static double[] select(double[] values, int[] indexes) {
    return Arrays.stream(indexes).mapToDouble(index -> values[index]).toArray();
  }

  /** The median distance of a training image from the nearest other one. */
  private double typical() {
    return median(apart);
  }

  /** The share of samples that look like copies of a training image. */
  public double copies() {
    double near = COPY * typical();
    return (double) Arrays.stream(distances).filter(distance -> distance < near).count()
        / distances.length;
  }

  private static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
