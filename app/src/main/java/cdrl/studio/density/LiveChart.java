package cdrl.studio.density;

import cdrl.studio.charts.ChartLine;
import cdrl.studio.charts.Curve;
import cdrl.studio.charts.Ink;
import cdrl.studio.density.LiveCurves.Quantity;
import cdrl.studio.resources.Messages;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** How the curves of a training are shown. */
final class LiveChart {
  /** The past weighs 0.95 from one iteration to the next. */
  private static final double USUAL_SMOOTHING = 0.43;

  private final Messages messages;
  private final Function<Quantity, Curve> curves;
  private final ObjectProperty<@Nullable Quantity> quantity =
      new SimpleObjectProperty<>(Quantity.ENERGY_LOSS);
  private final DoubleProperty smoothing = new SimpleDoubleProperty(USUAL_SMOOTHING);
  private final BooleanProperty logX = new SimpleBooleanProperty();
  private final BooleanProperty logLoss = new SimpleBooleanProperty();
  private final BooleanProperty logDistance = new SimpleBooleanProperty(true);

  /**
   * @param curves what there is of a quantity
   */
  LiveChart(Messages messages, Function<Quantity, Curve> curves) {
    this.messages = messages;
    this.curves = curves;
  }

  /** What is drawn beside the distance of the samples. */
  ObjectProperty<@Nullable Quantity> quantityProperty() {
    return quantity;
  }

  /** How much the chosen curve is smoothed, 0 (not at all) to 1. */
  DoubleProperty smoothingProperty() {
    return smoothing;
  }

  /** Whether equal distances to the right are equal ratios. */
  BooleanProperty logXProperty() {
    return logX;
  }

  /** Whether equal distances upwards are equal ratios of what is chosen. */
  BooleanProperty logLossProperty() {
    return logLoss;
  }

  /** Whether equal distances upwards are equal ratios of the distance of the samples. */
  BooleanProperty logDistanceProperty() {
    return logDistance;
  }

  /** The curve of what is chosen. */
  List<ChartLine> chosen() {
    Quantity which = quantity.get();
    return which == null ? List.of() : List.of(line(which, 0, smoothing.get()));
  }

  /** The curve of the distance of the samples, of which there are too few to be smoothed. */
  List<ChartLine> distance() {
    return List.of(line(Quantity.DISTANCE, 1, 0));
  }

  /** All curves. */
  List<ChartLine> all() {
    return Arrays.stream(Quantity.values()).map(which -> line(which, 0, 0)).toList();
  }

  private ChartLine line(Quantity which, int ink, double smooth) {
    Curve raw = curves.apply(which);
    return new ChartLine(
        messages.text("live.quantity." + which),
        new Ink.Distinct(ink),
        raw,
        raw.smoothed(smooth <= 0 ? 0 : 1 - Math.pow(10, -3 * smooth)),
        true);
  }
}
