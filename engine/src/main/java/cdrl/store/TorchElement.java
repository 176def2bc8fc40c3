package cdrl.store;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The types of elements that PyTorch stores. */
enum TorchElement {
  FLOAT("FloatStorage", 4),
  DOUBLE("DoubleStorage", 8),
  HALF("HalfStorage", 2),
  BFLOAT16("BFloat16Storage", 2),
  LONG("LongStorage", 8),
  INT("IntStorage", 4),
  SHORT("ShortStorage", 2),
  CHAR("CharStorage", 1),
  BYTE("ByteStorage", 1),
  BOOL("BoolStorage", 1);

  private final String storage;
  private final int bytes;

  TorchElement(String storage, int bytes) {
    this.storage = storage;
    this.bytes = bytes;
  }

  /** The type with the given storage class, or null. */
  static @Nullable TorchElement of(String name) {
    for (TorchElement type : values()) {
      if (name.equals("torch." + type.storage)) {
        return type;
      }
    }
    return null;
  }

  /** The size of an element. */
  int bytes() {
    return bytes;
  }

  /** Takes the next element from a buffer. */
  float next(ByteBuffer buffer) {
    return switch (this) {
      case FLOAT -> buffer.getFloat();
      case DOUBLE -> (float) buffer.getDouble();
      case HALF -> half(buffer.getShort());
      case BFLOAT16 -> Float.intBitsToFloat(buffer.getShort() << 16);
      case LONG -> buffer.getLong();
      case INT -> buffer.getInt();
      case SHORT -> buffer.getShort();
      case CHAR -> buffer.get();
      case BYTE -> buffer.get() & 0xff;
      case BOOL -> buffer.get() == 0 ? 0 : 1;
    };
  }

  /** The value of IEEE 754 binary16. */
  static float half(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) {
      float small = fraction * 0x1p-24f;
      return sign == 0 ? small : -small;
    }
    int wide = exponent == 31 ? 0xff : exponent + 127 - 15;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }
}
