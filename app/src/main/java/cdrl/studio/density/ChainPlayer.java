package cdrl.studio.density;

import cdrl.runtime.HostTensor;
import cdrl.studio.engine.Trace;
import java.util.function.BooleanSupplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/**
 * Plays a run of Langevin chains: where its points are after every step of every level. A run's
 * <em>frames</em> are the noise, then for every level from T − 1 down to 0 the proposals and what
 * each of the K steps makes of them.
 *
 * <p>While nobody has looked elsewhere, the newest frame of a run that goes on is shown.
 */
public final class ChainPlayer {
  /** The slowest and the fastest, in steps per second. */
  public static final double SLOWEST = 1;

  /** See {@link #SLOWEST}. */
  public static final double FASTEST = 60;

  /** After a pause of the window's, the film goes on where it was. */
  private static final double LONGEST_PULSE = 0.1;

  private final ObservableValue<@Nullable Trace> trace;
  private final BooleanSupplier growing;
  private final Runnable moved;
  private final ReadOnlyIntegerWrapper frame = new ReadOnlyIntegerWrapper();
  private final BooleanProperty playing = new SimpleBooleanProperty();
  private final DoubleProperty speed = new SimpleDoubleProperty(10);
  private double place;
  private long lastPulse;
  private boolean following = true;
  private @Nullable Integer awaited;

  /**
   * @param trace the run
   * @param growing whether more of the run is to come
   * @param moved called when the points are elsewhere than before, or others
   */
  ChainPlayer(ObservableValue<@Nullable Trace> trace, BooleanSupplier growing, Runnable moved) {
    this.trace = trace;
    this.growing = growing;
    this.moved = moved;
    trace.addListener((property, before, after) -> traceChanged(before, after));
    playing.addListener(
        (property, before, after) -> {
          lastPulse = 0;
          if (after) {
            begin();
          }
        });
  }

  /** The frame that is shown, from 0. */
  public ReadOnlyIntegerProperty frameProperty() {
    return frame.getReadOnlyProperty();
  }

  /** Whether the film runs. */
  public BooleanProperty playingProperty() {
    return playing;
  }

  /** Steps per second, {@link #SLOWEST} to {@link #FASTEST}. */
  public DoubleProperty speedProperty() {
    return speed;
  }

  /** Plays on, from the start when the end is reached, or stops. */
  public void toggle() {
    playing.set(!playing.get());
  }

  /** Goes back to the noise and stops. */
  public void rewind() {
    goTo(0);
  }

  /** Stops and moves by single steps. */
  public void move(int by) {
    goTo(frame.get() + by);
  }

  private void goTo(int wanted) {
    playing.set(false);
    following = false;
    awaited = null;
    show(Math.max(0, Math.min(newest(), wanted)));
  }

  /**
   * Shows the end of a level, or its beginning while the film runs. Of a level that the run has not
   * reached nothing is shown until it does.
   */
  void goToLevel(int level) {
    following = false;
    awaited = null;
    int first = firstOf(level);
    if (first > newest()) {
      playing.set(false);
      awaited = level;
      show(newest());
    } else {
      show(Math.min(newest(), playing.get() ? first : lastOf(level)));
    }
  }

  /** Whether a level is wanted that the run has not reached. */
  boolean isAhead() {
    return awaited != null;
  }

  /**
   * Lets the film go on.
   *
   * @param nanos a clock in nanoseconds
   */
  public void pulse(long nanos) {
    if (!playing.get()) {
      return;
    }
    double passed = lastPulse == 0 ? 0 : Math.min(LONGEST_PULSE, (nanos - lastPulse) / 1e9);
    lastPulse = nanos;
    int newest = newest();
    show(Math.min(newest, place + passed * speed.get()));
    if (place >= newest && !growing.getAsBoolean()) {
      playing.set(false);
    }
  }

  /** The noise level of the frame, or the one that the run has not reached. */
  int level() {
    return awaited != null ? awaited : levelOf(frame.get());
  }

  /** The Langevin steps behind the frame, 0 … K; −1 for the noise. */
  public int step() {
    return frame.get() == 0 ? -1 : (frame.get() - 1) % (steps() + 1);
  }

  /** K, or 0 when there is no run. */
  public int steps() {
    Trace run = trace.getValue();
    return run == null ? 0 : run.settings().langevinSteps();
  }

  /** Whether there is a run to play. */
  boolean isEmpty() {
    return trace.getValue() == null;
  }

  /** The proposals of the frame's level, or the noise. */
  @Nullable HostTensor before() {
    Trace run = trace.getValue();
    return run == null || isAhead() ? null : frame.get() == 0 ? run.noise() : run.proposal(level());
  }

  /**
   * What the steps made of them, at step 0 still the same; between two steps, something between.
   */
  @Nullable HostTensor after() {
    Trace run = trace.getValue();
    int step = step();
    if (run == null || step < 0 || isAhead()) {
      return null;
    }
    double share = place - frame.get();
    HostTensor now = run.afterStep(level(), step);
    HostTensor next = step < steps() ? run.afterStep(level(), step + 1) : null;
    if (share > 0 && now != null && next != null) {
      return between(now, next, (float) share);
    }
    return now;
  }

  private static HostTensor between(HostTensor from, HostTensor to, float share) {
    float[] values = new float[from.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = from.values()[i] + share * (to.values()[i] - from.values()[i]);
    }
    return new HostTensor(from.shape(), values);
  }

  private void begin() {
    following = false;
    awaited = null;
    boolean ended = place >= last() || place >= newest() && !growing.getAsBoolean();
    show(ended ? 0 : place);
  }

  private void traceChanged(@Nullable Trace before, @Nullable Trace after) {
    boolean another = after == null || !after.isOfSameRun(before);
    if (another) {
      following = !playing.get();
      awaited = null;
      place = 0;
    }
    if (awaited != null && firstOf(awaited) <= newest()) {
      goToLevel(awaited);
    } else {
      show(following ? newest() : Math.min(place, newest()));
    }
  }

  private void show(double wanted) {
    place = wanted;
    frame.set((int) Math.floor(wanted));
    moved.run();
  }

  private int firstOf(int level) {
    Trace run = trace.getValue();
    int stop = run == null ? 0 : run.settings().startLevel() - level;
    return stop <= 0 ? 0 : 1 + (stop - 1) * (steps() + 1);
  }

  private int lastOf(int level) {
    int first = firstOf(level);
    return first == 0 ? 0 : first + steps();
  }

  private int levelOf(int wanted) {
    Trace run = trace.getValue();
    if (run == null) {
      return 0;
    }
    int start = run.settings().startLevel();
    return wanted == 0 ? start : start - 1 - (wanted - 1) / (steps() + 1);
  }

  /** The last frame of the whole run. */
  private int last() {
    Trace run = trace.getValue();
    return run == null ? 0 : run.settings().startLevel() * (steps() + 1);
  }

  /** The last frame that there is yet. */
  private int newest() {
    Trace run = trace.getValue();
    if (run == null) {
      return 0;
    }
    int stop = Math.min(run.newestStop(), run.settings().startLevel());
    int level = run.settings().startLevel() - stop;
    return stop == 0 ? 0 : firstOf(level) + run.stepsAt(level);
  }
}
