package cdrl.runtime;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A float32 tensor on the Java heap in row-major order. It needs no runtime, can be handed between
 * threads, and must not be changed once it has been handed over.
 *
 * @param shape the sizes of the dimensions, each at least 0
 * @param values the elements; their number is the product of {@code shape}
 */
@SuppressWarnings("ArrayRecordComponent") // a value object by convention, see above
public record HostTensor(long[] shape, float[] values) {
  private static final int ALIGNMENT = 64;
  private static final int LARGEST_PASSAGE = 1 << 24;
  private static final ThreadLocal<ByteBuffer> PASSAGE =
      ThreadLocal.withInitial(() -> aligned(1 << 16));
  private static final NDIndex ALL = new NDIndex(":");

  /** Checks that the number of elements fits the shape. */
  public HostTensor {
    if (Arrays.stream(shape).anyMatch(size -> size < 0) || elements(shape) != values.length) {
      throw new IllegalArgumentException(
          "shape " + Arrays.toString(shape) + " does not hold " + values.length + " elements");
    }
  }

  /** Copies a tensor to the Java heap. */
  public static HostTensor of(NDArray array) {
    return new HostTensor(array.getShape().getShape(), array.toFloatArray());
  }

  /**
   * Copies this tensor to the device of the manager, which will own the copy. Make tensors of
   * numbers in this way alone: in memory that begins anywhere, the matrix products of the same
   * numbers differ in their last bits from one time to the next.
   */
  public NDArray toArray(NDManager manager) {
    ByteBuffer memory = passage(Math.multiplyExact(values.length, Float.BYTES));
    memory.asFloatBuffer().put(values);
    try (NDArray lent = manager.create(memory, new Shape(shape), DataType.FLOAT32)) {
      return lent.duplicate();
    }
  }

  /**
   * Memory through which numbers pass into the engine's own. The engine would keep using Java's,
   * which is freed only when the garbage collector gets to it.
   */
  private static ByteBuffer passage(int bytes) {
    if (bytes > LARGEST_PASSAGE) {
      return aligned(bytes);
    }
    ByteBuffer memory = PASSAGE.get();
    if (memory.capacity() < bytes) {
      memory = aligned(bytes);
      PASSAGE.set(memory);
    }
    return memory.duplicate().limit(bytes).order(ByteOrder.nativeOrder());
  }

  /**
   * Native memory as the engine itself allocates it, beginning at a multiple of 64 bytes. Java's
   * begins at any multiple of 16, and the library that multiplies matrices groups its sums by where
   * their operands begin.
   */
  static ByteBuffer aligned(int bytes) {
    ByteBuffer whole = ByteBuffer.allocateDirect(Math.addExact(bytes, ALIGNMENT));
    int start = -whole.alignmentOffset(0, ALIGNMENT) & (ALIGNMENT - 1);
    return whole.slice(start, bytes).order(ByteOrder.nativeOrder());
  }

  /** Overwrites the values of an array of the same shape in place. */
  public void copyTo(NDArray target) {
    // Not NDArray.set(float[]), which makes the engine print a warning about itself.
    try (NDArray copy = toArray(target.getManager())) {
      target.set(ALL, copy);
    }
  }

  /** The number of elements of a tensor of the given shape. */
  public static long elements(long... shape) {
    long product = 1;
    for (long size : shape) {
      product = Math.multiplyExact(product, size);
    }
    return product;
  }

  /** The entry with the given index of the first dimension, as a tensor with one dimension less. */
  public HostTensor get(int index) {
    int size = values.length / (int) shape[0];
    return new HostTensor(
        Arrays.copyOfRange(shape, 1, shape.length),
        Arrays.copyOfRange(values, index * size, (index + 1) * size));
  }

  /** The number of entries along the first dimension. */
  public int count() {
    return (int) shape[0];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostTensor that
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "HostTensor" + Arrays.toString(shape);
  }
}
