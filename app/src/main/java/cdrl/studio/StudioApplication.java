package cdrl.studio;

import cdrl.runtime.CudaInstaller;
import cdrl.runtime.DeviceChoice;
import cdrl.store.ModelLibrary;
import cdrl.studio.engine.EngineDensities;
import cdrl.studio.engine.EnginePictures;
import cdrl.studio.engine.EngineScoring;
import cdrl.studio.engine.TensorEngine;
import cdrl.studio.engine.TranslatedException;
import cdrl.studio.models.ModelShelf;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.DeviceNote;
import cdrl.studio.shell.Preferences;
import cdrl.studio.shell.SystemFileDialogs;
import cdrl.studio.shell.SystemFolderOpener;
import cdrl.studio.shell.SystemTheme;
import cdrl.studio.shell.Theme;
import cdrl.studio.train.RunLauncher;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The program with its real engine. */
public final class StudioApplication extends Application {
  private final ExecutorService background = BackgroundThreads.start();
  private final ModelLibrary library = new ModelLibrary(StudioApplication.class.getClassLoader());
  private final Preferences preferences = Preferences.load(Preferences.usualFile());
  private @Nullable TensorEngine engine;

  /** Made by the toolkit. */
  public StudioApplication() {}

  /** In plain sight, as people's own work belongs there. */
  private static Path home() {
    String set = System.getProperty("cdrl.home");
    return set != null
        ? Path.of(set)
        : Path.of(System.getProperty("user.home", "."), "CDRL Studio");
  }

  @Override
  public void init() {
    // The engine loads while the toolkit builds the window.
    engine = new TensorEngine(library, background, preferences.compute());
  }

  @Override
  public void start(Stage stage) {
    if (engine == null) {
      throw new IllegalStateException("init comes before start");
    }
    Messages messages = new Messages(Locale.getDefault()); // which the launcher has set
    Theme theme = new Theme(preferences, background, SystemTheme::isDark);
    ObjectProperty<DeviceNote> device = new SimpleObjectProperty<>(DeviceNote.starting(messages));
    Studio studio =
        new Studio(
            messages,
            preferences,
            theme,
            new Studio.Services(
                engine,
                engine,
                engine,
                new EngineDensities(engine),
                new EngineScoring(engine),
                engine,
                new EnginePictures(),
                new SystemFileDialogs(messages, preferences),
                device,
                new SystemFolderOpener(),
                RunLauncher.ofThisProgram(),
                new ModelShelf(
                    library, preferences.modelFolder(home().resolve("models")), messages),
                new CudaInstaller()::install,
                home(),
                background));
    Thread.currentThread()
        .setUncaughtExceptionHandler((thread, failure) -> studio.problems().report(failure));
    engine
        .device()
        .whenComplete(
            (used, problem) ->
                Platform.runLater(
                    () -> {
                      device.set(
                          problem == null
                              ? DeviceNote.of(messages, used)
                              : DeviceNote.failed(messages));
                      if (problem != null) {
                        studio.problems().report(explained(problem));
                      }
                    }));
    studio.open(stage);
    theme.follow();
  }

  /** A GPU that was demanded in the preferences is given up there, not on a command line. */
  private Throwable explained(Throwable problem) {
    DeviceChoice wanted = preferences.compute().device();
    return wanted.kind() == DeviceChoice.Kind.GPU
        ? new TranslatedException(problem, "device.failed.gpu", wanted.index())
        : problem;
  }

  @Override
  public void stop() {
    if (engine != null) {
      engine.close(); // native code must not run while the program's libraries are unloaded
    }
    background.shutdownNow();
  }
}
