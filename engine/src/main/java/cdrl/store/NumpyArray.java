package cdrl.store;

import cdrl.runtime.CdrlException;
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

  /**
   * The elements as whole numbers.
   *
   * @throws CdrlException when one is not whole or out of range
   */
  public int[] integers() {
    int[] integers = new int[values.length];
    for (int i = 0; i < integers.length; i++) {
      integers[i] = (int) values[i];
      if (integers[i] != values[i]) {
        throw new CdrlException(
            "An array holds {0} where a whole number belongs; check the file.", values[i]);
      }
    }
    return integers;
  }
}
