package cdrl.studio;

import static cdrl.studio.Window.await;
import static cdrl.studio.Window.onFxThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.runtime.HostTensor;
import cdrl.store.ModelLibrary;
import cdrl.studio.widgets.PlaneView;
import java.io.IOException;
import java.nio.file.Path;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.Slider;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The Density workspace as a person uses it, with the real engine and a small random model. */
@ExtendWith(ApplicationExtension.class)
final class DensityTest {
  @TempDir private static Path models;
  private static ModelLibrary library;

  @TempDir private Path folder;
  private Window window;

  @BeforeAll
  static void makeModels() throws IOException {
    library = TinyModels.library(models);
  }

  @Start
  void start(Stage stage) {
    window = new Window(library, folder);
    window.preferences.setWord("workspace", "density");
    window.open(stage);
  }

  @AfterEach
  void close() {
    window.close();
  }

  private String text(String id) {
    return onFxThread(window.node(id, Labeled.class)::getText);
  }

  private void awaitText(String id, String start) {
    await(window.node(id, Labeled.class).textProperty(), text -> text.startsWith(start));
  }

  private void awaitDensity() {
    awaitText("level", "Level 0");
    await(window.node("computing", Node.class).visibleProperty(), busy -> !busy);
  }

  private WritableImage picture(String id) {
    Node node = window.node(id, Node.class);
    return onFxThread(() -> node.snapshot(null, null));
  }

  /** The share of the pixels that differ. */
  private static double difference(WritableImage first, WritableImage second) {
    int different = 0;
    int width = (int) Math.min(first.getWidth(), second.getWidth());
    int height = (int) Math.min(first.getHeight(), second.getHeight());
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        different +=
            first.getPixelReader().getArgb(x, y) == second.getPixelReader().getArgb(x, y) ? 0 : 1;
      }
    }
    return (double) different / (width * height);
  }

  @Test
  void energyAndTruthStandBesideTheDensity(FxRobot robot) {
    awaitDensity();
    for (String plane : new String[] {"energy", "true"}) {
      PlaneView view = window.node(plane + "-plane", PlaneView.class);
      assertFalse(view.isVisible());
      robot.clickOn("#show-" + plane);
      await(view.visibleProperty(), visible -> visible);
      assertTrue(view.hasPicture());
    }
    WritableImage linear = picture("energy-plane");
    robot.clickOn("#scale-1");
    assertTrue(difference(linear, picture("energy-plane")) > 0.2, "the energy has a log scale too");
  }

  @Test
  void arrowsAreDrawnOverThePlane(FxRobot robot) {
    awaitDensity();
    WritableImage before = picture("plane");
    robot.clickOn("#show-scores");
    robot.moveTo("#scale-0");
    window.awaitNode("plane", PlaneView.class, view -> view.getScores() != null);
    WritableImage with = picture("plane");
    assertTrue(difference(before, with) > 0.02);
    robot.clickOn("#show-scores");
    robot.moveTo("#scale-0");
    assertTrue(difference(before, picture("plane")) < 0.01, "and go away again");
  }

  @Test
  void theChainsCanBePlayed(FxRobot robot) {
    awaitDensity();
    assertEquals("No points yet", text("chain-step"));
    Slider speed = window.node("chain-speed", Slider.class);
    robot.interact(() -> speed.setValue(1));
    assertEquals("60/s", text("chain-speed-value"));
    robot.clickOn("#chain-play");
    awaitText("chain-play", "Pause");
    awaitText("chain-play", "Play"); // the film is at its end
    assertEquals("Step 4 of 4", text("chain-step"));
    assertEquals("Level 0", text("level"));
    robot.push(KeyCode.ALT, KeyCode.DOWN);
    assertEquals("Step 3 of 4", text("chain-step"));
    PlaneView plane = window.node("plane", PlaneView.class);
    HostTensor three = onFxThread(() -> plane.getPoints().refined());
    robot.push(KeyCode.ALT, KeyCode.UP);
    HostTensor four = onFxThread(() -> plane.getPoints().refined());
    assertNotEquals(three, four, "the points have moved");
    robot.clickOn("#chain-rewind");
    assertEquals("Noise", text("chain-step"));
    assertEquals("Level 3", text("level"));
    robot.clickOn("#chain-forth");
    assertEquals("Proposals, before 4 steps", text("chain-step"));
    assertEquals("Level 2", text("level"));
    robot.clickOn("#chain-back");
    assertEquals("Level 3", text("level"));
  }

  @Test
  void theFilmStopsOnRequest(FxRobot robot) {
    awaitDensity();
    Slider speed = window.node("chain-speed", Slider.class);
    robot.interact(() -> speed.setValue(0)); // one step a second
    robot.push(KeyCode.CONTROL, KeyCode.P);
    awaitText("chain-step", "Proposals");
    robot.push(KeyCode.CONTROL, KeyCode.P);
    assertEquals("Play", text("chain-play"));
    robot.clickOn("#rail-generate");
    robot.clickOn("#rail-density");
    assertEquals("Play", text("chain-play"));
  }
}
