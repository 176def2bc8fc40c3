package cdrl.studio.density;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import cdrl.studio.engine.FakeEngine;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.workspace.FakeWindow;
import cdrl.studio.workspace.WorkspaceContext;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TrueDensityTest {
  private final FakeWindow window = new FakeWindow();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final TrueDensity density =
      new TrueDensity(
          new WorkspaceContext(
              window.messages,
              window.preferences,
              window.jobs,
              window.problems,
              waiting::add,
              Runnable::run,
              () -> 0,
              new Random(1)),
          new FakeEngine());
  private final LoadedModel model = FakeEngine.points("board");

  @Test
  void whatIsNoLongerWantedIsNotShown() {
    density.show(model, 1);
    density.show(null, 1);
    waiting.remove().run();
    assertNull(density.shownProperty().get());
    density.show(model, 1);
    assertNotNull(density.shownProperty().get(), "it is known by now");
    assertEquals(0, waiting.size());
  }

  @Test
  void whatIsWantedByThenComesNext() {
    density.show(model, 1);
    density.show(null, 1);
    density.show(model, 2);
    waiting.remove().run();
    assertNull(density.shownProperty().get());
    waiting.remove().run();
    assertNotNull(density.shownProperty().get());
  }
}
