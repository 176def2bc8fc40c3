package cdrl.studio.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.data.Pictures;
import cdrl.model.Provenance;
import cdrl.runtime.HostTensor;
import cdrl.store.MetricsWriter;
import cdrl.store.RunFolder;
import cdrl.studio.engine.FakeEngine;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Jobs;
import cdrl.studio.shell.Preferences;
import cdrl.studio.shell.Problems;
import cdrl.studio.workspace.WorkspaceContext;
import cdrl.training.ConfigFile;
import cdrl.training.Presets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saved charts and sheets bring back what they show. */
final class RunNotesTest {
  private static final Path FILE = Path.of("curves.png");

  @TempDir private Path folder;
  private final BlockingQueue<Runnable> window = new LinkedBlockingQueue<>();
  private final Messages messages = new Messages(Locale.ENGLISH);
  private final Problems problems = new Problems(messages);
  private final Jobs jobs = new Jobs();
  private final FakeEngine pictures = new FakeEngine();
  private final WorkspaceContext context =
      new WorkspaceContext(
          messages,
          Preferences.inMemory(),
          jobs,
          problems,
          Runnable::run,
          window::add,
          System::nanoTime,
          new Random(1));
  private TrainViewModel model;
  private RunNotes notes;

  @BeforeEach
  void open() {
    writeRun("one");
    writeRun("two");
    model =
        new TrainViewModel(
            context,
            folder,
            new RunLauncher(List.of("true")),
            pictures,
            new ModelTaker() {
              @Override
              public void use(Path file, String name) {}

              @Override
              public void keep(Path file, String name, @Nullable Path picture) {}
            });
    notes = new RunNotes(context, model);
    model.watch();
  }

  @AfterEach
  void close() {
    model.close();
  }

  private void writeRun(String name) {
    String config = ConfigFile.write(Presets.find("smoke").orElseThrow().config(List.of()));
    Provenance provenance =
        new Provenance("test", "2026-01-01T00:00:00Z", "made up", "", 0, 1, "", Map.of());
    try (RunFolder run = RunFolder.create(folder.resolve(name), config, provenance)) {
      run.start(100);
      MetricsWriter metrics =
          run.metrics(List.of("iteration", "energy_loss", "energy_difference"), 0);
      for (int row = 1; row <= 10; row++) {
        metrics.append(new double[] {row, 1.0 / row, 2.0 / row});
      }
      for (long iteration : List.of(5L, 10L)) {
        HostTensor picture = new HostTensor(new long[] {3, 1, 1}, new float[3]);
        Pictures.write(run.samples(iteration), picture, Map.of());
      }
    }
  }

  /** Does the window's work until something is so. */
  private void await(BooleanSupplier wanted) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!wanted.getAsBoolean()) {
      try {
        Runnable work = window.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        assertTrue(work != null, "it never came to that");
        work.run();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private void awaitCurves(int lines) {
    await(() -> model.curves().linesProperty().get().size() == lines);
  }

  @Test
  void aChartBringsRunsAndSettingsBack() {
    await(() -> model.entries().size() == 2);
    model.select("one");
    model.chart("two");
    model.curves().quantityProperty().set("energy_loss");
    model.curves().logXProperty().set(true);
    model.curves().smoothingProperty().set(0.7);
    awaitCurves(2);
    model.curves().savePicture(FILE, new Raster(1, 1, new int[1]));
    model.chart("two");
    model.select("two");
    model.curves().quantityProperty().set("energy_difference");
    model.curves().logXProperty().set(false);
    model.curves().smoothingProperty().set(0);
    notes.restore(pictures.metadata.get(FILE));
    assertEquals("one", model.selectedProperty().get().name());
    assertEquals(Set.of("two"), Set.copyOf(model.curves().charted()));
    assertEquals("energy_loss", model.curves().quantityProperty().get());
    assertTrue(model.curves().logXProperty().get());
    assertEquals(0.7, model.curves().smoothingProperty().get());
    awaitCurves(2);
    assertNull(problems.currentProperty().get());
  }

  /** The picture may be dropped before the folder of runs has been looked through. */
  @Test
  void runsThatAreGoneAreNamed() {
    Map<String, String> told = new HashMap<>();
    told.put("cdrl.workspace", "train");
    told.put("cdrl.run", "gone");
    told.put("cdrl.runs", "two/lost");
    notes.restore(told);
    await(() -> problems.currentProperty().get() != null);
    String sentence = problems.currentProperty().get().sentence();
    assertTrue(sentence.contains("lost, gone, which are not in the folder"), sentence);
    assertEquals(Set.of("two"), Set.copyOf(model.curves().charted()));
    assertFalse(sentence.contains("{"), sentence);
  }

  @Test
  void aSheetBringsItsIterationBack() {
    await(() -> model.entries().size() == 2);
    model.select("one");
    await(() -> model.sheets().iterationsProperty().get().size() == 2);
    model.sheets().move(-1);
    await(() -> model.sheets().pictureProperty().get() != null);
    model.sheets().save(FILE);
    model.select("two");
    await(() -> model.sheets().iterationsProperty().get().size() == 2);
    assertEquals(1, model.sheets().indexProperty().get(), "the newest one");
    notes.restore(pictures.metadata.get(FILE));
    await(() -> model.sheets().iterationsProperty().get().size() == 2);
    assertEquals("one", model.selectedProperty().get().name());
    assertEquals(0, model.sheets().indexProperty().get());
  }
}
