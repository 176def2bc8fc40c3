package cdrl.store;

import java.util.List;
import java.util.Map;

/** What a PyTorch checkpoint is made of: tensors and plain containers, and nothing else. */
sealed interface TorchValue {

  /** A text. */
  record Text(String value) implements TorchValue {}

  /** A whole number. */
  record Whole(long value) implements TorchValue {}

  /** A floating-point number. */
  record Real(double value) implements TorchValue {}

  /** True or false. */
  record Truth(boolean value) implements TorchValue {}

  /** Python's None. */
  record Nothing() implements TorchValue {}

  /** Bytes. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Bytes(byte[] value) implements TorchValue {}

  /**
   * A list or tuple.
   *
   * @param items may contain the sequence itself
   * @param isTuple whether it is complete and must not grow
   */
  record Sequence(List<TorchValue> items, boolean isTuple) implements TorchValue {}

  /**
   * A dictionary with texts and whole numbers as keys, in its order.
   *
   * @param entries may contain the dictionary itself as a value
   */
  record Dictionary(Map<TorchValue, TorchValue> entries) implements TorchValue {}

  /**
   * A view of a storage. It lies within the storage and has no more elements than the storage.
   *
   * @param storage where the elements are
   * @param offset the first element
   * @param shape the sizes
   * @param strides the distances, in elements, between neighbours along each dimension
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Tensor(Storage storage, long offset, long[] shape, long[] strides) implements TorchValue {
    /** The number of elements. */
    int elements() {
      long product = 1;
      for (long size : shape) {
        product *= size;
      }
      return (int) product;
    }
  }

  /**
   * Elements of one type, in an entry of the archive that has exactly their size.
   *
   * @param type their type
   * @param key the name of the entry
   * @param elements how many there are
   */
  record Storage(TorchElement type, String key, int elements) implements TorchValue {}

  /** A name that may be called or mentioned, and means nothing but itself. */
  record Name(String name) implements TorchValue {}
}
