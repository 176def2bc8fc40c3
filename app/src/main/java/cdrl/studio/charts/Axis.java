package cdrl.studio.charts;

import cdrl.studio.widgets.Ticks;
import java.util.ArrayList;
import java.util.List;

/**
 * The range of values along one side of a chart.
 *
 * @param from the value at the start; above 0 on a logarithmic axis
 * @param to the value at the end, above {@code from}
 * @param logarithmic whether equal distances are equal ratios
 */
public record Axis(double from, double to, boolean logarithmic) {
  private static final int MOST_TRIED = 10;

  /** Checks the range. */
  public Axis {
    if (!(from < to) || !Double.isFinite(to - from) || logarithmic && !(from > 0)) {
      throw new IllegalArgumentException("no axis from " + from + " to " + to);
    }
  }

  /** Where a value lies: 0 at the start, 1 at the end; outside beyond them. */
  public double position(double value) {
    return logarithmic
        ? Math.log(value / from) / Math.log(to / from)
        : (value - from) / (to - from);
  }

  /** The value at a position. */
  public double value(double position) {
    return logarithmic ? from * Math.pow(to / from, position) : from + position * (to - from);
  }

  /** Whether a value can be shown on this kind of axis at all. */
  public boolean takes(double value) {
    return !logarithmic || value > 0;
  }

  /**
   * Round values to write at the axis.
   *
   * @param wanted about how many
   */
  public List<Double> ticks(int wanted) {
    return hasEvenTicks() ? evenTicks(wanted) : logarithmicTicks(wanted);
  }

  /**
   * Whether the ticks are multiples of one step, as on a linear axis; those of a logarithmic one
   * are where it is little longer than a decade.
   */
  public boolean hasEvenTicks() {
    return !logarithmic || Math.log10(to / from) < 1.2;
  }

  /** A single tick tells nobody how long the axis is: then there are more than were wanted. */
  private List<Double> evenTicks(int wanted) {
    List<Double> ticks =
        Ticks.multiples(from, to, Ticks.step(to - from, wanted)).stream()
            .filter(this::takes)
            .toList();
    return ticks.size() < 2 && wanted < MOST_TRIED ? evenTicks(wanted + 1) : ticks;
  }

  private List<Double> logarithmicTicks(int wanted) {
    double decades = Math.log10(to / from);
    double[] factors = decades * 3 <= wanted * 1.5 ? new double[] {1, 2, 5} : new double[] {1};
    int stride = (int) Math.max(1, Math.ceil(decades / Math.max(1, wanted)));
    List<Double> ticks = new ArrayList<>();
    for (int power = (int) Math.floor(Math.log10(from)); power <= Math.log10(to); power++) {
      if (Math.floorMod(power, stride) == 0) {
        for (double factor : factors) {
          double tick = factor * Math.pow(10, power);
          if (tick >= from * (1 - 1e-9) && tick <= to * (1 + 1e-9)) {
            ticks.add(tick);
          }
        }
      }
    }
    return ticks;
  }

  /** The part of this axis that a wheel or a key asks for. */
  public Axis zoomed(double factor, double around, Axis whole) {
    double at = position(around);
    double start = Math.max(0, whole.position(value(at - at / factor)));
    double end = Math.min(1, whole.position(value(at + (1 - at) / factor)));
    return whole.part(start, end);
  }

  /** This axis moved by a share of its length, within the whole one. */
  public Axis moved(double share, Axis whole) {
    double start = whole.position(value(share));
    double end = whole.position(value(1 + share));
    double back = Math.max(0, -start) - Math.max(0, end - 1);
    return whole.part(start + back, end + back);
  }

  private Axis part(double start, double end) {
    double least = Math.max(0, start);
    double most = Math.min(1, end);
    return most - least < 1e-7 ? this : new Axis(value(least), value(most), logarithmic);
  }
}
