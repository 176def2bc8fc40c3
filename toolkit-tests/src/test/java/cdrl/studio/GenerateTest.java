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
import cdrl.studio.engine.EnginePictures;
import cdrl.studio.widgets.PictureView;
import cdrl.studio.widgets.SampleGrid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
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

/** The Generate workspace as a person uses it, with the real engine and small random models. */
@ExtendWith(ApplicationExtension.class)
final class GenerateTest {
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
    window.open(stage);
  }

  @AfterEach
  void close() {
    window.close();
  }

  private void sample(FxRobot robot, String model) {
    window.pick(model);
    awaitDone(() -> robot.push(KeyCode.CONTROL, KeyCode.ENTER));
  }

  /** Does something that draws samples and waits for the whole run. */
  private void awaitDone(Runnable cause) {
    Node cancel = window.node("cancel", Node.class);
    awaitChange(cancel.disabledProperty(), disabled -> !disabled, cause);
    await(cancel.disabledProperty(), disabled -> disabled);
  }

  /** Whether a person can see it. */
  private boolean isShown(String id) {
    return onFxThread(
        () -> {
          Node node = window.node(id);
          while (node != null && node.isVisible()) {
            node = node.getParent();
          }
          return node == null;
        });
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
  void modelsWithoutClassesOfferNone(FxRobot robot) {
    window.awaitText("model-facts", "16 × 16 pixels");
    assertFalse(isShown("class"));
    assertFalse(isShown("guidance"));
    window.pick(TinyModels.CLASSES);
    await(window.node("class", ComboBox.class).valueProperty(), choice -> choice != null);
    assertTrue(isShown("class"));
    assertTrue(window.node("guidance", Slider.class).isDisabled(), "there is nothing to guide to");
  }

  @Test
  void thePicturesFollowClassAndGuidance(FxRobot robot) {
    sample(robot, TinyModels.CLASSES);
    HostTensor free = saved(robot, "free.png");
    robot.interact(window.node("class", Node.class)::requestFocus);
    awaitDone(() -> robot.push(KeyCode.DOWN).push(KeyCode.DOWN));
    HostTensor plain = saved(robot, "plain.png");
    assertTrue(largestChange(free, plain) > 0.1, "a class was chosen");
    Slider guidance = window.node("guidance", Slider.class);
    robot.interact(guidance::requestFocus);
    awaitChange(
        window.node("level", Label.class).textProperty(),
        "Preview"::equals,
        () -> robot.push(KeyCode.RIGHT).push(KeyCode.RIGHT));
    await(window.node("level", Label.class).textProperty(), "Result"::equals);
    assertEquals("0.50", window.text("guidance-value"));
    HostTensor guided = saved(robot, "guided.png");
    assertTrue(largestChange(plain, guided) > 0.1, "the weight has an effect");
    Map<String, String> notes = Pictures.readNotes(folder.resolve("guided.png"));
    assertEquals("boot", notes.get("cdrl.class"));
    assertEquals("0.5", notes.get("cdrl.guidance"));
    assertEquals("F = 1.5 F(boot) − 0.5 F(∅)", notes.get("cdrl.formula"));
    awaitDone(() -> robot.push(KeyCode.HOME));
    assertEquals("Result", window.text("level"));
    // One shade apart at most: random networks blow up the last bit of a sum.
    assertTrue(
        largestChange(plain, saved(robot, "back.png")) <= 2.001 / 255, "the same seed stays");
  }

  @Test
  void draggingTheSliderShowsPreviewsAndTheNewestWins(FxRobot robot) {
    sample(robot, TinyModels.CLASSES);
    robot.interact(window.node("class", Node.class)::requestFocus);
    awaitDone(() -> robot.push(KeyCode.DOWN).push(KeyCode.DOWN));
    Node thumb = onFxThread(() -> window.node("guidance").lookup(".thumb"));
    awaitDone(
        () -> {
          robot.moveTo(thumb).press(MouseButton.PRIMARY);
          for (int i = 0; i < 20; i++) {
            robot.moveBy(3, 0);
          }
          robot.release(MouseButton.PRIMARY);
        });
    await(window.node("level", Label.class).textProperty(), "Result"::equals);
    String shown = window.text("guidance-value");
    saved(robot, "dragged.png");
    assertEquals(
        Double.parseDouble(shown),
        Double.parseDouble(Pictures.readNotes(folder.resolve("dragged.png")).get("cdrl.guidance")),
        1e-6);
  }

  @Test
  void theInitializerAloneAndFewerLevels(FxRobot robot) {
    sample(robot, TinyModels.QUICK);
    HostTensor whole = saved(robot, "whole.png");
    awaitDone(() -> robot.clickOn(window.shown("initializer-only")));
    assertEquals("from the initializer alone", window.text("level-facts"));
    assertTrue(largestChange(whole, saved(robot, "initializer.png")) > 0.1);
    robot.push(KeyCode.ALT, KeyCode.LEFT);
    assertFalse(isShown("chain"), "there was no chain");
    robot.interact(window.node("levels", Node.class)::requestFocus);
    awaitDone(() -> robot.push(KeyCode.LEFT));
    assertEquals("2 of 3, from noise at level 2", window.text("levels-facts"));
    robot.push(KeyCode.ALT, KeyCode.LEFT);
    for (int i = 0; i < 4; i++) {
      robot.push(KeyCode.ALT, KeyCode.LEFT);
    }
    assertEquals("Level 2", window.text("level"), "the chain began here");
    saved(robot, "fewer.png");
    Map<String, String> notes = Pictures.readNotes(folder.resolve("fewer.png"));
    assertEquals("2", notes.get("cdrl.start-level"));
    assertEquals("true", notes.get("cdrl.initializer-only"));
  }

  @Test
  void aCellIsEnlargedByItsButton(FxRobot robot) {
    sample(robot, TinyModels.QUICK);
    robot.moveTo(window.shown("grid")).moveBy(20, 20);
    robot.clickOn(window.shown("grid-open"));
    assertTrue(isShown("enlarged-picture"));
    assertTrue(onFxThread(window.node("enlarged-picture", PictureView.class)::hasPicture));
    String name = window.text("enlarged-caption");
    assertTrue(name.endsWith(" of 16"), name);
    robot.push(KeyCode.RIGHT);
    assertEquals(window.text("image-name"), window.text("enlarged-caption"));
    assertFalse(name.equals(window.text("enlarged-caption")), "the arrow keys lead on");
    robot.push(KeyCode.ESCAPE);
    assertFalse(isShown("enlarged"));
    assertTrue(onFxThread(window.node("grid", SampleGrid.class)::isFocused));
    robot.push(KeyCode.ENTER);
    assertTrue(isShown("enlarged-picture"));
    robot.clickOn(window.shown("enlarged-close"));
    assertFalse(isShown("enlarged"));
  }

  @Test
  void aTypedNumberOfImagesCountsAtOnce(FxRobot robot) {
    sample(robot, TinyModels.QUICK);
    TextField editor = window.node("count", Spinner.class).getEditor();
    robot.interact(editor::requestFocus).interact(editor::selectAll);
    robot.push(KeyCode.DIGIT1).push(KeyCode.DIGIT2);
    assertEquals("12", onFxThread(editor::getText));
    awaitDone(() -> robot.push(KeyCode.CONTROL, KeyCode.ENTER));
    assertEquals("Image 1 of 12", window.text("image-name"));
    assertTrue(onFxThread(editor::isFocused));
    robot.interact(editor::selectAll).push(KeyCode.DIGIT9).push(KeyCode.DIGIT9);
    assertEquals("64", onFxThread(editor::getText), "no more than can be drawn");
    robot.push(KeyCode.BACK_SPACE);
    assertEquals("6", onFxThread(editor::getText));
    robot.push(KeyCode.BACK_SPACE).push(KeyCode.DIGIT3);
    assertEquals("3", onFxThread(editor::getText));
  }

  @Test
  void aCellHasAMenu(FxRobot robot) {
    sample(robot, TinyModels.QUICK);
    robot.moveTo(window.shown("grid")).moveBy(-30, -30).clickOn(MouseButton.SECONDARY);
    robot.clickOn("Copy selected image");
    assertTrue(onFxThread(() -> Clipboard.getSystemClipboard().hasImage()));
    robot.moveTo(window.shown("grid")).moveBy(-30, -30).clickOn(MouseButton.SECONDARY);
    robot.clickOn("Send to Inpaint");
    assertTrue(isShown("inpaint"));
    window.awaitText("level", "quick-images, seed 1, image ");
  }

  @Test
  void twoSettingsSideBySide(FxRobot robot) {
    sample(robot, TinyModels.CLASSES);
    robot.push(KeyCode.CONTROL, KeyCode.B);
    assertTrue(isShown("kept-grid"));
    assertEquals("the same settings", window.text("kept-words"));
    awaitDone(() -> robot.clickOn(window.shown("steps-1")));
    assertEquals("4 steps per level", window.text("kept-words"));
    assertEquals("3 steps per level", window.text("now-words"));
    assertTrue(window.text("difference-facts").startsWith("B minus A"));
    robot.clickOn(window.shown("kept-grid"));
    robot.push(KeyCode.HOME);
    assertEquals("Image 1 of 16", window.text("image-name"), "both grids select the same image");
    robot.push(KeyCode.ENTER);
    assertTrue(isShown("kept-enlarged"));
    assertTrue(isShown("grid"), "the other side stays as it is");
    robot.push(KeyCode.ESCAPE);
    assertFalse(isShown("kept-enlarged"));
    assertEquals(
        "4", savedWithKeys(robot, "kept.png").get("cdrl.steps"), "the side with the focus");
    robot.clickOn(window.shown("grid"));
    assertEquals("3", savedWithKeys(robot, "now.png").get("cdrl.steps"));
    robot.clickOn(window.shown("kept-grid")).push(KeyCode.CONTROL, KeyCode.C);
    window.awaitText("job-news", "is on the clipboard");
    robot.clickOn(window.shown("keep-beside"));
    assertFalse(isShown("kept-grid"));
  }

  /** What the picture tells that is saved when a person presses the keys for that. */
  private Map<String, String> savedWithKeys(FxRobot robot, String name) {
    Path file = folder.resolve(name);
    window.picked = Optional.of(file);
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.S);
    await(window.node("job-news", Label.class).textProperty(), text -> text.contains(name));
    return new EnginePictures().readNotes(file);
  }

  @Test
  void aSweepIsAskedForAndSaved(FxRobot robot) throws IOException {
    sample(robot, TinyModels.CLASSES);
    ComboBox<?> classes = window.node("class", ComboBox.class);
    robot.interact(() -> classes.getSelectionModel().select(2));
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.G);
    assertTrue(isShown("question"));
    TextField to = window.node("sweep-to", TextField.class);
    robot.interact(() -> to.setText("nine"));
    assertTrue(window.node("question-yes", Node.class).isDisabled());
    assertEquals("From and to must be numbers from 0 to 5.", window.text("question-hint"));
    robot.interact(() -> to.setText("2.5"));
    TextField pictures = window.node("sweep-pictures", TextField.class);
    robot.interact(() -> pictures.setText("3"));
    Path file = folder.resolve("sweep.gif");
    window.picked = Optional.of(file);
    robot.clickOn(window.shown("question-yes"));
    await(window.node("job-news", Label.class).textProperty(), text -> text.contains("sweep.gif"));
    assertEquals("GIF89a", new String(Files.readAllBytes(file), 0, 6, StandardCharsets.US_ASCII));
    assertFalse(isShown("question"));
  }
}
