package cdrl.studio;

import static cdrl.studio.Window.await;
import static cdrl.studio.Window.awaitChange;
import static cdrl.studio.Window.onFxThread;

import cdrl.store.ModelLibrary;
import cdrl.studio.inpaint.MaskEditor;
import cdrl.studio.shell.ThemeChoice;
import cdrl.studio.widgets.PlaneView;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/**
 * Takes pictures of every workspace: empty, busy, in use and after an error, in both themes and two
 * sizes, into {@code target/screenshots}. Uses the models that ship, or random ones where none do.
 */
@Tag("screenshots")
@ExtendWith(ApplicationExtension.class)
final class ScreenshotMaker {
  @TempDir private static Path models;
  private static ModelLibrary library;

  /** Small random models with classes and attributes. */
  private static ModelLibrary conditional;

  @TempDir private Path folder;
  private Window window;
  private Stage stage;
  private String look = "";

  @BeforeAll
  static void findModels() throws IOException {
    ModelLibrary shipped = new ModelLibrary(ScreenshotMaker.class.getClassLoader());
    conditional = TinyModels.library(models);
    library = shipped.names().isEmpty() ? conditional : shipped;
  }

  @Start
  void start(Stage stage) {
    this.stage = stage;
  }

  @AfterEach
  void close() {
    onFxThread(
        () -> {
          stage.close();
          return null;
        });
    window.close();
  }

  static Stream<Arguments> looks() {
    return Stream.of(ThemeChoice.LIGHT, ThemeChoice.DARK)
        .flatMap(
            theme -> Stream.of(Arguments.of(theme, 1280, 800), Arguments.of(theme, 1920, 1080)));
  }

  /** Opens the window on a workspace. */
  private void open(FxRobot robot, String workspace, ThemeChoice theme, int width, int height) {
    open(robot, library, workspace, theme, width, height);
  }

  private void open(
      FxRobot robot,
      ModelLibrary library,
      String workspace,
      ThemeChoice theme,
      int width,
      int height) {
    look = theme.name().toLowerCase(Locale.ROOT) + "-" + width + "x" + height;
    robot.interact(
        () -> {
          window = new Window(library, folder);
          window.preferences.themeProperty().set(theme);
          window.preferences.setWord("workspace", workspace);
          window.open(stage);
        });
    robot.interact(
        () -> {
          stage.setX(0);
          stage.setY(0);
          stage.setWidth(width);
          stage.setHeight(height);
        });
    if (!List.of("train", "models").contains(workspace) && !library.names().isEmpty()) {
      window.awaitText("model-facts", "T = ");
    }
  }

  @ParameterizedTest(name = "generate {0} {1} × {2}")
  @MethodSource("looks")
  void generate(ThemeChoice theme, int width, int height, FxRobot robot) throws IOException {
    open(robot, "generate", theme, width, height);
    take("generate-empty-" + look);
    sampleHalf(robot);
    take("generate-busy-" + look);
    window.awaitText("job-news", "Done");
    take("generate-result-" + look);
    robot.push(KeyCode.ALT, KeyCode.LEFT);
    robot.push(KeyCode.ALT, KeyCode.LEFT);
    window.awaitText("chain-facts", "energy");
    robot.push(KeyCode.ALT, KeyCode.DOWN);
    take("generate-level-" + look);
    robot.clickOn(window.shown("stage-2"));
    take("generate-difference-" + look);
    Path damaged = Files.writeString(folder.resolve("damaged.safetensors"), "this is no model");
    window.picked = Optional.of(damaged);
    robot.push(KeyCode.CONTROL, KeyCode.O);
    window.awaitVisible("problem-bar");
    robot.clickOn(window.shown("problem-details"));
    take("generate-error-" + look);
  }

  @ParameterizedTest(name = "classes {0} {1} × {2}")
  @MethodSource("looks")
  void classes(ThemeChoice theme, int width, int height, FxRobot robot) throws IOException {
    boolean ships = library.names().contains("fashion");
    open(robot, ships ? library : conditional, "generate", theme, width, height);
    window.pick(ships ? "fashion" : TinyModels.CLASSES);
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    window.awaitText("job-news", "Done");
    ComboBox<?> classes = window.node("class", ComboBox.class);
    awaitChange(
        window.node("level", Labeled.class).textProperty(),
        "Result"::equals,
        () -> robot.interact(() -> classes.getSelectionModel().select(2)));
    Slider guidance = window.node("guidance", Slider.class);
    robot.interact(guidance::requestFocus);
    awaitChange(
        window.node("level", Labeled.class).textProperty(),
        "Preview"::equals,
        () -> robot.push(KeyCode.RIGHT));
    take("generate-guidance-" + look);
    window.awaitText("level", "Result");
    robot.moveTo(window.shown("grid")).moveBy(30, 20);
    take("generate-pointed-" + look);
    robot.clickOn(window.shown("grid-open"));
    take("generate-enlarged-" + look);
    robot.push(KeyCode.ESCAPE);
    robot.push(KeyCode.CONTROL, KeyCode.B);
    awaitChange(
        window.node("level", Labeled.class).textProperty(),
        "Result"::equals,
        () -> robot.clickOn(window.shown("steps-1")));
    take("generate-beside-" + look);
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.G);
    take("generate-sweep-" + look);
  }

  @ParameterizedTest(name = "compose {0} {1} × {2}")
  @MethodSource("looks")
  void compose(ThemeChoice theme, int width, int height, FxRobot robot) throws IOException {
    ModelLibrary none = new ModelLibrary(new URLClassLoader(new URL[0], null));
    open(robot, none, "compose", theme, width, height);
    window.awaitText("compose-empty-text", "faces32-attributes");
    take("compose-no-model-" + look);
    window.close();
    boolean ships = library.names().contains("faces32-attributes");
    open(robot, ships ? library : conditional, "compose", theme, width, height);
    window.awaitText("formula", "F = ");
    take("compose-empty-" + look);
    sampleHalf(robot);
    take("compose-busy-" + look);
    window.awaitText("job-news", "Done");
    Slider smiling = window.node("weight-1", Slider.class);
    robot.interact(() -> smiling.setValue(1.5));
    Slider male = window.node("weight-0", Slider.class);
    awaitChange(
        window.node("level", Labeled.class).textProperty(),
        "Result"::equals,
        () -> robot.interact(() -> male.setValue(-1)));
    take("compose-result-" + look);
    Node progress = window.node("job-progress", Node.class);
    awaitChange(
        progress.visibleProperty(),
        shown -> !shown,
        () -> robot.clickOn(window.shown("compose-view-1")));
    robot.clickOn(window.shown("formulation-1"));
    take("compose-matrix-" + look);
    robot.push(KeyCode.ESCAPE);
    robot.clickOn(window.shown("compose-view-0"));
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.G);
    take("compose-sweep-" + look);
    robot.push(KeyCode.ESCAPE);
    robot.interact(() -> smiling.setValue(0));
    robot.interact(() -> male.setValue(0));
    take("compose-impossible-" + look);
  }

  @ParameterizedTest(name = "density {0} {1} × {2}")
  @MethodSource("looks")
  void density(ThemeChoice theme, int width, int height, FxRobot robot) throws IOException {
    open(robot, "density", theme, width, height);
    window.awaitText("level", "Level 0");
    await(window.node("computing", Node.class).visibleProperty(), busy -> !busy);
    take("density-empty-" + look);
    sampleHalf(robot);
    take("density-busy-" + look);
    window.awaitText("job-news", "Done");
    robot.push(KeyCode.ALT, KeyCode.LEFT);
    robot.push(KeyCode.ALT, KeyCode.LEFT);
    await(window.node("computing", Node.class).visibleProperty(), busy -> !busy);
    take("density-level-" + look);
    press("show-true");
    robot.clickOn(window.shown("scale-1"));
    robot.moveTo(window.shown("plane"));
    await(window.node("true-plane", Node.class).visibleProperty(), visible -> visible);
    take("density-true-" + look);
    robot.clickOn(window.shown("scale-0"));
    press("show-energy");
    press("show-scores");
    take("density-planes-" + look);
    press("show-true");
    press("show-energy");
    robot.push(KeyCode.CONTROL, KeyCode.P);
    window.awaitText("chain-step", "Step 9");
    robot.push(KeyCode.CONTROL, KeyCode.P);
    take("density-chain-" + look);
    window.picked = Optional.of(folder.resolve("missing.safetensors"));
    robot.push(KeyCode.CONTROL, KeyCode.O);
    window.awaitVisible("problem-bar");
    take("density-error-" + look);
  }

  @ParameterizedTest(name = "draw {0} {1} × {2}")
  @MethodSource("looks")
  void draw(ThemeChoice theme, int width, int height, FxRobot robot) throws IOException {
    open(robot, "density", theme, width, height);
    robot.push(KeyCode.CONTROL, KeyCode.T);
    window.awaitText("level", "Draw and train");
    take("draw-empty-" + look);
    press("live-shape-none");
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    await(window.node("problem-bar", Node.class).visibleProperty(), visible -> visible);
    take("draw-error-" + look);
    press("live-shape-spirals");
    PlaneView drawing = window.node("drawing", PlaneView.class);
    robot.moveTo(drawing).moveBy(-60, -100).press(MouseButton.PRIMARY);
    robot.moveBy(60, 40).moveBy(80, -20);
    take("draw-drawing-" + look);
    robot.release(MouseButton.PRIMARY);
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    awaitNumber("level", 150);
    take("draw-training-" + look);
    press("live-show-energy");
    press("live-show-scores");
    robot.push(KeyCode.ALT, KeyCode.LEFT).push(KeyCode.ALT, KeyCode.LEFT);
    awaitNumber("level", 300);
    robot.push(KeyCode.ESCAPE);
    robot.moveTo(window.shown("live-loss-plot"));
    take("draw-paused-" + look);
  }

  @ParameterizedTest(name = "inpaint {0} {1} × {2}")
  @MethodSource("looks")
  void inpaint(ThemeChoice theme, int width, int height, FxRobot robot) throws IOException {
    open(robot, "inpaint", theme, width, height);
    take("inpaint-empty-" + look);
    window.picked = Optional.of(TestPicture.write(folder.resolve("landscape.png"), 360, 240));
    robot.clickOn(window.shown("open-picture"));
    window.awaitText("level", "landscape.png");
    take("inpaint-frame-" + look);
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.D);
    window.awaitText("level", "Sample");
    robot.clickOn(window.shown("tool-brush"));
    MaskEditor editor = window.node("editor", MaskEditor.class);
    robot.moveTo(point(editor, 8, 20)).press(MouseButton.PRIMARY);
    robot.moveTo(point(editor, 12, 24)).moveTo(point(editor, 24, 23));
    take("inpaint-painting-" + look);
    robot.release(MouseButton.PRIMARY);
    robot.clickOn(window.shown("tool-rectangle"));
    robot.moveTo(point(editor, 5, 6)).press(MouseButton.PRIMARY);
    robot.moveTo(point(editor, 14, 12)).release(MouseButton.PRIMARY);
    for (int i = 0; i < 3; i++) {
      robot.push(KeyCode.CONTROL, KeyCode.EQUALS);
    }
    take("inpaint-zoomed-" + look);
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT0);
    robot.clickOn(window.shown("steps-2"));
    sampleHalf(robot);
    take("inpaint-running-" + look);
    await(window.node("keep", Node.class).disabledProperty(), disabled -> !disabled);
    take("inpaint-candidates-" + look);
    robot.moveTo(window.shown("candidates"));
    take("inpaint-compare-" + look);
    Path letter = Files.writeString(folder.resolve("letter.txt"), "this is no picture");
    window.picked = Optional.of(letter);
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O);
    window.awaitVisible("problem-bar");
    take("inpaint-error-" + look);
  }

  @ParameterizedTest(name = "train {0} {1} × {2}")
  @MethodSource("looks")
  void train(ThemeChoice theme, int width, int height, FxRobot robot) throws IOException {
    ExampleRuns.write(folder.resolve("runs"));
    open(robot, "train", theme, width, height);
    window.awaitText("run-title", "faces");
    window.awaitText("sheet-name", "Iteration");
    for (String run : List.of("wide", "narrow", "fast")) {
      robot.clickOn(window.shown("chart-" + run));
    }
    robot.moveTo(window.shown("curves-plot")).moveBy(-60, 20);
    window.awaitNode("chart-readout-title", Labeled.class, Node::isVisible);
    take("train-runs-" + look);
    robot.clickOn(window.shown("per-level-1"));
    robot.clickOn(window.shown("sheet-kind-1"));
    robot.clickOn(window.shown("log-y"));
    robot.moveTo(window.shown("run-log"));
    take("train-levels-" + look);
    robot.clickOn(window.shown("run-delete"));
    take("train-question-" + look);
    robot.clickOn(window.shown("question-no"));
    robot.clickOn("fast");
    window.awaitText("run-warning", "may be diverging");
    robot.clickOn(window.shown("per-level-0"));
    take("train-warning-" + look);
    robot.push(KeyCode.CONTROL, KeyCode.N);
    take("train-form-" + look);
    TextField batch = window.node("field-data-points", TextField.class);
    robot.interact(() -> batch.setText("none"));
    take("train-form-wrong-" + look);
    robot.clickOn(window.shown("as-text-1"));
    take("train-yaml-" + look);
  }

  @ParameterizedTest(name = "train empty {0} {1} × {2}")
  @MethodSource("looks")
  void trainEmpty(ThemeChoice theme, int width, int height, FxRobot robot) throws IOException {
    open(robot, "train", theme, width, height);
    window.awaitText("train-empty-text", "Press New run");
    take("train-empty-" + look);
    robot.push(KeyCode.CONTROL, KeyCode.N);
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    window.awaitText("run-facts", "/s");
    take("train-busy-" + look);
    robot.clickOn(window.shown("run-go"));
    window.awaitText("run-go", "Resume");
    take("train-stopped-" + look);
  }

  @ParameterizedTest(name = "detect {0} {1} × {2}")
  @MethodSource("looks")
  void detect(ThemeChoice theme, int width, int height, FxRobot robot) throws IOException {
    open(robot, "detect", theme, width, height);
    take("detect-empty-" + look);
    window.picked = Optional.of(ExamplePictures.write(folder.resolve("landscapes"), 240, 1));
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O);
    window.awaitText("job-news", "scored");
    robot.moveTo(window.shown("histogram"));
    take("detect-no-training-" + look);
    window.picked = Optional.of(ExamplePictures.write(folder.resolve("portraits"), 300, 0));
    robot.clickOn(window.shown("training-folder"));
    window.awaitNode("set-figure-0", Labeled.class, text -> text.getText().contains(" to "));
    robot.clickOn(window.shown("add-set")).clickOn(window.shown("add-noise"));
    window.awaitNode("set-figure-2", Labeled.class, text -> text.getText().contains(" to "));
    robot.clickOn(window.shown("add-set")).clickOn(window.shown("add-samples"));
    window.awaitNode("set-figure-3", Labeled.class, text -> text.getText().contains("so far"));
    take("detect-busy-" + look);
    robot.push(KeyCode.ESCAPE);
    robot.clickOn(window.shown("wall"));
    robot.push(KeyCode.HOME).push(KeyCode.RIGHT).push(KeyCode.RIGHT);
    window.awaitNode("heat-high", Labeled.class, text -> text.getText().startsWith("≥"));
    take("detect-lowest-" + look);
    robot.push(KeyCode.END);
    window.awaitNode("heat-high", Labeled.class, text -> text.getText().startsWith("≥"));
    robot.moveTo(window.shown("roc"));
    take("detect-highest-" + look);
    Path damaged = Files.createDirectory(folder.resolve("damaged"));
    Files.writeString(damaged.resolve("1.png"), "this is no picture");
    window.picked = Optional.of(damaged);
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O);
    await(window.node("problem-bar", Node.class).visibleProperty(), visible -> visible);
    take("detect-error-" + look);
  }

  @ParameterizedTest(name = "models {0} {1} × {2}")
  @MethodSource("looks")
  void models(ThemeChoice theme, int width, int height, FxRobot robot) throws IOException {
    Path own = Files.createDirectories(folder.resolve("models"));
    Files.writeString(own.resolve("damaged.safetensors"), "this is no model");
    open(robot, "models", theme, width, height);
    window.awaitNode("verdict-damaged", Labeled.class, text -> text.getText().contains("damaged"));
    take("models-" + look);
    window.picked = Optional.of(folder.resolve("cifar10.pth.tar"));
    robot.push(KeyCode.CONTROL, KeyCode.I);
    TextField levels = window.node("import-levels", TextField.class);
    robot.interact(() -> levels.setText("0"));
    take("models-import-" + look);
    robot.interact(() -> levels.setText("6"));
    robot.clickOn(window.shown("question-yes"));
    window.awaitVisible("problem-bar");
    take("models-error-" + look);
  }

  private static Point2D point(MaskEditor editor, double x, double y) {
    return onFxThread(() -> editor.localToScreen(editor.screenPoint(x, y)));
  }

  /** Waits until a text holds a number that large. */
  private void awaitNumber(String id, int least) {
    await(
        window.node(id, Labeled.class).textProperty(),
        text -> {
          String digits = text.replaceAll("[^0-9]", "");
          return !digits.isEmpty() && Integer.parseInt(digits) >= least;
        });
  }

  /** Presses a button or a check box that may have been scrolled out of sight. */
  private void press(String id) {
    ButtonBase button = window.node(id, ButtonBase.class);
    onFxThread(
        () -> {
          button.fire();
          return null;
        });
  }

  /** Starts to sample and waits until half of it is done. */
  private void sampleHalf(FxRobot robot) {
    awaitChange(
        window.node("job-progress", ProgressBar.class).progressProperty(),
        progress -> progress.doubleValue() > 0.5,
        () -> robot.push(KeyCode.CONTROL, KeyCode.ENTER));
  }

  private void take(String name) throws IOException {
    Camera.take(stage, name);
  }
}
