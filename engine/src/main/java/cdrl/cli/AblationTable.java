package cdrl.cli;

import cdrl.training.Ablation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What came out of the variants of a configuration, beside the published figures.
 *
 * @param subject what was trained
 * @param figure what our figures are; lower is better
 * @param rows one per variant
 */
record AblationTable(String subject, String figure, List<Row> rows) {
  /**
   * One variant.
   *
   * @param value our figure; NaN when training diverged
   * @param low the lower end of its 95 % interval, or NaN
   * @param high the upper end, or NaN
   * @param sampleDistance sliced Wasserstein distance of samples from the data; NaN when diverged
   * @param restarts how often training went back after a divergence
   */
  record Row(
      Ablation.Variant variant,
      double value,
      double low,
      double high,
      double sampleDistance,
      int restarts,
      long iterations) {
    boolean diverged() {
      return Double.isNaN(value);
    }
  }

  /** The table for programs. */
  String csv() {
    StringBuilder text =
        new StringBuilder(
            "table,variant,title,figure,value,low,high,sample_distance,restarts,iterations,diverged,"
                + "published_fid_cifar10\n");
    for (Row row : rows) {
      text.append(
          String.join(
              ",",
              Integer.toString(row.variant().table()),
              row.variant().name(),
              quoted(row.variant().title()),
              quoted(figure),
              number(row.value()),
              number(row.low()),
              number(row.high()),
              number(row.sampleDistance()),
              Integer.toString(row.restarts()),
              Long.toString(row.iterations()),
              Boolean.toString(row.diverged()),
              row.variant().published().orElse("")));
      text.append('\n');
    }
    return text.toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.5g", value);
  }

  /** The table for people, line by line. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Variants of '" + subject + "'");
    lines.add("  ours:   " + figure + "; lower is better");
    lines.add("  theirs: " + Ablation.PUBLISHED + "; another data set and another figure,");
    lines.add("          so only the order of the variants can be compared");
    lines.add("");
    lines.add(
        String.format(
            "%-38s %-28s %-16s %s",
            "",
            rows.stream().allMatch(row -> Double.isNaN(row.low()))
                ? "ours"
                : "ours (95 % interval)",
            "sample distance",
            "theirs"));
    int table = 0;
    for (Row row : rows) {
      if (row.variant().table() != table) {
        table = row.variant().table();
        lines.add("as in table " + table);
      }
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-36s %-28s %-16s %s",
              row.variant().title(),
              ours(row),
              row.diverged() ? "" : String.format(Locale.ROOT, "%.4f", row.sampleDistance()),
              row.variant().published().orElse("")));
    }
    return lines;
  }

  /** Our figure of a row as text. */
  static String ours(Row row) {
    if (row.diverged()) {
      return "diverged";
    }
    String value = String.format(Locale.ROOT, "%.4g", row.value());
    if (!Double.isNaN(row.low())) {
      value += String.format(Locale.ROOT, " (%.4g to %.4g)", row.low(), row.high());
    }
    return row.restarts() == 0
        ? value
        : value + ", " + row.restarts() + (row.restarts() == 1 ? " restart" : " restarts");
  }
}
