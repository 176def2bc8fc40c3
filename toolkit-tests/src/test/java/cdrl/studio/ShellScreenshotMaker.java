package cdrl.studio;

import static cdrl.studio.Window.onFxThread;

import cdrl.store.ModelLibrary;
import cdrl.studio.shell.Accent;
import cdrl.studio.shell.Preferences;
import cdrl.studio.shell.ThemeChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javafx.scene.input.KeyCode;
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
 * Takes pictures of what lies over the workspaces, and of all workspaces in German, whose words are
 * long.
 */
@Tag("screenshots")
@ExtendWith(ApplicationExtension.class)
final class ShellScreenshotMaker {
  @TempDir private static Path models;
  private static ModelLibrary library;

  @TempDir private Path folder;
  private Window window;
  private Stage stage;
  private String look = "";

  @BeforeAll
  static void findModels() throws IOException {
    ModelLibrary shipped = new ModelLibrary(ShellScreenshotMaker.class.getClassLoader());
    library = shipped.names().isEmpty() ? TinyModels.library(models) : shipped;
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
    return Stream.of(Locale.ENGLISH, Locale.GERMAN)
        .flatMap(
            language ->
                Stream.of(
                    Arguments.of(language, ThemeChoice.LIGHT, 1280, 800),
                    Arguments.of(language, ThemeChoice.DARK, 1920, 1080)));
  }

  private void open(FxRobot robot, Locale language, ThemeChoice theme, int width, int height) {
    look =
        language.getLanguage()
            + "-"
            + theme.name().toLowerCase(Locale.ROOT)
            + "-"
            + width
            + "x"
            + height;
    Preferences preferences = Preferences.inMemory();
    preferences.themeProperty().set(theme);
    robot.interact(
        () -> {
          window = new Window(library, folder, language, preferences);
          window.open(stage);
        });
    robot.interact(
        () -> {
          stage.setX(0);
          stage.setY(0);
          stage.setWidth(width);
          stage.setHeight(height);
        });
    window.awaitText("model-facts", "T = ");
  }

  @ParameterizedTest(name = "over the workspaces {0} {1} {2} × {3}")
  @MethodSource("looks")
  void over(Locale language, ThemeChoice theme, int width, int height, FxRobot robot)
      throws IOException {
    open(robot, language, theme, width, height);
    take("tour-1");
    robot.clickOn(window.shown("tour-next"));
    take("tour-2");
    robot.clickOn(window.shown("tour-next"));
    take("tour-3");
    robot.clickOn(window.shown("tour-next"));
    robot.push(KeyCode.CONTROL, KeyCode.K);
    take("palette");
    robot.write(language.equals(Locale.GERMAN) ? "speich" : "save");
    take("palette-found");
    robot.push(KeyCode.ESCAPE);
    robot.push(KeyCode.F1);
    take("keys");
    robot.push(KeyCode.ESCAPE);
    robot.push(KeyCode.CONTROL, KeyCode.COMMA);
    take("preferences");
    robot.write("gpu");
    take("preferences-found");
    robot.push(KeyCode.ESCAPE);
    robot.interact(() -> window.preferences.accentProperty().set(Accent.GREEN));
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    window.awaitVisible("job-progress");
    take("jobs");
  }

  @ParameterizedTest(name = "workspaces {0} {1} {2} × {3}")
  @MethodSource("looks")
  void workspaces(Locale language, ThemeChoice theme, int width, int height, FxRobot robot)
      throws IOException {
    ExampleRuns.write(folder.resolve("runs"));
    open(robot, language, theme, width, height);
    robot.push(KeyCode.ESCAPE);
    for (String workspace :
        List.of("generate", "compose", "inpaint", "density", "train", "detect", "models")) {
      robot.clickOn(window.shown("rail-" + workspace));
      take("workspace-" + workspace);
    }
    robot.clickOn(window.shown("rail-train"));
    robot.push(KeyCode.CONTROL, KeyCode.N);
    take("workspace-form");
  }

  private void take(String name) throws IOException {
    Camera.take(stage, name + "-" + look);
  }
}
