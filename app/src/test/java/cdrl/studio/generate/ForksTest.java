package cdrl.studio.generate;

import static cdrl.studio.engine.FakeEngine.shade;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
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
}
