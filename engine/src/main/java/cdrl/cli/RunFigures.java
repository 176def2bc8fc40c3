package cdrl.cli;

import cdrl.store.RunSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Shows the figures of runs as text: a line for each of several, or all that one has logged. */
final class RunFigures {
  private static final Pattern LEVEL = Pattern.compile("(.+)_level_(\\d+)");
  private static final List<String> TOLD =
      List.of("energy_difference", "energy_gradient_norm", "sample_distance", "restarts");

  private RunFigures() {}

  /** A header, and a line for each run. */
  static List<String> overview(List<RunSummary> runs) {
    List<String> header = new ArrayList<>(List.of("run", "state", "iteration", "of", "per second"));
    TOLD.forEach(name -> header.add(words(name)));
    TextTable table = new TextTable(2, header);
    for (RunSummary run : runs) {
      List<String> row = new ArrayList<>();
      row.add(String.valueOf(run.folder().toAbsolutePath().normalize().getFileName()));
      row.add(run.state().name().toLowerCase(Locale.ROOT));
      row.add(Long.toString(run.iteration()));
      row.add(run.goal() == 0 ? "" : Long.toString(run.goal()));
      row.add(figure(run.last().get("iterations_per_second")));
      TOLD.forEach(name -> row.add(figure(run.last().get(name))));
      table.add(row);
    }
    return table.lines();
  }

  /**
   * The latest figures of a run, one in a line, then those of its noise levels, one level a line.
   */
  static List<String> details(RunSummary run) {
    Map<String, Double> overall = new LinkedHashMap<>();
    Map<Integer, Map<String, Double>> levels = new TreeMap<>();
    run.last()
        .forEach(
            (name, value) -> {
              Matcher matcher = LEVEL.matcher(name);
              if (matcher.matches()) {
                levels
                    .computeIfAbsent(
                        Integer.parseInt(matcher.group(2)), key -> new LinkedHashMap<>())
                    .put(matcher.group(1), value);
              } else {
                overall.put(name, value);
              }
            });
    List<String> lines = new ArrayList<>();
    if (!overall.isEmpty()) {
      TextTable table = new TextTable(1, List.of("figure", "latest"));
      overall.forEach((name, value) -> table.add(List.of(words(name), figure(value))));
      lines.add("");
      lines.addAll(table.lines());
    }
    if (!levels.isEmpty()) {
      lines.add("");
      lines.addAll(ofLevels(levels));
    }
    return lines;
  }

  private static List<String> ofLevels(Map<Integer, Map<String, Double>> levels) {
    List<String> names =
        levels.values().stream().flatMap(figures -> figures.keySet().stream()).distinct().toList();
    List<String> header = new ArrayList<>(List.of("level"));
    names.forEach(name -> header.add(words(name)));
    TextTable table = new TextTable(0, header);
    levels.forEach(
        (level, figures) -> {
          List<String> row = new ArrayList<>(List.of(level.toString()));
          names.forEach(name -> row.add(figure(figures.get(name))));
          table.add(row);
        });
    return table.lines();
  }

  private static String words(String name) {
    return name.replace('_', ' ');
  }

  private static String figure(@Nullable Double value) {
    if (value == null || value.isNaN()) {
      return "";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString(value.longValue())
        : String.format(Locale.ROOT, "%.4g", value);
  }
}
