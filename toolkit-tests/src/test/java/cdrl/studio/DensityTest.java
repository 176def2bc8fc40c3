package cdrl.studio;

import static cdrl.studio.Window.await;
import static cdrl.studio.Window.awaitChange;
import static cdrl.studio.Window.onFxThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.data.Pictures;
import cdrl.model.Provenance;
import cdrl.runtime.HostTensor;
import cdrl.store.ModelFile;
import cdrl.store.ModelLibrary;
import cdrl.studio.engine.ModelChoice;
import cdrl.studio.shell.Preferences;
import cdrl.studio.widgets.PlaneView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
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
  private Stage stage;

  @BeforeAll
  static void makeModels() throws IOException {
    library = TinyModels.library(models);
  }

  @Start
  void start(Stage stage) {
    this.stage = stage;
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
      robot.clickOn(window.shown("show-" + plane));
      await(view.visibleProperty(), visible -> visible);
      assertTrue(view.hasPicture());
    }
    WritableImage linear = picture("energy-plane");
    robot.clickOn(window.shown("scale-1"));
    assertTrue(difference(linear, picture("energy-plane")) > 0.2, "the energy has a log scale too");
  }

  @Test
  void arrowsAreDrawnOverThePlane(FxRobot robot) {
    awaitDensity();
    WritableImage before = picture("plane");
    robot.clickOn(window.shown("show-scores"));
    robot.moveTo(window.shown("scale-0"));
    window.awaitNode("plane", PlaneView.class, view -> view.getScores() != null);
    WritableImage with = picture("plane");
    assertTrue(difference(before, with) > 0.02);
    robot.clickOn(window.shown("show-scores"));
    robot.moveTo(window.shown("scale-0"));
    assertTrue(difference(before, picture("plane")) < 0.01, "and go away again");
  }

  @Test
  void theChainsCanBePlayed(FxRobot robot) {
    awaitDensity();
    assertEquals("No points yet", text("chain-step"));
    Slider speed = window.node("chain-speed", Slider.class);
    robot.interact(() -> speed.setValue(1));
    assertEquals("60/s", text("chain-speed-value"));
    var play = window.node("chain-play", Labeled.class).textProperty();
    awaitChange(play, "Pause"::equals, () -> robot.clickOn(window.shown("chain-play")));
    await(play, "Play"::equals); // the film is at its end
    assertEquals("Step 4 of 4", text("chain-step"));
    assertEquals("Level 0", text("level"));
    robot.push(KeyCode.ALT, KeyCode.DOWN);
    assertEquals("Step 3 of 4", text("chain-step"));
    PlaneView plane = window.node("plane", PlaneView.class);
    HostTensor three = onFxThread(() -> plane.getPoints().refined());
    robot.push(KeyCode.ALT, KeyCode.UP);
    HostTensor four = onFxThread(() -> plane.getPoints().refined());
    assertNotEquals(three, four, "the points have moved");
    robot.clickOn(window.shown("chain-rewind"));
    assertEquals("Noise", text("chain-step"));
    assertEquals("Level 3", text("level"));
    robot.clickOn(window.shown("chain-forth"));
    assertEquals("Proposals, before 4 steps", text("chain-step"));
    assertEquals("Level 2", text("level"));
    robot.clickOn(window.shown("chain-back"));
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
    robot.clickOn(window.shown("rail-generate"));
    robot.clickOn(window.shown("rail-density"));
    assertEquals("Play", text("chain-play"));
  }

  private void draw(FxRobot robot) {
    awaitDensity();
    robot.push(KeyCode.CONTROL, KeyCode.T);
    awaitText("level", "Draw and train");
  }

  /** Waits for an iteration of a training. */
  private void awaitIteration(int least) {
    await(
        window.node("level", Labeled.class).textProperty(),
        text -> text.startsWith("Iteration ") && iteration(text) >= least);
  }

  private static int iteration(String text) {
    return Integer.parseInt(text.replaceAll("[^0-9]", ""));
  }

  private int pictureBrightness(String id, double x, double y) {
    PlaneView view = window.node(id, PlaneView.class);
    WritableImage picture = onFxThread(() -> view.snapshot(null, null));
    int argb =
        picture
            .getPixelReader()
            .getArgb((int) (x * picture.getWidth()), (int) (y * picture.getHeight()));
    return (argb >> 16 & 255) + (argb >> 8 & 255) + (argb & 255);
  }

  @Test
  void theMouseDrawsAndErases(FxRobot robot) {
    draw(robot);
    robot.clickOn(window.shown("live-shape-none"));
    PlaneView drawing = window.node("drawing", PlaneView.class);
    assertTrue(pictureBrightness("drawing", 0.5, 0.5) < 250, "dark");
    robot.moveTo(drawing).press(MouseButton.PRIMARY).moveBy(60, 0).release(MouseButton.PRIMARY);
    robot.moveTo(window.shown("live-train"));
    assertTrue(pictureBrightness("drawing", 0.54, 0.5) > 400, "bright where the brush was");
    robot.moveTo(drawing).press(MouseButton.SECONDARY).moveBy(60, 0).release(MouseButton.SECONDARY);
    robot.moveTo(window.shown("live-train"));
    assertTrue(pictureBrightness("drawing", 0.54, 0.5) < 250, "erased again");
    robot.push(KeyCode.CONTROL, KeyCode.Z);
    assertTrue(pictureBrightness("drawing", 0.54, 0.5) > 400, "taken back");
    robot.clickOn(window.shown("live-redo"));
    assertTrue(pictureBrightness("drawing", 0.54, 0.5) < 250);
  }

  @Test
  void theKeyboardDrawsToo(FxRobot robot) {
    draw(robot);
    robot.clickOn(window.shown("live-shape-none"));
    robot.moveTo(window.shown("live-train"));
    robot.interact(window.node("drawing", PlaneView.class)::requestFocus);
    robot.push(KeyCode.RIGHT).push(KeyCode.UP).push(KeyCode.SPACE);
    assertTrue(pictureBrightness("drawing", 0.55, 0.45) > 400);
    robot.push(KeyCode.SHIFT, KeyCode.SPACE);
    assertTrue(pictureBrightness("drawing", 0.55, 0.45) < 250);
    String before = text("live-brush-value");
    robot.push(KeyCode.CLOSE_BRACKET);
    assertNotEquals(before, text("live-brush-value"));
  }

  @Test
  void letterKeysChooseTheTool(FxRobot robot) {
    draw(robot);
    ToggleButton erase = window.node("live-tool-1", ToggleButton.class);
    robot.push(KeyCode.E);
    await(erase.selectedProperty(), selected -> selected);
    robot.push(KeyCode.B);
    await(erase.selectedProperty(), selected -> !selected);
  }

  @Test
  void planesAndCurvesOfATrainingCanBeSaved(FxRobot robot) throws IOException {
    draw(robot);
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    awaitIteration(5);
    robot.push(KeyCode.ESCAPE);
    window.awaitText("level-facts", "paused");
    Path planes = folder.resolve("planes.png");
    window.picked = Optional.of(planes);
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.S);
    awaitText("job-news", "Saved");
    assertEquals("moons", Pictures.readNotes(planes).get("cdrl.live.drawing"));
    Path table = folder.resolve("curves.csv");
    window.picked = Optional.of(table);
    robot.clickOn(window.shown("live-save-table"));
    window.awaitText("job-news", "curves.csv");
    assertTrue(Files.readAllLines(table).get(5).startsWith("5,"));
    Path chart = folder.resolve("curves.png");
    window.picked = Optional.of(chart);
    robot.clickOn(window.shown("live-save-chart"));
    window.awaitText("job-news", "curves.png");
    assertTrue(Files.exists(chart));
    WritableImage before = picture("live-distance");
    robot.clickOn(window.shown("live-log-x"));
    robot.moveTo(window.shown("live-train"));
    assertTrue(difference(before, picture("live-distance")) > 0.001);
  }

  @Test
  void aDrawingIsLearnedWhileOneWatches(FxRobot robot) {
    draw(robot);
    PlaneView plane = window.node("live-plane", PlaneView.class);
    assertFalse(plane.isVisible());
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    awaitIteration(5);
    assertTrue(plane.isVisible());
    assertEquals("Pause", text("live-train"));
    assertEquals("Training in the window", text("job-title"));
    HostTensor samples = onFxThread(() -> plane.getPoints().refined());
    window.awaitNode(
        "live-plane",
        PlaneView.class,
        view -> view.getPoints().refined() != null && !view.getPoints().refined().equals(samples));
    robot.push(KeyCode.ESCAPE);
    window.awaitText("level-facts", "paused");
    int paused = iteration(text("level"));
    robot.push(KeyCode.ALT, KeyCode.UP);
    awaitIteration(paused + 1);
    robot.push(KeyCode.ALT, KeyCode.LEFT);
    window.awaitText("level-facts", "level 1");
    robot.clickOn(window.shown("live-reset"));
    awaitText("level", "Iteration 0");
    assertEquals("Train", text("live-train"));
  }

  @Test
  void aTrainingThatWasNotKeptSurvivesTheWindow(FxRobot robot) {
    draw(robot);
    robot.clickOn(window.shown("live-shape-rings"));
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    awaitIteration(3);
    Preferences remembered = window.preferences;
    window.close(); // while it runs
    robot.interact(
        () -> {
          window = new Window(library, folder, Locale.ENGLISH, remembered);
          window.open(stage);
        });
    window.awaitText("job-news", "The training of last time is back");
    assertTrue(text("level-facts").contains("paused"), text("level-facts"));
    int back = iteration(text("level"));
    assertTrue(back >= 3, "iteration " + back);
    window.awaitVisible("live-plane");
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    awaitIteration(back + 1);
  }

  @Test
  void dialsAreTurnedWhileItRunsAndTheModelIsKept(FxRobot robot) throws Exception {
    draw(robot);
    robot.clickOn(window.shown("live-shape-rings"));
    robot.clickOn(window.shown("live-train"));
    awaitIteration(3);
    Slider steps = window.node("live-steps", Slider.class);
    robot.interact(() -> steps.setValue(4));
    assertEquals("4", text("live-steps-value"));
    Slider rate = window.node("live-energy-rate", Slider.class);
    robot.interact(() -> rate.setValue(-4));
    int turned = iteration(text("level"));
    awaitIteration(turned + 3);
    robot.clickOn(window.shown("live-train"));
    window.awaitText("level-facts", "paused");
    window.type("live-name", "my rings");
    robot.push(KeyCode.CONTROL, KeyCode.S);
    window.awaitText("job-news", "my rings");
    Provenance provenance =
        ModelFile.read(folder.resolve("models/my rings.safetensors")).description().provenance();
    assertTrue(provenance.data().startsWith("rings, "), provenance.data());
    assertTrue(provenance.settings().get("training.changes").contains("1.0E-4"));
    assertTrue(Files.exists(folder.resolve("models/my rings.png")));
    // Other workspaces find it, and its true density is known.
    robot.push(KeyCode.CONTROL, KeyCode.T);
    @SuppressWarnings("unchecked")
    ComboBox<ModelChoice> models = window.node("model", ComboBox.class);
    await(
        Bindings.createBooleanBinding(
            () -> models.getItems().stream().anyMatch(choice -> choice.name().equals("my rings")),
            models.getItems()),
        found -> found);
    robot.interact(
        () ->
            models.getItems().stream()
                .filter(choice -> choice.name().equals("my rings"))
                .forEach(models::setValue));
    window.awaitText("model-facts", "K = 4");
    assertFalse(window.node("show-true", Node.class).isDisabled());
  }

  @Test
  void othersNeedNotWaitForTheTraining(FxRobot robot) {
    draw(robot);
    robot.clickOn(window.shown("live-train"));
    awaitIteration(2);
    robot.clickOn(window.shown("rail-generate"));
    window.awaitText("model-facts", "16 × 16");
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    window.awaitText("level", "Result");
    robot.clickOn(window.shown("rail-density"));
    int before = iteration(text("level"));
    awaitIteration(before + 2);
    robot.push(KeyCode.ESCAPE);
  }

  @Test
  void nothingCannotBeLearned(FxRobot robot) {
    draw(robot);
    robot.clickOn(window.shown("live-shape-none"));
    robot.clickOn(window.shown("live-train"));
    window.awaitVisible("problem-bar");
    assertEquals("Train", text("live-train"));
  }
}
