package cdrl.studio.density;

import cdrl.data.Drawing;
import cdrl.data.PlaneShape;
import cdrl.evaluate.DensityGrid;
import cdrl.evaluate.ScoreField;
import cdrl.runtime.HostTensor;
import cdrl.studio.charts.Curve;
import cdrl.studio.engine.LiveRecipe;
import cdrl.studio.engine.LiveTraining;
import cdrl.studio.raster.ColorMap;
import cdrl.studio.raster.DensityScale;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Job;
import cdrl.studio.widgets.PlaneView;
import cdrl.studio.workspace.WorkspaceContext;
import cdrl.training.Dials;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.Point2D;
import org.jspecify.annotations.Nullable;

/**
 * Drawing a distribution and training on it in the window. Use it on the user interface's thread.
 */
public final class LiveViewModel {
  /** Powers of ten of the smallest and the largest learning rate. */
  public static final double LEAST_RATE = -6;

  /** See {@link #LEAST_RATE}. */
  public static final double MOST_RATE = -1;

  /** The most Langevin steps per level. */
  public static final int MOST_STEPS = 40;

  /** The most samples that are watched. */
  public static final int MOST_SAMPLES = 2000;

  private static final long SEED = 1;

  /** Powers of two of the slowest pace, in iterations per second, and of what has no brake. */
  public static final double SLOWEST = -2;

  /** See {@link #SLOWEST}. */
  public static final double FASTEST = 6;

  private final WorkspaceContext context;
  private final LiveTraining.Service service;
  private final ModelKeeper keeper;
  private final PlaneAppearance appearance;
  private final DrawingViewModel drawing =
      new DrawingViewModel(new Drawing(PlaneShape.MOONS, List.of()));
  private final int levels = LiveRecipe.schedule().levels();
  private final DoubleProperty energyRate = new SimpleDoubleProperty();
  private final DoubleProperty initializerRate = new SimpleDoubleProperty();
  private final IntegerProperty steps = new SimpleIntegerProperty();
  private final DoubleProperty pace = new SimpleDoubleProperty(FASTEST);
  private final IntegerProperty count = new SimpleIntegerProperty(400);
  private final IntegerProperty stop = new SimpleIntegerProperty(levels);
  private final StringProperty name = new SimpleStringProperty();
  private final ReadOnlyBooleanWrapper begun = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper stale = new ReadOnlyBooleanWrapper();
  private final ReadOnlyLongWrapper iteration = new ReadOnlyLongWrapper();
  private final ReadOnlyStringWrapper state = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper tempo = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper readout = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<PlanePictures> pictures =
      new ReadOnlyObjectWrapper<>(PlanePictures.NONE);
  private final ReadOnlyObjectWrapper<PlaneView.Points> points =
      new ReadOnlyObjectWrapper<>(PlaneView.Points.NONE);
  private final ReadOnlyObjectWrapper<@Nullable ScoreField> arrows = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyLongWrapper numbers = new ReadOnlyLongWrapper();
  private final Job job;
  private LiveCurves curves = new LiveCurves();
  private @Nullable Session session;
  private LiveTraining.@Nullable View view;

  /** One training and the way of what it tells to the user interface. */
  private final class Session implements LiveTraining.Observer {
    private final Drawing learned = drawing.drawingProperty().get();
    private final LiveTraining training;
    private final ConcurrentLinkedQueue<LiveTraining.Step> made = new ConcurrentLinkedQueue<>();
    private final AtomicReference<LiveTraining.@Nullable View> seen = new AtomicReference<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private long speedStart;
    private long speedIteration;

    Session(Dials dials) {
      training = service.begin(new LiveRecipe(learned, dials, SEED), watch(), this);
      training.pace(iterationsPerSecond());
    }

    @Override
    public void stepped(LiveTraining.Step step) {
      made.add(step);
      schedule();
    }

    @Override
    public void looked(LiveTraining.View newest) {
      seen.set(newest);
      schedule();
    }

    @Override
    public void failed(Throwable problem) {
      context
          .userInterface()
          .execute(
              () -> {
                if (this == session) {
                  setRunning(false);
                  context.problems().report(problem);
                }
              });
    }

    /** However fast the engine is, the window is given one piece of work at a time. */
    private void schedule() {
      if (scheduled.compareAndSet(false, true)) {
        context.userInterface().execute(this::show);
      }
    }

    private void show() {
      scheduled.set(false);
      if (this != session) {
        return;
      }
      long newest = iteration.get();
      for (LiveTraining.Step step = made.poll(); step != null; step = made.poll()) {
        curves.add(step);
        newest = step.iteration();
      }
      iteration.set(newest);
      LiveTraining.View look = seen.getAndSet(null);
      if (look != null) {
        view = look;
        curves.add(look.samples());
        paint();
        placePoints();
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
   * @param keeper takes the models that are to be kept
   */
  public LiveViewModel(
      WorkspaceContext context,
      PlaneAppearance appearance,
      LiveTraining.Service service,
      ModelKeeper keeper) {
    this.context = context;
    this.appearance = appearance;
    this.service = service;
    this.keeper = keeper;
    name.set(context.messages().text("live.name.default"));
    resetDials();
    job =
        new Job(
            context.messages().text("live.job"), new SimpleDoubleProperty(-1), state, this::pause);
    for (var dial : List.of(energyRate, initializerRate, steps)) {
      dial.addListener((property, before, after) -> turn());
    }
    pace.addListener((property, before, after) -> changePace());
    for (var wish : List.of(count, stop, appearance.scoresProperty())) {
      wish.addListener((InvalidationListener) changed -> changeWatch());
    }
    drawing.drawingProperty().addListener((property, before, after) -> compare());
    for (var paint : appearance.paints()) {
      paint.addListener((InvalidationListener) changed -> paint());
    }
    appearance.energyProperty().addListener((property, before, after) -> paint());
    for (var layer : appearance.layers()) {
      layer.addListener((InvalidationListener) changed -> placePoints());
    }
    appearance.pointerProperty().addListener((property, before, after) -> read());
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

  /** The power of ten of the energy network's learning rate. */
  public DoubleProperty energyRateProperty() {
    return energyRate;
  }

  /** The power of ten of the initializer's learning rate. */
  public DoubleProperty initializerRateProperty() {
    return initializerRate;
  }

  /** K, the Langevin steps per level. */
  public IntegerProperty stepsProperty() {
    return steps;
  }

  /** The power of two of the iterations per second; {@link #FASTEST} for no brake. */
  public DoubleProperty paceProperty() {
    return pace;
  }

  /** How many samples are watched. */
  public IntegerProperty countProperty() {
    return count;
  }

  /** T minus the noise level that is watched. */
  public IntegerProperty stopProperty() {
    return stop;
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

  /** The values under the pointer, or an empty text. */
  public ReadOnlyStringProperty readoutProperty() {
    return readout.getReadOnlyProperty();
  }

  /** The pictures of the planes. */
  public ReadOnlyObjectProperty<PlanePictures> picturesProperty() {
    return pictures.getReadOnlyProperty();
  }

  /** The samples over the planes. */
  public ReadOnlyObjectProperty<PlaneView.Points> pointsProperty() {
    return points.getReadOnlyProperty();
  }

  /** The gradient of the log density, or null. */
  public ReadOnlyObjectProperty<@Nullable ScoreField> arrowsProperty() {
    return arrows.getReadOnlyProperty();
  }

  /** Changes whenever there is more to draw in the charts. */
  public ReadOnlyLongProperty numbersProperty() {
    return numbers.getReadOnlyProperty();
  }

  /** What there is of a quantity. */
  Curve curve(LiveCurves.Quantity quantity) {
    return curves.curve(quantity);
  }

  /** T, the number of noise levels. */
  public int levels() {
    return levels;
  }

  /** The noise level that is watched. */
  public int level() {
    return levels - stop.get();
  }

  /** Watches another level. */
  public void moveStop(int by) {
    stop.set(Math.max(0, Math.min(levels, stop.get() + by)));
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

  /** Sets rates and K to what they were at the start. */
  public void resetDials() {
    Dials usual = LiveRecipe.usualDials();
    energyRate.set(Math.log10(usual.energyRate()));
    initializerRate.set(Math.log10(usual.initializerRate()));
    steps.set(usual.langevinSteps());
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
    current
        .training
        .model(wanted)
        .whenComplete(
            (model, problem) ->
                context
                    .userInterface()
                    .execute(
                        () -> {
                          if (problem != null) {
                            context.problems().report(problem);
                          } else {
                            DensityGrid grid = model.density();
                            keeper.keep(
                                model,
                                DensityScale.of(false, grid).paint(grid, appearance.colorMap()));
                          }
                        }));
  }

  /** Ends the training. */
  public void close() {
    forget();
  }

  private void forget() {
    if (session != null) {
      session.training.close();
    }
    setRunning(false);
    session = null;
    view = null;
    curves = new LiveCurves();
    begun.set(false);
    iteration.set(0);
    numbers.set(numbers.get() + 1);
    paint();
    placePoints();
    compare();
    describe();
  }

  /** The training there is, or one that has just begun; null when nothing is drawn. */
  private @Nullable Session begin() {
    if (session == null) {
      if (drawing.drawingProperty().get().isBlank()) {
        context.problems().report(context.messages().text("live.blank"));
        return null;
      }
      session = new Session(dials());
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

  private Dials dials() {
    return new Dials(rate(energyRate.get()), rate(initializerRate.get()), steps.get());
  }

  /** With two figures, as people see it. */
  private static double rate(double power) {
    return BigDecimal.valueOf(Math.pow(10, power)).round(new MathContext(2)).doubleValue();
  }

  private double iterationsPerSecond() {
    return pace.get() >= FASTEST ? LiveTraining.FULL_SPEED : Math.pow(2, pace.get());
  }

  private LiveTraining.Watch watch() {
    return new LiveTraining.Watch(level(), count.get(), appearance.scoresProperty().get());
  }

  private void turn() {
    if (session != null) {
      session.training.turn(dials());
    }
  }

  private void changePace() {
    if (session != null) {
      session.training.pace(iterationsPerSecond());
      session.restartClock();
    }
    describe();
  }

  private void changeWatch() {
    LiveTraining.Watch wanted = watch();
    if (session != null) {
      session.training.watch(wanted);
    }
    placePoints();
  }

  private void compare() {
    stale.set(session != null && !session.learned.equals(drawing.drawingProperty().get()));
  }

  private void paint() {
    LiveTraining.View seen = view;
    pictures.set(PlanePictures.of(seen == null ? null : seen.density(), null, appearance));
    arrows.set(seen == null ? null : seen.scores());
    read();
  }

  private void placePoints() {
    LiveTraining.View seen = view;
    if (seen == null) {
      points.set(PlaneView.Points.NONE);
      return;
    }
    LiveTraining.Samples samples = seen.samples();
    boolean noise = level() == levels;
    HostTensor before = noise ? samples.noise() : samples.proposals().get(level());
    points.set(
        new PlaneView.Points(
            before,
            noise ? null : samples.refined().get(level()),
            appearance.strokesProperty().get(),
            appearance.proposalsProperty().get() || noise,
            appearance.refinedProperty().get(),
            appearance.colorMap().contrast()));
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

  private void read() {
    Point2D at = appearance.pointerProperty().get();
    LiveTraining.View seen = view;
    if (at == null || seen == null) {
      readout.set("");
      return;
    }
    DensityGrid grid = seen.density();
    int cell = DensityViewModel.cell(grid, at);
    Messages messages = context.messages();
    readout.set(
        messages.text(
            "density.readout",
            messages.number(at.getX(), 2),
            messages.number(at.getY(), 2),
            messages.compact(grid.density()[cell]),
            messages.number(grid.energy()[cell], 2)));
  }
}
