package cdrl.studio;

import static cdrl.studio.Window.await;
import static cdrl.studio.Window.onFxThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.data.Pictures;
import cdrl.store.ModelLibrary;
import cdrl.store.ProcessMark;
import cdrl.store.RunFolder;
import cdrl.store.RunState;
import cdrl.store.RunSummary;
import cdrl.studio.charts.CurveChart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Slider;
import javafx.scene.control.TextArea;
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

/** The Train workspace as a person uses it; the runs train in processes of their own. */
@ExtendWith(ApplicationExtension.class)
final class TrainTest {
  @TempDir private static Path models;
  private static ModelLibrary library;

  @TempDir private Path home;
  private Window window;
  private Stage stage;

  @BeforeAll
  static void makeModels() throws IOException {
    library = TinyModels.library(models);
  }

  @Start
  void start(Stage stage) {
    this.stage = stage;
    window = new Window(library, home);
    window.preferences.setWord("workspace", "train");
    window.open(stage);
  }

  @AfterEach
  void close() throws IOException {
    window.close();
    Path started = runs().resolve(".started");
    if (Files.isDirectory(started)) {
      try (Stream<Path> folders = Files.list(started)) {
        for (Path folder : folders.toList()) {
          Path mark = folder.resolve("process.txt");
          if (Files.exists(mark)) {
            ProcessMark.find(Files.readString(mark))
                .ifPresent(
                    process -> {
                      process.destroyForcibly();
                      process.onExit().join();
                    });
          }
        }
      }
    }
  }

  private Path runs() {
    return home.resolve("runs");
  }

  /** Fills the form for a run that is small enough for a test, and starts it. */
  private void startRun(FxRobot robot, String name, long iterations) {
    robot.push(KeyCode.CONTROL, KeyCode.N);
    window.type("run-name", name);
    window.type("field-data-points", "500");
    window.type("field-model-energy-channels", "8");
    window.type("field-training-batch", "20");
    window.type("field-training-iterations", Long.toString(iterations));
    window.type("field-output-logEvery", "2");
    window.type("field-output-sampleEvery", "20");
    window.type("field-output-sampleCount", "4");
    window.type("field-output-checkpointEvery", "20");
    await(window.node("start-run", Button.class).disabledProperty(), disabled -> !disabled);
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    window.awaitText("run-title", name);
  }

  @Test
  void anEmptyFolderSaysWhatToDo() {
    window.awaitText("train-empty-text", "Press New run");
    assertTrue(onFxThread(window.node("runs-folder", Label.class)::getText).endsWith("runs"));
  }

  @Test
  void aRunTrainsToItsEndAndItsModelIsUsed(FxRobot robot) throws IOException {
    startRun(robot, "small", 60);
    window.awaitText("job-news", "The run small has finished.");
    assertEquals(RunState.FINISHED, RunSummary.of(runs().resolve("small")).state());
    window.awaitText("run-facts", "Iteration 60 of 60");
    assertFalse(window.node("run-go", Button.class).isVisible());

    // Sample sheets: the newest first, then back.
    window.awaitText("sheet-name", "Iteration 60");
    robot.push(KeyCode.ALT, KeyCode.LEFT);
    window.awaitText("sheet-name", "Iteration 40");
    Slider scrubber = window.node("sheet-slider", Slider.class);
    assertEquals(1.0, scrubber.getValue());
    robot.interact(() -> scrubber.setValue(0));
    window.awaitText("sheet-name", "Iteration 20");

    window.picked = Optional.of(home.resolve("sheet.png"));
    robot.clickOn(window.shown("sheet-save"));
    window.awaitText("job-news", "sheet.png");
    assertEquals("20", Pictures.readNotes(home.resolve("sheet.png")).get("cdrl.iteration"));
    robot.clickOn(window.shown("sheet-copy"));
    window.awaitText("job-news", "The samples of iteration 20 are on the clipboard.");

    // Curves, tables and pictures.
    assertTrue(window.node("curves", CurveChart.class).isVisible());
    window.picked = Optional.of(home.resolve("curves.csv"));
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.S);
    window.awaitText("job-news", "curves.csv");
    List<String> table = Files.readAllLines(home.resolve("curves.csv"));
    assertEquals("iteration,\"small energy_difference\"", table.get(0));
    assertEquals(31, table.size());
    assertTrue(table.get(30).startsWith("60,"), table.get(30));
    window.picked = Optional.of(home.resolve("curves.png"));
    robot.push(KeyCode.CONTROL, KeyCode.S);
    window.awaitText("job-news", "curves.png");
    assertTrue(Pictures.read(home.resolve("curves.png"), 3).shape()[2] > 1000);
    assertEquals("small", Pictures.readNotes(home.resolve("curves.png")).get("cdrl.run"));
    TextArea log = window.node("run-log", TextArea.class);
    assertTrue(log.getText().contains("All 60 iterations are made."), log.getText());
    robot.clickOn(window.shown("log-or-settings-1"));
    await(log.textProperty(), text -> text.contains("iterations: 60"));

    robot.clickOn(window.shown("run-folder"));
    assertEquals(runs().resolve("small"), window.shown);

    robot.clickOn(window.shown("run-use"));
    await(
        stage.getScene().focusOwnerProperty(),
        owner -> owner != null && isWithin(owner, "density"));
    window.awaitText("model-facts", "60 iterations");
  }

  private static boolean isWithin(Node node, String id) {
    for (Node above = node; above != null; above = above.getParent()) {
      if (id.equals(above.getId())) {
        return true;
      }
    }
    return false;
  }

  @Test
  void aRunOutlivesTheWindowAndIsFoundAgain(FxRobot robot) {
    startRun(robot, "long", 1_000_000);
    window.awaitText("run-facts", "of 1,000,000");
    robot.interact(stage::close);
    window.close();

    window = new Window(library, home);
    window.preferences.setWord("workspace", "train");
    robot.interact(() -> window.open(stage));
    window.awaitText("run-title", "long");
    window.awaitText("run-go", "Stop");
    assertTrue(window.node("run-delete", Button.class).isDisabled());
    robot.clickOn(window.shown("run-go"));
    window.awaitText("run-go", "Resume");
    assertEquals(RunState.STOPPED, RunSummary.of(runs().resolve("long")).state());

    // It goes on from its checkpoint; a second click and the key of the form do not stop it again.
    robot.doubleClickOn(window.shown("run-go"));
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    window.awaitText("run-go", "Stop");
    robot.clickOn(window.shown("runs"));
    robot.push(KeyCode.DELETE);
    window.awaitText("job-news", "is at work; stop it first");
    assertFalse(window.node("question", Node.class).isVisible());
    CheckBox charted = window.node("chart-long", CheckBox.class);
    robot.push(KeyCode.SPACE);
    await(charted.selectedProperty(), selected -> selected);
    robot.push(KeyCode.SPACE);
    await(charted.selectedProperty(), selected -> !selected);
    TextArea log = window.node("run-log", TextArea.class);
    await(log.textProperty(), text -> text.contains("Going on from iteration"));
    robot.clickOn(window.shown("run-go"));
    window.awaitText("run-go", "Resume");

    // To the trash, but only after a question.
    robot.clickOn(window.shown("run-delete"));
    robot.push(KeyCode.ESCAPE);
    assertFalse(window.node("question", Node.class).isVisible());
    assertTrue(RunFolder.isRun(runs().resolve("long")));
    robot.clickOn(window.shown("run-delete"));
    robot.clickOn(window.shown("question-yes"));
    window.awaitText("job-news", "was moved to");
    assertFalse(Files.exists(runs().resolve("long")));
    assertTrue(RunFolder.isRun(runs().resolve(".trash").resolve("long")));
    await(Bindings.isEmpty(window.node("runs", ListView.class).getItems()), gone -> gone);
  }

  @Test
  void theFormChecksWhileOneTypes(FxRobot robot) {
    robot.push(KeyCode.CONTROL, KeyCode.N);
    Button start = window.node("start-run", Button.class);
    await(start.disabledProperty(), disabled -> !disabled);
    window.type("field-training-batch", "0");
    assertTrue(start.isDisabled());
    window.awaitText("range-training-batch", "Must be a whole number from 1 to 100000.");
    window.awaitText("form-obstacle", "training.batch must be");
    robot.interact(window.node("reset-training-batch", Button.class)::fire);
    assertEquals("200", window.node("field-training-batch", TextField.class).getText());
    assertFalse(start.isDisabled());
    window.type("run-name", "a/b");
    window.awaitText("form-obstacle", "Give the run a name");
    window.type("run-name", "fine");
    @SuppressWarnings("unchecked")
    ComboBox<String> kind = window.node("field-data-kind", ComboBox.class);
    robot.interact(() -> kind.setValue("images"));
    window.awaitText("form-obstacle", "data.path is missing");
    window.picked = Optional.of(home);
    robot.clickOn(window.shown("choose-data"));
    assertEquals(home.toString(), window.node("field-data-path", TextField.class).getText());
    assertFalse(start.isDisabled());
  }

  @Test
  void theYamlAndTheFormAreTheSameConfiguration(FxRobot robot) {
    robot.push(KeyCode.CONTROL, KeyCode.N);
    window.type("field-training-batch", "77");
    robot.clickOn(window.shown("as-text-1"));
    TextArea yaml = window.node("yaml", TextArea.class);
    assertTrue(yaml.getText().contains("batch: 77"), yaml.getText());
    robot.interact(() -> yaml.setText(yaml.getText().replace("batch: 77", "batch: 78")));
    robot.clickOn(window.shown("as-text-0"));
    assertEquals("78", window.node("field-training-batch", TextField.class).getText());
    robot.clickOn(window.shown("as-text-1"));
    robot.interact(() -> yaml.setText("training:\n  bach: 3\n"));
    window.awaitText("form-obstacle", "did you mean 'training.batch'?");
    assertTrue(window.node("start-run", Button.class).isDisabled());
  }

  @Test
  void aRunWhoseDataAreMissingSaysSo(FxRobot robot) {
    robot.push(KeyCode.CONTROL, KeyCode.N);
    window.type("run-name", "lost");
    @SuppressWarnings("unchecked")
    ComboBox<String> kind = window.node("field-data-kind", ComboBox.class);
    robot.interact(() -> kind.setValue("images"));
    window.type("field-data-path", home.resolve("nowhere").toString());
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    window.awaitText("run-title", "lost");
    window.awaitText("run-warning", "nowhere");
  }
}
