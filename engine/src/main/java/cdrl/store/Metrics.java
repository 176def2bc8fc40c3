package cdrl.store;

import cdrl.runtime.CdrlException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers that a run has logged.
 *
 * @param columns their names; the first is the iteration
 * @param rows one array per logged iteration with a value for each column, NaN where there is none
 */
public record Metrics(List<String> columns, List<double[]> rows) {
  /** Copies the lists. */
  public Metrics {
    columns = List.copyOf(columns);
    rows = Collections.unmodifiableList(new ArrayList<>(rows));
  }

  /**
   * Reads a file, also while a run appends to it: a last line without its end is left out, and so
   * are lines that are no rows of numbers.
   *
   * @throws CdrlException when it cannot be read
   */
  public static Metrics read(Path path) {
    try (BufferedReader reader =
        new BufferedReader(
            new java.io.InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8))) {
      List<String> columns = List.of();
      List<double[]> rows = new ArrayList<>();
      StringBuilder line = new StringBuilder();
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        if (c != '\n') {
          line.append((char) c);
          continue;
        }
        if (columns.isEmpty()) {
          columns = List.of(line.toString().split(",", -1));
        } else {
          double[] row = row(line.toString(), columns.size());
          if (row.length > 0) {
            rows.add(row);
          }
        }
        line.setLength(0);
      }
      return new Metrics(columns, rows);
    } catch (IOException e) {
      throw Sentences.reading(path, e);
    }
  }

  /** The values of a line, or an empty array when it is no row. */
  static double[] row(String line, int columns) {
    String[] fields = line.split(",", -1);
    if (fields.length != columns) {
      return new double[0];
    }
    double[] values = new double[columns];
    try {
      for (int i = 0; i < columns; i++) {
        values[i] = fields[i].isEmpty() ? Double.NaN : Double.parseDouble(fields[i]);
      }
    } catch (NumberFormatException e) {
      return new double[0];
    }
    return values;
  }

  /** The values of a column, one per row, or an empty array when there is no such column. */
  public double[] column(String name) {
    int index = columns.indexOf(name);
    return index < 0 ? new double[0] : rows.stream().mapToDouble(row -> row[index]).toArray();
  }

  /** The latest value of every column that has one. */
  public Map<String, Double> last() {
    Map<String, Double> last = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      for (int row = rows.size() - 1; row >= 0; row--) {
        if (!Double.isNaN(rows.get(row)[i])) {
          last.put(columns.get(i), rows.get(row)[i]);
          break;
        }
      }
    }
    return last;
  }
}
