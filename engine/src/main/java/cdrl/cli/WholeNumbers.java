package cdrl.cli;

import java.math.BigInteger;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads whole numbers, and says in plain words what is none. These are classes, as JDK 17 breaks
 * off when it is to archive lambdas for them (picocli's interfaces have an old class format).
 */
final class WholeNumbers {
  private WholeNumbers() {}

  /** For {@code int}. */
  static final class ToInt implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return (int) read(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
  }

  /** For {@code long}. */
  static final class ToLong implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return read(text, Long.MIN_VALUE, Long.MAX_VALUE);
    }
  }

  private static long read(String text, long least, long most) {
    if (!text.matches("[+-]?[0-9]+")) {
      throw new TypeConversionException("'" + text + "' is not a whole number");
    }
    BigInteger number = new BigInteger(text);
    if (number.compareTo(BigInteger.valueOf(most)) > 0) {
      throw new TypeConversionException("'" + text + "' is too large; the most is " + most);
    }
    if (number.compareTo(BigInteger.valueOf(least)) < 0) {
      throw new TypeConversionException("'" + text + "' is too small; the least is " + least);
    }
    return number.longValue();
  }
}
