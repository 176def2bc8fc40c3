package cdrl.studio.density;

import static cdrl.studio.engine.FakeEngine.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.sampling.SampleObserver;
import cdrl.sampling.SamplingSettings;
import cdrl.studio.engine.FakeEngine;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.SamplingSession;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Two points in three levels of two steps: noise, then proposal, step 1, step 2 at 2, 1 and 0. */
final class ChainPlayerTest {
  private static final long SECOND = 1_000_000_000L;

  private long now;
  private final FakeEngine engine = new FakeEngine();
  private final SamplingSession session =
      new SamplingSession(engine, Runnable::run, () -> now += 20_000_000);
  private final ChainPlayer player =
      new ChainPlayer(session.traceProperty(), session::isBusy, () -> {});
  private final LoadedModel model = FakeEngine.points("board");

  private SampleObserver start() {
    session.start(
        CompletableFuture.completedFuture(model), of -> new SamplingSettings(2, 1, 2, false, 3));
    SampleObserver run = engine.run().observer();
    run.started(3, at(2, 100, 0));
    return run;
  }

  private static void level(SampleObserver run, int level) {
    run.proposed(level, at(2, 10 * level, 0));
    run.stepped(level, 1, at(2, 10 * level + 1, 0));
    run.stepped(level, 2, at(2, 10 * level + 2, 0));
    run.refined(level, at(2, 10 * level + 2, 0));
  }

  private void whole() {
    SampleObserver run = start();
    for (int level = 2; level >= 0; level--) {
      level(run, level);
    }
    run.finished(at(2, 0, 0));
    engine.run().task().result().complete(at(2, 0, 0));
  }

  private float x() {
    return (player.after() == null ? player.before() : player.after()).values()[0];
  }

  @Test
  void followsARunThatGoesOn() {
    SampleObserver run = start();
    assertEquals(-1, player.step());
    level(run, 2);
    assertEquals(2, player.level());
    assertEquals(2, player.step());
    assertEquals(22, x());
    player.move(-1);
    level(run, 1);
    assertEquals(21, x(), "somebody looks at something else");
    player.move(100);
    assertEquals(12, x(), "but no farther than the run");
  }

  @Test
  void singleStepsGoThroughAllLevels() {
    whole();
    player.rewind();
    float[] places = new float[10];
    for (int i = 0; i < places.length; i++) {
      places[i] = x();
      player.move(1);
    }
    org.junit.jupiter.api.Assertions.assertArrayEquals(
        new float[] {100, 20, 21, 22, 10, 11, 12, 0, 1, 2}, places);
    assertEquals(0, player.level());
  }

  @Test
  void theFilmRunsAtItsSpeedAndEnds() {
    whole();
    player.speedProperty().set(10);
    player.toggle();
    assertEquals(0, player.frameProperty().get(), "at the end it begins again");
    player.pulse(SECOND);
    assertEquals(0, player.frameProperty().get(), "the first pulse only sets the clock");
    player.pulse(SECOND + SECOND / 10);
    assertEquals(1, player.frameProperty().get());
    player.pulse(SECOND + SECOND * 15 / 100);
    assertEquals(1, player.frameProperty().get());
    assertEquals(20.5f, x(), 1e-4f, "half way between proposal and first step");
    long clock = 2 * SECOND;
    player.pulse(clock);
    assertEquals(
        2, player.frameProperty().get(), "a long pause of the window counts as a short one");
    for (int i = 0; i < 20 && player.playingProperty().get(); i++) {
      player.pulse(clock += SECOND / 10);
    }
    assertFalse(player.playingProperty().get());
    assertEquals(9, player.frameProperty().get());
    assertEquals(2, x());
  }

  @Test
  void theFilmWaitsForTheRun() {
    SampleObserver run = start();
    level(run, 2);
    player.rewind();
    player.toggle();
    long clock = SECOND;
    for (int i = 0; i < 20; i++) {
      player.pulse(clock += SECOND / 10);
    }
    assertEquals(22, x());
    assertTrue(player.playingProperty().get());
    level(run, 1);
    player.pulse(clock += SECOND / 10);
    assertEquals(10, x());
  }

  @Test
  void theFilmOfAStoppedRunEndsWithIt() {
    SampleObserver run = start();
    level(run, 2);
    session.cancel();
    player.rewind();
    player.toggle();
    for (int i = 1; i < 20; i++) {
      player.pulse(i * SECOND / 10);
    }
    assertEquals(22, x());
    assertFalse(player.playingProperty().get());
  }

  @Test
  void levelsCanBeChosen() {
    whole();
    player.goToLevel(1);
    assertEquals(12, x());
    player.goToLevel(3);
    assertEquals(100, x());
    player.toggle();
    player.goToLevel(0);
    assertEquals(0, x(), "a film that runs begins the level");
    assertTrue(player.playingProperty().get());
  }

  @Test
  void withoutARunThereIsNothing() {
    assertTrue(player.isEmpty());
    player.move(1);
    player.toggle();
    player.pulse(SECOND);
    assertEquals(0, player.frameProperty().get());
    assertNull(player.before());
    whole();
    session.clear();
    assertNull(player.after());
    assertEquals(0, player.frameProperty().get());
  }
}
