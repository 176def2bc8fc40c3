package cdrl.training;

import cdrl.data.DataSet;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import java.util.Arrays;

/**
 * How far samples are from the data, cheaply: the Wasserstein-1 distance of their projections on
 * random directions, averaged over directions. It sees colours and coarse shapes, not details, and
 * serves to compare checkpoints of one run.
 */
public final class SlicedDistance {
  private static final int DIRECTIONS = 64;
  private static final int MOST_ITEMS = 2000;
  private static final RandomNumbers NUMBERS = new RandomNumbers(0x51ced);

  private final int size;
  private final double[][] data;

  /** Projects up to 2000 items, spread over the data set. */
  public SlicedDistance(DataSet set) {
    size = Math.toIntExact(HostTensor.elements(set.itemShape()));
    int items = Math.min(MOST_ITEMS, set.size());
    float[] values = new float[Math.multiplyExact(items, size)];
    for (int i = 0; i < items; i++) {
      set.fill((int) ((long) i * set.size() / items), false, values, i * size);
    }
    data = project(values, items);
  }

  /** The distance of samples, shaped (n, item...), in units of the data's values. */
  public double to(HostTensor samples) {
    double[][] other = project(samples.values(), samples.count());
    double sum = 0;
    for (int direction = 0; direction < DIRECTIONS; direction++) {
      sum += distance(data[direction], other[direction]);
    }
    return sum / DIRECTIONS;
  }

  /** Between two sorted series: their quantiles are compared at the places of the finer one. */
  private static double distance(double[] first, double[] second) {
    int places = Math.max(first.length, second.length);
    double sum = 0;
    for (int i = 0; i < places; i++) {
      double place = (i + 0.5) / places;
      sum += Math.abs(quantile(first, place) - quantile(second, place));
    }
    return sum / places;
  }

  private static double quantile(double[] sorted, double place) {
    return sorted[(int) (place * sorted.length)];
  }

  private double[][] project(float[] values, int items) {
    double[][] projections = new double[DIRECTIONS][items];
    float[] direction = new float[size];
    for (int d = 0; d < DIRECTIONS; d++) {
      NUMBERS.normal(Purpose.DATA, d, 0, direction);
      double square = 0;
      for (float value : direction) {
        square += value * value;
      }
      for (int i = 0; i < items; i++) {
        double product = 0;
        for (int j = 0; j < size; j++) {
          product += direction[j] * values[i * size + j];
        }
        projections[d][i] = product / Math.sqrt(square);
      }
      Arrays.sort(projections[d]);
    }
    return projections;
  }
}
