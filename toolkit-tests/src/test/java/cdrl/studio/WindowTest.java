package cdrl.studio;

import cdrl.store.ModelLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import org.testfx.framework.junit5.ApplicationExtension;

/** Tests of the whole program in a window, with the real engine and small random models. */
@ExtendWith(ApplicationExtension.class)
abstract class WindowTest {
  @TempDir static Path models;
  static ModelLibrary library;

  /** Where runs, models and files of a test go. */
  @TempDir Path folder;

  Window window;
  Stage stage;

  private final String workspace;

  /**
   * @param workspace is in front at first
   */
  WindowTest(String workspace) {
    this.workspace = workspace;
  }

  @BeforeAll
  static void makeModels() throws IOException {
    library = TinyModels.library(models);
  }

  @BeforeEach
  final void open() throws TimeoutException {
    prepare();
    FxToolkit.setupStage(
        primary -> {
          stage = primary;
          window = new Window(library, folder);
          window.preferences.setWord("workspace", workspace);
          window.open(primary);
        });
  }

  /** Puts files where the program will look for them. */
  void prepare() {}

  @AfterEach
  final void closeWindow() {
    window.close();
  }
}
