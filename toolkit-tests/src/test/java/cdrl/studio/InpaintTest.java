package cdrl.studio;

import static cdrl.studio.Window.await;
import static cdrl.studio.Window.awaitChange;
import static cdrl.studio.Window.onFxThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.data.Pictures;
import cdrl.data.PixelValues;
import cdrl.runtime.HostTensor;
import cdrl.store.ModelLibrary;
import cdrl.studio.inpaint.MaskEditor;
import cdrl.studio.widgets.PictureView;
import cdrl.studio.widgets.Rasters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.geometry.VerticalDirection;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Spinner;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
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

/** Painting and inpainting as a person does it, with the real engine and small random models. */
@ExtendWith(ApplicationExtension.class)
final class InpaintTest {
  private static final int SIDE = 16;

  @TempDir private static Path models;
  private static ModelLibrary library;

  @TempDir private Path folder;
  private Window window;
  private MaskEditor editor;

  @BeforeAll
  static void makeModels() throws IOException {
    library = TinyModels.library(models);
  }

  @Start
  void start(Stage stage) {
    window = new Window(library, folder);
    window.preferences.setWord("workspace", "inpaint");
    window.open(stage);
  }

  @AfterEach
  void close() {
    window.close();
  }

  /** Opens a picture of the model's own size. */
  private Path open(FxRobot robot) {
    window.pick(TinyModels.QUICK);
    window.awaitText("model-facts", "16 × 16");
    Path file = TestPicture.write(folder.resolve("small.png"), SIDE, SIDE);
    window.picked = Optional.of(file);
    robot.clickOn(window.shown("open-picture"));
    window.awaitText("level", "small.png");
    editor = window.node("editor", MaskEditor.class);
    return file;
  }

  private Point2D point(double x, double y) {
    return onFxThread(() -> editor.localToScreen(editor.screenPoint(x, y)));
  }

  /** Paints from one pixel of the model to another. */
  private void stroke(FxRobot robot, MouseButton button, double x, double y, double x2, double y2) {
    robot.moveTo(point(x, y)).press(button);
    robot.moveTo(point((x + x2) / 2, (y + y2) / 2)).moveTo(point(x2, y2)).release(button);
  }

  private int filled() {
    String status = window.text("mask-status");
    return status.startsWith("Paint over") ? 0 : Integer.parseInt(status.split(" ", 2)[0]);
  }

  private void set(String slider, double value) {
    Slider found = window.node(slider, Slider.class);
    onFxThread(
        () -> {
          found.setValue(value);
          return null;
        });
  }

  private void setCount(int count) {
    @SuppressWarnings("unchecked")
    Spinner<Integer> spinner = window.node("count", Spinner.class);
    onFxThread(
        () -> {
          spinner.getValueFactory().setValue(count);
          return null;
        });
  }

  private void fill(FxRobot robot) {
    awaitChange(
        window.node("job-news", Label.class).textProperty(),
        news -> news.startsWith("Done"),
        () -> robot.push(KeyCode.CONTROL, KeyCode.ENTER));
    await(window.node("keep", Button.class).disabledProperty(), disabled -> !disabled);
  }

  private HostTensor save(FxRobot robot, String name, KeyCode... keys) {
    Path file = folder.resolve(name);
    window.picked = Optional.of(file);
    awaitChange(
        window.node("job-news", Label.class).textProperty(),
        news -> news.contains(name),
        () -> robot.push(keys));
    return Pictures.read(file, 3);
  }

  @Test
  void paintFillKeepAndSave(FxRobot robot) {
    Path file = open(robot);
    HostTensor original = Pictures.read(file, 3);
    assertTrue(window.node("sample", Button.class).isDisabled(), "nothing is painted yet");
    set("brush-size", 4);
    stroke(robot, MouseButton.PRIMARY, 4, 8, 12, 8);
    int painted = filled();
    assertTrue(painted > 30 && painted < 64, painted + " pixels");
    boolean[] mask = mask(robot);
    setCount(3);
    fill(robot);
    assertTrue(window.text("candidates-facts").startsWith("Lowest energy first"));
    HostTensor candidate = save(robot, "candidate.png", KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.S);
    boolean changed = false;
    for (int i = 0; i < original.values().length; i++) {
      boolean same = original.values()[i] == candidate.values()[i];
      assertTrue(mask[i % (SIDE * SIDE)] || same, "known value " + i);
      changed |= !same;
    }
    assertTrue(changed);
    Map<String, String> notes = Pictures.readNotes(folder.resolve("candidate.png"));
    assertEquals("inpaint", notes.get("cdrl.workspace"));
    assertEquals("small.png", notes.get("cdrl.picture"));

    robot.clickOn(window.shown("keep"));
    assertEquals(0, filled(), "the mask is wiped");
    assertEquals(candidate, save(robot, "kept.png", KeyCode.CONTROL, KeyCode.S));
    robot.push(KeyCode.CONTROL, KeyCode.Z);
    assertEquals(painted, filled());
    assertEquals(original, save(robot, "undone.png", KeyCode.CONTROL, KeyCode.S));
  }

  /** The mask by way of a picture file. */
  private boolean[] mask(FxRobot robot) {
    Button save = window.node("save-mask", Button.class);
    window.picked = Optional.of(folder.resolve("mask.png"));
    awaitChange(
        window.node("job-news", Label.class).textProperty(),
        news -> news.contains("mask.png"),
        () -> robot.interact(save::fire));
    return Pictures.readMask(folder.resolve("mask.png"), SIDE, SIDE, false);
  }

  @Test
  void everyToolPaints(FxRobot robot) {
    open(robot);
    set("brush-size", 2);
    robot.push(KeyCode.R);
    stroke(robot, MouseButton.PRIMARY, 2, 2, 6, 5);
    assertEquals(12, filled());
    stroke(robot, MouseButton.SECONDARY, 2, 2, 4, 5);
    assertEquals(6, filled());
    robot.push(KeyCode.L);
    robot.moveTo(point(8, 8)).press(MouseButton.PRIMARY);
    robot.moveTo(point(14, 8)).moveTo(point(14, 14)).moveTo(point(8, 14)).moveTo(point(8, 8.4));
    robot.release(MouseButton.PRIMARY);
    assertEquals(6 + 36, filled());
    robot.push(KeyCode.CONTROL, KeyCode.I);
    assertEquals(SIDE * SIDE - 42, filled());
    robot.push(KeyCode.DELETE);
    assertEquals(0, filled());
    robot.push(KeyCode.CONTROL, KeyCode.A);
    assertEquals(SIDE * SIDE, filled());
    robot.push(KeyCode.E);
    stroke(robot, MouseButton.PRIMARY, 1, 1, 9, 1);
    int left = filled();
    assertTrue(left < SIDE * SIDE - 10, left + " pixels");
    for (int i = 0; i < 4; i++) {
      robot.push(KeyCode.CONTROL, KeyCode.Z);
    }
    assertEquals(42, filled());
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
    assertEquals(SIDE * SIDE - 42, filled());
  }

  @Test
  void shiftClickDrawsALine(FxRobot robot) {
    open(robot);
    set("brush-size", 2);
    robot.clickOn(point(3, 3));
    int dab = filled();
    robot.moveTo(point(13, 3)).press(KeyCode.SHIFT).clickOn(MouseButton.PRIMARY);
    robot.release(KeyCode.SHIFT);
    assertTrue(filled() >= dab + 18, filled() + " pixels");
  }

  @Test
  void keysAndWheelSetTheBrush(FxRobot robot) {
    open(robot);
    Slider size = window.node("brush-size", Slider.class);
    double before = size.getValue();
    robot.push(KeyCode.OPEN_BRACKET);
    assertTrue(size.getValue() < before);
    robot.push(KeyCode.CLOSE_BRACKET).push(KeyCode.CLOSE_BRACKET);
    assertTrue(size.getValue() > before);
    double grown = size.getValue();
    robot.moveTo(editor).press(KeyCode.ALT).scroll(1, VerticalDirection.DOWN);
    robot.release(KeyCode.ALT);
    assertNotEquals(grown, size.getValue());
    Slider hardness = window.node("brush-hardness", Slider.class);
    double hard = hardness.getValue();
    robot.push(KeyCode.SHIFT, KeyCode.OPEN_BRACKET);
    assertTrue(hardness.getValue() < hard);
  }

  @Test
  void everythingWorksWithoutAMouse(FxRobot robot) {
    open(robot);
    robot.interact(editor::requestFocus);
    set("brush-size", 2);
    robot.push(KeyCode.RIGHT).push(KeyCode.ENTER);
    int dab = filled();
    assertTrue(dab > 0);
    robot.push(KeyCode.SHIFT, KeyCode.RIGHT).push(KeyCode.SHIFT, KeyCode.RIGHT);
    assertTrue(filled() > dab);
    setCount(2);
    fill(robot);
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.ENTER);
    assertEquals(0, filled());
  }

  @Test
  void shapesByKeyboardTakeAwayAndCanBeGivenUp(FxRobot robot) {
    open(robot);
    robot.interact(editor::requestFocus);
    robot.push(KeyCode.CONTROL, KeyCode.A).push(KeyCode.R);
    robot.push(KeyCode.ENTER).push(KeyCode.RIGHT).push(KeyCode.ESCAPE);
    robot.push(KeyCode.RIGHT).push(KeyCode.ENTER); // a first corner again
    robot.push(KeyCode.RIGHT).push(KeyCode.RIGHT).push(KeyCode.DOWN);
    assertEquals(SIDE * SIDE, filled());
    robot.push(KeyCode.SHIFT, KeyCode.ENTER);
    assertEquals(SIDE * SIDE - 2, filled());
  }

  @Test
  void escapeGivesAStrokeUp(FxRobot robot) {
    open(robot);
    set("brush-size", 4);
    robot.moveTo(point(4, 8)).press(MouseButton.PRIMARY).moveTo(point(9, 8));
    assertNotEquals(0, filled());
    robot.push(KeyCode.ESCAPE);
    assertEquals(0, filled());
    robot.moveTo(point(12, 8)).release(MouseButton.PRIMARY);
    assertEquals(0, filled());
  }

  @Test
  void theBrushGrowsToTheModelsSize(FxRobot robot) {
    open(robot);
    Slider size = window.node("brush-size", Slider.class);
    for (int i = 0; i < 20; i++) {
      robot.push(KeyCode.CLOSE_BRACKET);
    }
    assertEquals(SIDE, size.getValue());
    assertEquals(SIDE, size.getMax());
  }

  @Test
  void theNoiseLevelIsLive(FxRobot robot) {
    open(robot);
    robot.push(KeyCode.CONTROL, KeyCode.A);
    setCount(2);
    fill(robot);
    robot.push(KeyCode.C);
    assertEquals(
        "The picture as it was opened; C shows the candidate again", window.text("mask-status"));
    robot.push(KeyCode.C);
    awaitChange(
        window.node("cancel", Button.class).disabledProperty(),
        disabled -> disabled, // once what follows the slider is through
        () -> set("strength", 1));
    await(window.node("keep", Button.class).disabledProperty(), disabled -> !disabled);
    assertTrue(window.text("candidates-facts").startsWith("Lowest energy first"));
  }

  @Test
  void theWheelZoomsToThePointerAndSpaceDrags(FxRobot robot) {
    open(robot);
    double before = editor.scale();
    Point2D corner = point(3, 4);
    robot.moveTo(corner).scroll(150, VerticalDirection.UP);
    assertNotEquals(before, editor.scale());
    assertEquals(0, corner.distance(point(3, 4)), 1.5);
    robot.interact(editor::requestFocus);
    robot.press(KeyCode.SPACE).press(MouseButton.PRIMARY).moveBy(30, 20);
    robot.release(MouseButton.PRIMARY).release(KeyCode.SPACE);
    assertEquals(Math.hypot(30, 20), corner.distance(point(3, 4)), 2);
    assertEquals(0, filled(), "moving paints nothing");
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT0);
    assertEquals(before, editor.scale());
  }

  @Test
  void theMaskIsSeenWhereItWillBeFilled(FxRobot robot) {
    open(robot);
    int bare = colorAt(8.4, 8.4);
    robot.push(KeyCode.CONTROL, KeyCode.A);
    assertNotEquals(bare, colorAt(8.4, 8.4));
    robot.push(KeyCode.M);
    assertEquals(bare, colorAt(8.4, 8.4));
    robot.push(KeyCode.M);
    assertNotEquals(bare, colorAt(8.4, 8.4));
  }

  private int colorAt(double x, double y) {
    return onFxThread(
        () -> {
          WritableImage image = editor.snapshot(null, null);
          PixelReader pixels = image.getPixelReader();
          Point2D at = editor.screenPoint(x, y);
          return pixels.getArgb((int) at.getX(), (int) at.getY());
        });
  }

  @Test
  void pointingAtACandidateShowsTheOriginalBesideIt(FxRobot robot) {
    open(robot);
    robot.push(KeyCode.CONTROL, KeyCode.A);
    setCount(1);
    fill(robot);
    assertTrue(window.node("look-1", ToggleButton.class).isSelected());
    int candidate = colorAt(1.5, 8.5);
    robot.moveTo(window.shown("candidates"));
    int compared = colorAt(1.5, 8.5);
    robot.push(KeyCode.V);
    robot.moveTo(window.shown("job-bar"));
    robot.push(KeyCode.M);
    assertNotEquals(candidate, compared);
    assertEquals(colorAt(1.5, 8.5), compared, "the original at the left");
  }

  @Test
  void aLargerPictureGetsAFrameThatCanBeDragged(FxRobot robot) {
    window.pick(TinyModels.QUICK);
    window.awaitText("model-facts", "16 × 16");
    window.picked = Optional.of(TestPicture.write(folder.resolve("wide.png"), 200, 100));
    robot.clickOn(window.shown("open-picture"));
    window.awaitText("level", "wide.png");
    assertEquals("200 × 100 pixels, seen by the model as 16 × 16", window.text("level-facts"));
    Node frame = window.node("frame-editor", Node.class);
    assertTrue(frame.isVisible());
    assertTrue(onFxThread(window.node("frame-preview", PictureView.class)::hasPicture));
    Button undo = window.node("mask-undo", Button.class);
    assertTrue(undo.isDisabled());
    robot.drag(frame, MouseButton.PRIMARY).moveBy(60, 0).drop();
    await(undo.disabledProperty(), disabled -> !disabled);
    robot.clickOn(window.shown("frame-done"));
    assertFalse(frame.isVisible());
    robot.push(KeyCode.CONTROL, KeyCode.A);
    assertEquals(SIDE * SIDE, filled());
  }

  @Test
  void theModelDrawsAPictureToStartFrom(FxRobot robot) {
    window.pick(TinyModels.QUICK);
    robot.clickOn(window.shown("empty-draw"));
    window.awaitText("level", "Sample with seed");
    robot.push(KeyCode.CONTROL, KeyCode.A);
    assertEquals(SIDE * SIDE, filled());
  }

  @Test
  void picturesComeFromTheClipboard(FxRobot robot) {
    window.pick(TinyModels.QUICK);
    window.awaitText("model-facts", "16 × 16");
    robot.interact(() -> Clipboard.getSystemClipboard().clear());
    robot.push(KeyCode.CONTROL, KeyCode.V);
    window.awaitText("problem-sentence", "There is no picture on the clipboard");
    HostTensor picture = TestPicture.make(SIDE, SIDE);
    robot.interact(
        () -> {
          WritableImage image = new WritableImage(SIDE, SIDE);
          int[] argb = PixelValues.toArgb(picture);
          for (int i = 0; i < argb.length; i++) {
            image.getPixelWriter().setArgb(i % SIDE, i / SIDE, argb[i]);
          }
          assertEquals(SIDE, Rasters.of(image).width());
          ClipboardContent content = new ClipboardContent();
          content.putImage(image);
          Clipboard.getSystemClipboard().setContent(content);
        });
    robot.push(KeyCode.CONTROL, KeyCode.V);
    window.awaitText("level", "Pasted picture");
    assertEquals(picture, save(robot, "pasted.png", KeyCode.CONTROL, KeyCode.S));
  }

  @Test
  void aFileThatIsNoPictureIsOneSentence(FxRobot robot) throws IOException {
    open(robot);
    window.picked = Optional.of(Files.writeString(folder.resolve("letter.txt"), "hello"));
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O);
    window.awaitText("problem-sentence", "Cannot read the picture");
    assertEquals("small.png", window.text("level"), "the picture stays");
  }

  @Test
  void cancelWorksAtOnceAndThePictureStays(FxRobot robot) {
    open(robot);
    robot.push(KeyCode.CONTROL, KeyCode.A);
    window.pick(TinyModels.ENDLESS);
    window.awaitText("model-facts", "16 × 16 pixels, colour\nT = 3, K = 1,000");
    assertEquals(SIDE * SIDE, filled(), "a model of the same size keeps the mask");
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    await(window.node("candidates", Node.class).visibleProperty(), visible -> visible);
    robot.push(KeyCode.ESCAPE);
    window.awaitText("job-news", "Cancelled at level");
    assertTrue(window.node("keep", Button.class).isDisabled());
    assertEquals(SIDE * SIDE, filled());
  }

  @Test
  void lettersTypedIntoAFieldAreNoCommands(FxRobot robot) {
    open(robot);
    robot.doubleClickOn(window.shown("seed")).push(KeyCode.DIGIT4).push(KeyCode.E);
    assertTrue(window.node("tool-brush", ToggleButton.class).isSelected());
  }

  @Test
  void toolsCanBeChosenByMouseAfterAStroke(FxRobot robot) {
    open(robot);
    robot.clickOn(window.shown("tool-eraser"));
    robot.clickOn(window.shown("tool-brush"));
    stroke(robot, MouseButton.PRIMARY, 4, 8, 12, 8);
    robot.clickOn(window.shown("tool-rectangle"));
    assertTrue(window.node("tool-rectangle", ToggleButton.class).isSelected());
    robot.push(KeyCode.DELETE);
    stroke(robot, MouseButton.PRIMARY, 2, 2, 6, 5);
    assertEquals(12, filled());
    robot.clickOn(window.shown("steps-0"));
  }
}
