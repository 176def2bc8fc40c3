package cdrl.evaluate;

import java.util.Map;

/** Scores and histograms as comma-separated tables, one row per image or bin. */
public final class ScoreTable {
  private ScoreTable() {}

  /**
   * The columns {@code set,index,score}.
   *
   * @param sets scores by the names of their sets, in order
   */
  public static String scores(Map<String, double[]> sets) {
    StringBuilder text = new StringBuilder("set,index,score\n");
    sets.forEach(
        (name, scores) -> {
          for (int i = 0; i < scores.length; i++) {
            text.append(quoted(name)).append(',').append(i).append(',');
            text.append(scores[i]).append('\n');
          }
        });
    return text.toString();
  }

  /**
   * The columns {@code set,from,to,count}.
   *
   * @param sets scores by the names of their sets, in order
   */
  public static String histogram(ScoreHistogram histogram, Map<String, double[]> sets) {
    StringBuilder text = new StringBuilder("set,from,to,count\n");
    sets.forEach(
        (name, scores) -> {
          int[] counts = histogram.counts(scores);
          for (int i = 0; i < counts.length; i++) {
            text.append(quoted(name)).append(',').append(histogram.edge(i)).append(',');
            text.append(histogram.edge(i + 1)).append(',').append(counts[i]).append('\n');
          }
        });
    return text.toString();
  }

  /** A field as RFC 4180 has it. */
  public static String quoted(String field) {
    return field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + field.replace("\"", "\"\"") + '"'
        : field;
  }
}
