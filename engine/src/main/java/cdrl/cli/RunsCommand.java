package cdrl.cli;

import cdrl.store.RunState;
import cdrl.store.RunSummary;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists training runs. */
@Command(
    name = "runs",
    description = "Lists the training runs in a folder with state, iteration, speed, last figures.")
final class RunsCommand extends SubCommand {
  @Parameters(
      paramLabel = "DIR",
      description = "A folder with runs, or the folder of a run, of which more is told.")
  private Path folder;

  @Override
  int run(Report report) {
    List<RunSummary> runs = RunSummary.list(folder);
    if (runs.isEmpty()) {
      report.line("There are no training runs in " + folder + ".");
    }
    if (!runs.isEmpty()) {
      RunFigures.overview(runs).forEach(report::line);
    }
    // The folder of a run is a list of it alone.
    if (runs.size() == 1 && runs.get(0).folder().equals(folder)) {
      RunFigures.details(runs.get(0)).forEach(report::line);
    }
    report.value("runs", runs.stream().map(RunsCommand::values).toList());
    return 0;
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
