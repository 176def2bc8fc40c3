package cdrl.cli;

import cdrl.evaluate.FeatureSet;
import cdrl.evaluate.FrechetDistance;
import cdrl.evaluate.Interval;
import cdrl.evaluate.NearestNeighbours;
import cdrl.evaluate.PrecisionRecall;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How samples compare with one set of data, each figure with its 95 % interval. */
final class EvaluationFigures {
  private static final int DRAWS = 30;
  private static final int MEDIAN_DRAWS = 400;

  /** Beyond this a single Fréchet distance takes too long to be computed many times. */
  private static final int MOST_FEATURES_FOR_INTERVALS = 512;

  private EvaluationFigures() {}

  /** Tells the figures, and gives their values for programs. */
  static Map<String, Object> report(
      ImageSet set, FeatureSet data, FeatureSet samples, NearestNeighbours nearest, Report report) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("set", set.name());
    values.put("images", data.count());
    report.line(set.name() + " (" + data.count() + " of " + set.total() + " images)");
    frechet(data, samples, values, report);
    PrecisionRecall quality = PrecisionRecall.of(data, samples);
    share(report, values, "precision", "Precision", quality.precision(), samples.count());
    share(report, values, "recall", "Recall", quality.recall(), data.count());
    neighbours(nearest, values, report);
    return values;
  }

  private static void frechet(
      FeatureSet data, FeatureSet samples, Map<String, Object> values, Report report) {
    double distance = FrechetDistance.between(data.statistics(), samples.statistics());
    values.put("frechetDistance", distance);
    String interval =
        " (no interval: it would have to be computed "
            + DRAWS
            + " times, which takes too long with "
            + data.size()
            + " features)";
    if (data.size() <= MOST_FEATURES_FOR_INTERVALS) {
      Interval reach =
          Interval.around(
                  distance,
                  data.count(),
                  samples.count(),
                  DRAWS,
                  (first, second) ->
                      FrechetDistance.between(
                          data.select(first).statistics(), samples.select(second).statistics()))
              .notNegative();
      values.put("frechetLow", reach.low());
      values.put("frechetHigh", reach.high());
      interval =
          String.format(Locale.ROOT, " (95 %% interval %.4g to %.4g)", reach.low(), reach.high());
    }
    report.line(String.format(Locale.ROOT, "  Fréchet distance    %.4g%s", distance, interval));
  }

  private static void neighbours(
      NearestNeighbours nearest, Map<String, Object> values, Report report) {
    Interval ratio = nearest.ratioInterval(MEDIAN_DRAWS);
    put(values, "neighbourRatio", nearest.ratio(), ratio);
    Interval copies = Interval.ofShare(nearest.copies(), nearest.distances().length);
    put(values, "copies", nearest.copies(), copies);
    report.line(
        String.format(
            Locale.ROOT,
            "  Nearest neighbours  samples are %.2f times (95 %% interval %.2f to %.2f) as far from"
                + " the data as data from each other; %.1f %% (95 %% interval %.1f to %.1f %%) look"
                + " like copies",
            nearest.ratio(),
            ratio.low(),
            ratio.high(),
            100 * nearest.copies(),
            100 * copies.low(),
            100 * copies.high()));
  }

  /** A share of independent images, with Wilson's interval. */
  private static void share(
      Report report, Map<String, Object> values, String key, String name, double share, int of) {
    Interval interval = Interval.ofShare(share, of);
    put(values, key, share, interval);
    report.line(
        String.format(
            Locale.ROOT,
            "  %-19s %.3f (95 %% interval %.3f to %.3f)",
            name,
            share,
            interval.low(),
            interval.high()));
  }

  private static void put(Map<String, Object> values, String key, double value, Interval interval) {
    values.put(key, value);
    values.put(key + "Low", interval.low());
    values.put(key + "High", interval.high());
  }
}
