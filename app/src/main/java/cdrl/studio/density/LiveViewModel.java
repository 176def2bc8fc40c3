package cdrl.studio.density;

import cdrl.data.Drawing;
import cdrl.data.PlaneShape;
import cdrl.store.Checkpoint;
import cdrl.studio.engine.LiveRecipe;
import cdrl.studio.engine.LiveTraining;
import cdrl.studio.engine.PictureService;
import cdrl.studio.raster.ColorMap;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Job;
import cdrl.studio.workspace.WorkspaceContext;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/**
 * Drawing a distribution and training on it in the window. Use it on the user interface's thread.
 */
public final class LiveViewModel {
  /** Every training begins with the same numbers. */
  static final long SEED = 1;

  private final WorkspaceContext context;
  private final LiveTraining.Service service;
  private final TrainingFile file;
  private final PlaneAppearance appearance;
  private final DrawingViewModel drawing =
      new DrawingViewModel(new Drawing(PlaneShape.MOONS, List.of()));
  private final LiveDials dials = new LiveDials();
  private final LivePlanes planes;
  private final LiveChart chart;
  private final LiveExport export;
  private final StringProperty name = new SimpleStringProperty();
  private final ReadOnlyBooleanWrapper begun = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper stale = new ReadOnlyBooleanWrapper();
  private final ReadOnlyLongWrapper iteration = new ReadOnlyLongWrapper();
  private final ReadOnlyStringWrapper state = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper tempo = new ReadOnlyStringWrapper("");
  private final ReadOnlyLongWrapper numbers = new ReadOnlyLongWrapper();
  private final Job job;
  private LiveCurves curves = new LiveCurves();
  private @Nullable Session session;

  /** One training and what it learns. */
  private final class Session {
    private final Drawing learned;
    private final LiveTraining training;
    private final LiveFeed feed = new LiveFeed(context.userInterface(), this::show, this::failed);
    private long speedStart;
    private long speedIteration;

    /**
     * @param kept where to go on, or null to begin
     */
    Session(@Nullable Checkpoint kept) {
      LiveRecipe recipe =
          kept == null
              ? new LiveRecipe(drawing.drawingProperty().get(), dials.values(), SEED)
              : LiveRecipe.of(kept);
      learned = recipe.drawing();
      training =
          kept == null
              ? service.begin(recipe, planes.watch(), feed)
              : service.resume(kept, planes.watch(), feed);
      training.turn(dials.values());
      training.pace(dials.iterationsPerSecond());
    }

    private void failed(Throwable problem) {
      if (this == session) {
        setRunning(false);
        context.problems().report(problem);
      }
    }

    private void show() {
      if (this != session) {
        return;
      }
      feed.steps(step -> curves.add(step)).ifPresent(iteration::set);
      LiveTraining.View look = feed.look();
      if (look != null) {
        curves.add(look.samples());
        planes.show(look);
        numbers.set(numbers.get() + 1);
      }
      describe();
    }

    /** Iterations per second since {@link #restartClock}; 0 while nobody can tell. */
    double speed() {
      double seconds = (context.nanoTime().getAsLong() - speedStart) / 1e9;
      return seconds > 0.5 ? (iteration.get() - speedIteration) / seconds : 0;
    }

    void restartClock() {
      speedStart = context.nanoTime().getAsLong();
      speedIteration = iteration.get();
    }
  }

  /**
   * @param appearance shared with the other way to look at models
   * @param pictures writes files
   * @param keeper takes the models that are to be kept
   * @param place the file that keeps the training from one start to the next
   */
  public LiveViewModel(
      WorkspaceContext context,
      PlaneAppearance appearance,
      LiveTraining.Service service,
      PictureService pictures,
      ModelKeeper keeper,
      Path place) {
    this.context = context;
    this.appearance = appearance;
    this.service = service;
    file = new TrainingFile(context, place);
    name.set(context.messages().text("live.name.default"));
    planes = new LivePlanes(context.messages(), appearance, this::watch);
    chart = new LiveChart(context.messages(), quantity -> curves.curve(quantity));
    export = new LiveExport(context, this, pictures, keeper);
    job =
        new Job(
            context.messages().text("live.job"), new SimpleDoubleProperty(-1), state, this::pause);
    for (var dial :
        List.of(
            dials.energyRateProperty(), dials.initializerRateProperty(), dials.stepsProperty())) {
      dial.addListener((property, before, after) -> turn());
    }
    dials.paceProperty().addListener((property, before, after) -> changePace());
    drawing.drawingProperty().addListener((property, before, after) -> drawn(before, after));
    describe();
  }

  /** Paints a shape away from the user interface's thread; some take a while. */
  void paint(@Nullable PlaneShape shape, ColorMap colors, Consumer<Raster> painted) {
    context.inBackground(() -> DrawingViewModel.paint(shape, colors), painted);
  }

  /** The distribution that is drawn. */
  public DrawingViewModel drawing() {
    return drawing;
  }

  /** How the planes are shown. */
  public PlaneAppearance appearance() {
    return appearance;
  }

  /** What can be turned while it runs. */
  public LiveDials dials() {
    return dials;
  }

  /** What is seen of it in the planes. */
  public LivePlanes planes() {
    return planes;
  }

  /** What to call a model that is kept. */
  public StringProperty nameProperty() {
    return name;
  }

  /** Whether there is a training, running or not. */
  public ReadOnlyBooleanProperty begunProperty() {
    return begun.getReadOnlyProperty();
  }

  /** Whether iterations are made. */
  public ReadOnlyBooleanProperty runningProperty() {
    return running.getReadOnlyProperty();
  }

  /** Whether the drawing is no longer what the training learns from. */
  public ReadOnlyBooleanProperty staleProperty() {
    return stale.getReadOnlyProperty();
  }

  /** Iterations made so far. */
  public ReadOnlyLongProperty iterationProperty() {
    return iteration.getReadOnlyProperty();
  }

  /** Where the training is, for people. */
  public ReadOnlyStringProperty stateProperty() {
    return state.getReadOnlyProperty();
  }

  /** How fast the training is, or that it is paused, for people. */
  public ReadOnlyStringProperty tempoProperty() {
    return tempo.getReadOnlyProperty();
  }

  /** Changes whenever there is more to draw in the charts. */
  public ReadOnlyLongProperty numbersProperty() {
    return numbers.getReadOnlyProperty();
  }

  /** How the curves are shown. */
  LiveChart chart() {
    return chart;
  }

  /** Saves what is seen and brings it back. */
  public LiveExport export() {
    return export;
  }

  /** Trains, or stops to. */
  public void toggle() {
    if (running.get()) {
      pause();
      return;
    }
    Session current = begin();
    if (current != null) {
      current.restartClock();
      current.training.go();
      setRunning(true);
    }
  }

  /** Stops after the iteration that is being made. */
  public void pause() {
    if (session != null && running.get()) {
      session.training.pause();
      setRunning(false);
      remember();
    }
  }

  /** Makes one iteration and stops. */
  public void step() {
    Session current = begin();
    if (current != null) {
      setRunning(false);
      current.training.step();
    }
  }

  /** Forgets what was learned: the next iteration is the first one, on what is drawn now. */
  public void reset() {
    if (drawing.drawingProperty().get().isBlank()) {
      context.problems().report(context.messages().text("live.blank"));
      return;
    }
    forget();
    begin();
  }

  /** Stores the model as it is now. */
  public void keep() {
    Session current = session;
    String wanted = name.get().strip();
    if (current == null || wanted.isEmpty()) {
      context
          .problems()
          .report(context.messages().text(current == null ? "live.nothing" : "live.no-name"));
      return;
    }
    export.keep(current.training.model(wanted));
  }

  /** Goes on, paused, with the training of last time; for the first time that somebody looks. */
  public void recall() {
    file.recall(this::resume);
  }

  private void resume(Checkpoint kept) {
    session = new Session(kept);
    curves = LiveCurves.of(kept.tensors());
    begun.set(true);
    iteration.set(kept.counter("iteration"));
    numbers.set(numbers.get() + 1);
    compare();
    describe();
    context.jobs().tell(context.messages().text("live.recalled", iteration.get()));
  }

  /** Ends the training, which is saved to go on at the next start. Waits for that. */
  public void close() {
    remember();
    file.finish();
    forget();
  }

  /** Saves the training to go on at the next start, as it is now. */
  public void remember() {
    if (session != null) {
      file.save(session.training, curves);
    }
  }

  private void forget() {
    if (session != null) {
      session.training.close();
    }
    setRunning(false);
    session = null;
    curves = new LiveCurves();
    begun.set(false);
    iteration.set(0);
    numbers.set(numbers.get() + 1);
    planes.show(null);
    compare();
    describe();
  }

  /** The training there is, or one that has just begun; null when nothing is drawn. */
  private @Nullable Session begin() {
    if (file.isReading()) {
      return null; // in a moment there is one
    }
    if (session == null) {
      if (drawing.drawingProperty().get().isBlank()) {
        context.problems().report(context.messages().text("live.blank"));
        return null;
      }
      session = new Session(null);
      begun.set(true);
      compare();
      describe();
    }
    context.problems().dismiss();
    return session;
  }

  private void setRunning(boolean now) {
    if (running.get() != now) {
      running.set(now);
      if (now) {
        context.jobs().begin(job);
      } else {
        context.jobs().end(job);
      }
    }
    describe();
  }

  private void turn() {
    if (session != null) {
      session.training.turn(dials.values());
    }
  }

  private void changePace() {
    if (session != null) {
      session.training.pace(dials.iterationsPerSecond());
      session.restartClock();
    }
    describe();
  }

  private void watch() {
    if (session != null) {
      session.training.watch(planes.watch());
    }
  }

  private void drawn(Drawing before, Drawing after) {
    if (before.isBlank() && !after.isBlank()) {
      context.problems().dismiss(); // that nothing is drawn
    }
    compare();
  }

  private void compare() {
    stale.set(session != null && !session.learned.equals(drawing.drawingProperty().get()));
  }

  private void describe() {
    Messages messages = context.messages();
    double speed = session == null ? 0 : session.speed();
    if (!running.get()) {
      tempo.set(messages.text(session == null ? "live.state.none" : "live.state.paused"));
    } else {
      tempo.set(
          speed <= 0
              ? ""
              : messages.text("live.pace.value", messages.number(speed, speed < 10 ? 1 : 0)));
    }
    state.set(messages.text("live.state", iteration.get(), tempo.get()));
  }
}
