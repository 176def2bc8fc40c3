package cdrl.store;

import cdrl.runtime.CdrlException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/**
 * The numbers that a run has logged.
 *
 * @param table a column of numbers for each quantity, the first being the iteration, and a row for
 *     each logged iteration; fields without a value are missing
 */
public record Metrics(Table table) {

  /**
   * Reads a file, also while a run appends to it: a last line without its end is left out, and so
   * are lines that are no rows of numbers.
   *
   * @throws CdrlException when it cannot be read
   */
  public static Metrics read(Path path) {
    Table table = Table.create(path.getFileName().toString());
    try (BufferedReader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
      StringBuilder line = new StringBuilder();
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        if (c != '\n') {
          line.append((char) c);
          continue;
        }
        if (table.columnCount() == 0) {
          for (String name : line.toString().split(",", -1)) {
            table.addColumns(DoubleColumn.create(name));
          }
        } else {
          append(table, row(line.toString(), table.columnCount()));
        }
        line.setLength(0);
      }
      return new Metrics(table);
    } catch (IOException e) {
      throw Sentences.reading(path, e);
    } catch (IllegalArgumentException e) { // two columns of the same name
      throw new CdrlException(path + " is no table of metrics (" + e.getMessage() + ").", e);
    }
  }

  private static void append(Table table, double[] row) {
    for (int i = 0; i < row.length; i++) {
      // NaN is what the library takes for a missing number.
      table.doubleColumn(i).append(row[i]);
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

  /**
   * The values of a column, one per row and NaN where there is none, or an empty array when there
   * is no such column.
   */
  public double[] column(String name) {
    return table.containsColumn(name) ? table.doubleColumn(name).asDoubleArray() : new double[0];
  }

  /** The latest value of every column that has one. */
  public Map<String, Double> last() {
    Map<String, Double> last = new LinkedHashMap<>();
    for (String name : table.columnNames()) {
      DoubleColumn values = table.doubleColumn(name).removeMissing();
      if (!values.isEmpty()) {
        last.put(name, values.getDouble(values.size() - 1));
      }
    }
    return last;
  }
}
