package cdrl.studio.generate;

import static cdrl.studio.engine.FakeEngine.shade;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.studio.engine.FakeEngine;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.workspace.SweepExport;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Runs that go on from another one. */
final class ForksTest extends GenerateFixture {
  @Test
  void aForkGoesOnFromALevelWithANewSeed() {
    open();
    sampleAll();
    model.cursor().stopProperty().set(2);
    model.fork();
    assertEquals(shade(2, 0.15), engine.starts.get(0));
    var settings = engine.run().settings();
    assertEquals(1, settings.startLevel());
    assertEquals(2, settings.count());
    assertNotEquals(1, settings.seed());
    engine.run().observer().started(1, shade(2, 0.15));
    engine.run().observer().proposed(0, shade(2, 0.3));
    engine.run().observer().refined(0, shade(2, 0.4));
    engine.run().observer().finished(shade(2, 0.5));
    engine.run().task().result().complete(shade(2, 0.5));
    assertEquals(2, model.cursor().stopProperty().get());
    model.gallery().saveGrid(Path.of("fork.png"));
    assertEquals("1:1", engine.metadata.get(Path.of("fork.png")).get("cdrl.forks"));
    model.sampling().sample();
    assertEquals(1, engine.starts.size(), "an ordinary run starts from noise again");
    assertEquals(3, engine.run().settings().startLevel());
  }

  @Test
  void theResultCannotBeGoneOnFrom() {
    open();
    sampleAll();
    model.fork();
    assertEquals(messages.text("generate.fork.none"), problems.currentProperty().get().sentence());
    assertTrue(engine.starts.isEmpty());
  }

  @Test
  void aForkIsKeptWhileASliderMoves() {
    openWithClasses();
    choose(2);
    sampleAll();
    model.cursor().stopProperty().set(2);
    model.fork();
    finish(engine.run(), 0.2);
    model.settings().guidanceProperty().set(1);
    assertEquals(2, engine.starts.size(), "the preview goes on from the same state");
    assertEquals(1, engine.run().settings().startLevel());
  }

  @Test
  void onlyFinishedLevelsCanBeGoneOnFrom() {
    open();
    assertFalse(model.forkableProperty().get());
    model.sampling().countProperty().set(2);
    model.sampling().sample();
    engine.run().observer().started(3, shade(2, 0.9));
    assertTrue(model.forkableProperty().get(), "from the noise");
    engine.run().observer().proposed(2, shade(2, 0.2));
    assertFalse(model.forkableProperty().get());
    assertFalse(model.comparisons().keepableProperty().get(), "the run is not through");
    sampleAll();
    assertFalse(model.forkableProperty().get(), "the result");
    assertTrue(model.comparisons().keepableProperty().get());
    model.cursor().moveStop(-2);
    assertTrue(model.forkableProperty().get());
    assertEquals(0, model.forkLevelProperty().get());
    model.fork();
    assertEquals(1, model.forkLevelProperty().get());
    finish(engine.run(), 0.2);
    assertEquals(1, model.forkLevelProperty().get());
    model.sampling().sample();
    assertEquals(0, model.forkLevelProperty().get());
  }

  @Test
  void aModelThatIsBeingLoadedDoesNotGoOnFromImagesOfAnother() {
    open();
    CompletableFuture<LoadedModel> slow = new CompletableFuture<>();
    engine.models.put("slow", slow);
    sampleAll();
    model.cursor().moveStop(-2);
    model.sampling().models().open(Path.of("slow"));
    assertFalse(model.forkableProperty().get());
    model.fork();
    assertEquals(
        messages.text("generate.fork.loading"), problems.currentProperty().get().sentence());
    slow.complete(FakeEngine.images("slow"));
    assertEquals(1, engine.runs.size());
  }

  @Test
  void aSweepIsNotDisturbedByAFork() {
    openWithClasses();
    choose(2);
    sampleAll();
    model.cursor().stopProperty().set(2);
    model.fork();
    finish(engine.run(), 0.2);
    int starts = engine.starts.size();
    model.gallery().selectedProperty().set(1);
    model
        .sweep()
        .save(Path.of("sweep.gif"), new SweepExport.Wish(0, new SweepExport.Way(0, 3, 2), false));
    assertEquals(shade(1, 0.15), engine.starts.get(starts), "one of the images of the fork");
    FakeEngine.Run frame = engine.run();
    model.sampling().sample();
    frame.task().result().complete(shade(1, 0.1));
    assertEquals(starts + 2, engine.starts.size(), "the second frame is one of the fork, too");
    assertEquals(1, engine.run().settings().startLevel());
  }
}
