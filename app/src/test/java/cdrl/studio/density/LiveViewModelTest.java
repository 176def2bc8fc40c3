package cdrl.studio.density;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.data.PlaneShape;
import cdrl.runtime.CdrlException;
import cdrl.studio.charts.Curve;
import cdrl.studio.engine.FakeEngine;
import cdrl.studio.engine.FakeTrainings;
import cdrl.studio.engine.LiveRecipe;
import cdrl.studio.engine.LiveTraining;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Jobs;
import cdrl.studio.shell.Preferences;
import cdrl.studio.shell.Problems;
import cdrl.studio.workspace.WorkspaceContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import javafx.geometry.Point2D;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LiveViewModelTest {
  private long now;
  private final Messages messages = new Messages(Locale.ENGLISH);
  private final Problems problems = new Problems(messages);
  private final Jobs jobs = new Jobs();
  private final FakeTrainings engine = new FakeTrainings();
  private final FakeEngine pictures = new FakeEngine();
  private final Queue<Runnable> window = new ArrayDeque<>();
  private final List<String> kept = new ArrayList<>();
  @TempDir private Path session;
  private LiveViewModel model;

  @BeforeEach
  void open() {
    model =
        new LiveViewModel(
            new WorkspaceContext(
                messages,
                Preferences.inMemory(),
                jobs,
                problems,
                Runnable::run,
                window::add,
                () -> now,
                new Random(1)),
            new PlaneAppearance(Preferences.inMemory()),
            engine,
            pictures,
            (LiveTraining.Trained trained, Raster picture) ->
                kept.add(trained.description().name() + " " + picture.width()),
            session.resolve("training.safetensors"));
  }

  private Curve curve(LiveCurves.Quantity quantity) {
    return model.chart().all().get(quantity.ordinal()).raw();
  }

  private void runWindow() {
    for (Runnable work = window.poll(); work != null; work = window.poll()) {
      work.run();
    }
  }

  @Test
  void trainsOnWhatIsDrawnAndPauses() {
    model.drawing().start(null);
    model.drawing().press(1, 2, false);
    model.drawing().drag(3, 2);
    model.drawing().release();
    model.toggle();
    assertEquals("nothing; paint 0.8: 1.0 2.0 3.0 2.0", engine.training().recipe.drawing().text());
    assertEquals(LiveRecipe.usualDials(), engine.training().recipe.dials());
    assertEquals(List.of("go"), engine.training().calls);
    assertTrue(model.runningProperty().get());
    assertEquals(1, jobs.running().size());
    engine.training().make(1, 20, 0.5);
    assertEquals(1, window.size(), "the window gets one piece of work at a time");
    now += 2_000_000_000L;
    runWindow();
    assertEquals(20, model.iterationProperty().get());
    assertEquals("10/s", model.tempoProperty().get());
    assertEquals(0.5, model.planes().picturesProperty().get().scale().top());
    assertEquals(1f, model.planes().pointsProperty().get().proposals().values()[0]);
    assertEquals(2f, model.planes().pointsProperty().get().refined().values()[0]);
    model.toggle();
    assertEquals(List.of("go", "pause"), engine.training().calls);
    assertFalse(model.runningProperty().get());
    assertTrue(jobs.running().isEmpty());
    assertEquals("paused", model.tempoProperty().get());
    assertEquals(1, engine.begun.size());
  }

  @Test
  void aSavedPictureBringsDrawingAndSettingsBack() {
    model.drawing().start(PlaneShape.SPIRALS);
    model.drawing().press(1, 2, true);
    model.drawing().release();
    model.dials().stepsProperty().set(9);
    Path file = Path.of("planes.png");
    model.export().savePicture(file, new Raster(1, 1, new int[1]));
    Map<String, String> notes = pictures.metadata.get(file);
    assertEquals("density", notes.get("cdrl.workspace"));
    assertEquals("1", notes.get("cdrl.seed"));
    String drawn = model.drawing().drawingProperty().get().text();
    model.drawing().start(null);
    model.dials().stepsProperty().set(4);
    assertFalse(model.export().restore(Map.of("cdrl.workspace", "density", "cdrl.model", "board")));
    model.drawing().start(PlaneShape.MOONS);
    model.toggle();
    assertTrue(model.export().restore(notes));
    assertFalse(model.runningProperty().get());
    assertEquals(drawn, model.drawing().drawingProperty().get().text());
    assertEquals(9, model.dials().stepsProperty().get());
  }

  @Test
  void theCurvesCanBeSavedAsATable(@TempDir Path folder) throws IOException {
    model.toggle();
    engine.training().make(1, 3, 0.5);
    runWindow();
    Path file = folder.resolve("curves.csv");
    model.export().saveTable(file);
    List<String> rows = Files.readAllLines(file);
    assertEquals(
        "iteration,\"Energy loss\",\"Initializer loss\",\"Energy difference\","
            + "\"Distance of samples\"",
        rows.get(0));
    assertEquals(4, rows.size());
    assertTrue(rows.get(3).startsWith("3,"), rows.get(3));
  }

  @Test
  void aTrainingThatWasNotKeptIsThereAgainAtTheNextStart() {
    model.drawing().start(PlaneShape.RINGS);
    model.toggle();
    engine.training().make(1, 5, 0.5);
    runWindow();
    model.close();
    open();
    model.recall();
    model.toggle();
    assertEquals(1, engine.begun.size(), "nothing is begun while it is being read");
    runWindow();
    assertEquals(2, engine.begun.size());
    assertEquals(PlaneShape.RINGS, engine.training().recipe.drawing().start());
    assertEquals(5, model.iterationProperty().get());
    assertEquals("paused", model.tempoProperty().get());
    assertTrue(model.begunProperty().get());
    assertTrue(model.staleProperty().get(), "moons are drawn, as the settings were not restored");
    assertEquals(5, curve(LiveCurves.Quantity.ENERGY_LOSS).size());
    assertEquals(2.5, curve(LiveCurves.Quantity.ENERGY_LOSS).y(4));
    assertTrue(jobs.newsProperty().get().contains("paused at iteration 5"));
    model.recall();
    runWindow();
    assertEquals(2, engine.begun.size());
    model.reset();
    model.close();
    open();
    model.recall();
    runWindow();
    assertEquals(0, model.iterationProperty().get(), "what was reset is gone");
  }

  @Test
  void aDamagedFileOfATrainingIsReported() throws IOException {
    Files.writeString(session.resolve("training.safetensors"), "this is no training");
    model.recall();
    runWindow();
    assertNotNull(problems.currentProperty().get());
    model.toggle();
    assertTrue(model.runningProperty().get());
  }

  @Test
  void theJobBarCanPauseIt() {
    model.toggle();
    jobs.running().get(0).cancel().run();
    assertFalse(model.runningProperty().get());
    assertEquals(List.of("go", "pause"), engine.training().calls);
  }

  @Test
  void singleStepsStopATrainingThatRuns() {
    model.toggle();
    model.step();
    assertEquals(List.of("go", "step"), engine.training().calls);
    assertFalse(model.runningProperty().get());
    engine.training().make(1, 1, 0.1);
    runWindow();
    assertEquals(1, model.iterationProperty().get());
  }

  @Test
  void startingOverForgetsEverything() {
    model.toggle();
    FakeTrainings.Training old = engine.training();
    old.make(1, 5, 0.5);
    runWindow();
    assertFalse(model.staleProperty().get());
    model.drawing().start(PlaneShape.RINGS);
    assertTrue(model.staleProperty().get(), "it learns something else than what is drawn");
    model.reset();
    assertFalse(model.staleProperty().get());
    assertTrue(old.calls.contains("close"));
    assertFalse(model.runningProperty().get());
    assertEquals(PlaneShape.RINGS, engine.training().recipe.drawing().start());
    assertEquals(0, model.iterationProperty().get());
    assertEquals(0, curve(LiveCurves.Quantity.ENERGY_LOSS).size());
    assertNull(model.planes().picturesProperty().get().model());
    old.make(6, 6, 0.7);
    old.observer.failed(new CdrlException("late"));
    runWindow();
    assertEquals(0, model.iterationProperty().get(), "the old one has no say any more");
    assertNull(problems.currentProperty().get());
  }

  @Test
  void ratesAndStepsChangeWhileItRuns() {
    model.toggle();
    model.dials().energyRateProperty().set(-4);
    model.dials().initializerRateProperty().set(-5);
    model.dials().stepsProperty().set(7);
    assertEquals(1e-4, engine.training().dials.energyRate(), 1e-12);
    assertEquals(1e-5, engine.training().dials.initializerRate(), 1e-12);
    assertEquals(7, engine.training().dials.langevinSteps());
    model.dials().paceProperty().set(1);
    assertEquals(2, engine.training().pace);
    model.dials().paceProperty().set(LiveDials.FASTEST);
    assertEquals(LiveTraining.FULL_SPEED, engine.training().pace);
    model.dials().reset();
    assertEquals(15, engine.training().dials.langevinSteps());
    model.dials().stepsProperty().set(7);
    model.reset();
    assertEquals(7, engine.training().recipe.dials().langevinSteps(), "a new one begins with it");
  }

  @Test
  void whatIsWatchedCanBeChanged() {
    model.toggle();
    assertEquals(new LiveTraining.Watch(0, 400, false), engine.training().watch);
    engine.training().make(1, 1, 0.1);
    runWindow();
    model.planes().moveStop(-2);
    model.planes().countProperty().set(100);
    model.appearance().scoresProperty().set(true);
    assertEquals(new LiveTraining.Watch(2, 100, true), engine.training().watch);
    model.planes().moveStop(-10);
    assertEquals(model.planes().levels(), model.planes().level());
    assertEquals(9f, model.planes().pointsProperty().get().proposals().values()[0], "pure noise");
    assertNull(model.planes().pointsProperty().get().refined());
    engine.training().make(2, 2, 0.1);
    runWindow();
    assertNotNull(model.planes().arrowsProperty().get());
    model.appearance().energyProperty().set(true);
    assertNotNull(model.planes().picturesProperty().get().energy());
  }

  @Test
  void curvesGrowAndDistancesComeOncePerSampling() {
    model.toggle();
    engine.training().make(1, 4, 0.1);
    runWindow();
    engine.training().make(5, 6, 0.1);
    runWindow();
    assertEquals(6, curve(LiveCurves.Quantity.ENERGY_LOSS).size());
    assertEquals(3, curve(LiveCurves.Quantity.ENERGY_LOSS).y(5));
    assertEquals(2, curve(LiveCurves.Quantity.DISTANCE).size());
    assertEquals(0.25, curve(LiveCurves.Quantity.DISTANCE).y(0));
  }

  @Test
  void aBlankDrawingCannotBeLearned() {
    model.drawing().start(null);
    model.toggle();
    assertTrue(engine.begun.isEmpty());
    assertTrue(problems.currentProperty().get().sentence().startsWith("Nothing is drawn"));
    assertFalse(model.runningProperty().get());
    model.drawing().start(PlaneShape.MOONS);
    assertNull(problems.currentProperty().get(), "that is no longer so");
  }

  @Test
  void aTrainingThatFailsSaysSo() {
    model.toggle();
    engine.training().observer.failed(new CdrlException("The training diverged."));
    runWindow();
    assertFalse(model.runningProperty().get());
    assertEquals("The training diverged.", problems.currentProperty().get().sentence());
  }

  @Test
  void modelsAreKeptUnderTheirName() {
    model.keep();
    assertTrue(problems.currentProperty().get().sentence().contains("nothing to keep"));
    model.toggle();
    model.nameProperty().set(" ");
    model.keep();
    assertTrue(problems.currentProperty().get().sentence().contains("needs a name"));
    model.nameProperty().set("two blobs");
    model.keep();
    runWindow();
    assertEquals(List.of("two blobs 4"), kept);
  }

  @Test
  void valuesAreReadUnderThePointer() {
    model.appearance().pointerProperty().set(new Point2D(1, 1));
    assertEquals("", model.planes().readoutProperty().get());
    model.toggle();
    engine.training().make(1, 1, 0.125);
    runWindow();
    assertTrue(
        model.planes().readoutProperty().get().contains("0.125"),
        model.planes().readoutProperty().get());
  }
}
