package cdrl.cli;

import cdrl.store.RunState;
import cdrl.store.RunSummary;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists training runs. */
@Command(
    name = "runs",
    description = "Lists the training runs in a folder with state, iteration, speed, last figures.")
final class RunsCommand extends SubCommand {
  @Parameters(paramLabel = "DIR", description = "A folder with runs, or the folder of a run.")
  private Path folder;

  @Override
  int run(Report report) {
    List<RunSummary> runs = RunSummary.list(folder);
    if (runs.isEmpty()) {
      report.line("There are no training runs in " + folder + ".");
    }
    for (RunSummary run : runs) {
      report.line(
          String.format(
              "%-24s %-9s %s %s",
              run.folder().getFileName(), word(run.state()), iterations(run), speed(run)));
      if (!run.last().isEmpty()) {
        report.line("  " + figures(run.last()));
      }
    }
    report.value("runs", runs.stream().map(RunsCommand::values).toList());
    return 0;
  }

  private static String iterations(RunSummary run) {
    return run.goal() == 0
        ? "iteration " + run.iteration()
        : "iteration " + run.iteration() + " of " + run.goal();
  }

  private static String speed(RunSummary run) {
    return Double.isNaN(run.iterationsPerSecond())
        ? ""
        : String.format(Locale.ROOT, "at %.2f per second", run.iterationsPerSecond());
  }

  private static String figures(Map<String, Double> last) {
    return last.entrySet().stream()
        .filter(entry -> !entry.getKey().equals("iteration"))
        .filter(entry -> !entry.getValue().isNaN())
        .map(entry -> entry.getKey() + " " + String.format(Locale.ROOT, "%.4g", entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static Map<String, @Nullable Object> values(RunSummary run) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("folder", run.folder().toString());
    values.put("state", word(run.state()));
    values.put("iteration", run.iteration());
    values.put("goal", run.goal() == 0 ? null : run.goal());
    values.put(
        "iterationsPerSecond",
        Double.isNaN(run.iterationsPerSecond()) ? null : run.iterationsPerSecond());
    values.put("last", run.last());
    values.put("hasModel", run.hasModel());
    return values;
  }

  private static String word(RunState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
