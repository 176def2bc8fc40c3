package cdrl.studio.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.model.Provenance;
import cdrl.store.MetricsWriter;
import cdrl.store.RunFolder;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Jobs;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of runs that may be diverging. */
final class RunWordsTest {
  @TempDir private Path folder;
  private final Messages messages = new Messages(Locale.ENGLISH);
  private final RunWords words = new RunWords(messages);

  private RunFolder write(int rows, IntToDoubleFunction size, IntToDoubleFunction restarts) {
    Provenance provenance = new Provenance("test", "", "", "", 0, 0, "", Map.of());
    RunFolder run = RunFolder.create(folder.resolve("one"), "name: x\n", provenance);
    run.start(10_000);
    MetricsWriter metrics = run.metrics(List.of("iteration", "energy_difference", "restarts"), 0);
    for (int row = 1; row <= rows; row++) {
      metrics.append(new double[] {row, size.applyAsDouble(row), restarts.applyAsDouble(row)});
    }
    return run;
  }

  private RunEntry look() {
    RunShelf here = new RunShelf(folder, new RunLauncher(List.of("true")), messages);
    here.look(Set.of());
    return here.look(Set.of()).get(0);
  }

  @Test
  void anyRunAtWorkIsWatched() {
    try (RunFolder run = write(200, row -> row > 190 ? 100 : 1, row -> 0)) {
      RunEntry entry = look();
      assertNotNull(entry.sign());
      Jobs jobs = new Jobs();
      new RunJobs(messages, jobs, name -> {}).show(List.of(entry));
      assertTrue(jobs.newsProperty().get().contains("may be diverging"));
      assertTrue(words.warning(entry).contains("may be diverging"));
    }
  }

  @Test
  void aRestartIsAWarningForAWhile() {
    try (RunFolder run = write(200, row -> 1, row -> row > 150 ? 1 : 0)) {
      assertTrue(words.warning(look()).contains("diverged once"));
    }
  }

  @Test
  void aRestartThatWentWellIsAFact() {
    try (RunFolder run = write(300, row -> 1, row -> row > 150 ? 1 : 0)) {
      assertEquals("", words.warning(look()));
      assertTrue(words.facts(look()).contains("restarted once"), words.facts(look()));
    }
  }

  @Test
  void aNewSignIsToldAfterARestart() {
    try (RunFolder run = write(200, row -> row > 190 ? 100 : 1, row -> row > 150 ? 1 : 0)) {
      assertTrue(words.warning(look()).contains("may be diverging"));
    }
  }
}
