package cdrl.studio;

import cdrl.runtime.CdrlException;
import cdrl.store.ModelLibrary;
import cdrl.studio.engine.EngineDensities;
import cdrl.studio.engine.EnginePictures;
import cdrl.studio.engine.EngineScoring;
import cdrl.studio.engine.ModelChoice;
import cdrl.studio.engine.TensorEngine;
import cdrl.studio.models.ModelShelf;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.DeviceNote;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.shell.Preferences;
import cdrl.studio.shell.Theme;
import cdrl.studio.shell.ThemeChoice;
import cdrl.studio.train.RunLauncher;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The whole program in a window that is drawn into memory, with the real engine. */
final class Window implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  final Messages messages;
  final Preferences preferences;
  final TensorEngine engine;

  /** What the person picks in the next file dialog. */
  Optional<Path> picked = Optional.empty();

  /** The folder that was shown last. */
  @Nullable Path shown;

  private final ModelLibrary library;
  private final Path home;
  private final ExecutorService background = BackgroundThreads.start();
  private Stage stage;

  /**
   * @param home where runs and models go
   */
  Window(ModelLibrary library, Path home) {
    this(library, home, Locale.ENGLISH, Preferences.inMemory());
    preferences.themeProperty().set(ThemeChoice.LIGHT);
    preferences.setWord("tour", "shown");
  }

  /**
   * @param home where runs and models go
   * @param preferences as they were at the last start
   */
  Window(ModelLibrary library, Path home, Locale language, Preferences preferences) {
    this.library = library;
    this.home = home;
    this.preferences = preferences;
    messages = new Messages(language);
    engine = new TensorEngine(library, background);
  }

  /** Opens the window. Runs on the JavaFX thread. */
  void open(Stage stage) {
    this.stage = stage;
    FileDialogs dialogs =
        new FileDialogs() {
          @Override
          public Optional<Path> openModel(javafx.stage.Window owner) {
            return picked;
          }

          @Override
          public Optional<Path> openPicture(javafx.stage.Window owner) {
            return picked;
          }

          @Override
          public List<Path> openPictures(javafx.stage.Window owner) {
            return picked.stream().toList();
          }

          @Override
          public Optional<Path> openImageData(javafx.stage.Window owner) {
            return picked;
          }

          @Override
          public Optional<Path> savePng(javafx.stage.Window owner, String suggestion) {
            return picked;
          }

          @Override
          public Optional<Path> saveGif(javafx.stage.Window owner, String suggestion) {
            return picked;
          }

          @Override
          public Optional<Path> saveCsv(javafx.stage.Window owner, String suggestion) {
            return picked;
          }

          @Override
          public Optional<Path> openCheckpoint(javafx.stage.Window owner) {
            return picked;
          }

          @Override
          public Optional<Path> chooseFolder(javafx.stage.Window owner, String purpose) {
            return picked;
          }
        };
    ObjectProperty<DeviceNote> device = new SimpleObjectProperty<>(DeviceNote.starting(messages));
    engine
        .device()
        .thenAccept(used -> Platform.runLater(() -> device.set(DeviceNote.of(messages, used))));
    new Studio(
            messages,
            preferences,
            new Theme(preferences, background, () -> false),
            new Studio.Services(
                engine,
                engine,
                engine,
                new EngineDensities(engine),
                new EngineScoring(engine),
                engine,
                new EnginePictures(),
                dialogs,
                device,
                folder -> shown = folder,
                RunLauncher.ofThisProgram(),
                new ModelShelf(library, home.resolve("models"), messages),
                (progress, cancellation) -> {
                  throw new CdrlException("No download in tests.");
                },
                home,
                background))
        .open(stage);
  }

  /** A node by its id; it must be in the window. */
  <T extends Node> T node(String id, Class<T> type) {
    return onFxThread(
        () -> {
          Node found = stage.getScene().lookup("#" + id);
          if (found == null) {
            throw new AssertionError("there is no node #" + id);
          }
          return type.cast(found);
        });
  }

  /**
   * The node with an id that a person can see, in any window. Looked for on the JavaFX thread: from
   * the test's own thread one would also find the workspaces that are being prepared in the
   * background, which are in the window for a moment only.
   */
  Node shown(String id) {
    return onFxThread(
        () ->
            javafx.stage.Window.getWindows().stream()
                .flatMap(
                    open ->
                        SceneWalk.all(open.getScene().getRoot(), node -> id.equals(node.getId()))
                            .stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody can see a node #" + id)));
  }

  /** A node by its id, looked for on the JavaFX thread; null where there is none. */
  @Nullable Node node(String id) {
    return stage.getScene().lookup("#" + id);
  }

  /** What a label or button says. */
  String text(String id) {
    return onFxThread(node(id, Labeled.class)::getText);
  }

  /**
   * Waits until a label or button that is there says something; tells what it said if it never
   * does.
   */
  void awaitText(String id, String part) {
    ObservableValue<String> text = node(id, Labeled.class).textProperty();
    try {
      await(text, said -> said != null && said.contains(part));
    } catch (AssertionError e) {
      throw new AssertionError("#" + id + " should say '" + part + "' (" + e.getMessage() + ")", e);
    }
  }

  /** Waits until a node that is there is visible. */
  void awaitVisible(String id) {
    await(node(id, Node.class).visibleProperty(), visible -> visible);
  }

  /** Replaces the text of a field, which then has the focus. */
  void type(String id, String text) {
    TextInputControl field = node(id, TextInputControl.class);
    onFxThread(
        () -> {
          field.requestFocus();
          field.selectAll();
          field.replaceSelection(text);
          return null;
        });
  }

  /** Picks a model of the workspace in front by its reference, once the list of models is there. */
  void pick(String reference) {
    @SuppressWarnings("unchecked")
    ComboBox<ModelChoice> combo = node("model", ComboBox.class);
    await(combo.valueProperty(), choice -> choice != null);
    onFxThread(
        () -> {
          ModelChoice wanted =
              combo.getItems().stream()
                  .filter(choice -> choice.reference().equals(reference))
                  .findFirst()
                  .orElseThrow(() -> new AssertionError("there is no model " + reference));
          combo.setValue(wanted);
          return null;
        });
  }

  /** Waits until there is a node that is as wanted; looks after every layout of the window. */
  <T extends Node> void awaitNode(String id, Class<T> type, Predicate<T> wanted) {
    CompletableFuture<Void> reached = new CompletableFuture<>();
    Runnable look =
        () -> {
          Node found = stage.getScene().lookup("#" + id);
          if (type.isInstance(found) && wanted.test(type.cast(found))) {
            reached.complete(null);
          }
        };
    onFxThread(
        () -> {
          stage.getScene().addPostLayoutPulseListener(look);
          Platform.requestNextPulse();
          return null;
        });
    try {
      reached.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no node #" + id + " came to be as wanted", e);
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    } finally {
      Platform.runLater(() -> stage.getScene().removePostLayoutPulseListener(look));
    }
  }

  /** Waits until a value is as wanted, and says which it was when it never is. */
  static <T> T await(ObservableValue<T> value, Predicate<T> wanted) {
    CompletableFuture<T> reached = new CompletableFuture<>();
    ChangeListener<T> listener =
        (property, before, after) -> {
          if (wanted.test(after)) {
            reached.complete(after);
          }
        };
    Platform.runLater(
        () -> {
          value.addListener(listener);
          if (wanted.test(value.getValue())) {
            reached.complete(value.getValue());
          }
        });
    return join(value, reached, listener);
  }

  /** Does something and waits until a value then changes to one that is wanted. */
  static <T> T awaitChange(ObservableValue<T> value, Predicate<T> wanted, Runnable cause) {
    CompletableFuture<T> reached = new CompletableFuture<>();
    ChangeListener<T> listener =
        (property, before, after) -> {
          if (wanted.test(after)) {
            reached.complete(after);
          }
        };
    onFxThread(
        () -> {
          value.addListener(listener);
          return null;
        });
    cause.run();
    return join(value, reached, listener);
  }

  private static <T> T join(
      ObservableValue<T> value, CompletableFuture<T> reached, ChangeListener<T> listener) {
    try {
      return reached.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(
          "after " + PATIENCE_SECONDS + " s it is still " + onFxThread(value::getValue), e);
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    } finally {
      Platform.runLater(() -> value.removeListener(listener));
    }
  }

  /** Runs something on the JavaFX thread and waits for it. */
  static <T> T onFxThread(java.util.concurrent.Callable<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    if (Platform.isFxApplicationThread()) {
      throw new IllegalStateException("this would wait for itself");
    }
    Platform.runLater(
        () -> {
          try {
            done.complete(work.call());
          } catch (Throwable e) { // the test's thread must hear of everything
            done.completeExceptionally(e);
          }
        });
    try {
      return done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  @Override
  public void close() {
    onFxThread(
        () -> {
          stage.close(); // nothing is begun after that
          return null;
        });
    engine.close();
    background.shutdownNow();
  }
}
