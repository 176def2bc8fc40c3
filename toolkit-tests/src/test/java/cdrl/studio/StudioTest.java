package cdrl.studio;

import static cdrl.studio.Window.await;
import static cdrl.studio.Window.awaitChange;
import static cdrl.studio.Window.onFxThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.data.Pictures;
import cdrl.runtime.HostTensor;
import cdrl.store.ModelLibrary;
import cdrl.studio.shell.ThemeChoice;
import cdrl.studio.widgets.PictureView;
import cdrl.studio.widgets.PlaneView;
import cdrl.studio.widgets.SampleGrid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.VerticalDirection;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
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

/** The window as a person uses it, with the real engine and small random models. */
@ExtendWith(ApplicationExtension.class)
final class StudioTest {
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
    window.open(stage);
  }

  @AfterEach
  void close() {
    window.close();
  }

  private void sampleQuickly(FxRobot robot) {
    window.pick(TinyModels.QUICK);
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    window.awaitText("job-news", "Done");
  }

  private boolean hasPicture(String id) {
    return onFxThread(window.node(id, PictureView.class)::hasPicture);
  }

  @Test
  void opensOnAShippedModel() {
    window.awaitText("model-facts", "16 × 16 pixels");
    Button sample = window.node("sample", Button.class);
    await(sample.disabledProperty(), disabled -> !disabled);
    assertTrue(window.text("generate-empty-text").startsWith("Press Sample"));
    window.awaitText("device", "Using the CPU");
  }

  @Test
  void everyLevelCanBeLookedAtAfterwards(FxRobot robot) {
    sampleQuickly(robot);
    assertEquals("Result", window.text("level"));
    List<String> levels = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      robot.push(KeyCode.ALT, KeyCode.LEFT);
      levels.add(window.text("level"));
    }
    assertEquals(List.of("Level 0", "Level 1", "Level 2", "Level 3", "Level 3"), levels);
    assertTrue(hasPicture("before"), "the noise");
    assertFalse(hasPicture("after"), "nothing was refined at the top");
    robot.push(KeyCode.ALT, KeyCode.RIGHT);
    for (String picture : List.of("before", "after", "difference")) {
      assertTrue(hasPicture(picture), picture);
    }
    assertTrue(window.text("level-facts").startsWith("λ = "));
    assertTrue(window.text("scale-high").startsWith("+"));
  }

  @Test
  void theSliderObeysTheArrowKeys(FxRobot robot) {
    sampleQuickly(robot);
    Slider slider = window.node("timeline", Slider.class);
    robot.interact(slider::requestFocus);
    robot.push(KeyCode.LEFT);
    assertEquals("Level 0", window.text("level"));
    robot.push(KeyCode.HOME);
    assertEquals("Level 3", window.text("level"));
    robot.push(KeyCode.END);
    assertEquals("Result", window.text("level"));
  }

  @Test
  void theGridShowsProposalsOnRequest(FxRobot robot) {
    sampleQuickly(robot);
    robot.push(KeyCode.ALT, KeyCode.LEFT);
    window.picked = Optional.of(folder.resolve("refined.png"));
    robot.push(KeyCode.CONTROL, KeyCode.S);
    window.awaitText("job-news", "Saved");
    robot.clickOn(window.shown("stage-0"));
    window.picked = Optional.of(folder.resolve("proposals.png"));
    robot.push(KeyCode.CONTROL, KeyCode.S);
    await(window.node("job-news", Label.class).textProperty(), text -> text.contains("proposals"));
    HostTensor refined = Pictures.read(folder.resolve("refined.png"), 3);
    HostTensor proposals = Pictures.read(folder.resolve("proposals.png"), 3);
    assertNotEquals(refined, proposals);
  }

  @Test
  void cancelWorksAtOnceAndKeepsThePictures(FxRobot robot) {
    window.pick(TinyModels.ENDLESS);
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    window.awaitText("level", "Level 2");
    assertFalse(window.node("cancel", Button.class).isDisabled());
    robot.push(KeyCode.ESCAPE);
    assertTrue(window.node("cancel", Button.class).isDisabled());
    assertTrue(window.text("job-news").startsWith("Cancelled at level 2"), window.text("job-news"));
    assertTrue(hasPicture("before"));
    // The engine is free again: another model answers.
    sampleQuickly(robot);
  }

  @Test
  void anotherSampleReplacesTheOneThatRuns(FxRobot robot) {
    window.pick(TinyModels.ENDLESS);
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    window.awaitText("level", "Level 2");
    TextField seed = window.node("seed", TextField.class);
    robot.interact(() -> seed.setText("4711"));
    awaitChange(
        window.node("level", Label.class).textProperty(),
        "Level 2"::equals,
        () -> robot.push(KeyCode.CONTROL, KeyCode.ENTER));
    robot.push(KeyCode.ESCAPE);
    Path file = folder.resolve("grid.png");
    window.picked = Optional.of(file);
    robot.push(KeyCode.CONTROL, KeyCode.S);
    window.awaitText("job-news", "Saved");
    assertEquals("4711", Pictures.readNotes(file).get("cdrl.seed"));
  }

  @Test
  void picturesCarryTheirOrigin(FxRobot robot) throws IOException {
    sampleQuickly(robot);
    robot.interact(window.node("grid", SampleGrid.class)::requestFocus);
    robot.push(KeyCode.RIGHT);
    assertEquals("Image 2 of 16", window.text("image-name"));
    Path file = folder.resolve("image.png");
    window.picked = Optional.of(file);
    robot.clickOn(window.shown("save-image"));
    window.awaitText("job-news", "Saved");
    HostTensor picture = Pictures.read(file, 3);
    assertEquals(List.of(3L, 16L, 16L), longs(picture.shape()));
    Map<String, String> notes = Pictures.readNotes(file);
    assertEquals(64, notes.get("cdrl.model.sha256").length());
    assertEquals("1", notes.get("cdrl.image"));
    assertEquals("result", notes.get("cdrl.level"));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count(), "no temporary file is left");
    }
  }

  private static List<Long> longs(long[] values) {
    return java.util.Arrays.stream(values).boxed().toList();
  }

  @Test
  void theSameSeedGivesTheSamePictures(FxRobot robot) {
    sampleQuickly(robot);
    HostTensor first = firstProposals(robot, "first.png");
    awaitChange(
        window.node("job-news", Label.class).textProperty(),
        text -> text.startsWith("Done"),
        () -> robot.push(KeyCode.CONTROL, KeyCode.ENTER));
    HostTensor second = firstProposals(robot, "second.png");
    robot.push(KeyCode.CONTROL, KeyCode.D);
    awaitChange(
        window.node("job-news", Label.class).textProperty(),
        text -> text.startsWith("Done"),
        () -> robot.push(KeyCode.CONTROL, KeyCode.ENTER));
    HostTensor other = firstProposals(robot, "other.png");
    // One shade apart at most: random networks blow up the last bit of a sum.
    assertTrue(largestChange(first, second) <= 2.001 / 255, "the same seed");
    assertTrue(largestChange(first, other) > 0.5, "another seed");
  }

  /** The proposals at the first level after the noise, by way of a picture file. */
  private HostTensor firstProposals(FxRobot robot, String name) {
    robot.clickOn(window.shown("stage-0"));
    while (!window.text("level").equals("Level 2")) {
      robot.push(KeyCode.ALT, KeyCode.LEFT);
    }
    window.picked = Optional.of(folder.resolve(name));
    awaitChange(
        window.node("job-news", Label.class).textProperty(),
        text -> text.contains(name),
        () -> robot.push(KeyCode.CONTROL, KeyCode.S));
    return Pictures.read(folder.resolve(name), 3);
  }

  private static double largestChange(HostTensor before, HostTensor after) {
    double largest = 0;
    for (int i = 0; i < before.values().length; i++) {
      largest = Math.max(largest, Math.abs(after.values()[i] - before.values()[i]));
    }
    return largest;
  }

  @Test
  void theThemeCanBeChosen(FxRobot robot) {
    PseudoClass dark = PseudoClass.getPseudoClass("dark");
    assertFalse(stage.getScene().getRoot().getPseudoClassStates().contains(dark));
    robot.clickOn(window.shown("theme-button"));
    robot.clickOn(window.shown("theme-DARK"));
    assertEquals(ThemeChoice.DARK, window.preferences.themeProperty().get());
    assertTrue(onFxThread(() -> stage.getScene().getRoot().getPseudoClassStates().contains(dark)));
    robot.clickOn(window.shown("theme-button"));
    robot.clickOn(window.shown("theme-LIGHT"));
    assertFalse(onFxThread(() -> stage.getScene().getRoot().getPseudoClassStates().contains(dark)));
  }

  @Test
  void aDamagedModelGetsASentenceWithDetails(FxRobot robot) throws IOException {
    window.awaitText("model-facts", "16 × 16 pixels");
    Path damaged = folder.resolve("damaged.safetensors");
    Files.writeString(damaged, "this is no model");
    window.picked = Optional.of(damaged);
    robot.push(KeyCode.CONTROL, KeyCode.O);
    Node bar = window.node("problem-bar", Node.class);
    await(bar.visibleProperty(), visible -> visible);
    assertTrue(
        window.text("problem-sentence").contains("damaged.safetensors"),
        window.text("problem-sentence"));
    assertFalse(window.node("problem-text", Node.class).isVisible());
    robot.clickOn(window.shown("problem-details"));
    assertTrue(window.node("problem-text", Node.class).isVisible());
    robot.clickOn(window.shown("problem-close"));
    assertFalse(bar.isVisible());
    assertTrue(window.text("model-facts").startsWith("16 × 16 pixels"), "the model in use stays");
  }

  @Test
  void aModelOfPointsIsSentToItsWorkspace(FxRobot robot) {
    window.awaitText("model-facts", "16 × 16 pixels");
    window.picked =
        Optional.of(models.resolve("cdrl/samples/models/" + TinyModels.POINTS + ".safetensors"));
    robot.push(KeyCode.CONTROL, KeyCode.O);
    window.awaitText("problem-sentence", "The model 'points' makes points in the plane");
  }

  @Test
  void switchingWorkspacesMovesTheFocusToItsMainButton(FxRobot robot) {
    window.awaitText("model-facts", "16 × 16 pixels");
    robot.clickOn(window.shown("rail-density"));
    await(
        stage.getScene().focusOwnerProperty(),
        owner -> owner != null && "sample".equals(owner.getId()));
    assertEquals(window.node("density", Node.class), ancestor(stage.getScene().getFocusOwner()));
  }

  private static Node ancestor(Node node) {
    Node above = node;
    while (above != null && !"density".equals(above.getId())) {
      above = above.getParent();
    }
    return above;
  }

  @Test
  void theDensityHasEveryLevelAndValues(FxRobot robot) {
    robot.clickOn(window.shown("rail-density"));
    window.awaitText("level", "Level 0");
    PlaneView plane = window.node("plane", PlaneView.class);
    await(window.node("computing", Node.class).visibleProperty(), busy -> !busy);
    for (int level = 1; level <= 3; level++) {
      robot.push(KeyCode.ALT, KeyCode.LEFT);
      assertEquals("Level " + level, window.text("level"));
      await(window.node("computing", Node.class).visibleProperty(), busy -> !busy);
      assertTrue(plane.hasPicture());
    }
    robot.moveTo(plane);
    window.awaitText("readout", "x ");
    assertTrue(window.text("readout").contains("energy"), window.text("readout"));
  }

  @Test
  void theWheelZoomsToThePointerAndDraggingMoves(FxRobot robot) {
    robot.clickOn(window.shown("rail-density"));
    window.awaitText("level", "Level 0");
    await(window.node("computing", Node.class).visibleProperty(), busy -> !busy);
    PlaneView plane = window.node("plane", PlaneView.class);
    robot.moveTo(plane).moveBy(60, -40);
    window.awaitText("readout", "x ");
    String before = place(window.text("readout"));
    robot.scroll(150, VerticalDirection.DOWN); // the memory window system counts single units
    robot.moveBy(1, 0).moveBy(-1, 0);
    assertEquals(before, place(window.text("readout")), "the point under the pointer stays");
    robot.moveBy(50, 0);
    String right = place(window.text("readout"));
    robot.moveBy(-50, 0);
    robot.drag(MouseButton.PRIMARY).moveBy(50, 0).drop();
    robot.moveBy(1, 0).moveBy(-1, 0);
    assertNotEquals(before, right);
    assertEquals(before, place(window.text("readout")), "the plane moved with the pointer");
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT0);
    robot.moveBy(1, 0).moveBy(-1, 0);
    assertNotEquals(before, place(window.text("readout")), "the whole plane is seen again");
  }

  /** The coordinates of a readout. */
  private static String place(String readout) {
    return readout.substring(0, readout.indexOf("density"));
  }

  @Test
  void pointsAreDrawnOverTheDensity(FxRobot robot) {
    robot.clickOn(window.shown("rail-density"));
    window.awaitText("level", "Level 0");
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    window.awaitText("job-news", "Done");
    assertEquals("Level 0", window.text("level"));
    robot.clickOn(window.shown("show-true"));
    await(window.node("true-plane", PlaneView.class).visibleProperty(), visible -> visible);
    Path file = folder.resolve("view.png");
    window.picked = Optional.of(file);
    robot.push(KeyCode.CONTROL, KeyCode.S);
    window.awaitText("job-news", "Saved");
    assertEquals("density", Pictures.readNotes(file).get("cdrl.workspace"));
    assertTrue(Pictures.read(file, 3).shape()[2] > 800);
  }

  @Test
  void aSelectedImageIsSentToInpaint(FxRobot robot) {
    sampleQuickly(robot);
    robot.push(KeyCode.CONTROL, KeyCode.I);
    window.awaitText("level", "quick-images, seed 1, image 1");
    assertTrue(window.node("inpaint", Node.class).isVisible());
  }

  @Test
  void aForkGoesOnFromALevel(FxRobot robot) {
    sampleQuickly(robot);
    robot.push(KeyCode.ALT, KeyCode.LEFT).push(KeyCode.ALT, KeyCode.LEFT);
    assertEquals("Level 1", window.text("level"));
    awaitChange(
        window.node("job-news", Label.class).textProperty(),
        text -> text.startsWith("Done"),
        () -> robot.clickOn(window.shown("fork")));
    assertEquals("Result", window.text("level"));
    robot.push(KeyCode.ALT, KeyCode.LEFT).push(KeyCode.ALT, KeyCode.LEFT);
    assertEquals("Level 1", window.text("level"));
    robot.push(KeyCode.ALT, KeyCode.LEFT);
    assertEquals("Level 1", window.text("level"), "the fork begins here");
  }

  @Test
  void everyLangevinStepCanBeLookedAt(FxRobot robot) {
    sampleQuickly(robot);
    robot.push(KeyCode.ALT, KeyCode.LEFT).push(KeyCode.ALT, KeyCode.LEFT);
    window.awaitText("chain-facts", "Langevin step 4 of 4   energy");
    robot.push(KeyCode.ALT, KeyCode.DOWN);
    assertTrue(window.text("chain-facts").startsWith("Langevin step 3 of 4   energy"));
    Node chain = window.node("chain", Node.class);
    robot.clickOn(chain);
    assertTrue(
        window.text("chain-facts").startsWith("Langevin step 2 of 4"), window.text("chain-facts"));
    robot.push(KeyCode.HOME);
    assertTrue(window.node("stage-0", ToggleButton.class).isSelected(), "the proposal");
  }

  @Test
  void theLevelsBecomeAnAnimation(FxRobot robot) throws IOException {
    sampleQuickly(robot);
    Path file = folder.resolve("levels.gif");
    window.picked = Optional.of(file);
    robot.push(KeyCode.CONTROL, KeyCode.G);
    window.awaitText("job-news", "Saved");
    assertEquals("GIF89a", new String(Files.readAllBytes(file), 0, 6, StandardCharsets.US_ASCII));
    robot.push(KeyCode.CONTROL, KeyCode.C);
    window.awaitText("job-news", "Image 1 is on the clipboard");
    assertTrue(onFxThread(() -> Clipboard.getSystemClipboard().hasImage()));
  }

  @Test
  void everyControlHasANameAndCanBeReached(FxRobot robot) {
    window.awaitText("model-facts", "16 × 16 pixels");
    sampleQuickly(robot);
    for (String workspace : List.of("generate", "inpaint", "density", "density")) {
      robot.clickOn(window.shown("rail-" + workspace));
      if (workspace.equals("density")) {
        robot.push(KeyCode.CONTROL, KeyCode.T); // the other of its two modes
      }
      ReachableControls.haveNames(stage, 12);
    }
  }
}
