package cdrl.evaluate;

import cdrl.evaluate.ParityCheck.Row;
import cdrl.model.ModelDescription;
import cdrl.runtime.CdrlException;
import cdrl.store.NumpyArray;
import cdrl.store.NumpyFile;
import java.nio.file.Path;
import java.util.Map;

/** The arrays of a file with expected numbers. */
final class ExpectedArrays {
  private final Path file;
  private final Map<String, NumpyArray> arrays;

  private ExpectedArrays(Path file, Map<String, NumpyArray> arrays) {
    this.file = file;
    this.arrays = arrays;
  }

  /**
   * Reads a file.
   *
   * @throws CdrlException when it cannot be read
   */
  static ExpectedArrays read(Path file) {
    return new ExpectedArrays(file, NumpyFile.readArchive(file));
  }

  /** The file's name. */
  String file() {
    return String.valueOf(file.getFileName());
  }

  boolean has(String name) {
    return arrays.containsKey(name);
  }

  /**
   * An array.
   *
   * @throws CdrlException when it is not there
   */
  NumpyArray get(String name) {
    NumpyArray array = arrays.get(name);
    if (array == null) {
      throw new CdrlException("The file '{0}' lacks the array '{1}'.", file, name);
    }
    return array;
  }

  /**
   * An array of one whole number.
   *
   * @throws CdrlException when it is not there or something else
   */
  int integer(String name) {
    number(name);
    return get(name).integers()[0];
  }

  /**
   * An array of one number.
   *
   * @throws CdrlException when it is not there or holds more
   */
  double number(String name) {
    double[] values = get(name).values();
    if (values.length != 1) {
      throw new CdrlException(
          "The array '{0}' of '{1}' must hold one number, not {2}", name, file, values.length);
    }
    return values[0];
  }

  /** The classes in an array of whole numbers, or none where there is no such array. */
  int[] labels(String name) {
    return has(name) ? get(name).integers() : new int[0];
  }

  /**
   * The same for a model.
   *
   * @throws CdrlException when it does not have one of the classes
   */
  int[] labels(String name, ModelDescription model) {
    int[] labels = labels(name);
    for (int label : labels) {
      model.requireClass(label);
    }
    return labels;
  }

  /**
   * The comparison of an array with what was computed; an array that is not there is not checked.
   */
  Row row(String name, float[] computed, double tolerance) {
    return has(name)
        ? Row.of(file(), name, error(name, computed), tolerance)
        : Row.notChecked(file(), name, "the array is not there");
  }

  private double error(String name, float[] computed) {
    float[] expected = get(name).tensor().values();
    if (expected.length != computed.length) {
      throw new CdrlException(
          "The array '{0}' of '{1}' has {2} elements where {3} were computed.",
          name, file, expected.length, computed.length);
    }
    return error(expected, computed);
  }

  /** ‖computed − expected‖ / ‖expected‖. */
  static double error(float[] expected, float[] computed) {
    double difference = 0;
    double size = 0;
    for (int i = 0; i < expected.length; i++) {
      double distance = (double) computed[i] - expected[i];
      difference += distance * distance;
      size += (double) expected[i] * expected[i];
    }
    return difference == 0 ? 0 : Math.sqrt(difference / size);
  }
}
