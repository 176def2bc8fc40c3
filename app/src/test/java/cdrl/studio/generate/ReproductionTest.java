package cdrl.studio.generate;

import static cdrl.studio.engine.FakeEngine.shade;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.sampling.Condition;
import cdrl.studio.engine.FakeEngine;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.SamplingSession;
import cdrl.studio.shell.Job;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a dropped picture brings back, and what people are told about it. */
final class ReproductionTest extends GenerateFixture {
  private static LoadedModel named(String reference, String name, String checksum) {
    return new LoadedModel(reference, FakeEngine.images(name).description(), checksum);
  }

  private String told() {
    var problem = problems.currentProperty().get();
    return problem == null ? "" : problem.sentence();
  }

  /** A fork of a fork: noise → level 2 → level 1. */
  private Map<String, String> notesOfForks() {
    openWithClasses();
    choose(2);
    model.settings().guidanceProperty().set(1);
    sampleAll();
    model.cursor().stopProperty().set(1);
    model.fork();
    finish(engine.run(), 0.2);
    choose(3);
    engine.run().task().result().complete(shade(2, 0.3));
    finish(engine.run(), 0.4);
    model.cursor().stopProperty().set(1);
    model.fork();
    finish(engine.run(), 0.5);
    model.gallery().saveGrid(Path.of("fork.png"));
    return engine.metadata.get(Path.of("fork.png"));
  }

  private void stopAt(FakeEngine.Run run, int level, double value) {
    for (int at = run.settings().startLevel() - 1; at > level; at--) {
      run.observer().refined(at, shade(2, 0.1));
    }
    var end =
        assertThrows(
            CancellationException.class, () -> run.observer().refined(level, shade(2, value)));
    run.task().result().completeExceptionally(end);
  }

  @Test
  void aForkIsDrawnAgainFromItsAncestors() {
    Map<String, String> notes = notesOfForks();
    long last = engine.run().settings().seed();
    choose(0);
    model.sampling().seedProperty().set("7");
    model.sampling().sample();
    finish(engine.run(), 0.9);
    int runs = engine.runs.size();
    int starts = engine.starts.size();
    model.restore(notes);
    assertEquals("", told());
    assertEquals(3, model.settings().levelsProperty().get(), "those of the first run");
    assertEquals(1, model.forkLevelProperty().get());
    assertEquals(runs, engine.runs.size(), "nothing is drawn before a person asks for it");
    model.sampling().sample();
    FakeEngine.Run first = engine.run();
    assertEquals(1, first.settings().seed());
    assertEquals(3, first.settings().startLevel());
    assertEquals(new Condition.Guided(1, 1), first.settings().condition());
    stopAt(first, 2, 0.71);
    FakeEngine.Run second = engine.run();
    assertEquals(shade(2, 0.71), engine.starts.get(starts));
    assertEquals(2, second.settings().startLevel());
    assertEquals(new Condition.Guided(2, 1), second.settings().condition());
    stopAt(second, 1, 0.72);
    assertEquals(shade(2, 0.72), engine.starts.get(starts + 1));
    assertEquals(last, engine.run().settings().seed());
    assertEquals(1, engine.run().settings().startLevel());
    finish(engine.run(), 0.8);
    assertEquals(0.8f, shown());
    model.gallery().saveGrid(Path.of("again.png"));
    assertEquals(notes, engine.metadata.get(Path.of("again.png")));
    model.settings().guidanceProperty().set(2);
    assertEquals(runs + 4, engine.runs.size(), "a slider goes on from what was drawn again");
    assertEquals(shade(2, 0.72), engine.starts.get(starts + 2));
  }

  @Test
  void drawingAncestorsCanBeCancelled() {
    model.restore(notesOfForks());
    model.sampling().sample();
    model.sampling().cancel();
    assertEquals(SamplingSession.State.CANCELLED, model.sampling().session().stateProperty().get());
    var observer = engine.run().observer();
    assertThrows(CancellationException.class, () -> observer.stepped(2, 1, shade(2, 0)));
    int runs = engine.runs.size();
    engine.run().task().result().completeExceptionally(new CancellationException());
    assertEquals(runs, engine.runs.size());
  }

  @Test
  void theJobBarShowsHowFarTheAncestorsAre() {
    model.restore(notesOfForks());
    model.sampling().sample();
    Job job = jobs.running().get(0);
    FakeEngine.Run first = engine.run();
    first.observer().stepped(2, 9, shade(2, 0));
    // 15 steps of each of both ancestors, then 15 of the run itself.
    assertEquals(9 / 45.0, job.fraction().getValue().doubleValue(), 1e-9);
    assertTrue(
        job.detail().getValue().startsWith("First the run before it:  Level 2, step 9 of 15"),
        job.detail().getValue());
    stopAt(first, 2, 0.71);
    engine.run().observer().stepped(1, 5, shade(2, 0));
    assertEquals(20 / 45.0, job.fraction().getValue().doubleValue(), 1e-9);
    stopAt(engine.run(), 1, 0.72);
    engine.run().observer().started(1, shade(2, 0.72));
    engine.run().observer().stepped(0, 3, shade(2, 0));
    assertEquals(33 / 45.0, job.fraction().getValue().doubleValue(), 1e-9);
    job.cancel().run();
    assertTrue(jobs.running().isEmpty());
  }

  @Test
  void aSliderWaitsForTheAncestorsWithAJobThatCanBeCancelled() {
    Map<String, String> notes = notesOfForks();
    model.restore(notes);
    model.settings().guidanceProperty().set(2);
    Job job = jobs.running().get(0);
    FakeEngine.Run first = engine.run();
    first.observer().stepped(2, 9, shade(2, 0));
    assertEquals(9 / 45.0, job.fraction().getValue().doubleValue(), 1e-9);
    job.cancel().run();
    assertEquals(messages.text("sampling.cancelled.early"), jobs.newsProperty().get());
    assertThrows(CancellationException.class, () -> first.observer().stepped(2, 10, shade(2, 0)));
  }

  @Test
  void anOrdinaryPictureEndsTheFork() {
    openWithClasses();
    sampleAll();
    model.gallery().saveGrid(Path.of("plain.png"));
    model.restore(notesOfForks());
    model.restore(engine.metadata.get(Path.of("plain.png")));
    assertEquals(0, model.forkLevelProperty().get());
    int starts = engine.starts.size();
    model.sampling().sample();
    assertEquals(starts, engine.starts.size());
    assertEquals(3, engine.run().settings().startLevel());
  }

  @Test
  void aForkThatTellsTooLittleIsNotClaimedToBeDrawnAgain() {
    open();
    model.restore(
        Map.of(
            "cdrl.model",
            "faces",
            "cdrl.model.sha256",
            "c0ffee",
            "cdrl.seed",
            "6",
            "cdrl.forks",
            "1:1",
            "cdrl.start-level",
            "1"));
    assertEquals(
        messages.text("reproduce.partly", messages.text("reproduce.fork")),
        problems.currentProperty().get().sentence());
  }

  @Test
  void theModelIsKnownByItsChecksum() {
    engine.with(named("one", "faces", "aaa")).with(named("two", "faces", "bbb"));
    model.sampling().models().list(null);
    model.sampling().models().open(Path.of("two"));
    Map<String, String> notes = new HashMap<>(Map.of("cdrl.model", "faces", "cdrl.seed", "6"));
    notes.put("cdrl.model.sha256", "bbb");
    model.restore(notes);
    assertEquals("two", model.sampling().models().loadedProperty().get().reference());
    assertEquals("", told());
    notes.put("cdrl.model.sha256", "aaa");
    model.restore(notes);
    assertEquals("one", model.sampling().models().loadedProperty().get().reference());
    assertEquals("", told());
  }

  @Test
  void aModelThatWasOpenedByFileIsNotMissing() {
    open();
    engine.models.put(
        "/tmp/x.safetensors",
        CompletableFuture.completedFuture(named("/tmp/x.safetensors", "mine", "bbb")));
    model.sampling().models().open(Path.of("/tmp/x.safetensors"));
    model.restore(Map.of("cdrl.model", "mine", "cdrl.model.sha256", "bbb", "cdrl.seed", "6"));
    assertEquals("", told());
    assertEquals(messages.text("reproduce.done"), jobs.newsProperty().get());
  }

  @Test
  void whatCannotBeSetIsTold() {
    openWithClasses();
    model.restore(
        Map.of(
            "cdrl.model",
            "digits",
            "cdrl.model.sha256",
            "c0ffee",
            "cdrl.steps",
            "7",
            "cdrl.class",
            "two",
            "cdrl.guidance",
            "8"));
    assertEquals(
        messages.text("reproduce.partly", "7 Langevin steps per level; guidance 8.00, set to 5.00"),
        told());
  }

  @Test
  void withoutItsModelThePictureStillBringsWhatTheOneInUseHas() {
    openWithClasses();
    model.restore(
        Map.of(
            "cdrl.model",
            "gone",
            "cdrl.steps",
            "5",
            "cdrl.class",
            "two",
            "cdrl.guidance",
            "2",
            "cdrl.start-level",
            "2"));
    assertEquals(messages.text("reproduce.no-model", "gone"), told());
    assertEquals(5, model.sampling().stepsProperty().get());
    assertEquals("two", model.settings().chosenClassProperty().get().name());
    assertEquals(2, model.settings().levelsProperty().get());
    problems.dismiss();
    model.restore(Map.of("cdrl.model", "gone", "cdrl.class", "unheard of"));
    assertEquals(messages.text("reproduce.no-model", "gone"), told());
  }

  @Test
  void withoutAnyModelOnlySeedAndNumberCome() {
    model.restore(Map.of("cdrl.model", "gone", "cdrl.seed", "5", "cdrl.count", "3"));
    assertEquals(messages.text("reproduce.no-model.alone", "gone"), told());
    assertEquals(3, model.sampling().countProperty().get());
    assertNull(model.sampling().models().loadedProperty().get());
    assertFalse(model.forkableProperty().get());
    assertTrue(engine.runs.isEmpty());
  }
}
