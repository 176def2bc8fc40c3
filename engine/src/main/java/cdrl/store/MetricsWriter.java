package cdrl.store;

import cdrl.runtime.AtomicFile;
import cdrl.runtime.CdrlException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Appends rows of numbers to a CSV file with a fixed header, whole lines at a time. */
public final class MetricsWriter {
  private final Path path;
  private final int columns;

  private MetricsWriter(Path path, int columns) {
    this.path = path;
    this.columns = columns;
  }

  /**
   * Opens or makes a file. In an existing one, a torn last line and all rows after the iteration
   * from which the run goes on are cut off, and rows under another header are brought to this one.
   *
   * @param columns the header; the first column is the iteration
   * @param iteration the number of iterations made so far
   * @throws CdrlException when it cannot be written or is no table of metrics
   */
  static MetricsWriter open(Path path, List<String> columns, long iteration) {
    String header = String.join(",", columns);
    try {
      if (!Files.exists(path) || !Files.readString(path).contains("\n")) {
        Files.writeString(path, header + "\n");
      } else {
        cut(path, columns, iteration);
      }
      return new MetricsWriter(path, columns.size());
    } catch (IOException e) {
      throw AppendedText.failure(path, e);
    }
  }

  /** Leaves the rows up to the iteration, brought to the header. */
  private static void cut(Path path, List<String> columns, long iteration) throws IOException {
    String text = Files.readString(path);
    int end = text.indexOf('\n') + 1;
    List<String> given = List.of(text.substring(0, end - 1).split(",", -1));
    if (!given.get(0).equals(columns.get(0))) {
      throw new CdrlException(
          "The file '{0}' is no table of metrics of a run; move it away.",
          Sentences.shown(path.toString()));
    }
    List<double[]> rows = new ArrayList<>();
    for (int next = text.indexOf('\n', end); next >= 0; next = text.indexOf('\n', end)) {
      double[] row = Metrics.row(text.substring(end, next), given.size());
      if (row.length == 0 || !(row[0] <= iteration)) {
        break;
      }
      rows.add(row);
      end = next + 1;
    }
    if (given.equals(columns)) {
      int bytes = text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.truncate(bytes);
      }
    } else {
      AtomicFile.writeText(path, rewritten(rows, given, columns));
    }
  }

  /** Rows of another version of the program: what it did not log is missing in them. */
  private static String rewritten(List<double[]> rows, List<String> given, List<String> columns) {
    StringBuilder text = new StringBuilder(String.join(",", columns)).append('\n');
    for (double[] row : rows) {
      double[] values = new double[columns.size()];
      for (int i = 0; i < values.length; i++) {
        int from = given.indexOf(columns.get(i));
        values[i] = from < 0 ? Double.NaN : row[from];
      }
      text.append(line(values));
    }
    return text.toString();
  }

  /**
   * Appends a row.
   *
   * @param values one for each column; NaN leaves a field empty
   * @throws CdrlException when it cannot be written
   */
  public void append(double... values) {
    if (values.length != columns) {
      throw new IllegalArgumentException(values.length + " values for " + columns + " columns");
    }
    AppendedText.append(path, line(values));
  }

  private static String line(double... values) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      line.append(i == 0 ? "" : ",").append(text(values[i]));
    }
    return line.append('\n').toString();
  }

  private static String text(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
