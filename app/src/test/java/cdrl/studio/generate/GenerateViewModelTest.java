package cdrl.studio.generate;

import static cdrl.studio.engine.FakeEngine.shade;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.studio.engine.FakeEngine;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.SamplingSession;
import cdrl.studio.engine.Trace;
import cdrl.studio.workspace.Gallery;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The model and its runs. */
final class GenerateViewModelTest extends GenerateFixture {
  @Test
  void picksTheFirstShippedModel() {
    assertEquals(messages.text("generate.looking"), model.sampling().obstacleProperty().get());
    open();
    assertEquals("faces", model.sampling().models().loadedProperty().get().reference());
    assertEquals("", model.sampling().obstacleProperty().get());
  }

  @Test
  void saysWhyNothingCanBeSampled() {
    model.sampling().models().list(null);
    assertEquals(messages.text("generate.no-model"), model.sampling().obstacleProperty().get());
    model.sampling().sample();
    assertTrue(engine.runs.isEmpty());
    assertEquals(messages.text("generate.no-model"), problems.currentProperty().get().sentence());
  }

  @Test
  void aSeedThatIsNoneIsAnObstacle() {
    open();
    model.sampling().seedProperty().set("x");
    assertEquals(messages.text("seed.invalid"), model.sampling().obstacleProperty().get());
    model.sampling().rollSeed();
    assertEquals("", model.sampling().obstacleProperty().get());
  }

  @Test
  void aRunThatWaitsForItsModelMakesThatModelsSteps() {
    CompletableFuture<LoadedModel> slow = new CompletableFuture<>();
    engine.with(FakeEngine.images("faces"));
    engine.models.put("slow", slow);
    model.sampling().models().list(null);
    model.sampling().models().pickedProperty().set(model.sampling().models().choices().get(1));
    model.sampling().sample();
    slow.complete(FakeEngine.images("slow", 4));
    assertEquals(4, engine.run().settings().langevinSteps());
    assertEquals(4, model.sampling().stepsProperty().get());
  }

  @Test
  void handsTheSettingsToTheEngine() {
    open();
    model.sampling().seedProperty().set("77");
    model.sampling().countProperty().set(9);
    model.sampling().stepsProperty().set(5);
    model.sampling().sample();
    var settings = engine.run().settings();
    assertEquals(77, settings.seed());
    assertEquals(9, settings.count());
    assertEquals(5, settings.langevinSteps());
    assertEquals(3, settings.startLevel());
    assertFalse(settings.initializerOnly());
  }

  @Test
  void sampleBeforeTheModelIsThereWaits() {
    CompletableFuture<LoadedModel> loading = new CompletableFuture<>();
    engine.models.put("faces", loading);
    model.sampling().models().list(null);
    model.sampling().sample();
    assertEquals(SamplingSession.State.WAITING, model.sampling().session().stateProperty().get());
    assertEquals(1, jobs.running().size());
    loading.complete(FakeEngine.images("faces"));
    assertEquals(1, engine.runs.size());
    assertEquals(SamplingSession.State.RUNNING, model.sampling().session().stateProperty().get());
  }

  @Test
  void aRunThatWaitsForItsModelIsNotSweptAwayWhenItArrives() {
    engine.with(FakeEngine.images("faces"));
    CompletableFuture<LoadedModel> loading = new CompletableFuture<>();
    engine.models.put("digits", loading);
    model.sampling().models().list(null);
    sampleAll();
    model.sampling().models().pickedProperty().set(model.sampling().models().choices().get(1));
    model.sampling().sample();
    loading.complete(FakeEngine.images("digits"));
    assertEquals(SamplingSession.State.RUNNING, model.sampling().session().stateProperty().get());
    assertEquals("digits", engine.run().model().reference());
    assertFalse(engine.run().task().cancellation().isCancelled());
  }

  @Test
  void cancelKeepsThePictures() {
    open();
    model.sampling().sample();
    engine.run().observer().started(3, shade(16, 0.9));
    assertEquals(1, jobs.running().size());
    model.sampling().cancel();
    assertEquals(0.9f, shown());
    assertTrue(jobs.running().isEmpty());
    assertNotEquals("", jobs.newsProperty().get());
  }

  @Test
  void aFileThatDoesNotOpenIsToldAndForgotten() {
    open();
    sampleAll();
    model.sampling().models().open(Path.of("missing.safetensors"));
    assertNotNull(problems.currentProperty().get());
    assertEquals(1, model.sampling().models().choices().size());
    assertEquals("faces", model.sampling().models().pickedProperty().get().reference());
    assertEquals(1f, shown(), "the pictures of the model in use stay");
    model.sampling().sample();
    assertEquals(2, engine.runs.size());
  }

  @Test
  void aModelThatIsPickedWhileAnotherLoadsWins() {
    CompletableFuture<LoadedModel> slow = new CompletableFuture<>();
    engine.models.put("slow", slow);
    engine.with(FakeEngine.images("faces"));
    model.sampling().models().list("slow");
    assertNull(model.sampling().models().loadedProperty().get());
    model.sampling().models().pickedProperty().set(model.sampling().models().choices().get(1));
    slow.complete(FakeEngine.images("slow"));
    assertEquals("faces", model.sampling().models().loadedProperty().get().reference());
  }

  @Test
  void aModelOfPointsBelongsElsewhere() {
    engine.models.put("board", CompletableFuture.completedFuture(FakeEngine.points("board")));
    model.sampling().models().open(Path.of("board"));
    assertEquals(
        messages.text("generate.wrong-kind", "board"), problems.currentProperty().get().sentence());
  }

  @Test
  void anotherModelClearsThePictures() {
    engine.with(FakeEngine.images("faces")).with(FakeEngine.images("digits"));
    model.sampling().models().list("digits");
    assertEquals("digits", model.sampling().models().pickedProperty().get().reference());
    sampleAll();
    model.sampling().models().pickedProperty().set(model.sampling().models().choices().get(0));
    assertNull(model.gallery().imagesProperty().get());
    assertSame(Comparison.NOTHING, model.comparisons().comparisonProperty().get());
  }

  @Test
  void theTraceIsBounded() {
    assertEquals(
        Gallery.MOST_IMAGES, Trace.mostItems(FakeEngine.images("faces"), Gallery.MOST_IMAGES));
    assertEquals(List.of(15, 8, 5, 3), model.sampling().stepChoicesProperty().get());
  }
}
