package cdrl.store;

import cdrl.runtime.HostTensor;

/**
 * An array from a NumPy file.
 *
 * @param shape its sizes; empty for a single number
 * @param values the elements in row-major order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record NumpyArray(long[] shape, double[] values) {

  /** The array as float32. */
  public HostTensor tensor() {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return new HostTensor(shape, floats);
  }

  /** The elements as whole numbers, rounded. */
  public int[] integers() {
    int[] integers = new int[values.length];
    for (int i = 0; i < integers.length; i++) {
      integers[i] = Math.toIntExact(Math.round(values[i]));
    }
    return integers;
  }

  /**
   * The only element.
   *
   * @throws IllegalStateException when there is not exactly one
   */
  public double number() {
    if (values.length != 1) {
      throw new IllegalStateException("there are " + values.length + " elements, not 1");
    }
    return values[0];
  }
}
