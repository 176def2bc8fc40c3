package cdrl.studio.train;

import cdrl.store.MetricsColumns;
import cdrl.studio.charts.Curve;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be drawn of the metrics of runs: columns as they are, and those of all noise levels. */
final class Quantities {
  private static final Pattern LEVEL = Pattern.compile("(.+)_level_(\\d{1,4})");
  private static final String ITERATION = "iteration";
  private static final String DIFFERENCE = "energy_difference";
  private static final String DATA = "energy_data";
  private static final String SAMPLES = "energy_samples";

  private Quantities() {}

  /** The columns that are no noise level's. */
  static List<String> overall(MetricsColumns metrics) {
    return metrics.names().stream()
        .filter(name -> !name.equals(ITERATION) && !LEVEL.matcher(name).matches())
        .toList();
  }

  /** What there is for every noise level. */
  static List<String> perLevel(MetricsColumns metrics) {
    Set<String> found = new LinkedHashSet<>();
    for (String name : metrics.names()) {
      Matcher matcher = LEVEL.matcher(name);
      if (matcher.matches()) {
        found.add(matcher.group(1));
      }
    }
    if (found.contains(DATA) && found.contains(SAMPLES) && !found.contains(DIFFERENCE)) {
      List<String> all = new ArrayList<>(List.of(DIFFERENCE));
      all.addAll(found);
      return all;
    }
    return List.copyOf(found);
  }

  /** The number of noise levels that there are columns of. */
  static int levels(MetricsColumns metrics) {
    OptionalInt most =
        metrics.names().stream()
            .map(LEVEL::matcher)
            .filter(Matcher::matches)
            .mapToInt(matcher -> Integer.parseInt(matcher.group(2)))
            .max();
    return most.orElse(0);
  }

  /** A column over the iterations. */
  static Curve curve(MetricsColumns metrics, String column) {
    double[] values = metrics.values(column);
    return values.length == 0 ? Curve.EMPTY : Curve.of(metrics.values(ITERATION), values);
  }

  /** What a noise level has of a quantity, over the iterations. */
  static Curve curve(MetricsColumns metrics, String quantity, int level) {
    String suffix = "_level_" + level;
    if (quantity.equals(DIFFERENCE) && !metrics.has(DIFFERENCE + suffix)) {
      double[] data = metrics.values(DATA + suffix);
      double[] samples = metrics.values(SAMPLES + suffix);
      double[] difference = new double[Math.min(data.length, samples.length)];
      for (int i = 0; i < difference.length; i++) {
        difference[i] = data[i] - samples[i];
      }
      return difference.length == 0 ? Curve.EMPTY : Curve.of(metrics.values(ITERATION), difference);
    }
    return curve(metrics, quantity + suffix);
  }
}
