package cdrl.studio.density;

import cdrl.data.Drawing;
import cdrl.data.DrawingPainter;
import cdrl.data.PaintedDensity;
import cdrl.data.PlaneShape;
import cdrl.data.Stroke;
import cdrl.studio.raster.ColorMap;
import cdrl.studio.raster.Raster;
import cdrl.studio.widgets.PlaneTool;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import org.jspecify.annotations.Nullable;

/** A distribution that is being drawn, with the brush and with what can be undone. */
public final class DrawingViewModel implements PlaneTool {
  /** The smallest and the largest brush, as radii in the plane. */
  public static final double THINNEST = 0.2;

  /** See {@link #THINNEST}. */
  public static final double THICKEST = 3;

  private static final double RESIZE = 1.2;
  private static final int MOST_UNDONE = 500;

  /** The least distance of two points of a stroke, in radii. */
  private static final double SHORTEST = 0.1;

  /** How many times smaller a shape is in its small picture. */
  private static final int SHRINKING = 4;

  private final ReadOnlyObjectWrapper<Drawing> drawing;
  private final ReadOnlyBooleanWrapper canUndo = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper canRedo = new ReadOnlyBooleanWrapper();
  private final BooleanProperty erasing = new SimpleBooleanProperty();
  private final DoubleProperty radius = new SimpleDoubleProperty(0.8);
  private final DrawingPainter painter = new DrawingPainter();
  private final Deque<Drawing> done = new ArrayDeque<>();
  private final Deque<Drawing> undone = new ArrayDeque<>();
  private @Nullable Stroke stroke;

  /**
   * @param start what is there at first
   */
  DrawingViewModel(Drawing start) {
    drawing = new ReadOnlyObjectWrapper<>(start);
  }

  /** The drawing, with the stroke that is being made. */
  public ReadOnlyObjectProperty<Drawing> drawingProperty() {
    return drawing.getReadOnlyProperty();
  }

  /** Whether the brush takes away. */
  public BooleanProperty erasingProperty() {
    return erasing;
  }

  /** The radius of the brush in the plane. */
  public DoubleProperty radiusProperty() {
    return radius;
  }

  /** Whether something can be taken back. */
  public ReadOnlyBooleanProperty canUndoProperty() {
    return canUndo.getReadOnlyProperty();
  }

  /** Whether something can be done again. */
  public ReadOnlyBooleanProperty canRedoProperty() {
    return canRedo.getReadOnlyProperty();
  }

  /**
   * Begins anew.
   *
   * @param shape what to start from, or null for nothing
   */
  public void start(@Nullable PlaneShape shape) {
    replace(new Drawing(shape, List.of()));
  }

  /** Puts another drawing in place of what is there. */
  void replace(Drawing other) {
    stroke = null;
    change(other);
  }

  /** Takes the last change back. */
  public void undo() {
    move(done, undone);
  }

  /** Makes a change again that was taken back. */
  public void redo() {
    move(undone, done);
  }

  private void move(Deque<Drawing> from, Deque<Drawing> to) {
    Drawing other = from.pollLast();
    if (other != null && stroke == null) {
      to.addLast(drawing.get());
      drawing.set(other);
      refresh();
    }
  }

  private void change(Drawing next) {
    if (!next.equals(drawing.get())) {
      done.addLast(drawing.get());
      if (done.size() > MOST_UNDONE) {
        done.removeFirst();
      }
      undone.clear();
      drawing.set(next);
      refresh();
    }
  }

  private void refresh() {
    canUndo.set(!done.isEmpty());
    canRedo.set(!undone.isEmpty());
  }

  @Override
  public void press(double x, double y, boolean other) {
    Stroke begun = new Stroke(erasing.get() != other, radius.get(), List.of(x, y));
    stroke = begun;
    change(drawing.get().and(begun));
  }

  @Override
  public void drag(double x, double y) {
    Stroke before = stroke;
    if (before == null) {
      return;
    }
    List<Double> path = before.path();
    double dx = x - path.get(path.size() - 2);
    double dy = y - path.get(path.size() - 1);
    if (Math.hypot(dx, dy) < SHORTEST * radius.get()) {
      return; // nobody would see it, and a drawing is to stay short
    }
    Stroke longer = before.to(x, y);
    stroke = longer;
    List<Stroke> strokes = drawing.get().strokes();
    drawing.set(
        new Drawing(drawing.get().start(), strokes.subList(0, strokes.size() - 1)).and(longer));
  }

  @Override
  public void release() {
    stroke = null;
  }

  @Override
  public double radius() {
    return radius.get();
  }

  @Override
  public void resize(int steps) {
    double wanted = radius.get() * Math.pow(RESIZE, steps);
    radius.set(Math.max(THINNEST, Math.min(THICKEST, wanted)));
  }

  /** The picture of the drawing. */
  Raster paint(ColorMap colors) {
    return paint(painter.paint(drawing.get()), colors);
  }

  /** A small picture of a shape. */
  static Raster paint(@Nullable PlaneShape shape, ColorMap colors) {
    float[] large = new Drawing(shape, List.of()).brightness();
    float[] small = new float[large.length / (SHRINKING * SHRINKING)];
    int side = PaintedDensity.SIDE / SHRINKING;
    for (int i = 0; i < large.length; i++) {
      int row = i / PaintedDensity.SIDE / SHRINKING;
      int column = i % PaintedDensity.SIDE / SHRINKING;
      small[row * side + column] += large[i] / (SHRINKING * SHRINKING);
    }
    return paint(small, colors);
  }

  private static Raster paint(float[] brightness, ColorMap colors) {
    int[] pixels = new int[brightness.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = colors.argb(brightness[i]);
    }
    int side = (int) Math.sqrt(pixels.length);
    return new Raster(side, side, pixels);
  }
}
