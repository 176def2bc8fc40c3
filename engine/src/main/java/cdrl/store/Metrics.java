package cdrl.store;

import cdrl.runtime.CdrlException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
    if (!Files.exists(path)) {
      throw Sentences.reading(path, new NoSuchFileException(path.toString()));
    }
    MetricsColumns columns = new MetricsTail(path).read();
    Table table = Table.create(path.getFileName().toString());
    for (String name : columns.names()) {
      // NaN is what the library takes for a missing number.
      table.addColumns(DoubleColumn.create(name, columns.values(name)));
    }
    return new Metrics(table);
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
}
