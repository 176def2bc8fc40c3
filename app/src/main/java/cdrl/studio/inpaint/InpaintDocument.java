package cdrl.studio.inpaint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The picture that is worked on and its mask, with all steps that led here. Use it on the user
 * interface's thread.
 */
public final class InpaintDocument {
  private static final int MOST_HISTORY_BYTES = 16 << 20;

  /** What a model sees. */
  private record Size(int resolution, int channels) {
    static Size of(WorkingPicture picture) {
      return new Size(picture.resolution(), (int) picture.image().shape()[0]);
    }
  }

  /** What has been done to the opened picture in one size. */
  private record Work(History<Edit> history, PaintedMask mask, WorkingPicture picture) {}

  private final ReadOnlyObjectWrapper<@Nullable SourcePicture> source =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable WorkingPicture> picture =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable PaintedMask> mask = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyIntegerWrapper filledCount = new ReadOnlyIntegerWrapper();
  private final ReadOnlyBooleanWrapper canUndo = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper canRedo = new ReadOnlyBooleanWrapper();
  private final Map<Size, Work> elsewhere = new HashMap<>();
  private final List<Consumer<Area>> watchers = new ArrayList<>();
  private History<Edit> history = newHistory();
  private double threshold = 0.5;
  private boolean painting;
  private @Nullable Place last;

  /** The picture as it was opened. */
  public ReadOnlyObjectProperty<@Nullable SourcePicture> sourceProperty() {
    return source.getReadOnlyProperty();
  }

  /** The picture in the model's size; null before one is opened. */
  public ReadOnlyObjectProperty<@Nullable WorkingPicture> pictureProperty() {
    return picture.getReadOnlyProperty();
  }

  /** The mask; null before a picture is opened. */
  public ReadOnlyObjectProperty<@Nullable PaintedMask> maskProperty() {
    return mask.getReadOnlyProperty();
  }

  /** How many pixels of the model the mask fills. */
  public ReadOnlyIntegerProperty filledCountProperty() {
    return filledCount.getReadOnlyProperty();
  }

  /** Whether there is a step to take back. */
  public ReadOnlyBooleanProperty canUndoProperty() {
    return canUndo.getReadOnlyProperty();
  }

  /** Whether there is a step to do again. */
  public ReadOnlyBooleanProperty canRedoProperty() {
    return canRedo.getReadOnlyProperty();
  }

  /**
   * Tells which pixels of the paint have changed.
   *
   * @param watcher called with areas in pixels of the paint
   */
  public void watchPaint(Consumer<Area> watcher) {
    watchers.add(watcher);
  }

  /** Begins anew with another picture. */
  void open(SourcePicture opened, @Nullable WorkingPicture fitted) {
    elsewhere.clear();
    source.set(opened);
    if (fitted == null) {
      take(newHistory(), null, null);
    } else {
      take(newHistory(), newMask(fitted.resolution()), fitted);
    }
  }

  /**
   * Goes on where a model of some size was left, so that looking at the picture with another one
   * costs nothing.
   *
   * @return false when there has been no such model since the picture was opened
   */
  boolean resume(int resolution, int channels) {
    WorkingPicture now = picture.get();
    Size size = new Size(resolution, channels);
    if (now != null && Size.of(now).equals(size)) {
      return true;
    }
    Work left = elsewhere.get(size);
    if (left == null) {
      return false;
    }
    leave();
    left.mask().setThreshold(threshold);
    take(left.history(), left.mask(), left.picture());
    return true;
  }

  /** Shows the opened picture in a size that is new to it, under the same paint. */
  void fit(WorkingPicture fitted) {
    leave();
    PaintedMask before = mask.get();
    PaintedMask made = newMask(fitted.resolution());
    if (before != null) {
      made.copy(before);
    }
    take(newHistory(), made, fitted);
  }

  private void leave() {
    finish();
    WorkingPicture left = picture.get();
    PaintedMask painted = mask.get();
    if (left != null && painted != null) {
      elsewhere.put(Size.of(left), new Work(history, painted, left));
    }
  }

  private void take(
      History<Edit> steps, @Nullable PaintedMask painted, @Nullable WorkingPicture shown) {
    history = steps;
    canUndo.bind(steps.canUndoProperty());
    canRedo.bind(steps.canRedoProperty());
    last = null;
    painting = false;
    mask.set(painted);
    picture.set(shown);
    announce(painted == null ? Area.NONE : painted.whole());
  }

  private static History<Edit> newHistory() {
    return new History<>(MOST_HISTORY_BYTES, Edit::bytes);
  }

  private PaintedMask newMask(int resolution) {
    PaintedMask made = new PaintedMask(resolution);
    made.setThreshold(threshold);
    return made;
  }

  /**
   * Sets how much of a pixel must be painted for it to be filled.
   *
   * @param share above 0, at most 1
   */
  void setThreshold(double share) {
    threshold = share;
    PaintedMask painted = mask.get();
    if (painted != null) {
      painted.setThreshold(share);
      announce(painted.whole());
    }
  }

  /**
   * Replaces the picture by another part of the opened one.
   *
   * @param continued whether this goes on with the last such change: both are taken back together
   */
  void reframe(WorkingPicture after, boolean continued) {
    WorkingPicture before = picture.get();
    finish();
    Edit last = history.last().orElse(null);
    if (continued && last != null && last.mask() == null && Objects.equals(last.after(), before)) {
      history.replaceLast(new Edit(null, last.before(), after));
    } else {
      history.add(new Edit(null, before, after));
    }
    picture.set(after);
  }

  /** Replaces the picture and wipes the mask in one step that can be taken back. */
  void keep(WorkingPicture after) {
    PaintedMask painted = mask.get();
    if (painted == null) {
      return;
    }
    finish();
    WorkingPicture before = picture.get();
    painted.begin();
    Area area = painted.fill(true);
    history.add(new Edit(painted.end(), before, after));
    picture.set(after);
    announce(area);
  }

  /** Changes the mask in one step. */
  void act(Function<PaintedMask, Area> action) {
    PaintedMask painted = mask.get();
    if (painted != null) {
      finish();
      painted.begin();
      announce(action.apply(painted));
      record(painted);
    }
  }

  /** Begins a stroke. */
  void press(Place at, Brush brush, boolean erase) {
    PaintedMask painted = mask.get();
    if (painted != null) {
      finish();
      painted.begin();
      painting = true;
      last = at;
      announce(painted.line(at, at, brush, erase));
    }
  }

  /** Goes on with the stroke. */
  void drag(Place to, Brush brush, boolean erase) {
    PaintedMask painted = mask.get();
    if (painted != null && painting && last != null) {
      announce(painted.line(last, to, brush, erase));
      last = to;
    }
  }

  /** Ends the stroke; one step has been made. */
  void release() {
    finish();
  }

  /** Gives the stroke up that has begun. */
  boolean abandon() {
    PaintedMask painted = mask.get();
    if (!painting || painted == null) {
      return false;
    }
    painting = false;
    last = null;
    announce(painted.abandon());
    return true;
  }

  /** Draws a straight line from where the last stroke ended, or a dot when there was none. */
  void lineTo(Place to, Brush brush, boolean erase) {
    Place from = last == null ? to : last;
    act(painted -> painted.line(from, to, brush, erase));
    last = to;
  }

  /** Takes the last step back. */
  void undo() {
    finish();
    history.undo().ifPresent(edit -> restore(edit, edit.before()));
  }

  /** Does a step again that was taken back. */
  void redo() {
    finish();
    history.redo().ifPresent(edit -> restore(edit, edit.after()));
  }

  private void restore(Edit edit, @Nullable WorkingPicture to) {
    if (to != null) {
      picture.set(to);
    }
    PaintedMask painted = mask.get();
    if (edit.mask() != null && painted != null) {
      announce(painted.apply(edit.mask()));
    }
  }

  private void finish() {
    PaintedMask painted = mask.get();
    if (painting && painted != null) {
      painting = false;
      record(painted);
    }
  }

  private void record(PaintedMask painted) {
    MaskDelta delta = painted.end();
    if (delta != null) {
      history.add(new Edit(delta, null, null));
    }
  }

  private void announce(Area area) {
    PaintedMask painted = mask.get();
    filledCount.set(painted == null ? 0 : painted.filledCount());
    watchers.forEach(watcher -> watcher.accept(area));
  }
}
