package cdrl.store;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers that a run had logged at some moment. It does not change when the run logs more, and
 * shares its memory with what {@link MetricsTail} reads later.
 */
public final class MetricsColumns {
  /** No numbers at all. */
  public static final MetricsColumns EMPTY = new MetricsColumns(List.of(), new double[0][], 0);

  private final List<String> names;
  private final double[][] columns;
  private final int rows;

  /** The arrays may be longer than {@code rows}; what lies behind is never looked at. */
  MetricsColumns(List<String> names, double[][] columns, int rows) {
    this.names = names;
    this.columns = columns;
    this.rows = rows;
  }

  /** The names of the columns; the first one is the iteration. */
  public List<String> names() {
    return names;
  }

  /** How many rows there are. */
  public int rows() {
    return rows;
  }

  /** Whether there is a column of that name. */
  public boolean has(String name) {
    return names.contains(name);
  }

  /** A value; NaN where the field is empty. */
  public double value(int column, int row) {
    if (row >= rows) {
      throw new IndexOutOfBoundsException(row);
    }
    return columns[column][row];
  }

  /** A copy of a column, NaN where a field is empty; empty when there is no such column. */
  public double[] values(String name) {
    int column = names.indexOf(name);
    return column < 0 ? new double[0] : Arrays.copyOf(columns[column], rows);
  }

  /** The latest value of every column that has one. */
  public Map<String, Double> last() {
    Map<String, Double> last = new LinkedHashMap<>();
    for (int column = 0; column < names.size(); column++) {
      for (int row = rows - 1; row >= 0; row--) {
        if (!Double.isNaN(columns[column][row])) {
          last.put(names.get(column), columns[column][row]);
          break;
        }
      }
    }
    return last;
  }
}
