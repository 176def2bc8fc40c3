package cdrl.studio.generate;

import static cdrl.studio.engine.FakeEngine.shade;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.runtime.CdrlException;
import cdrl.sampling.Condition;
import cdrl.studio.engine.FakeEngine;
import cdrl.studio.engine.SamplingSession;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the settings do to the runs. */
final class GenerateSettingsTest extends GenerateFixture {
  @Test
  void aModelWithClassesOffersThem() {
    open();
    assertTrue(model.settings().classes().isEmpty());
    engine.with(FakeEngine.classes("digits", 3));
    model.sampling().models().open(Path.of("digits"));
    assertEquals(
        List.of("No class", "All classes by turns", "one", "two", "three"),
        model.settings().classes().stream().map(ClassChoice::name).toList());
    model.sampling().sample();
    assertEquals(Condition.NONE, engine.run().settings().condition());
    choose(3);
    model.settings().guidanceProperty().set(1.51);
    model.sampling().sample();
    assertEquals(new Condition.Guided(2, 1.5), engine.run().settings().condition());
    choose(1);
    model.sampling().sample();
    assertEquals(new Condition.Guided(List.of(1, 2, 3), 1.5), engine.run().settings().condition());
  }

  @Test
  void levelsAndTheInitializerAloneCanBeChosen() {
    open();
    assertEquals(3, model.settings().levelsProperty().get());
    model.settings().levelsProperty().set(2);
    model.settings().initializerOnlyProperty().set(true);
    assertTrue(engine.runs.isEmpty(), "without pictures nothing follows");
    model.sampling().sample();
    assertEquals(2, engine.run().settings().startLevel());
    assertTrue(engine.run().settings().initializerOnly());
  }

  @Test
  void theGuidanceSliderIsLive() {
    openWithClasses();
    choose(2);
    sampleAll();
    model.settings().guidanceProperty().set(1);
    assertEquals(2, engine.runs.size());
    assertEquals(1, engine.run().settings().langevinSteps(), "a preview first");
    assertEquals(1, engine.run().settings().seed(), "the same seed");
    assertEquals(List.of(shade(2, 0.25)), engine.starts, "from halfway down the run that is shown");
    assertEquals(2, engine.run().settings().startLevel());
    assertEquals(1f, shown(), "the old pictures stay until there is something new");
    model.settings().guidanceProperty().set(1.01);
    assertEquals(2, engine.runs.size(), "too small a change to be seen");
    model.settings().guidanceProperty().set(2);
    model.settings().guidanceProperty().set(3);
    assertEquals(2, engine.runs.size(), "one preview at a time");
    engine.run().task().result().complete(shade(2, 0.3));
    assertEquals(0.3f, shown());
    assertTrue(model.isPreview());
    assertEquals(3, engine.runs.size(), "only the newest wish waited");
    assertEquals(new Condition.Guided(1, 3), engine.run().settings().condition());
    engine.run().task().result().complete(shade(2, 0.4));
    assertEquals(4, engine.runs.size());
    assertEquals(15, engine.run().settings().langevinSteps(), "then the whole");
    FakeEngine.Run whole = engine.run();
    whole.observer().started(3, shade(2, 0.9));
    whole.observer().proposed(2, shade(2, 0.8));
    assertEquals(0.4f, shown(), "the preview stays until the whole is through");
    assertEquals(Comparison.Kind.PREVIEW, model.comparisons().comparisonProperty().get().kind());
    model.settings().guidanceProperty().set(4);
    assertTrue(whole.task().cancellation().isCancelled(), "an older run is dropped at once");
    engine.run().task().result().complete(shade(2, 0.5));
    finish(engine.run(), 0.6);
    assertEquals(0.6f, shown());
    assertFalse(model.isPreview());
    assertEquals(SamplingSession.State.DONE, model.sampling().session().stateProperty().get());
    assertTrue(jobs.running().isEmpty());
  }

  @Test
  void aLevelThatIsLookedAtStaysAsTheSliderMoves() {
    openWithClasses();
    choose(2);
    sampleAll();
    model.cursor().stopProperty().set(2);
    model.settings().guidanceProperty().set(1);
    engine.run().task().result().complete(shade(2, 0.3));
    assertEquals(0.3f, shown());
    finish(engine.run(), 0.6);
    assertEquals(2, model.cursor().stopProperty().get());
    assertEquals(15, model.cursor().stepProperty().get());
    model.sampling().stepsProperty().set(3);
    engine.run().task().result().complete(shade(2, 0.4));
    finish(engine.run(), 0.7);
    assertEquals(2, model.cursor().stopProperty().get());
    assertEquals(3, model.cursor().stepProperty().get(), "the end of the shorter chain");
    model.sampling().sample();
    engine.run().observer().started(3, shade(2, 0.9));
    assertEquals(0, model.cursor().stopProperty().get(), "a run that is watched is followed");
  }

  @Test
  void aPreviewCanBeCancelledAndSaved() {
    openWithClasses();
    choose(2);
    sampleAll();
    model.settings().guidanceProperty().set(1);
    engine.run().task().result().complete(shade(2, 0.3));
    assertEquals(0.3f, shown());
    model.gallery().saveGrid(Path.of("preview.png"));
    var notes = engine.metadata.get(Path.of("preview.png"));
    assertEquals("15", notes.get("cdrl.steps"), "the settings of the whole bring it back");
    assertEquals("true", notes.get("cdrl.preview"));
    assertEquals("one", notes.get("cdrl.class"));
    assertEquals("1.0", notes.get("cdrl.guidance"));
    model.sampling().cancel();
    assertTrue(engine.run().task().cancellation().isCancelled());
    assertFalse(model.isPreview());
    assertEquals(1f, shown(), "the run that is there as a whole takes its place");
    model.cursor().moveStop(-1);
    assertEquals(0.05f, shown());
  }

  @Test
  void aFailedPreviewIsToldOnce() {
    openWithClasses();
    choose(2);
    sampleAll();
    model.settings().guidanceProperty().set(1);
    model.settings().guidanceProperty().set(2);
    engine.run().task().result().completeExceptionally(new CdrlException("It broke."));
    assertEquals("It broke.", problems.currentProperty().get().sentence());
    assertEquals(2, engine.runs.size());
    assertTrue(jobs.running().isEmpty());
  }

  @Test
  void whatWasChosenComesBackAtTheNextStart() {
    model
        .memory()
        .recall(
            java.util.Map.of(
                "seed",
                "9",
                "class",
                "two",
                "guidance",
                "1.5",
                "levels",
                "2",
                "initializerOnly",
                "x"));
    openWithClasses();
    assertEquals("two", model.settings().chosenClassProperty().get().name());
    assertEquals(1.5, model.settings().guidanceProperty().get());
    assertEquals(2, model.settings().levelsProperty().get());
    assertFalse(model.settings().initializerOnlyProperty().get());
    assertEquals("9", model.sampling().seedProperty().get());
    assertEquals("two", model.memory().settings().get("class"));
    assertEquals("2", model.memory().settings().get("levels"));
  }
}
