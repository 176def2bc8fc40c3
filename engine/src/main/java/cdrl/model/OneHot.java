package cdrl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import cdrl.runtime.HostTensor;
import org.jspecify.annotations.Nullable;

/** Class labels as rows with a single one; label 0 is "no class". */
final class OneHot {
  private OneHot() {}

  /**
   * Shaped (number of labels, classes + 1); a single row of "no class" when there are no labels.
   *
   * @throws IllegalArgumentException when a label is not in 0 … classes
   */
  static NDArray of(NDManager manager, int @Nullable [] labels, int classes) {
    int[] rows = labels == null ? new int[] {0} : labels;
    float[] values = new float[rows.length * (classes + 1)];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] < 0 || rows[i] > classes) {
        throw new IllegalArgumentException("no class " + rows[i] + " among " + classes);
      }
      values[i * (classes + 1) + rows[i]] = 1;
    }
    return new HostTensor(new long[] {rows.length, classes + 1}, values).toArray(manager);
  }
}
