package cdrl.studio.widgets;

import java.util.ArrayList;
import java.util.List;

/** Round numbers for axes. */
public final class Ticks {
  private Ticks() {}

  /**
   * The distance of about {@code wanted} round numbers in a range: 1, 2 or 5 times a power of ten.
   */
  public static double step(double range, int wanted) {
    double rough = range / Math.max(1, wanted);
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double factor = rough / power;
    return power * (factor < 1.5 ? 1 : factor < 3.5 ? 2 : factor < 7.5 ? 5 : 10);
  }

  /**
   * The multiples of a step in a range, both ends included. Where the step is too small to tell two
   * of them apart, the first is the only one.
   */
  public static List<Double> multiples(double from, double to, double step) {
    List<Double> values = new ArrayList<>();
    double last = Double.NEGATIVE_INFINITY;
    double first = Math.ceil(from / step - 1e-9);
    for (int i = 0; ; i++) {
      double value = (first + i) * step + 0.0; // the sum turns −0 into 0
      if (!(value > last && value <= to + step * 1e-9)) {
        return values;
      }
      values.add(value);
      last = value;
    }
  }

  /** The decimals needed to tell multiples of a step apart. */
  public static int decimals(double step) {
    return (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  }
}
