package cdrl.cli;

import cdrl.evaluate.ParityCheck;
import cdrl.evaluate.ParityCheck.Row;
import cdrl.evaluate.ParityCheck.Verdict;
import cdrl.runtime.TensorRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Compares this program with numbers of the published implementation. */
@Command(
    name = "parity",
    description = {
      "Compares this program with numbers of the published implementation.",
      "Prints file, quantity, relative error, tolerance and verdict of every comparison; fails when"
          + " one is outside its tolerance."
    })
final class ParityCommand extends SubCommand {
  private static final String HEADER =
      String.format(
          "%-24s %-36s %-10s %-10s %s", "file", "quantity", "error", "tolerance", "verdict");

  @Parameters(
      paramLabel = "DIR",
      description = "The folder with schedule.json, checkpoints (.pth.tar) and arrays (.npz).")
  private Path folder;

  @Override
  int run(Report report) {
    List<Row> rows = new ArrayList<>();
    try (TensorRuntime runtime = engine().open()) {
      new ParityCheck(runtime)
          .run(
              folder,
              row -> {
                if (rows.isEmpty()) {
                  report.line(HEADER);
                }
                rows.add(row);
                report.line(text(row));
              },
              cancellation());
    }
    long passed = count(rows, Verdict.PASSED);
    long failed = count(rows, Verdict.FAILED);
    long left = count(rows, Verdict.NOT_CHECKED);
    report.line(
        passed
            + " passed, "
            + failed
            + " failed"
            + (left == 0 ? "" : ", " + left + " not checked"));
    report.value("passed", passed);
    report.value("failed", failed);
    report.value("notChecked", left);
    report.value("rows", rows.stream().map(ParityCommand::values).toList());
    // A folder of which nothing can be checked proves nothing.
    return failed == 0 && passed > 0 ? 0 : Main.FAILED;
  }

  private static long count(List<Row> rows, Verdict verdict) {
    return rows.stream().filter(row -> row.verdict() == verdict).count();
  }

  private static String text(Row row) {
    return String.format(
        "%-24s %-36s %-10s %-10s %s",
        row.file(), row.quantity(), number(row.error()), number(row.tolerance()), verdict(row));
  }

  private static String verdict(Row row) {
    String verdict =
        switch (row.verdict()) {
          case PASSED -> "passed";
          case FAILED -> "FAILED";
          case NOT_CHECKED -> "not checked";
        };
    return row.note().isEmpty() ? verdict : verdict + ": " + row.note();
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2e", value);
  }

  private static Map<String, Object> values(Row row) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("file", row.file());
    values.put("quantity", row.quantity());
    if (!Double.isNaN(row.error())) {
      values.put("relativeError", row.error());
      values.put("tolerance", row.tolerance());
    }
    values.put("verdict", row.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    values.put("note", row.note());
    return values;
  }
}
