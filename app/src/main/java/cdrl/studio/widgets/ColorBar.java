package cdrl.studio.widgets;

import cdrl.studio.raster.ColorMap;
import cdrl.studio.raster.ColorScale;
import cdrl.studio.raster.DensityScale;
import cdrl.studio.raster.EnergyScale;
import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/** The colours of a scale with the numbers they stand for. */
public final class ColorBar extends Region {
  private static final int STEPS = 256;
  private static final double BAR = 14;
  private static final double LABELS = 66;
  private static final int LINEAR_TICKS = 5;
  private static final double LEAST_PLAIN_STEP = 1e-4;

  /** A logarithmic scale of energies from this range on is marked at powers of ten. */
  private static final double LEAST_POWERS = 2;

  private final Messages messages;
  private final Canvas canvas = new Canvas();
  private final AxisStyle style = new AxisStyle(this::requestLayout);
  private @Nullable ColorScale scale;
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
  public void show(ColorScale scale, ColorMap colors) {
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
    for (Tick tick : ticks(scale)) {
      double y = Math.floor(top + (1 - tick.position()) * (length - 1)) + 0.5;
      graphics.strokeLine(BAR, y, BAR + 4, y);
      graphics.fillText(tick.label(), BAR + 8, y + lineHeight * 0.3);
    }
  }

  /** A number beside the bar. */
  private record Tick(double position, String label) {}

  private List<Tick> ticks(ColorScale shown) {
    List<Tick> ticks = new ArrayList<>();
    if (shown instanceof DensityScale densities) {
      for (double value : densities(densities)) {
        ticks.add(new Tick(densities.position(value), label(densities, value)));
      }
    } else if (shown instanceof EnergyScale energies) {
      for (double above : above(energies)) {
        ticks.add(new Tick(energies.position(energies.lowest() + above), label(energies, above)));
      }
    }
    return ticks;
  }

  /** Numbers of a linear scale get the same decimals, unless they are too small for any. */
  private String label(DensityScale densities, double value) {
    double step = Ticks.step(densities.top(), LINEAR_TICKS);
    return densities.logarithmic() || step < LEAST_PLAIN_STEP
        ? messages.compact(value)
        : messages.number(value, Ticks.decimals(step));
  }

  private String label(EnergyScale energies, double above) {
    boolean plain = energies.logarithmic() && energies.range() >= LEAST_POWERS;
    return messages.grouped(
        above, plain ? 0 : Ticks.decimals(Ticks.step(energies.range(), LINEAR_TICKS)));
  }

  private static List<Double> densities(DensityScale scale) {
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

  /** Differences to the lowest energy. */
  private static List<Double> above(EnergyScale scale) {
    if (!scale.logarithmic() || scale.range() < LEAST_POWERS) {
      return Ticks.multiples(0, scale.range(), Ticks.step(scale.range(), LINEAR_TICKS));
    }
    List<Double> values = new ArrayList<>(List.of(0.0));
    for (double power = 1; power <= scale.range(); power *= 10) {
      values.add(power);
      if (3 * power <= scale.range()) {
        values.add(3 * power);
      }
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
