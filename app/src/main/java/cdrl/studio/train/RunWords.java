package cdrl.studio.train;

import cdrl.store.MetricsColumns;
import cdrl.store.RunSnapshot;
import cdrl.studio.resources.Messages;
import cdrl.training.DivergenceSign;
import org.jspecify.annotations.Nullable;

/** What people read about a run. */
record RunWords(Messages messages) {
  /** As many rows of metrics after a restart it is no longer told as a warning. */
  private static final int ROWS_OF_RESTART = 100;

  /** How far a run is and how long it will take, in a line. */
  String facts(RunEntry entry) {
    if (entry.standing() == Standing.STARTING) {
      return messages.text("train.starting");
    }
    String made =
        entry.goal() == 0
            ? messages.text("train.iteration", messages.grouped(entry.iteration(), 0))
            : messages.text(
                "train.iteration.of",
                messages.grouped(entry.iteration(), 0),
                messages.grouped(entry.goal(), 0));
    double restarts = entry.last().getOrDefault("restarts", 0.0);
    if (restarts > 0) {
      made += "  ·  " + messages.text("train.restarts", (long) restarts);
    }
    if (!entry.standing().isActive() || Double.isNaN(entry.speed())) {
      return made;
    }
    String speed = messages.text("train.speed", messages.compact(entry.speed()));
    double left = entry.secondsLeft();
    return Double.isNaN(left)
        ? made + "  ·  " + speed
        : made + "  ·  " + speed + "  ·  " + messages.text("train.left", messages.time(left));
  }

  /** The same in a few words where a run is at work. */
  String shortFacts(RunEntry entry) {
    if (entry.standing() == Standing.STARTING || !entry.standing().isActive()) {
      return facts(entry);
    }
    double left = entry.secondsLeft();
    if (entry.fraction() < 0 || Double.isNaN(left)) {
      return messages.text("train.iteration", messages.grouped(entry.iteration(), 0));
    }
    return messages.text("train.short", messages.number(100 * entry.fraction(), 0))
        + "  ·  "
        + messages.text("train.left", messages.time(left));
  }

  /** The log, with what the run complained of at its end. */
  String log(RunEntry entry) {
    RunSnapshot snapshot = entry.snapshot();
    if (snapshot == null) {
      return entry.complaint();
    }
    String lines = String.join("\n", snapshot.log());
    boolean told = entry.complaint().isEmpty() || lines.contains(entry.complaint());
    return told ? lines : lines + "\n" + entry.complaint();
  }

  /** What is wrong with a run, or may become so; empty when all is well. */
  String warning(@Nullable RunEntry entry) {
    if (entry == null) {
      return "";
    }
    if (!entry.complaint().isEmpty()) {
      return entry.complaint();
    }
    RunSnapshot snapshot = entry.snapshot();
    if (snapshot == null) {
      return entry.standing() == Standing.FAILED ? messages.text("train.failed.silent") : "";
    }
    return DivergenceSign.find(snapshot.metrics())
        .map(
            sign ->
                messages.text(
                    "train.diverging",
                    quantity(sign.quantity()),
                    messages.figures(sign.recent()),
                    messages.figures(sign.usual())))
        .orElseGet(() -> restartWarning(snapshot.metrics()));
  }

  /** A restart is something to be warned of until it is seen that the run goes well again. */
  private String restartWarning(MetricsColumns metrics) {
    double restarts = metrics.last().getOrDefault("restarts", 0.0);
    if (restarts <= 0) {
      return "";
    }
    double[] column = metrics.values("restarts");
    int since = 0;
    while (since < column.length && !(column[column.length - 1 - since] < restarts)) {
      since++;
    }
    return since < ROWS_OF_RESTART ? messages.text("train.restarted", (long) restarts) : "";
  }

  /** What people call a quantity. */
  String quantity(String column) {
    return messages.textOr("metric." + column, () -> words(column));
  }

  private static String words(String column) {
    String words = column.replace('_', ' ');
    return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
