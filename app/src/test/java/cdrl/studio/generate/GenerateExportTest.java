package cdrl.studio.generate;

import static cdrl.studio.engine.FakeEngine.shade;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.sampling.Condition;
import cdrl.studio.engine.FakeEngine;
import cdrl.studio.workspace.SweepExport;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** What is saved, and what comes back from it. */
final class GenerateExportTest extends GenerateFixture {
  @Test
  void savesWithEverythingNeededToMakeItAgain() {
    open();
    model.sampling().seedProperty().set("5");
    sampleAll();
    model.cursor().stopProperty().set(2);
    Path file = Path.of("grid.png");
    model.gallery().saveGrid(file);
    assertEquals(2 * 8 + 2, engine.saved.get(file).width());
    var metadata = engine.metadata.get(file);
    assertEquals("c0ffee", metadata.get("cdrl.model.sha256"));
    assertEquals("5", metadata.get("cdrl.seed"));
    assertEquals("1", metadata.get("cdrl.level"));
    assertEquals("refined", metadata.get("cdrl.stage"));
    Path single = Path.of("one.png");
    model.gallery().selectedProperty().set(1);
    model.gallery().saveImage(single);
    assertEquals(8, engine.saved.get(single).width());
    assertEquals("1", engine.metadata.get(single).get("cdrl.image"));
    assertEquals("faces-seed-5-level-1.png", model.gallery().gridFileName());
  }

  @Test
  void aFullDiskIsToldInOneSentence() {
    open();
    sampleAll();
    engine.diskIsFull = true;
    model.gallery().saveGrid(Path.of("grid.png"));
    assertEquals("No space is left on the disk.", problems.currentProperty().get().sentence());
  }

  @Test
  void theAnimationShowsEveryStop() {
    open();
    sampleAll();
    model.saveGif(Path.of("levels.gif"));
    var frames = engine.gifs.get(Path.of("levels.gif"));
    assertEquals(5, frames.size());
    assertEquals(cdrl.studio.raster.Raster.of(shade(1, 1), 0).argb()[0], frames.get(4).argb()[0]);
  }

  @Test
  void aSweepOfTheGuidanceBecomesAnAnimation() {
    openWithClasses();
    assertTrue(model.sweep().sliders().isEmpty());
    choose(2);
    sampleAll();
    assertEquals("Guidance", model.sweep().sliders().get(0).name());
    model.gallery().selectedProperty().set(1);
    assertEquals("digits-1-guidance.gif", model.sweep().fileName(0));
    Path file = Path.of("sweep.gif");
    model.sweep().save(file, new SweepExport.Wish(0, new SweepExport.Way(0, 3, 4), false));
    for (int i = 0; i < 4; i++) {
      assertEquals(1, jobs.running().size());
      var settings = engine.run().settings();
      assertEquals(new Condition.Guided(1, i), settings.condition());
      assertEquals(1, settings.count());
      assertEquals(1, settings.first(), "the selected image");
      assertEquals(15, settings.langevinSteps());
      engine.run().task().result().complete(shade(1, i / 10.0));
    }
    assertTrue(jobs.running().isEmpty());
    var frames = engine.gifs.get(file);
    assertEquals(6, frames.size(), "forth and back");
    assertEquals(frames.get(1), frames.get(5));
    assertNotEquals(frames.get(0), frames.get(3));
  }

  @Test
  void aSweepCanBeCancelled() {
    openWithClasses();
    choose(2);
    sampleAll();
    model
        .sweep()
        .save(Path.of("sweep.gif"), new SweepExport.Wish(0, new SweepExport.Way(0, 3, 4), true));
    jobs.running().get(0).cancel().run();
    assertTrue(engine.run().task().cancellation().isCancelled());
    engine.run().task().result().completeExceptionally(new CancellationException());
    assertTrue(jobs.running().isEmpty());
    assertTrue(engine.gifs.isEmpty());
    assertEquals(messages.text("sweep.cancelled"), jobs.newsProperty().get());
    assertNull(problems.currentProperty().get());
  }

  @Test
  void aSavedPictureBringsItsSettingsBack() {
    engine.with(FakeEngine.images("other"));
    open();
    model.sampling().models().pickedProperty().set(model.sampling().models().choices().get(1));
    model.sampling().seedProperty().set("77");
    model.sampling().stepsProperty().set(5);
    sampleAll();
    model.gallery().saveGrid(Path.of("grid.png"));
    model.sampling().models().pickedProperty().set(model.sampling().models().choices().get(0));
    model.sampling().seedProperty().set("3");
    model.sampling().stepsProperty().set(15);
    model.sampling().countProperty().set(9);
    model.restore(engine.metadata.get(Path.of("grid.png")));
    assertEquals("faces", model.sampling().models().loadedProperty().get().reference());
    assertEquals("77", model.sampling().seedProperty().get());
    assertEquals(5, model.sampling().stepsProperty().get());
    assertEquals(2, model.sampling().countProperty().get());
    assertNull(problems.currentProperty().get());
  }

  @Test
  void classAndGuidanceComeBackFromAPicture() {
    openWithClasses();
    choose(4);
    model.settings().guidanceProperty().set(2.5);
    model.settings().levelsProperty().set(2);
    sampleAll();
    model.gallery().saveGrid(Path.of("grid.png"));
    choose(0);
    model.settings().guidanceProperty().set(0);
    model.settings().levelsProperty().set(3);
    int runs = engine.runs.size();
    model.restore(engine.metadata.get(Path.of("grid.png")));
    assertEquals("three", model.settings().chosenClassProperty().get().name());
    assertEquals(2.5, model.settings().guidanceProperty().get());
    assertEquals(2, model.settings().levelsProperty().get());
    assertEquals(runs, engine.runs.size(), "nothing is drawn before a person asks for it");
  }

  @Test
  void aMissingOrChangedModelIsTold() {
    open();
    model.restore(java.util.Map.of("cdrl.model", "gone", "cdrl.seed", "5"));
    assertEquals(
        messages.text("reproduce.no-model", "gone"), problems.currentProperty().get().sentence());
    assertEquals("5", model.sampling().seedProperty().get());
    problems.dismiss();
    model.restore(
        java.util.Map.of("cdrl.model", "faces", "cdrl.model.sha256", "abc", "cdrl.seed", "6"));
    assertEquals(
        messages.text("reproduce.other-model", "faces"),
        problems.currentProperty().get().sentence());
  }
}
