package cdrl.studio;

import static cdrl.studio.Window.await;
import static cdrl.studio.Window.awaitChange;
import static cdrl.studio.Window.onFxThread;

import cdrl.store.ModelLibrary;
import cdrl.studio.inpaint.MaskEditor;
import cdrl.studio.shell.ThemeChoice;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.beans.value.ChangeListener;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.image.ImageView;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/**
 * Measures how the window feels: drives the real one with the models that ship, and prints a table,
 * also to {@code target/figures.md}. It asserts nothing about time. The length of the session is
 * the property {@code figures.minutes}, ten minutes if it is not set; {@code figures.only} names
 * parts to measure: start, session, first, brush, slider, curves.
 */
@Tag("figures")
@ExtendWith(ApplicationExtension.class)
final class FiguresMaker {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 800;
  private static final int STARTS = 5;
  private static final int FIRST_IMAGES = 10;
  private static final int SLIDES = 20;
  private static final int STROKE_STEPS = 60;
  private static final int RUNS = 20;
  private static final int POINTS = 100_000;
  private static final double CURVE_SECONDS = 8;
  private static final long PATIENCE_SECONDS = 120;
  private static final int LOOK_SECONDS = 5;

  @TempDir private Path folder;
  private final List<String> table = new ArrayList<>();
  private final Timings brushComputing = new Timings();
  private ModelLibrary library;
  private Window window;
  private Stage stage;

  /** In a window of its own: TestFX keeps every event of the one it gives, and all it leads to. */
  @Start
  void start(Stage given) {
    stage = new Stage();
  }

  @AfterEach
  void close() {
    onFxThread(
        () -> {
          stage.close();
          return null;
        });
    if (window != null) {
      window.close();
    }
  }

  @Test
  void figures(FxRobot robot) throws Exception {
    library = new ModelLibrary(FiguresMaker.class.getClassLoader());
    if (isWanted("start")) {
      startTimes();
    }
    ExampleRuns.write(folder.resolve("runs"));
    open(robot);
    if (isWanted("session")) {
      session(robot);
    }
    if (isWanted("first")) {
      firstImage(robot);
    }
    if (isWanted("brush")) {
      brush(robot);
    }
    if (isWanted("slider")) {
      guidance(robot);
    }
    if (isWanted("curves")) {
      curves(robot);
    }
    print();
  }

  private static boolean isWanted(String part) {
    String only = System.getProperty("figures.only", "");
    return only.isEmpty() || List.of(only.split(",", -1)).contains(part);
  }

  private void startTimes() throws IOException, InterruptedException {
    StartTimes starts = new StartTimes(Files.createDirectory(folder.resolve("starts")));
    starts.measure(STARTS);
    row("Start to usable window, warm", "≤ 2,000 ms", starts.usable.summary());
    row("Start until the model is loaded, warm", "", starts.loaded.summary());
  }

  private void open(FxRobot robot) {
    robot.interact(
        () -> {
          window = new Window(library, folder);
          window.preferences.themeProperty().set(ThemeChoice.LIGHT);
          window.open(stage);
          stage.setX(0);
          stage.setY(0);
          stage.setWidth(WIDTH);
          stage.setHeight(HEIGHT);
        });
    window.awaitText("model-facts", "T = ");
    // A person looks before doing something; meanwhile the other workspaces are prepared.
    get(
        CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(LOOK_SECONDS, TimeUnit.SECONDS)));
  }

  private void row(String what, String wanted, String measured) {
    table.add("| " + what + " | " + wanted + " | " + measured + " |");
    System.out.println(what + ": " + measured);
  }

  private void print() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("| figure | wanted | measured |");
    lines.add("| --- | --- | --- |");
    lines.addAll(table);
    String text = String.join("\n", lines) + "\n";
    System.out.println("\n" + text);
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target", "figures.md"), text);
  }

  private static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  // First image

  /** From the press of the button until the first image of the new run has been drawn. */
  private void firstImage(FxRobot robot) {
    robot.clickOn(window.shown("rail-generate"));
    window.pick("faces32");
    window.awaitText("model-facts", "T = ");
    Label level = window.node("level", Label.class);
    Button sample = window.node("sample", Button.class);
    Timings times = new Timings();
    try (Watched frames = watch()) {
      for (int i = 0; i < FIRST_IMAGES; i++) {
        robot.push(KeyCode.CONTROL, KeyCode.D); // another seed
        CompletableFuture<Long> first = new CompletableFuture<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        ChangeListener<String> listener =
            (property, before, after) -> {
              if (after.equals("Result")) {
                done.complete(null);
              } else if (!first.isDone()) {
                frames.watch().next().thenAccept(first::complete);
              }
            };
        long begin =
            onFxThread(
                () -> {
                  level.textProperty().addListener(listener);
                  long now = System.nanoTime();
                  sample.fire();
                  return now;
                });
        times.addNanos(get(first) - begin);
        get(done);
        onFxThread(
            () -> {
              level.textProperty().removeListener(listener);
              return null;
            });
      }
    }
    row("Sample pressed to first image, 16 faces", "≤ 300 ms", times.summary());
  }

  // Brush

  /** The pointer moves by small steps; each is timed until the paint has been drawn. */
  private void brush(FxRobot robot) {
    robot.clickOn(window.shown("rail-inpaint"));
    window.awaitText("model-facts", "T = ");
    window.picked = Optional.of(TestPicture.write(folder.resolve("small.png"), 32, 32));
    robot.clickOn(window.shown("open-picture"));
    window.awaitText("level", "small.png");
    robot.clickOn(window.shown("tool-brush"));
    Timings all = new Timings();
    String[] zooms = {"fitted", "zoomed in", "zoomed in far", "zoomed out"};
    int[] presses = {0, 4, 6, -18};
    try (Watched frames = watch()) {
      for (int i = 0; i < zooms.length; i++) {
        KeyCode key = presses[i] < 0 ? KeyCode.MINUS : KeyCode.EQUALS;
        for (int press = 0; press < Math.abs(presses[i]); press++) {
          robot.push(KeyCode.CONTROL, key);
        }
        Timings one = stroke(robot, frames.watch());
        row("Brush stroke to paint, " + zooms[i], "", one.summary());
        all.addAll(one);
      }
    }
    row("Brush stroke to paint, all zooms", "p95 ≤ 16 ms", all.summary());
    row("Computing on the JavaFX thread for it, mean of each zoom", "", brushComputing.summary());
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT0);
    robot.push(KeyCode.DELETE);
  }

  private Timings stroke(FxRobot robot, FrameWatch frames) {
    MaskEditor editor = window.node("editor", MaskEditor.class);
    Bounds bounds = onFxThread(() -> editor.localToScreen(editor.getBoundsInLocal()));
    double x = bounds.getCenterX();
    double y = bounds.getCenterY();
    Robot pointer = onFxThread(Robot::new);
    Timings times = new Timings();
    robot.moveTo(new Point2D(x, y)).press(MouseButton.PRIMARY);
    long computed = onFxThread(FrameWatch::computed);
    for (int step = 1; step <= STROKE_STEPS; step++) {
      double angle = step * 0.25;
      double reach = Math.min(40, bounds.getHeight() / 4);
      double toX = x + reach * Math.sin(angle);
      double toY = y + reach * Math.sin(1.7 * angle);
      times.addNanos(get(frames.drawn(() -> pointer.mouseMove(toX, toY))));
    }
    brushComputing.addNanos((onFxThread(FrameWatch::computed) - computed) / STROKE_STEPS);
    robot.release(MouseButton.PRIMARY);
    return times;
  }

  /** A watch that is opened and closed on the JavaFX thread. */
  private record Watched(FrameWatch watch) implements AutoCloseable {
    @Override
    public void close() {
      onFxThread(
          () -> {
            watch.close();
            return null;
          });
    }
  }

  private Watched watch() {
    return new Watched(onFxThread(() -> new FrameWatch(stage.getScene())));
  }

  // Guidance

  /** Every move of the slider is timed until its preview, and until its full result, was drawn. */
  private void guidance(FxRobot robot) throws IOException {
    robot.clickOn(window.shown("rail-generate"));
    window.picked = Optional.of(GuidedModel.write(library, "faces32", folder.resolve("guided")));
    robot.push(KeyCode.CONTROL, KeyCode.O);
    window.awaitText("model-facts", "T = ");
    ComboBox<?> classes = window.node("class", ComboBox.class);
    await(classes.valueProperty(), choice -> choice != null);
    Label level = window.node("level", Label.class);
    robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    await(level.textProperty(), "Result"::equals);
    awaitChange(
        level.textProperty(),
        "Result"::equals,
        () -> robot.interact(() -> classes.getSelectionModel().select(1)));
    Slider slider = window.node("guidance", Slider.class);
    Timings previews = new Timings();
    Timings results = new Timings();
    try (Watched frames = watch()) {
      for (int i = 0; i < SLIDES; i++) {
        double weight = 0.2 + 0.1 * (i % 15);
        CompletableFuture<Long> preview = new CompletableFuture<>();
        CompletableFuture<Long> result = new CompletableFuture<>();
        ChangeListener<String> listener =
            (property, before, after) -> {
              if (after.equals("Preview") && !preview.isDone()) {
                frames.watch().next().thenAccept(preview::complete);
              } else if (after.equals("Result")) {
                frames.watch().next().thenAccept(result::complete);
              }
            };
        long begin =
            onFxThread(
                () -> {
                  level.textProperty().addListener(listener);
                  long now = System.nanoTime();
                  slider.setValue(weight);
                  return now;
                });
        previews.addNanos(get(preview) - begin);
        results.addNanos(get(result) - begin);
        onFxThread(
            () -> {
              level.textProperty().removeListener(listener);
              return null;
            });
      }
    }
    row("Slider to first preview, 16 images", "p95 ≤ 300 ms", previews.summary());
    row("Slider to full result, 16 images", "≤ 2,500 ms", results.summary());
  }

  // Session

  /** Round after round through the workspaces, with everything watched. */
  private void session(FxRobot robot) throws IOException {
    double minutes = Double.parseDouble(System.getProperty("figures.minutes", "10"));
    Session session = new Session(window, robot, folder, this::samplingFrames);
    long before = heap();
    long end = System.nanoTime() + (long) (minutes * 60e9);
    int rounds = 0;
    Timings frames = new Timings();
    long afterFirst = 0;
    try (EventWatch events = new EventWatch()) {
      do {
        frames.addAll(session.round());
        rounds++;
        if (rounds == 1) {
          events.setPaused(true);
          afterFirst = heap();
          events.setPaused(false);
        }
      } while (System.nanoTime() < end);
      row("Frame time while sampling runs", "p95 ≤ 33 ms", frames.summary());
      row(
          String.format(Locale.ROOT, "Longest event on the JavaFX thread, %.1f min", minutes),
          "≤ 100 ms",
          String.format(
              Locale.ROOT,
              "%.0f ms, of which at most %.0f ms computing; p99.9 %.0f ms",
              events.longest(),
              events.computed(),
              events.waits().percentile(0.999)));
      System.out.println("In the middle of the longest: " + events.waitedFor());
      System.out.println("In the one with the most computing: " + events.computedBy());
    }
    long after = heap();
    row(
        "Heap after " + rounds + " rounds against before",
        "≤ 30 MB more",
        String.format(
            Locale.ROOT,
            "%.0f MB before, %.0f after the first round, %.0f after all: %+.0f MB",
            before / 1e6,
            afterFirst / 1e6,
            after / 1e6,
            (after - before) / 1e6));
  }

  /** The times from frame to frame while something is done. */
  private Timings samplingFrames(Runnable action) {
    try (Watched frames = watch()) {
      Timings pulses = onFxThread(frames.watch()::watchPulses);
      action.run();
      return pulses;
    }
  }

  /**
   * What is in use after collections. A picture is drawn after each: only then does the toolkit
   * give up the textures of pictures that are gone.
   */
  private static long heap() {
    for (int i = 0; i < 4; i++) {
      System.gc();
      onFxThread(() -> new ImageView(new WritableImage(1, 1)).snapshot(null, null));
    }
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  // Curves

  /** All curves at once; every frame shows another part of them. */
  private void curves(FxRobot robot) throws IOException {
    LongRuns.write(folder.resolve("runs"), RUNS, POINTS);
    robot.clickOn(window.shown("rail-train"));
    window.awaitNode("chart-run20", Node.class, Node::isVisible);
    robot.clickOn(window.shown("chart-all"));
    Node plot = window.node("curves-plot", Node.class);
    Bounds bounds = onFxThread(() -> plot.localToScreen(plot.getBoundsInLocal()));
    robot.moveTo(new Point2D(bounds.getCenterX(), bounds.getCenterY()));
    Robot pointer = onFxThread(Robot::new);
    Timings zooming = new Timings();
    double perFrame;
    try (Watched frames = watch()) {
      get(frames.watch().drawn(plot::requestFocus)); // the curves have been read
      long end = System.nanoTime() + (long) (CURVE_SECONDS * 1e9);
      int direction = -1;
      long computed = onFxThread(FrameWatch::computed);
      for (int i = 0; System.nanoTime() < end; i++) {
        if (i % 15 == 0) {
          direction = -direction;
        }
        int wheel = 12 * direction;
        zooming.addNanos(get(frames.watch().drawn(() -> pointer.mouseWheel(wheel))));
      }
      perFrame = (onFxThread(FrameWatch::computed) - computed) / 1e6 / zooming.count();
    }
    row(
        "Curves, " + RUNS + " runs of " + POINTS + " points, zooming",
        "≥ 20 frames/s",
        String.format(
            Locale.ROOT,
            "%.1f frames/s; %s; %.0f ms a frame computing on the JavaFX thread",
            1000 / zooming.mean(),
            zooming.summary(),
            perFrame));
  }
}
