package cdrl.studio;

import static cdrl.studio.Window.await;
import static cdrl.studio.Window.awaitChange;
import static cdrl.studio.Window.onFxThread;

import cdrl.studio.inpaint.MaskEditor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.testfx.api.FxRobot;

/** What somebody might do with the program, workspace by workspace. */
final class Session {
  private static final int LEVELS = 6;

  private final Window window;
  private final FxRobot robot;
  private final Path picture;
  private final Path pictures;
  private final Function<Runnable, Timings> frames;

  /**
   * @param frames does something and tells the times from frame to frame meanwhile
   */
  Session(Window window, FxRobot robot, Path folder, Function<Runnable, Timings> frames)
      throws IOException {
    this.window = window;
    this.robot = robot;
    this.frames = frames;
    picture = TestPicture.write(folder.resolve("landscape.png"), 360, 240);
    pictures = ExamplePictures.write(folder.resolve("landscapes"), 300, 1);
  }

  /** Once through all workspaces; the times from frame to frame while images are sampled. */
  Timings round() {
    Timings sampling = generate();
    inpaint();
    density();
    train();
    detect();
    robot.clickOn(window.shown("rail-models"));
    return sampling;
  }

  private Timings generate() {
    robot.clickOn(window.shown("rail-generate"));
    window.pick("faces32");
    window.awaitText("model-facts", "T = ");
    robot.push(KeyCode.CONTROL, KeyCode.D);
    Timings sampling = frames.apply(this::sample);
    for (int i = 0; i < LEVELS; i++) {
      robot.push(KeyCode.ALT, KeyCode.LEFT);
    }
    robot.push(KeyCode.ALT, KeyCode.RIGHT).push(KeyCode.ALT, KeyCode.DOWN);
    robot.moveTo(window.shown("grid")).clickOn(window.shown("grid"));
    return sampling;
  }

  private void sample() {
    // Not the text that says how long it took: two runs may take the same time.
    awaitChange(
        window.node("cancel", Button.class).disabledProperty(),
        idle -> idle,
        () -> robot.push(KeyCode.CONTROL, KeyCode.ENTER));
  }

  private void inpaint() {
    robot.clickOn(window.shown("rail-inpaint"));
    window.picked = Optional.of(picture);
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O);
    window.awaitNode("level", Labeled.class, text -> text.getText().contains("landscape.png"));
    robot.clickOn(window.shown("tool-brush"));
    MaskEditor editor = window.node("editor", MaskEditor.class);
    robot.moveTo(point(editor, 8, 20)).press(MouseButton.PRIMARY);
    for (int i = 0; i < 10; i++) {
      robot.moveTo(point(editor, 8 + i, 20 + i % 4));
    }
    robot.release(MouseButton.PRIMARY);
    robot.push(KeyCode.CONTROL, KeyCode.EQUALS).push(KeyCode.CONTROL, KeyCode.EQUALS);
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT0);
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.F); // feathered edges
    robot.clickOn(window.shown("steps-3"));
    sample();
    await(window.node("keep", Button.class).disabledProperty(), disabled -> !disabled);
    robot.moveTo(window.shown("candidates"));
    robot.push(KeyCode.CONTROL, KeyCode.Z).push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
  }

  private static Point2D point(MaskEditor editor, double x, double y) {
    return onFxThread(() -> editor.localToScreen(editor.screenPoint(x, y)));
  }

  private void density() {
    robot.clickOn(window.shown("rail-density"));
    window.awaitNode("level", Labeled.class, text -> text.getText().startsWith("Level"));
    sample();
    robot.push(KeyCode.ALT, KeyCode.LEFT).push(KeyCode.ALT, KeyCode.LEFT);
    await(window.node("computing", Node.class).visibleProperty(), busy -> !busy);
    robot.moveTo(window.shown("plane")).moveBy(40, 20);
    robot.push(KeyCode.ALT, KeyCode.RIGHT).push(KeyCode.ALT, KeyCode.RIGHT);
  }

  private void train() {
    robot.clickOn(window.shown("rail-train"));
    robot.moveTo(window.shown("curves-plot")).moveBy(60, 10).moveBy(-120, 0);
  }

  private void detect() {
    robot.clickOn(window.shown("rail-detect"));
    window.awaitText("model-facts", "T = ");
    window.picked = Optional.of(pictures);
    awaitChange(
        window.node("job-news", Label.class).textProperty(),
        news -> news.contains("scored"),
        () -> robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O));
    robot.clickOn(window.shown("wall")).push(KeyCode.HOME).push(KeyCode.END);
    robot.moveTo(window.shown("histogram")).moveBy(30, 0);
    Node workspace = window.node("detect", Node.class);
    String remove =
        onFxThread(
            () ->
                workspace.lookupAll(".set-row .button").stream()
                    .map(Node::getId)
                    .findFirst()
                    .orElseThrow());
    robot.clickOn(window.shown(remove));
  }
}
