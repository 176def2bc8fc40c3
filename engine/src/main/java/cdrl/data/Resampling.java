package cdrl.data;

/**
 * Changes the number of samples along one axis. Shrinking averages over the area of the source that
 * a target sample covers, so that nothing is lost and nothing flickers; enlarging interpolates with
 * Catmull-Rom cubics. At the same size, with whole pixels, it copies.
 */
final class Resampling {
  private final int[] starts;
  private final float[][] weights;
  private final int first;
  private final int end;

  /**
   * @param size the samples of the source
   * @param from where the part to use begins
   * @param length how long it is
   * @param target the samples wanted
   */
  Resampling(int size, double from, double length, int target) {
    starts = new int[target];
    weights = new float[target][];
    double scale = length / target;
    int least = size;
    int most = 0;
    for (int i = 0; i < target; i++) {
      if (scale >= 1) {
        average(i, size, from + i * scale, from + (i + 1) * scale);
      } else {
        interpolate(i, size, from + (i + 0.5) * scale);
      }
      least = Math.min(least, starts[i]);
      most = Math.max(most, starts[i] + weights[i].length);
    }
    first = least;
    end = most;
  }

  private void average(int target, int size, double from, double to) {
    // Edges that miss a pixel's edge by rounding only would add weights of next to nothing.
    int start = clamp((int) Math.floor(from + 1e-9), size);
    int stop = Math.max(start + 1, Math.min(size, (int) Math.ceil(to - 1e-9)));
    double[] covered = new double[stop - start];
    for (int k = 0; k < covered.length; k++) {
      covered[k] = Math.max(0, Math.min(to, start + k + 1) - Math.max(from, start + k));
    }
    set(target, start, covered);
  }

  private void interpolate(int target, int size, double centre) {
    int middle = (int) Math.floor(centre - 0.5);
    double t = centre - 0.5 - middle;
    double[] cubic = {
      ((-0.5 * t + 1) * t - 0.5) * t,
      (1.5 * t - 2.5) * t * t + 1,
      ((-1.5 * t + 2) * t + 0.5) * t,
      (0.5 * t - 0.5) * t * t
    };
    int start = clamp(middle - 1, size);
    int stop = clamp(middle + 2, size) + 1;
    double[] inside = new double[stop - start];
    for (int k = 0; k < 4; k++) {
      inside[clamp(middle - 1 + k, size) - start] += cubic[k];
    }
    set(target, start, inside);
  }

  private void set(int target, int start, double[] shares) {
    double sum = 0;
    for (double share : shares) {
      sum += share;
    }
    starts[target] = start;
    weights[target] = new float[shares.length];
    for (int k = 0; k < shares.length; k++) {
      weights[target][k] = (float) (shares[k] / sum);
    }
  }

  private static int clamp(int index, int size) {
    return Math.max(0, Math.min(size - 1, index));
  }

  /** The first source sample that is used. */
  int first() {
    return first;
  }

  /** One past the last source sample that is used. */
  int end() {
    return end;
  }

  void apply(float[] in, int inStart, int inStep, float[] out, int outStart, int outStep) {
    for (int i = 0; i < starts.length; i++) {
      float sum = 0;
      float[] shares = weights[i];
      int position = inStart + starts[i] * inStep;
      for (float share : shares) {
        sum += share * in[position];
        position += inStep;
      }
      out[outStart + i * outStep] = sum;
    }
  }
}
