package cdrl.cli;

import cdrl.training.Ablation;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;

/**
 * What came out of the variants of a configuration, beside the published figures.
 *
 * @param subject what was trained
 * @param figure what our figures are; lower is better
 * @param seeds how often every variant was trained
 * @param rows one per variant
 */
record AblationTable(String subject, String figure, int seeds, List<Row> rows) {
  /**
   * One variant.
   *
   * @param value our figure, the mean over the seeds; NaN when training diverged with every one
   * @param low the lower end of its 95 % interval, with several seeds the lowest of them, or NaN
   * @param high the upper end, or the highest
   * @param sampleDistance sliced Wasserstein distance of samples from the data, the mean over the
   *     seeds; NaN when training diverged
   * @param divergedRuns with how many of the seeds training diverged for good
   * @param restarts how often training went back after a divergence
   */
  record Row(
      Ablation.Variant variant,
      double value,
      double low,
      double high,
      double sampleDistance,
      int divergedRuns,
      int restarts,
      long iterations) {
    /** The row of a run that diverged for good. */
    static Row diverged(Ablation.Variant variant, int restarts, long iterations) {
      return new Row(
          variant, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 1, restarts, iterations);
    }

    /** One row of those of every seed, which are all of one variant. */
    static Row over(List<Row> seeds) {
      Row first = seeds.get(0);
      if (seeds.size() == 1) {
        return first;
      }
      List<Row> trained = seeds.stream().filter(row -> !row.diverged()).toList();
      DoubleSummaryStatistics values = trained.stream().mapToDouble(Row::value).summaryStatistics();
      boolean any = !trained.isEmpty();
      return new Row(
          first.variant(),
          any ? values.getAverage() : Double.NaN,
          any ? values.getMin() : Double.NaN,
          any ? values.getMax() : Double.NaN,
          trained.stream().mapToDouble(Row::sampleDistance).average().orElse(Double.NaN),
          seeds.size() - trained.size(),
          seeds.stream().mapToInt(Row::restarts).sum(),
          seeds.stream().mapToLong(Row::iterations).max().orElse(0));
    }

    boolean diverged() {
      return Double.isNaN(value);
    }
  }

  /** What the numbers in parentheses behind our figures are; empty where there are none. */
  String spread() {
    if (seeds > 1) {
      return "lowest to highest of " + seeds + " seeds";
    }
    return rows.stream().allMatch(row -> Double.isNaN(row.low())) ? "" : "95 % interval";
  }

  /** The table for programs. */
  String csv() {
    StringBuilder text =
        new StringBuilder(
            "table,variant,title,figure,value,low,high,sample_distance,restarts,iterations,diverged,"
                + "seeds,diverged_runs,published_fid_cifar10\n");
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
              Integer.toString(seeds),
              Integer.toString(row.divergedRuns()),
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
    lines.add("  sample distance: of our samples from the data (sliced Wasserstein)");
    if (seeds == 1) {
      lines.add(
          "  trained with one seed: differences as small as those between seeds mean nothing");
    }
    lines.add("");
    String ours = spread().isEmpty() ? "ours" : "ours (" + spread() + ")";
    lines.add(String.format("%-38s %-38s %-16s %s", "", ours, "sample distance", "theirs"));
    int table = 0;
    for (Row row : rows) {
      if (row.variant().table() != table) {
        table = row.variant().table();
        lines.add("as in table " + table);
      }
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-36s %-38s %-16s %s",
              row.variant().title(),
              ours(row),
              row.diverged() ? "" : String.format(Locale.ROOT, "%.4f", row.sampleDistance()),
              row.variant().published().orElse("")));
    }
    return lines;
  }

  /** Our figure of a row as text. */
  private String ours(Row row) {
    if (row.diverged()) {
      return "diverged";
    }
    String value = figure(row);
    if (row.divergedRuns() > 0) {
      value += ", " + row.divergedRuns() + " of " + seeds + " diverged";
    }
    return row.restarts() == 0
        ? value
        : value + ", " + row.restarts() + (row.restarts() == 1 ? " restart" : " restarts");
  }

  /** Our figure of a row alone, with the ends of its interval where it has one. */
  static String figure(Row row) {
    if (row.diverged()) {
      return "diverged";
    }
    String value = String.format(Locale.ROOT, "%.3g", row.value());
    return Double.isNaN(row.low())
        ? value
        : value + String.format(Locale.ROOT, " (%.3g to %.3g)", row.low(), row.high());
  }
}
