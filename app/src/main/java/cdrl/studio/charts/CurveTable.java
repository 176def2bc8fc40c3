package cdrl.studio.charts;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The points of curves as CSV, a row for each iteration.
 *
 * @param column what the curves show, where their names do not tell
 */
public record CurveTable(List<ChartLine> lines, String column) {
  /** The whole table. */
  public String text() {
    TreeMap<Double, @Nullable String[]> rows = new TreeMap<>();
    for (int i = 0; i < lines.size(); i++) {
      Curve curve = lines.get(i).raw();
      for (int point = 0; point < curve.size(); point++) {
        rows.computeIfAbsent(curve.x(point), x -> new @Nullable String[lines.size()])[i] =
            Double.toString(curve.y(point));
      }
    }
    StringBuilder text = new StringBuilder("iteration");
    for (ChartLine line : lines) {
      String title = (line.name() + " " + column).strip().replace("\"", "\"\"");
      text.append(",\"").append(title).append('"');
    }
    text.append('\n');
    rows.forEach(
        (x, values) -> {
          text.append(x == Math.rint(x) ? Long.toString(x.longValue()) : x.toString());
          for (@Nullable String value : values) {
            text.append(',').append(value == null ? "" : value);
          }
          text.append('\n');
        });
    return text.toString();
  }
}
