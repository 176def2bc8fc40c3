package cdrl.studio;

import static cdrl.studio.Window.await;
import static cdrl.studio.Window.onFxThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.sampling.LangevinKernels.Format;
import cdrl.store.ModelLibrary;
import cdrl.studio.shell.Accent;
import cdrl.studio.shell.Preferences;
import cdrl.studio.shell.ThemeChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
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

/** What lies over the workspaces, and what is remembered from one start to the next. */
@ExtendWith(ApplicationExtension.class)
final class ShellTest {
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
    window.open(stage);
  }

  @AfterEach
  void close() {
    window.close();
  }

  private Path file() {
    return home.resolve("preferences.properties");
  }

  /** Closes the window and opens it as the next start would. */
  private void startAgain(FxRobot robot, Locale language) {
    robot.interact(stage::close);
    window.close();
    window = new Window(library, home, language, Preferences.load(file()));
    robot.interact(() -> window.open(stage));
  }

  private boolean isOpen(String overlay) {
    return onFxThread(window.node(overlay, Node.class)::isVisible);
  }

  private boolean isWithin(String id) {
    return onFxThread(
        () -> {
          Node above = stage.getScene().getFocusOwner();
          while (above != null && !id.equals(above.getId())) {
            above = above.getParent();
          }
          return above != null;
        });
  }

  @Test
  void anActionIsFoundByAFewLetters(FxRobot robot) {
    robot.push(KeyCode.CONTROL, KeyCode.K);
    assertTrue(isOpen("palette"));
    ListView<?> list = window.node("palette-list", ListView.class);
    int all = list.getItems().size();
    assertTrue(all > 60, "only " + all + " actions");
    robot.write("go dens");
    assertTrue(list.getItems().size() < all);
    robot.push(KeyCode.ENTER);
    assertFalse(isOpen("palette"));
    window.awaitText("level", "Level 0");
    assertTrue(onFxThread(window.node("rail-density", ToggleButton.class)::isSelected));
  }

  @Test
  void anActionOfAnotherWorkspaceIsDoneThere(FxRobot robot) {
    robot.push(KeyCode.CONTROL, KeyCode.K);
    robot.write("new run");
    robot.push(KeyCode.ENTER);
    window.awaitVisible("run-form");
    assertTrue(onFxThread(window.node("rail-train", ToggleButton.class)::isSelected));
  }

  @Test
  void theKeyboardStaysInsideUntilTheCardIsClosed(FxRobot robot) {
    window.awaitText("model-facts", "T = "); // from then on nothing else takes the keyboard
    robot.clickOn(window.shown("seed"));
    robot.push(KeyCode.CONTROL, KeyCode.COMMA);
    for (int i = 0; i < 25; i++) {
      robot.push(KeyCode.TAB);
      assertTrue(isWithin("preferences"), "after " + (i + 1) + " steps");
    }
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT3);
    assertTrue(onFxThread(window.node("rail-generate", ToggleButton.class)::isSelected));
    robot.push(KeyCode.ESCAPE);
    assertFalse(isOpen("preferences"));
    assertTrue(isWithin("seed"), "the keyboard is where it was");
  }

  @Test
  void allKeysAreOnASheet(FxRobot robot) {
    robot.clickOn(window.shown("rail-density"));
    robot.write("?");
    assertTrue(isOpen("cheat-sheet"));
    for (String text : List.of("Everywhere", "Show the whole plane", "Feather the mask's edges")) {
      assertFalse(robot.lookup(text).queryAll().isEmpty(), text);
    }
    robot.push(KeyCode.ESCAPE);
    assertFalse(isOpen("cheat-sheet"));
    robot.clickOn(window.shown("rail-generate")).clickOn(window.shown("seed")).write("?");
    assertFalse(isOpen("cheat-sheet"), "in a text field it is a character");
    robot.push(KeyCode.F1);
    assertTrue(isOpen("cheat-sheet"));
  }

  @Test
  void preferencesTakeEffectAtOnceOrSayWhen(FxRobot robot) {
    robot.push(KeyCode.CONTROL, KeyCode.COMMA);
    robot.clickOn(window.shown("preferences-theme-2"));
    await(window.preferences.themeProperty(), theme -> theme == ThemeChoice.DARK);
    robot.clickOn(window.shown("accent-green"));
    assertEquals(Accent.GREEN, window.preferences.accentProperty().get());
    assertTrue(
        onFxThread(
            () ->
                stage.getScene().getStylesheets().stream()
                    .anyMatch(sheet -> sheet.endsWith("green-dark.css"))));
    robot.clickOn(window.shown("preferences-preview-2"));
    assertEquals(Optional.of("4"), window.preferences.word("preview.steps"));
    Node note = window.node("preferences-restart", Node.class);
    assertFalse(note.isVisible());

    @SuppressWarnings("unchecked")
    ComboBox<Integer> threads = window.node("preferences-threads", ComboBox.class);
    robot.interact(() -> threads.setValue(1));
    assertEquals(1, window.preferences.compute().threads());
    window.awaitText("preferences-restart", "Threads");
    ToggleButton float32 = window.node("preferences-precision-1", ToggleButton.class);
    robot.interact(float32::fire);
    assertEquals(Format.FLOAT32, window.preferences.compute().precision());
    window.awaitText("preferences-restart", "Threads, Precision");
    robot.interact(() -> threads.setValue(0));
    robot.interact(window.node("preferences-precision-0", ToggleButton.class)::fire);
    assertFalse(note.isVisible(), "nothing waits any more");
  }

  @Test
  void preferencesAreFoundByTheirWords(FxRobot robot) {
    robot.push(KeyCode.CONTROL, KeyCode.COMMA);
    robot.write("nvidia");
    assertTrue(onFxThread(() -> isShown("gpu-download")));
    assertFalse(onFxThread(() -> isShown("preferences-brush")));
    robot.write("xyz");
    assertFalse(onFxThread(() -> isShown("gpu-download")));
    robot.push(KeyCode.CONTROL, KeyCode.A).push(KeyCode.BACK_SPACE);
    robot.write("brush zoom");
    assertTrue(onFxThread(() -> isShown("preferences-brush")));
    robot.interact(window.node("preferences-brush", CheckBox.class)::fire);
    assertTrue(window.preferences.brushKeepsSizeProperty().get());
  }

  private boolean isShown(String id) {
    for (Node above = stage.getScene().lookup("#" + id); above != null; above = above.getParent()) {
      if (!above.isVisible()) {
        return false;
      }
    }
    return true;
  }

  @Test
  void foldersAreTakenFromTheDialog(FxRobot robot) throws IOException {
    Path runs = Files.createDirectories(home.resolve("other runs"));
    window.picked = Optional.of(runs);
    robot.push(KeyCode.CONTROL, KeyCode.COMMA);
    robot.write("folder");
    robot.interact(() -> robot.lookup("#runs-choose").queryButton().fire());
    assertEquals(runs.toString(), window.text("runs-place"));
    Path own = Files.createDirectories(home.resolve("other models"));
    window.picked = Optional.of(own);
    robot.interact(() -> robot.lookup("#models-choose").queryButton().fire());
    window.awaitText("preferences-restart", "Your models");
    assertEquals(own, window.preferences.modelFolder(home));
    robot.push(KeyCode.ESCAPE);
    robot.clickOn(window.shown("rail-train"));
    assertEquals(runs.toString(), window.text("runs-folder"));
  }

  @Test
  void aDownloadThatFailsSaysWhy(FxRobot robot) {
    robot.push(KeyCode.CONTROL, KeyCode.COMMA);
    robot.write("nvidia");
    robot.clickOn(window.shown("gpu-download"));
    window.awaitText("problem-sentence", "No download in tests.");
    assertFalse(isOpen("preferences"));
    robot.clickOn(window.shown("problem-details"));
    assertTrue(isOpen("problem-text"));
  }

  @Test
  void threeHintsAreShownOnceAndNeverAgain(FxRobot robot) {
    Preferences untold = Preferences.load(file());
    untold.save();
    untold.finishSaving();
    startAgain(robot, Locale.ENGLISH);
    window.awaitVisible("tour");
    window.awaitText("tour-title", "One place for each task");
    robot.clickOn(window.shown("tour-next"));
    window.awaitText("tour-title", "Begin here");
    robot.clickOn(window.shown("tour-next")).clickOn(window.shown("tour-next"));
    assertFalse(isOpen("tour"));
    startAgain(robot, Locale.ENGLISH);
    window.awaitText("model-facts", "T = ");
    assertFalse(isOpen("tour"));
  }

  @Test
  void theNextStartGoesOnWhereTheLastOneEnded(FxRobot robot) {
    startAgain(robot, Locale.ENGLISH);
    robot.push(KeyCode.ESCAPE);
    window.pick(TinyModels.ENDLESS);
    window.awaitText("model-facts", "K = 1,000");
    window.type("seed", "77");
    Spinner<?> count = window.node("count", Spinner.class);
    robot.interact(() -> count.increment(3));
    Object wanted = onFxThread(count::getValue);
    robot.clickOn(window.shown("rail-density"));
    window.awaitText("level", "Level 0");
    window.type("seed", "5");
    robot.clickOn(window.shown("rail-inpaint"));
    robot.interact(
        () -> {
          stage.setWidth(1301);
          stage.setHeight(822);
        });

    startAgain(robot, Locale.ENGLISH);
    assertTrue(onFxThread(window.node("rail-inpaint", ToggleButton.class)::isSelected));
    assertEquals(1301, onFxThread(stage::getWidth));
    robot.clickOn(window.shown("rail-generate"));
    window.awaitText("model-facts", "K = 1,000");
    assertEquals("77", window.node("seed", TextField.class).getText());
    assertEquals(wanted, onFxThread(window.node("count", Spinner.class)::getValue));
    robot.clickOn(window.shown("rail-density"));
    window.awaitText("level", "Level 0");
    assertEquals("5", window.node("seed", TextField.class).getText());
  }

  @Test
  void theWindowSpeaksGerman(FxRobot robot) throws IOException {
    Preferences preferences = Preferences.load(file());
    preferences.setWord("tour", "shown");
    preferences.save();
    preferences.finishSaving();
    startAgain(robot, Locale.GERMANY);
    window.awaitText("model-facts", "16 × 16 Pixel");
    assertEquals("Erzeugen", window.text("sample"));
    window.awaitText("device", "Rechnet auf dem Prozessor");
    Path damaged = Files.writeString(home.resolve("damaged.safetensors"), "this is no model");
    window.picked = Optional.of(damaged);
    robot.push(KeyCode.CONTROL, KeyCode.O);
    window.awaitText(
        "problem-sentence",
        "Die Datei „"
            + damaged
            + "“ ist keine brauchbare safetensors-Datei: ihr Kopf gibt 2338328219631577204 Byte an,"
            + " wo höchstens 8 möglich sind; nehmen Sie eine andere Kopie davon.");
    robot.clickOn(window.shown("problem-close"));
    robot.push(KeyCode.CONTROL, KeyCode.K);
    robot.write("einstell");
    robot.push(KeyCode.ENTER);
    assertTrue(isOpen("preferences"));
  }

  @Test
  void allJobsCanBeSeenAndStopped(FxRobot robot) {
    window.pick(TinyModels.ENDLESS);
    window.awaitText("model-facts", "K = 1,000");
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    window.awaitVisible("job-title");
    robot.clickOn(window.shown("rail-density"));
    window.awaitText("level", "Level 0");
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    window.awaitVisible("job-more");
    assertEquals("and 1 more", window.text("job-more"));
    robot.clickOn(window.shown("job-more"));
    List<Labeled> cancels =
        robot.lookup(".job-row .button").queryAll().stream().map(Labeled.class::cast).toList();
    assertEquals(2, cancels.size());
    assertEquals("Cancel: Sampling images", onFxThread(cancels.get(0)::getAccessibleText));
    robot.clickOn(cancels.get(0));
    await(window.node("job-more", Node.class).visibleProperty(), more -> !more);
    window.awaitVisible("job-news"); // also while something runs
    window.awaitText("memory", "GB");
    assertTrue(window.node("device", Label.class).getTooltip().getText().startsWith("Using"));
  }
}
