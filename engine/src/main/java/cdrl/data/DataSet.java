package cdrl.data;

/** Training data that can be read in any order. Safe to read from several threads. */
public sealed interface DataSet permits ImageDataSet, PointDataSet {
  /** The number of items, at least 1. */
  int size();

  /** The shape of one item: (channels, height, width) for images, (2) for points. */
  long[] itemShape();

  /**
   * Writes one item into an array, in row-major order.
   *
   * @param index which item, from 0 to below {@link #size()}
   * @param flip whether to mirror it left to right; without effect on points
   * @param out where to write
   * @param offset the first position in {@code out}
   */
  void fill(int index, boolean flip, float[] out, int offset);

  /** The class of an item, from 1; 0 when it has none. */
  int label(int index);

  /** One line for people. */
  String description();

  /** SHA-256 of the content in hexadecimal. */
  String fingerprint();

  /**
   * Whether a fingerprint that was written down earlier is that of this data. Earlier versions knew
   * images by their pixels alone.
   */
  default boolean isKnownAs(String earlier) {
    return earlier.equals(fingerprint());
  }
}
