package cdrl.studio.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.studio.engine.FakeEngine;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Jobs;
import cdrl.studio.shell.Preferences;
import cdrl.studio.shell.Problems;
import cdrl.studio.workspace.WorkspaceContext;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class GenerateMemoryTest {
  private final FakeEngine engine = new FakeEngine();

  private GenerateViewModel start() {
    Messages messages = new Messages(Locale.ENGLISH);
    return new GenerateViewModel(
        new WorkspaceContext(
            messages,
            Preferences.inMemory(),
            new Jobs(),
            new Problems(messages),
            Runnable::run,
            Runnable::run,
            () -> 0,
            new Random(1)),
        engine,
        engine,
        engine);
  }

  @Test
  void everythingThatWasChosenComesBack() {
    engine.with(FakeEngine.classes("digits", 3));
    GenerateViewModel first = start();
    first.sampling().models().list(null);
    first.sampling().seedProperty().set("123");
    first.sampling().countProperty().set(9);
    first.settings().levelsProperty().set(2);
    first.settings().guidanceProperty().set(2.5);
    first.settings().initializerOnlyProperty().set(true);
    first.settings().chosenClassProperty().set(first.settings().classes().get(3));

    GenerateViewModel next = start();
    GenerateMemory.restore(next, GenerateMemory.of(first));
    next.sampling().models().list(null);
    assertEquals(GenerateMemory.of(first), GenerateMemory.of(next));
    assertEquals(first.settings().condition(), next.settings().condition());
    assertTrue(engine.runs.isEmpty(), "nothing starts by itself");
  }

  @Test
  void allLevelsStayAllLevelsOfAnotherModel() {
    engine.with(FakeEngine.images("faces"));
    GenerateViewModel first = start();
    first.sampling().models().list(null);
    Map<String, String> settings = GenerateMemory.of(first);
    assertEquals("all", settings.get("levels"));
    GenerateViewModel next = start();
    GenerateMemory.restore(next, settings);
    next.sampling().models().list(null);
    assertEquals(next.settings().allLevels(), next.settings().levelsProperty().get());
  }

  @Test
  void nonsenseChangesNothing() {
    engine.with(FakeEngine.images("faces"));
    GenerateViewModel usual = start();
    usual.sampling().models().list(null);
    GenerateViewModel next = start();
    GenerateMemory.restore(
        next,
        Map.of("seed", "-", "count", "x", "levels", "0", "guidance", "NaN", "class", "no such"));
    next.sampling().models().list(null);
    assertEquals(GenerateMemory.of(usual), GenerateMemory.of(next));
  }
}
