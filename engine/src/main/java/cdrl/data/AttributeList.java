package cdrl.data;

import cdrl.runtime.CdrlException;
import cdrl.runtime.Sentence;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text file with attributes that CelebA comes with: a line with the number of rows, a line with
 * the names of the attributes, and for every image its file name and −1 or 1 for each attribute.
 * Lines may end in LF or CRLF.
 *
 * <p>Not read by tablesaw: that takes every space of a wider gap for an empty column, and its table
 * of 200,000 rows takes 150 MB of heap where these bits take 1 MB.
 *
 * @param names the attributes
 * @param rows the row of every file name
 * @param values bit (row · number of attributes + attribute)
 * @param announced the number of rows that the first line tells
 */
record AttributeList(List<String> names, Map<String, Integer> rows, BitSet values, int announced) {
  private static final int MOST_ATTRIBUTES = 1000;

  /**
   * Reads only the names of the attributes.
   *
   * @throws CdrlException naming the line that is wrong
   */
  static List<String> names(Path file) {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      count(file, reader.readLine());
      return names(file, reader.readLine());
    } catch (IOException failure) {
      throw unreadable(file, failure);
    }
  }

  /**
   * Reads the file.
   *
   * @throws CdrlException naming the line that is wrong
   */
  static AttributeList read(Path file) {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int announced = count(file, reader.readLine());
      List<String> names = names(file, reader.readLine());
      Map<String, Integer> rows = new HashMap<>();
      BitSet values = new BitSet();
      int number = 2;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        List<String> row = words(line);
        if (row.isEmpty()) {
          continue;
        }
        if (row.size() != names.size() + 1) {
          throw wrong(
              file,
              number,
              "a file name and {0} values were expected, but there are {1} entries",
              names.size(),
              row.size());
        }
        int index = rows.size();
        if (rows.putIfAbsent(row.get(0), index) != null) {
          throw wrong(file, number, "'{0}' is there a second time", row.get(0));
        }
        for (int a = 0; a < names.size(); a++) {
          switch (row.get(a + 1)) {
            case "1" -> values.set(Math.addExact(Math.multiplyExact(index, names.size()), a));
            case "-1", "0" -> {}
            default ->
                throw wrong(file, number, "values must be -1 or 1, not '{0}'", row.get(a + 1));
          }
        }
      }
      return new AttributeList(names, rows, values, announced);
    } catch (IOException failure) {
      throw unreadable(file, failure);
    }
  }

  private static CdrlException unreadable(Path file, IOException failure) {
    return new CdrlException(
        failure, "Cannot read '{0}'; it must be a readable text file in UTF-8.", file);
  }

  private static List<String> names(Path file, @Nullable String line) {
    List<String> names = words(line);
    if (names.isEmpty() || names.size() > MOST_ATTRIBUTES) {
      throw wrong(file, 2, "the names of the attributes were expected");
    }
    return names;
  }

  private static int count(Path file, @Nullable String line) {
    try {
      return Integer.parseInt(line == null ? "" : line.strip());
    } catch (NumberFormatException noNumber) {
      throw wrong(file, 1, "the number of images was expected");
    }
  }

  private static List<String> words(@Nullable String line) {
    if (line == null || line.isBlank()) {
      return List.of();
    }
    return List.of(line.strip().split("\\s+"));
  }

  private static CdrlException wrong(Path file, int line, String pattern, Object... arguments) {
    return new CdrlException(
        "'{0}' is damaged in line {1}: {2}.", file, line, new Sentence(pattern, arguments));
  }
}
