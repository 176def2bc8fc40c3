package cdrl.studio;

import static cdrl.studio.Window.onFxThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cdrl.store.ModelLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
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

/** The Models workspace as a person uses it. */
@ExtendWith(ApplicationExtension.class)
final class ModelsTest {
  @TempDir private static Path models;
  private static ModelLibrary library;

  @TempDir private Path home;
  private Window window;

  @BeforeAll
  static void makeModels() throws IOException {
    library = TinyModels.library(models);
  }

  @Start
  void start(Stage stage) {
    window = new Window(library, home);
    window.preferences.setWord("workspace", "models");
    window.open(stage);
  }

  @AfterEach
  void close() {
    window.close();
  }

  private Path shipped(String name) {
    return models.resolve("cdrl/samples/models/" + name + ".safetensors");
  }

  private Path own(String name) {
    return home.resolve("models").resolve(name);
  }

  private MenuItem item(String model, String name) {
    MenuButton more = window.node("more-" + model, MenuButton.class);
    return onFxThread(
        () ->
            more.getItems().stream()
                .filter(item -> (name + "-" + model).equals(item.getId()))
                .findFirst()
                .orElseThrow());
  }

  private void choose(FxRobot robot, String model, String name) {
    MenuItem item = item(model, name);
    robot.interact(item::fire);
  }

  /** Adds one of the tiny models to one's own, as "mine". */
  private void addOwn(FxRobot robot, String model) throws IOException {
    Path file = Files.copy(shipped(model), home.resolve("mine.safetensors"));
    window.awaitText("models-count", "5 models");
    window.picked = Optional.of(file);
    robot.push(KeyCode.CONTROL, KeyCode.O);
    window.awaitText("models-count", "6 models");
  }

  @Test
  void shippedModelsAreCheckedAndStay(FxRobot robot) {
    window.awaitText("models-count", "5 models");
    for (String name : library.names()) {
      window.awaitNode("use-" + name, Button.class, button -> !button.isDisabled());
      window.awaitText("verdict-" + name, "all weights are finite");
      assertTrue(item(name, "remove").isDisable());
      assertTrue(item(name, "rename").isDisable());
    }
    robot.clickOn(window.shown("details-" + TinyModels.QUICK));
    assertTrue(robot.lookup("#model-details").tryQuery().isPresent());
  }

  @Test
  void aModelIsUsedWhereItBelongs(FxRobot robot) {
    window.awaitNode("use-" + TinyModels.POINTS, Button.class, button -> !button.isDisabled());
    robot.interact(window.node("use-" + TinyModels.POINTS, Button.class)::fire);
    window.awaitNode("density", Node.class, Node::isVisible);
    window.awaitText("model-facts", "Points in the plane");
  }

  @Test
  void ownModelsAreAddedRenamedOfferedAndRemoved(FxRobot robot) throws IOException {
    addOwn(robot, TinyModels.QUICK);
    assertTrue(Files.exists(own("mine.safetensors")));
    window.awaitNode("use-mine", Button.class, button -> !button.isDisabled());

    // A picture of that name that belongs to no model is in nobody's way.
    Files.writeString(own("faces-of-mine.png"), "no picture");
    robot.interact(window.node("more-mine", MenuButton.class)::requestFocus);
    choose(robot, "mine", "check");
    window.awaitText("job-news", "mine is complete");
    assertTrue(onFxThread(window.node("more-mine", MenuButton.class)::isFocused));
    window.preferences.setWord("detect.training." + own("mine.safetensors"), "somewhere");
    choose(robot, "mine", "rename");
    TextField name = window.node("rename-name", TextField.class);
    robot.interact(() -> name.setText("a/b"));
    assertTrue(window.node("question-yes", Button.class).isDisabled());
    robot.interact(() -> name.setText("faces-of-mine"));
    robot.push(KeyCode.ENTER);
    window.awaitNode("use-faces-of-mine", Button.class, button -> !button.isDisabled());
    assertTrue(Files.exists(own("faces-of-mine.safetensors")));
    assertFalse(Files.exists(own("faces-of-mine.png")));
    assertTrue(onFxThread(window.node("more-faces-of-mine", MenuButton.class)::isFocused));
    assertEquals(
        Optional.of("somewhere"),
        window.preferences.word("detect.training." + own("faces-of-mine.safetensors")));

    // It can be picked where images are made.
    robot.clickOn(window.shown("rail-generate"));
    window.awaitNode(
        "model",
        ComboBox.class,
        combo -> combo.getItems().toString().contains("name=faces-of-mine"));
    robot.clickOn(window.shown("rail-models"));

    choose(robot, "faces-of-mine", "draw");
    window.awaitText("job-news", "Drew the picture of faces-of-mine");
    assertTrue(Files.exists(own("faces-of-mine.png")));
    choose(robot, "faces-of-mine", "reveal");
    assertEquals(home.resolve("models"), window.shown);

    choose(robot, "faces-of-mine", "remove");
    for (int i = 0; i < 5; i++) {
      robot.push(KeyCode.TAB);
      assertTrue(isInQuestion(), "the keyboard has left the question");
    }
    robot.push(KeyCode.CONTROL, KeyCode.K);
    robot.push(KeyCode.ESCAPE);
    assertTrue(isInQuestion(), "the keyboard has not come back");
    robot.push(KeyCode.ESCAPE);
    assertTrue(Files.exists(own("faces-of-mine.safetensors")));
    choose(robot, "faces-of-mine", "remove");
    robot.clickOn(window.shown("question-yes"));
    window.awaitText("models-count", "5 models");
    assertFalse(Files.exists(own("faces-of-mine.safetensors")));
    assertFalse(Files.exists(own("faces-of-mine.png")));
  }

  private boolean isInQuestion() {
    Node question = window.node("question", Node.class);
    return onFxThread(
        () -> {
          Node above = question.getScene().getFocusOwner();
          while (above != null && above != question) {
            above = above.getParent();
          }
          return above == question;
        });
  }

  @Test
  void aDamagedModelSaysSo(FxRobot robot) throws IOException {
    addOwn(robot, TinyModels.QUICK);
    window.awaitNode("use-mine", Button.class, button -> !button.isDisabled());
    byte[] bytes = Files.readAllBytes(own("mine.safetensors"));
    bytes[bytes.length - 3] ^= 1;
    Files.write(own("mine.safetensors"), bytes);
    choose(robot, "mine", "check");
    window.awaitNode(
        "verdict-mine", Labeled.class, label -> label.getText().contains("its checksum"));
    assertTrue(window.node("use-mine", Button.class).isDisabled());
  }

  @Test
  void aFileThatIsNoModelIsRefused(FxRobot robot) throws IOException {
    window.awaitText("models-count", "5 models");
    window.picked = Optional.of(Files.writeString(home.resolve("no.safetensors"), "nothing"));
    robot.push(KeyCode.CONTROL, KeyCode.O);
    window.awaitText("problem-sentence", "no.safetensors");
    window.picked = Optional.of(Files.writeString(home.resolve("no.pth.tar"), "nothing"));
    robot.push(KeyCode.CONTROL, KeyCode.I);
    robot.clickOn(window.shown("question-yes"));
    window.awaitText("problem-sentence", "is no PyTorch checkpoint");
    assertFalse(Files.exists(own("no.safetensors")));
  }

  @Test
  void aPublishedCheckpointIsImported(FxRobot robot) {
    String shared = System.getenv("CDRL_SHARED");
    assumeTrue(shared != null, "CDRL_SHARED does not name the folder with published checkpoints");
    Path checkpoint = Path.of(shared).resolve("parity/toy2d.pth.tar");
    assumeTrue(Files.exists(checkpoint), "there is no " + checkpoint);
    window.awaitText("models-count", "5 models");
    window.picked = Optional.of(checkpoint);
    robot.push(KeyCode.CONTROL, KeyCode.I);
    TextField levels = window.node("import-levels", TextField.class);
    robot.interact(() -> levels.setText("0"));
    assertTrue(window.node("question-yes", Button.class).isDisabled());
    window.awaitText("question-hint", "Noise levels must be a whole number from 1 to 100.");
    robot.interact(() -> levels.setText("6"));
    TextField name = window.node("import-name", TextField.class);
    robot.interact(() -> name.setText("plane"));
    robot.clickOn(window.shown("question-yes"));
    window.awaitText("job-news", "Imported plane in");
    window.awaitNode("use-plane", Button.class, button -> !button.isDisabled());
    assertTrue(Files.exists(own("plane.safetensors")));
  }
}
