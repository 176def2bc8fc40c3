package cdrl.store;

import cdrl.runtime.CdrlException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
   * from which the run goes on are cut off.
   *
   * @param columns the header; the first column is the iteration
   * @param iteration the number of iterations made so far
   * @throws CdrlException when it cannot be written or has another header
   */
  static MetricsWriter open(Path path, List<String> columns, long iteration) {
    String header = String.join(",", columns);
    try {
      if (!Files.exists(path) || !Files.readString(path).contains("\n")) {
        Files.writeString(path, header + "\n");
      } else {
        cut(path, header, columns.size(), iteration);
      }
      return new MetricsWriter(path, columns.size());
    } catch (IOException e) {
      throw AppendedText.failure(path, e);
    }
  }

  private static void cut(Path path, String header, int columns, long iteration)
      throws IOException {
    String text = Files.readString(path);
    int end = text.indexOf('\n') + 1;
    if (!text.substring(0, end).equals(header + "\n")) {
      throw new CdrlException(
          "The file "
              + Sentences.quote(path.toString())
              + " has other columns than this version of the program writes; go on with the version"
              + " that began the run.");
    }
    for (int next = text.indexOf('\n', end); next >= 0; next = text.indexOf('\n', end)) {
      double[] row = Metrics.row(text.substring(end, next), columns);
      if (row.length == 0 || !(row[0] <= iteration)) {
        break;
      }
      end = next + 1;
    }
    int bytes = text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(bytes);
    }
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
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      line.append(i == 0 ? "" : ",").append(text(values[i]));
    }
    AppendedText.append(path, line.append('\n').toString());
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
