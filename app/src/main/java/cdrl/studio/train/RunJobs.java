package cdrl.studio.train;

import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Job;
import cdrl.studio.shell.Jobs;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleStringProperty;

/** The runs at work in the job bar. */
final class RunJobs {
  private final Messages messages;
  private final Jobs jobs;
  private final Consumer<String> stop;
  private final Map<String, Running> running = new HashMap<>();

  /** The runs that were told to be diverging. */
  private final Set<String> warned = new HashSet<>();

  private record Running(Job job, SimpleDoubleProperty fraction, SimpleStringProperty detail) {}

  /**
   * @param stop asks the run of a name to stop
   */
  RunJobs(Messages messages, Jobs jobs, Consumer<String> stop) {
    this.messages = messages;
    this.jobs = jobs;
    this.stop = stop;
  }

  /** Begins, updates and ends jobs. */
  void show(List<RunEntry> runs) {
    Map<String, RunEntry> active = new HashMap<>();
    runs.stream()
        .filter(entry -> entry.standing().isActive())
        .forEach(entry -> active.put(entry.name(), entry));
    for (String name : List.copyOf(running.keySet())) {
      if (!active.containsKey(name)) {
        end(name, runs);
      }
    }
    RunWords words = new RunWords(messages);
    active.forEach(
        (name, entry) -> {
          Running job = running.computeIfAbsent(name, this::begin);
          job.fraction().set(entry.fraction());
          job.detail().set(words.facts(entry));
          if (entry.sign() == null) {
            warned.remove(name);
          } else if (warned.add(name)) {
            jobs.tell(messages.text("train.diverging.news", name));
          }
        });
  }

  private Running begin(String name) {
    SimpleDoubleProperty fraction = new SimpleDoubleProperty(-1);
    SimpleStringProperty detail = new SimpleStringProperty("");
    Job job = new Job(messages.text("train.job", name), fraction, detail, () -> stop.accept(name));
    jobs.begin(job);
    return new Running(job, fraction, detail);
  }

  private void end(String name, List<RunEntry> runs) {
    warned.remove(name);
    jobs.end(Objects.requireNonNull(running.remove(name)).job());
    runs.stream()
        .filter(entry -> entry.name().equals(name))
        .forEach(entry -> jobs.tell(messages.text("train.ended." + entry.standing(), name)));
  }
}
