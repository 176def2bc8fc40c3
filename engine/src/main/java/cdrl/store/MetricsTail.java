package cdrl.store;

import cdrl.runtime.CdrlException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * Follows a file of metrics while a run appends to it; every line is read once. Begins anew when
 * the file was cut or replaced. Not to be used by two threads at a time.
 */
public final class MetricsTail {
  private static final int CHUNK = 1 << 20;
  private static final int LONGEST_LINE = 1 << 20;

  private final Path path;

  /** Bytes of the whole lines read so far. */
  private long end;

  /** The last of them; when it is not there any more, the file is not the one it was. */
  private byte[] lastLine = {};

  private List<String> names = List.of();
  private double[][] columns = {};
  private int rows;
  private MetricsColumns latest = MetricsColumns.EMPTY;

  /**
   * @param path the file, which need not exist yet
   */
  public MetricsTail(Path path) {
    this.path = path;
  }

  /**
   * Reads what is new. A last line without its end is left for the next time, and lines that are no
   * rows of numbers are left out.
   *
   * @return all rows so far, the very same object when there is nothing new; none while there is no
   *     file
   * @throws CdrlException when the file cannot be read or is no table of metrics
   */
  public MetricsColumns read() {
    if (!Files.exists(path)) {
      forget();
      return MetricsColumns.EMPTY;
    }
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      if (!goesOn(file)) {
        forget();
      }
      long before = end;
      readLines(file);
      if (end > before || latest.rows() != rows) {
        latest = new MetricsColumns(names, columns.clone(), rows);
      }
      return latest;
    } catch (IOException e) {
      throw Sentences.reading(path, e);
    }
  }

  /**
   * The metrics of the last rows alone, however long the file is.
   *
   * @param bytes how much of the end of the file to read, apart from the header
   */
  static MetricsColumns lastRows(Path path, int bytes) {
    MetricsTail tail = new MetricsTail(path);
    if (!Files.exists(path)) {
      return MetricsColumns.EMPTY;
    }
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      byte[] start = new byte[(int) Math.min(LONGEST_LINE, file.length())];
      file.readFully(start);
      int header = indexOf(start, '\n', 0, start.length);
      if (header >= 0) {
        tail.line(start, 0, header);
        // The first line from here on may be the rest of a row, which is no row.
        tail.end = Math.max(header + 1, file.length() - bytes);
        tail.readLines(file);
      }
      return new MetricsColumns(tail.names, tail.columns, tail.rows);
    } catch (IOException e) {
      throw Sentences.reading(path, e);
    }
  }

  private void forget() {
    end = 0;
    lastLine = new byte[0];
    names = List.of();
    columns = new double[0][];
    rows = 0;
    latest = MetricsColumns.EMPTY;
  }

  private boolean goesOn(RandomAccessFile file) throws IOException {
    if (file.length() < end) {
      return false;
    }
    byte[] there = new byte[lastLine.length];
    file.seek(end - there.length);
    file.readFully(there);
    return Arrays.equals(there, lastLine);
  }

  private void readLines(RandomAccessFile file) throws IOException {
    byte[] chunk = new byte[(int) Math.min(CHUNK, Math.max(1, file.length() - end))];
    while (true) {
      file.seek(end);
      int count = fill(file, chunk);
      int start = 0;
      for (int stop = indexOf(chunk, '\n', 0, count);
          stop >= 0;
          stop = indexOf(chunk, '\n', start, count)) {
        line(chunk, start, stop);
        lastLine = Arrays.copyOfRange(chunk, start, stop + 1);
        start = stop + 1;
      }
      end += start;
      if (count < chunk.length) {
        return;
      }
      if (start == 0) {
        if (chunk.length >= LONGEST_LINE) {
          throw new CdrlException("{0} is no table of metrics (a line is too long).", path);
        }
        chunk = new byte[Math.min(LONGEST_LINE, 2 * chunk.length)];
      }
    }
  }

  private static int fill(RandomAccessFile file, byte[] chunk) throws IOException {
    int count = 0;
    while (count < chunk.length) {
      int more = file.read(chunk, count, chunk.length - count);
      if (more < 0) {
        break;
      }
      count += more;
    }
    return count;
  }

  private static int indexOf(byte[] bytes, char wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private void line(byte[] bytes, int from, int to) {
    String line = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    if (names.isEmpty()) {
      names = List.of(line.split(",", -1));
      if (new HashSet<>(names).size() < names.size()) {
        throw new CdrlException("{0} is no table of metrics (two columns have one name).", path);
      }
      columns = new double[names.size()][64];
      return;
    }
    double[] row = Metrics.row(line, names.size());
    if (row.length == 0) {
      return;
    }
    if (rows == columns[0].length) {
      // Replaced, not extended: what was handed out goes on to use the shorter arrays.
      for (int i = 0; i < columns.length; i++) {
        columns[i] = Arrays.copyOf(columns[i], 2 * rows);
      }
    }
    for (int i = 0; i < row.length; i++) {
      columns[i][rows] = row[i];
    }
    rows++;
  }
}
