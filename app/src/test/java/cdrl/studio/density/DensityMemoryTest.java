package cdrl.studio.density;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.data.PlaneShape;
import cdrl.studio.engine.FakeEngine;
import cdrl.studio.engine.FakeTrainings;
import cdrl.studio.raster.ColorMap;
import cdrl.studio.widgets.PlaneViewport;
import cdrl.studio.workspace.FakeWindow;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class DensityMemoryTest {
  private final FakeEngine engine = new FakeEngine().with(FakeEngine.points("board"));

  /** The workspace of a program that has just been started. */
  private final class Start {
    private final FakeWindow window = new FakeWindow();
    private final DensityViewModel look =
        new DensityViewModel(window.context(), engine, engine, engine, engine);
    private final LiveViewModel live =
        new LiveViewModel(
            window.context(),
            look.appearance(),
            new FakeTrainings(),
            engine,
            (model, picture) -> {},
            Path.of("none.safetensors"));
    private final DensityMemory memory = new DensityMemory(look, live);

    Map<String, String> settings() {
      return new TreeMap<>(memory.settings());
    }
  }

  @Test
  void whatWasSeenAndDrawnComesBack() {
    Start first = new Start();
    first.look.sampling().models().list(null);
    first.look.moveStop(-2);
    first.look.truthProperty().set(true);
    first.look.player().speedProperty().set(30);
    PlaneAppearance appearance = first.look.appearance();
    appearance.energyProperty().set(true);
    appearance.scoresProperty().set(true);
    appearance.strokesProperty().set(false);
    appearance.logarithmicProperty().set(true);
    appearance.colorsProperty().set(ColorMap.MAGMA);
    appearance.viewportProperty().set(new PlaneViewport(1, -2, 4));
    first.live.drawing().start(PlaneShape.RINGS);
    first.live.drawing().press(1, 2, false);
    first.live.drawing().drag(3, 2);
    first.live.drawing().release();
    first.live.dials().energyRateProperty().set(-2.5);
    first.live.dials().stepsProperty().set(7);
    first.live.dials().paceProperty().set(1);
    first.live.planes().countProperty().set(150);
    first.live.planes().moveStop(-1);
    first.live.chart().smoothingProperty().set(0.7);
    first.live.chart().logDistanceProperty().set(false);
    Map<String, String> settings = first.settings();

    Start second = new Start();
    second.memory.restore(settings);
    second.look.sampling().models().list(null);
    assertEquals(2, second.look.level());
    assertTrue(second.look.appearance().energyProperty().get());
    assertFalse(second.look.appearance().strokesProperty().get());
    assertEquals(1, second.live.drawing().drawingProperty().get().strokes().size());
    assertEquals(settings, second.settings());
  }

  @Test
  void nonsenseChangesNothing() {
    Start start = new Start();
    Map<String, String> before = start.settings();
    start.memory.restore(
        Map.of(
            "level", "-1",
            "speed", "NaN",
            "live.drawing", "a house",
            "live.steps", "900",
            "live.pace", "fast"));
    assertEquals(before, start.settings());
  }
}
