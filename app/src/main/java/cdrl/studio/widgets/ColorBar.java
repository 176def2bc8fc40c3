package cdrl.studio.widgets;

import cdrl.studio.raster.ColorMap;
import cdrl.studio.raster.DensityScale;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/** The colours of a scale with the densities they stand for. */
public final class ColorBar extends Region {
  private static final int STEPS = 256;
  private static final double BAR = 14;
  private static final double LABELS = 66;
  private static final int LINEAR_TICKS = 5;
  private static final double LEAST_PLAIN_STEP = 1e-4;

  private final Messages messages;
  private final Canvas canvas = new Canvas();
  private final AxisStyle style = new AxisStyle(this::requestLayout);
  private @Nullable DensityScale scale;
  private @Nullable PixelImage gradient;

  /**
   * @param messages write the numbers
   */
  public ColorBar(Messages messages) {
    this.messages = messages;
    getStyleClass().add("color-bar");
    canvas.setManaged(false);
    getChildren().addAll(canvas, style.probe());
  }

  /** Shows a scale. */
  public void show(DensityScale scale, ColorMap colors) {
    this.scale = scale;
    int[] pixels = new int[STEPS];
    for (int i = 0; i < STEPS; i++) {
      pixels[i] = colors.argb(1 - (double) i / (STEPS - 1));
    }
    gradient = PixelImage.of(new Raster(1, STEPS, pixels));
    requestLayout();
  }

  @Override
  protected void layoutChildren() {
    double height = getHeight();
    canvas.setWidth(getWidth());
    canvas.setHeight(height);
    GraphicsContext graphics = canvas.getGraphicsContext2D();
    graphics.clearRect(0, 0, getWidth(), height);
    if (scale == null || gradient == null || height < 40) {
      return;
    }
    double top = PlaneView.TOP;
    double length = height - PlaneView.TOP - PlaneView.BOTTOM;
    graphics.setImageSmoothing(true);
    graphics.drawImage(gradient.image(), 0, top, BAR, length);
    graphics.setFill(style.text());
    graphics.setStroke(style.line());
    graphics.setFont(style.font());
    graphics.setLineWidth(1);
    graphics.strokeRect(0.5, top + 0.5, BAR - 1, length - 1);
    double lineHeight = new Text("0").getLayoutBounds().getHeight();
    for (double value : values(scale)) {
      double y = Math.floor(top + (1 - scale.position(value)) * (length - 1)) + 0.5;
      graphics.strokeLine(BAR, y, BAR + 4, y);
      graphics.fillText(label(scale, value), BAR + 8, y + lineHeight * 0.3);
    }
  }

  /** Numbers of a linear scale get the same decimals, unless they are too small for any. */
  private String label(DensityScale scale, double value) {
    double step = Ticks.step(scale.top(), LINEAR_TICKS);
    return scale.logarithmic() || step < LEAST_PLAIN_STEP
        ? messages.compact(value)
        : messages.number(value, Ticks.decimals(step));
  }

  private static List<Double> values(DensityScale scale) {
    if (!scale.logarithmic()) {
      return Ticks.multiples(0, scale.top(), Ticks.step(scale.top(), LINEAR_TICKS));
    }
    List<Double> values = new ArrayList<>();
    for (int exponent = (int) Math.ceil(Math.log10(scale.bottom()));
        exponent <= Math.log10(scale.top());
        exponent++) {
      values.add(Math.pow(10, exponent));
    }
    return values;
  }

  @Override
  protected double computePrefWidth(double height) {
    return BAR + LABELS;
  }

  @Override
  protected double computeMinWidth(double height) {
    return BAR + LABELS;
  }
}
