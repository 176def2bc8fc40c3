package cdrl.studio.engine;

import static cdrl.studio.engine.FakeEngine.shade;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.runtime.CdrlException;
import cdrl.sampling.SamplingSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class SamplingSessionTest {
  private final FakeEngine engine = new FakeEngine();
  private final LoadedModel model = FakeEngine.images("faces");
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private long now;
  private final SamplingSession session = new SamplingSession(engine, waiting::add, () -> now);

  private void settle() {
    while (!waiting.isEmpty()) {
      waiting.poll().run();
    }
  }

  private void start() {
    session.start(
        CompletableFuture.completedFuture(model),
        loaded -> new SamplingSettings(2, 7, 4, false, 3));
    settle();
  }

  @Test
  void waitsForTheModel() {
    CompletableFuture<LoadedModel> loading = new CompletableFuture<>();
    session.start(loading, loaded -> new SamplingSettings(2, 7, 4, false, 3));
    settle();
    assertEquals(SamplingSession.State.WAITING, session.stateProperty().get());
    assertTrue(engine.runs.isEmpty());
    loading.complete(model);
    settle();
    assertEquals(SamplingSession.State.RUNNING, session.stateProperty().get());
    assertEquals(1, engine.runs.size());
  }

  @Test
  void showsNoiseAtOnceAndKeepsEveryLevel() {
    start();
    engine.run().observer().started(3, shade(2, 0.9));
    settle();
    assertEquals(0, session.traceProperty().get().newestStop());
    engine.run().observer().proposed(2, shade(2, 0.1));
    engine.run().observer().refined(2, shade(2, 0.2));
    engine.run().observer().proposed(1, shade(2, 0.3));
    settle();
    Trace trace = session.traceProperty().get();
    assertEquals(2, trace.newestStop());
    assertEquals(0.1f, trace.proposal(2).values()[0]);
    assertEquals(0.2f, trace.refined(2).values()[0]);
    assertNull(trace.refined(1));
  }

  @Test
  void manyFramesAskForOneUpdate() {
    start();
    engine.run().observer().started(3, shade(2, 0));
    engine.run().observer().proposed(2, shade(2, 0));
    for (int step = 1; step <= 4; step++) {
      engine.run().observer().stepped(2, step, shade(2, step / 10.0));
    }
    assertEquals(1, waiting.size());
    settle();
    assertEquals(0.4f, session.traceProperty().get().refined(2).values()[0]);
    assertEquals(4, session.traceProperty().get().stepsAt(2));
  }

  @Test
  void stepsAreKeptWhereSomebodyCanLookAtThem() {
    for (boolean kept : new boolean[] {true, false}) {
      if (!kept) {
        session.withoutSteps();
      }
      start();
      engine.run().observer().started(3, shade(2, 0));
      engine.run().observer().proposed(2, shade(2, 0));
      engine.run().observer().stepped(2, 1, shade(2, 0.1));
      engine.run().observer().refined(2, shade(2, 0.4));
      settle();
      assertEquals(kept, session.traceProperty().get().afterStep(2, 1) != null);
    }
  }

  @Test
  void aLateFrameDoesNotOverwriteAFinishedLevel() {
    start();
    engine.run().observer().started(3, shade(2, 0));
    engine.run().observer().stepped(2, 4, shade(2, 0.4));
    engine.run().observer().refined(2, shade(2, 0.5));
    engine.run().observer().proposed(1, shade(2, 0.6));
    settle();
    assertEquals(0.5f, session.traceProperty().get().refined(2).values()[0]);
    assertNull(session.traceProperty().get().refined(1));
  }

  @Test
  void aNewRunReplacesTheOldOne() {
    start();
    FakeEngine.Run old = engine.run();
    old.observer().started(3, shade(2, 0.1));
    settle();
    start();
    assertTrue(old.task().cancellation().isCancelled());
    engine.run().observer().started(3, shade(2, 0.2));
    settle();
    Trace shown = session.traceProperty().get();
    old.observer().proposed(2, shade(2, 0.9));
    old.task().result().completeExceptionally(new CancellationException());
    settle();
    assertSame(shown, session.traceProperty().get());
    assertEquals(SamplingSession.State.RUNNING, session.stateProperty().get());
  }

  @Test
  void cancelKeepsWhatWasMade() {
    start();
    engine.run().observer().started(3, shade(2, 0));
    engine.run().observer().proposed(2, shade(2, 0.1));
    engine.run().observer().stepped(2, 1, shade(2, 0.2));
    settle();
    session.cancel();
    assertEquals(SamplingSession.State.CANCELLED, session.stateProperty().get());
    assertTrue(engine.run().task().cancellation().isCancelled());
    assertFalse(session.isBusy());
    assertEquals(0.2f, session.traceProperty().get().refined(2).values()[0]);
  }

  @Test
  void aFailureIsKept() {
    start();
    CdrlException failure = new CdrlException("It is broken; repair it.");
    engine.run().task().result().completeExceptionally(failure);
    settle();
    assertEquals(SamplingSession.State.FAILED, session.stateProperty().get());
    assertSame(failure, session.failureProperty().get());
  }

  @Test
  void aModelThatDoesNotOpenIsAFailure() {
    session.start(
        CompletableFuture.failedFuture(new CdrlException("There is no such file.")),
        loaded -> new SamplingSettings(1, 1, 1, false, 1));
    settle();
    assertInstanceOf(CdrlException.class, session.failureProperty().get());
  }

  @Test
  void progressTellsLevelStepAndTime() {
    start();
    now += 1_000_000_000L;
    engine.run().observer().started(3, shade(2, 0));
    settle();
    assertEquals(0, session.progressProperty().get().fraction());
    assertTrue(Double.isNaN(session.progressProperty().get().secondsLeft()));
    now += 2_000_000_000L;
    engine.run().observer().stepped(1, 1, shade(2, 0));
    engine.run().observer().stepped(1, 2, shade(2, 0));
    settle();
    SamplingProgress progress = session.progressProperty().get();
    assertEquals(6 / 12.0, progress.fraction(), 1e-12);
    assertEquals(3, progress.seconds(), 1e-9);
    assertEquals(3, progress.secondsLeft(), 1e-9);
    engine.run().observer().finished(shade(2, 1));
    engine.run().task().result().complete(shade(2, 1));
    settle();
    assertEquals(SamplingSession.State.DONE, session.stateProperty().get());
    assertNotNull(session.traceProperty().get().result());
    assertEquals(1, session.progressProperty().get().fraction());
  }

  private void follow(int seed) {
    SamplingSettings full = new SamplingSettings(2, seed, 4, false, 3);
    session.follow(model, full.withLangevinSteps(1), full);
    settle();
  }

  @Test
  void aPreviewComesBeforeTheWholeRun() {
    follow(7);
    assertEquals(SamplingSession.State.RUNNING, session.stateProperty().get());
    assertEquals(1, engine.run().settings().langevinSteps());
    engine.run().task().result().complete(shade(2, 0.5));
    settle();
    assertEquals(shade(2, 0.5), session.previewProperty().get().samples());
    assertEquals(4, engine.run().settings().langevinSteps());
    engine.run().observer().started(3, shade(2, 0.9));
    settle();
    assertNull(session.traceProperty().get(), "the trace appears when it is complete");
    assertEquals(0, session.progressProperty().get().fraction());
    engine.run().observer().finished(shade(2, 1));
    engine.run().task().result().complete(shade(2, 1));
    settle();
    assertNull(session.previewProperty().get());
    assertEquals(shade(2, 1), session.traceProperty().get().result());
    assertEquals(SamplingSession.State.DONE, session.stateProperty().get());
  }

  @Test
  void theNewestWishWinsAndPreviewsGoOnWhileASliderMoves() {
    for (int seed = 1; seed <= 5; seed++) {
      follow(seed);
    }
    assertEquals(1, engine.runs.size());
    engine.run().task().result().complete(shade(2, 0.1));
    settle();
    assertEquals(shade(2, 0.1), session.previewProperty().get().samples());
    assertEquals(2, engine.runs.size());
    assertEquals(5, engine.run().settings().seed());
    session.cancel();
    assertEquals(SamplingSession.State.CANCELLED, session.stateProperty().get());
    assertTrue(engine.run().task().cancellation().isCancelled());
    engine.run().task().result().complete(shade(2, 0.2));
    settle();
    assertEquals(2, engine.runs.size());
    assertEquals(shade(2, 0.1), session.previewProperty().get().samples());
  }

  @Test
  void anOrdinaryRunTakesThePlaceOfAPreview() {
    follow(1);
    FakeEngine.Run quick = engine.run();
    start();
    assertTrue(quick.task().cancellation().isCancelled());
    quick.task().result().completeExceptionally(new CancellationException());
    settle();
    assertEquals(2, engine.runs.size());
    assertEquals(SamplingSession.State.RUNNING, session.stateProperty().get());
    engine.run().observer().started(3, shade(2, 0.9));
    settle();
    assertFalse(session.traceProperty().get().isEmpty());
  }

  @Test
  void withFewStepsThereIsNoPreview() {
    SamplingSettings full = new SamplingSettings(2, 7, 2, false, 3);
    session.follow(model, full, full);
    settle();
    engine.run().observer().started(3, shade(2, 0.9));
    engine.run().task().result().complete(shade(2, 1));
    settle();
    assertEquals(1, engine.runs.size());
    assertNotNull(session.traceProperty().get());
  }

  @Test
  void aPreviewStartsHalfwayDownARunFromTheSameNoise() {
    follow(7);
    assertTrue(engine.starts.isEmpty(), "there is no run yet");
    engine.run().task().result().complete(shade(2, 0.5));
    settle();
    for (int level = 2; level >= 0; level--) {
      engine.run().observer().started(3, shade(2, 0.9));
      engine.run().observer().refined(level, shade(2, level / 10.0));
    }
    engine.run().observer().finished(shade(2, 1));
    engine.run().task().result().complete(shade(2, 1));
    settle();
    follow(7);
    assertEquals(java.util.List.of(shade(2, 0.2)), engine.starts);
    assertEquals(2, engine.run().settings().startLevel());
    follow(8);
    engine.run().task().result().complete(shade(2, 0.5));
    settle();
    assertEquals(1, engine.starts.size(), "another seed is other noise");
    assertEquals(3, engine.run().settings().startLevel());
  }
}
