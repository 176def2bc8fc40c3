package cdrl.studio.inpaint;

import cdrl.studio.shell.Preferences;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;

/** The tools that paint a document's mask. */
public final class MaskTools {
  /** The smallest brush, in pixels of the model. */
  public static final double LEAST_BRUSH = 1;

  /** The largest brush of the largest model. */
  static final double MOST_BRUSH = 256;

  /** How far edges are softened at least and at most, in pixels of the model. */
  static final double LEAST_FEATHER = 0.5;

  static final double MOST_FEATHER = 8;

  private static final double BRUSH_STEP = 1.2;
  private static final double HARDNESS_STEP = 0.1;

  private final Preferences preferences;
  private final InpaintDocument document;
  private final Runnable begun;
  private final ObjectProperty<Tool> tool = new SimpleObjectProperty<>(Tool.BRUSH);
  private final DoubleProperty brushSize = new SimpleDoubleProperty(6);
  private final DoubleProperty hardness = new SimpleDoubleProperty(0.8);
  private final DoubleProperty threshold = new SimpleDoubleProperty(0.5);
  private final DoubleProperty feather = new SimpleDoubleProperty(1);
  private final BooleanProperty maskVisible = new SimpleBooleanProperty(true);

  /**
   * @param begun called when somebody begins to paint
   */
  MaskTools(Preferences preferences, InpaintDocument document, Runnable begun) {
    this.preferences = preferences;
    this.document = document;
    this.begun = begun;
    threshold.addListener((property, before, after) -> document.setThreshold(after.doubleValue()));
  }

  /** What the pointer does. */
  public ObjectProperty<Tool> toolProperty() {
    return tool;
  }

  /** The brush's diameter in pixels of the model. */
  public DoubleProperty brushSizeProperty() {
    return brushSize;
  }

  /** The share of the brush that covers fully, 0 to 1. */
  public DoubleProperty hardnessProperty() {
    return hardness;
  }

  /** How much of a pixel must be painted for it to be filled, 0 to 1. */
  public DoubleProperty thresholdProperty() {
    return threshold;
  }

  /** How far edges are softened, in pixels of the model. */
  public DoubleProperty featherProperty() {
    return feather;
  }

  /** Whether the mask is seen. */
  public BooleanProperty maskVisibleProperty() {
    return maskVisible;
  }

  /** The brush that is set. */
  public Brush brush() {
    return new Brush(brushSize.get() / 2, hardness.get());
  }

  /** Makes the brush larger or smaller by some steps. */
  public void growBrush(int by) {
    brushSize.set(bounded(brushSize.get() * Math.pow(BRUSH_STEP, by)));
  }

  /** Zooming by a factor lets the brush keep its size on the screen where people prefer that. */
  void zoomed(double factor) {
    if (preferences.brushKeepsSizeProperty().get()) {
      brushSize.set(bounded(brushSize.get() / factor));
    }
  }

  private double bounded(double size) {
    return Math.max(LEAST_BRUSH, Math.min(mostBrush(), size));
  }

  /** The largest brush: it covers the picture. */
  double mostBrush() {
    WorkingPicture picture = document.pictureProperty().get();
    return picture == null ? MOST_BRUSH : picture.resolution();
  }

  /** Makes the brush harder or softer by some steps. */
  public void hardenBrush(int by) {
    double value = Math.round(hardness.get() / HARDNESS_STEP) * HARDNESS_STEP + by * HARDNESS_STEP;
    hardness.set(Math.max(0, Math.min(1, value)));
  }

  private void begin() {
    begun.run();
    maskVisible.set(true);
  }

  /** Begins a stroke. */
  public void press(Place at, boolean erase) {
    begin();
    document.press(at, brush(), erase);
  }

  /** Goes on with a stroke. */
  public void drag(Place to, boolean erase) {
    document.drag(to, brush(), erase);
  }

  /** Ends a stroke. */
  public void release() {
    document.release();
  }

  /** Gives a stroke up; false when there is none. */
  public boolean abandon() {
    return document.abandon();
  }

  /** Draws a straight line from the end of the last stroke. */
  public void lineTo(Place to, boolean erase) {
    begin();
    document.lineTo(to, brush(), erase);
  }

  /** Covers a rectangle. */
  public void rectangle(Place corner, Place opposite, boolean erase) {
    begin();
    document.act(mask -> mask.rectangle(corner, opposite, erase));
  }

  /** Covers what a closed line encloses. */
  public void lasso(List<Place> corners, boolean erase) {
    begin();
    document.act(mask -> mask.polygon(corners, erase));
  }

  /** Covers everything. */
  public void fill() {
    begin();
    document.act(mask -> mask.fill(false));
  }

  /** Takes all paint away. */
  public void clear() {
    begin();
    document.act(mask -> mask.fill(true));
  }

  /** Covers what is not covered and the other way round. */
  public void invert() {
    begin();
    document.act(PaintedMask::invert);
  }

  /** Softens the mask's edges. */
  public void feather() {
    begin();
    document.act(mask -> mask.feather(feather.get()));
  }

  /** Covers some pixels and no others. */
  void set(boolean[] pixels) {
    begin();
    document.act(mask -> mask.set(pixels));
  }
}
