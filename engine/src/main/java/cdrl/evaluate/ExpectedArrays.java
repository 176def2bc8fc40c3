package cdrl.evaluate;

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
      throw new CdrlException("The file '" + file + "' lacks the array '" + name + "'.");
    }
    return array;
  }

  /**
   * An array of one whole number.
   *
   * @throws CdrlException when it is not there or something else
   */
  int integer(String name) {
    int[] values = get(name).integers();
    if (values.length != 1) {
      throw new CdrlException(
          "The array '" + name + "' of '" + file + "' must hold one number, not " + values.length);
    }
    return values[0];
  }

  /** ‖computed − expected‖ / ‖expected‖. */
  double error(String name, float[] computed) {
    double[] expected = get(name).values();
    if (expected.length != computed.length) {
      throw new CdrlException(
          "The array '"
              + name
              + "' of '"
              + file
              + "' has "
              + expected.length
              + " elements where "
              + computed.length
              + " were computed.");
    }
    double difference = 0;
    double size = 0;
    for (int i = 0; i < expected.length; i++) {
      double distance = computed[i] - expected[i];
      difference += distance * distance;
      size += expected[i] * expected[i];
    }
    return difference == 0 ? 0 : Math.sqrt(difference / size);
  }

  /** |computed − expected| / |expected| of a single number. */
  double error(String name, double computed) {
    return error(name, new float[] {(float) computed});
  }
}
