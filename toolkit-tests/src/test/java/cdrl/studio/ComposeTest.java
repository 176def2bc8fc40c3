package cdrl.studio;

import static cdrl.studio.Window.await;
import static cdrl.studio.Window.awaitChange;
import static cdrl.studio.Window.onFxThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.data.Pictures;
import cdrl.runtime.HostTensor;
import cdrl.store.ModelLibrary;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
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

/** The Compose workspace as a person uses it, with the real engine and a small random model. */
@ExtendWith(ApplicationExtension.class)
final class ComposeTest {
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
    window.preferences.setWord("workspace", "compose");
    window.open(stage);
  }

  @AfterEach
  void close() {
    window.close();
  }

  /** Does something that draws samples and waits for the whole run. */
  private void awaitDone(Runnable cause) {
    Node cancel = window.node("cancel", Node.class);
    awaitChange(cancel.disabledProperty(), disabled -> !disabled, cause);
    await(cancel.disabledProperty(), disabled -> disabled);
  }

  private HostTensor saved(FxRobot robot, String name) {
    Path file = folder.resolve(name);
    window.picked = Optional.of(file);
    awaitChange(
        window.node("job-news", Label.class).textProperty(),
        text -> text.contains(name),
        () -> robot.push(KeyCode.CONTROL, KeyCode.S));
    return Pictures.read(file, 3);
  }

  private static double largestChange(HostTensor before, HostTensor after) {
    double largest = 0;
    for (int i = 0; i < before.values().length; i++) {
      largest = Math.max(largest, Math.abs(after.values()[i] - before.values()[i]));
    }
    return largest;
  }

  @Test
  void thePicturesAndTheFormulaFollowASlider(FxRobot robot) {
    window.awaitText("formula", "F = F(∅)");
    Slider slider = window.node("weight-1", Slider.class);
    await(slider.widthProperty(), width -> width.doubleValue() > 0); // laid out
    Node thumb = onFxThread(() -> slider.lookup(".thumb"));
    awaitDone(() -> robot.drag(thumb, MouseButton.PRIMARY).moveBy(30, 0).drop());
    window.awaitText("level", "Result");
    String weight = window.text("weight-1-value");
    double value = Double.parseDouble(weight);
    assertTrue(value > 0.3 && value < 3, weight);
    assertTrue(window.text("formula").contains("[F(Smiling) − F(∅)]"), window.text("formula"));
    HostTensor first = saved(robot, "smiling.png");
    Map<String, String> notes = Pictures.readNotes(folder.resolve("smiling.png"));
    assertEquals("compose", notes.get("cdrl.workspace"));
    assertTrue(notes.get("cdrl.attributes").startsWith("Smiling="));
    assertEquals(window.text("formula"), notes.get("cdrl.formula"));
    robot.interact(window.node("weight-1", Slider.class)::requestFocus);
    awaitDone(() -> robot.push(KeyCode.DELETE));
    assertEquals("off", window.text("weight-1-value"));
    assertEquals("F = F(∅)", window.text("formula"));
    assertTrue(largestChange(first, saved(robot, "off.png")) > 0.1);
  }

  @Test
  void aPresetIsPickedFromTheMenu(FxRobot robot) {
    window.awaitText("formula", "F = F(∅)");
    awaitDone(() -> robot.clickOn(window.shown("presets")).clickOn("Only Young"));
    assertEquals("F = F(∅) + 1 [F(Young) − F(∅)]", window.text("formula"));
    assertEquals("1", window.text("weight-2-value"));
    awaitDone(() -> robot.clickOn(window.shown("formulation-1")));
    assertEquals("F = 1 F(Young)", window.text("formula"));
    robot.clickOn(window.shown("presets")).clickOn("All off");
    window.awaitText("obstacle", "at least one attribute");
    assertTrue(window.node("sample", Node.class).isDisabled());
    assertEquals("Result", window.text("level"));
    assertTrue(window.text("level-facts").contains("weights before"), window.text("level-facts"));
    awaitDone(() -> robot.clickOn(window.shown("formulation-0")));
    assertEquals("F = F(∅)", window.text("formula"));
  }

  @Test
  void theMatrixShowsTwoAttributes(FxRobot robot) {
    window.awaitText("formula", "F = F(∅)");
    awaitDone(() -> robot.push(KeyCode.CONTROL, KeyCode.ENTER));
    robot.interact(window.node("grid", Node.class)::requestFocus);
    robot.push(KeyCode.RIGHT);
    Node progress = window.node("job-progress", Node.class);
    awaitChange(
        progress.visibleProperty(),
        shown -> !shown,
        () -> robot.clickOn(window.shown("compose-view-1")));
    assertEquals("Image 2", window.text("level"));
    assertTrue(window.node("weight-0", Slider.class).isDisabled(), "it is an axis");
    assertFalse(window.node("weight-2", Slider.class).isDisabled());
    HostTensor matrix = saved(robot, "matrix.png");
    assertEquals(5 * 16 + 4 * 2, matrix.shape()[1]);
    assertEquals(
        "Smiling, Male, 5", Pictures.readNotes(folder.resolve("matrix.png")).get("cdrl.matrix"));
    robot.interact(window.node("grid", Node.class)::requestFocus);
    robot.push(KeyCode.HOME).push(KeyCode.ENTER);
    assertEquals("Smiling −2, Male 2", window.text("enlarged-caption"));
    robot.push(KeyCode.ESCAPE);
    awaitDone(() -> robot.clickOn(window.shown("take-cell")));
    assertEquals("2", window.text("weight-0-value"));
    assertEquals("−2", window.text("weight-1-value"));
    assertEquals("F = F(∅) + 2 [F(Male) − F(∅)] − 2 [F(Smiling) − F(∅)]", window.text("formula"));
  }

  @Test
  void theMatrixOfProductsIsDrawnWithoutAGridAndSaved(FxRobot robot) {
    window.awaitText("formula", "F = F(∅)");
    robot.clickOn(window.shown("formulation-1"));
    window.awaitText("obstacle", "at least one attribute");
    awaitDone(
        () ->
            robot.clickOn(
                window.shown("compose-view-1"))); // the button to stop it is there meanwhile
    assertEquals("", window.text("obstacle"));
    assertTrue(window.text("formula-name").contains("without an expert"));
    robot.interact(window.node("grid", Node.class)::requestFocus);
    robot.push(KeyCode.LEFT);
    assertEquals("F = −1 F(Smiling)", window.text("formula"));
    window.type("seed", "abc");
    saved(robot, "products.png");
    Map<String, String> notes = Pictures.readNotes(folder.resolve("products.png"));
    assertEquals("1", notes.get("cdrl.seed"));
    assertEquals("true", notes.get("cdrl.product-of-experts"));
  }

  @Test
  void aCellGoesToInpaint(FxRobot robot) {
    window.awaitText("formula", "F = F(∅)");
    awaitDone(() -> robot.push(KeyCode.CONTROL, KeyCode.ENTER));
    robot.push(KeyCode.CONTROL, KeyCode.I);
    window.awaitText("level", "quick-attributes, seed 1, Image 1 of 16");
  }

  @Test
  void aSweepOfAnAttributeIsSaved(FxRobot robot) throws IOException {
    window.awaitText("formula", "F = F(∅)");
    awaitDone(() -> robot.push(KeyCode.CONTROL, KeyCode.ENTER));
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.G);
    window.type("sweep-pictures", "3");
    window.picked = Optional.of(folder.resolve("sweep.gif"));
    robot.clickOn(window.shown("question-yes"));
    await(window.node("job-news", Label.class).textProperty(), text -> text.contains("sweep.gif"));
    assertTrue(Files.size(folder.resolve("sweep.gif")) > 1000);
  }

  @Test
  void withoutASuitableModelItSaysHowToGetOne(FxRobot robot) {
    window.awaitText("formula", "F = F(∅)"); // what it began with is done
    window.close();
    window =
        new Window(new ModelLibrary(new URLClassLoader(new URL[0], null)), folder.resolve("other"));
    window.preferences.setWord("workspace", "compose");
    robot.interact(() -> window.open(stage));
    window.awaitText("compose-empty-text", "faces32-attributes");
    assertTrue(window.node("sample", Node.class).isDisabled());
  }
}
