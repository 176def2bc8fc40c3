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
import cdrl.studio.widgets.PictureView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
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

/** The Detect workspace as a person uses it, with the real engine and a small random model. */
@ExtendWith(ApplicationExtension.class)
final class DetectTest {
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
    window.preferences.setWord("workspace", "detect");
    window.open(stage);
  }

  @AfterEach
  void close() {
    window.close();
  }

  /** Pictures with noise around a shade. */
  private Path pictures(String name, int count, double shade) throws IOException {
    Path place = Files.createDirectory(folder.resolve(name));
    Random random = new Random(name.hashCode());
    for (int i = 0; i < count; i++) {
      float[] values = new float[3 * 16 * 16];
      for (int j = 0; j < values.length; j++) {
        values[j] = (float) (shade + 0.2 * random.nextGaussian());
      }
      Pictures.write(
          place.resolve(i + ".png"), new HostTensor(new long[] {3, 16, 16}, values), Map.of());
    }
    return place;
  }

  /** Waits for a node that may only come, too. */
  private void awaitText(String id, String part) {
    window.awaitNode(
        id, Labeled.class, node -> node.getText() != null && node.getText().contains(part));
  }

  private void chooseTraining(FxRobot robot, Path place) {
    awaitText("model-facts", "16 × 16 pixels");
    window.picked = Optional.of(place);
    robot.clickOn(window.shown("training-folder"));
  }

  private void add(FxRobot robot, String item) {
    robot.clickOn(window.shown("add-set"));
    robot.clickOn(window.shown(item));
  }

  @Test
  void setsAreToldFromTheTrainingData(FxRobot robot) throws IOException {
    awaitText("detect-empty-text", "Drop pictures");
    assertTrue(
        window.text("meaning").contains("0.5 is no better than chance"), window.text("meaning"));
    chooseTraining(robot, pictures("dark", 24, -0.6));
    awaitText("job-news", "24 pictures are scored");
    assertTrue(window.node("no-roc", Label.class).isVisible());
    window.picked = Optional.of(pictures("bright", 20, 0.6));
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O);
    awaitText("set-figure-1", " to ");
    assertFalse(window.node("no-roc", Label.class).isVisible());
    add(robot, "add-noise");
    awaitText("set-figure-2", " to ");
    assertEquals("3 sets, 68 pictures", window.text("level-facts"));
    assertFalse(window.text("set-verdict-2").isBlank());
    add(robot, "add-samples");
    awaitText("set-figure-3", " to ");

    Path table = folder.resolve("scores.csv");
    window.picked = Optional.of(table);
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.S);
    awaitText("job-news", "Saved");
    List<String> rows = Files.readAllLines(table);
    assertEquals("set,index,score", rows.get(0));
    assertTrue(rows.get(1).startsWith("Training data,0,"), rows.get(1));
    assertEquals(20, rows.stream().filter(row -> row.startsWith("bright,")).count());

    Path charts = folder.resolve("charts.png");
    window.picked = Optional.of(charts);
    robot.push(KeyCode.CONTROL, KeyCode.S);
    awaitText("job-news", "charts.png");
    assertEquals("detect", Pictures.readNotes(charts).get("cdrl.workspace"));

    awaitChange(
        window.node("set-figure-3", Labeled.class).textProperty(),
        text -> text.contains(" to "),
        () -> robot.clickOn(window.shown("detect-level-1")));
  }

  @Test
  void picturesAreSortedAndShowWhereTheyAreOdd(FxRobot robot) throws IOException {
    chooseTraining(robot, pictures("dark", 300, -0.6));
    awaitText("job-news", "300 pictures are scored");
    Node wall = window.node("wall", Node.class);
    robot.interact(wall::requestFocus);
    robot.push(KeyCode.HOME);
    window.awaitNode("heat-high", Labeled.class, label -> label.getText().startsWith("≥"));
    assertTrue(
        window.text("picked-facts").contains("higher than 0 %"), window.text("picked-facts"));
    assertTrue(onFxThread(window.node("picked", PictureView.class)::hasPicture));
    String lowest = window.text("picked-name");
    robot.push(KeyCode.END);
    assertTrue(window.text("picked-facts").contains("higher than 99"), window.text("picked-facts"));
    ScrollBar bar = window.node("wall-bar", ScrollBar.class);
    await(bar.valueProperty(), value -> value.doubleValue() == bar.getMax());
    robot.push(KeyCode.ALT, KeyCode.LEFT);
    assertEquals(0, bar.getValue());
    robot.push(KeyCode.ALT, KeyCode.RIGHT);
    assertEquals(bar.getMax(), bar.getValue());
    robot.clickOn(window.shown("lowest"));
    assertEquals(0, bar.getValue());
    robot.interact(wall::requestFocus);
    robot.push(KeyCode.HOME);
    assertEquals(lowest, window.text("picked-name"));
    Slider opacity = window.node("heat-opacity", Slider.class);
    robot.interact(opacity::requestFocus);
    robot.push(KeyCode.HOME);
    assertEquals("0 %", window.text("heat-opacity-value"));
    robot.clickOn(window.shown("histogram")); // its middle: other pictures
    awaitText("picked-facts", "Score");
  }

  @Test
  void thePictureWithItsHeatMapCanBeSavedAndCopied(FxRobot robot) throws IOException {
    awaitText("model-facts", "16 × 16 pixels");
    window.picked = Optional.of(pictures("bright", 3, 0.6));
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O);
    awaitText("job-news", "3 pictures are scored");
    Node save = window.node("save-picked", Node.class);
    assertTrue(save.isDisabled());
    robot.interact(window.node("wall", Node.class)::requestFocus);
    robot.push(KeyCode.HOME);
    await(save.disabledProperty(), disabled -> !disabled);
    Path file = folder.resolve("heat.png");
    window.picked = Optional.of(file);
    robot.clickOn(window.shown("save-picked"));
    awaitText("job-news", "Saved");
    Map<String, String> notes = Pictures.readNotes(file);
    assertEquals("detect", notes.get("cdrl.workspace"));
    assertTrue(notes.get("cdrl.sets").startsWith("place\tbright\t"), notes.get("cdrl.sets"));
    robot.clickOn(window.shown("copy-picked"));
    awaitText("job-news", "clipboard");
  }

  @Test
  void namesCanBeChangedAndSetsRemoved(FxRobot robot) throws IOException {
    awaitText("model-facts", "16 × 16 pixels");
    window.picked = Optional.of(pictures("bright", 12, 0.6));
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O);
    awaitText("job-news", "12 pictures are scored");
    TextField name = window.node("set-name-0", TextField.class);
    robot.interact(() -> name.setText("Lamps"));
    Path table = folder.resolve("scores.csv");
    window.picked = Optional.of(table);
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.S);
    awaitText("job-news", "Saved");
    assertTrue(Files.readAllLines(table).get(1).startsWith("Lamps,0,"));
    robot.clickOn(window.shown("set-remove-0"));
    awaitText("detect-empty-text", "Drop pictures");
  }

  @Test
  void whatGoesWrongIsSaidAndCanBeTriedAgain(FxRobot robot) throws IOException {
    awaitText("model-facts", "16 × 16 pixels");
    add(robot, "add-interpolation");
    awaitText("problem-sentence", "choose the training data first");
    Button score = window.node("score", Button.class);
    assertFalse(score.isDisabled());
    chooseTraining(robot, pictures("dark", 12, -0.6));
    awaitText("job-news", "12 pictures are scored");
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    awaitText("set-figure-0", " to ");
    await(score.disabledProperty(), disabled -> disabled);
    Path damaged = Files.createDirectory(folder.resolve("broken"));
    Files.writeString(damaged.resolve("1.png"), "this is no picture");
    window.picked = Optional.of(damaged);
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O);
    awaitText("problem-sentence", "could not be read");
  }

  @Test
  void theTrainingDataIsRememberedForTheModel(FxRobot robot) throws IOException {
    chooseTraining(robot, pictures("dark", 12, -0.6));
    awaitText("job-news", "12 pictures are scored");
    ComboBox<?> combo = window.node("model", ComboBox.class);
    robot.interact(() -> combo.getSelectionModel().select(1));
    window.awaitNode("training-hint", Labeled.class, Node::isVisible);
    robot.interact(() -> combo.getSelectionModel().select(0));
    awaitText("training-place", "dark");
  }

  @Test
  void picturesOfOtherWorkspacesMakeASet(FxRobot robot) {
    robot.clickOn(window.shown("rail-generate"));
    window.pick(TinyModels.QUICK);
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    awaitText("job-news", "Done");
    robot.push(KeyCode.CONTROL, KeyCode.E);
    awaitText("job-news", "1 picture is scored");
    TextField name = window.node("set-name-0", TextField.class);
    assertEquals("Sent pictures", name.getText());
    robot.clickOn(window.shown("rail-generate"));
    robot.interact(window.node("grid", Node.class)::requestFocus);
    robot.push(KeyCode.RIGHT);
    robot.push(KeyCode.CONTROL, KeyCode.E);
    awaitText("job-news", "2 pictures are scored");
    robot.interact(window.node("wall", Node.class)::requestFocus);
    robot.push(KeyCode.HOME);
    assertTrue(
        window.text("picked-name").startsWith("quick-images, seed 1, image"),
        window.text("picked-name"));
  }

  @Test
  void everyControlHasANameAndCanBeReached(FxRobot robot) throws IOException {
    chooseTraining(robot, pictures("dark", 12, -0.6));
    awaitText("job-news", "12 pictures are scored");
    add(robot, "add-noise");
    awaitText("set-figure-1", " to ");
    ReachableControls.haveNames(stage, 25);
  }
}
