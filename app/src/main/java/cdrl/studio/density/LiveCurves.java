package cdrl.studio.density;

import cdrl.runtime.HostTensor;
import cdrl.studio.charts.Curve;
import cdrl.studio.engine.LiveTraining;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The numbers of a training so far. */
final class LiveCurves {
  /** What is drawn. */
  enum Quantity {
    ENERGY_LOSS,
    INITIALIZER_LOSS,
    ENERGY_DIFFERENCE,
    DISTANCE
  }

  /** Points that grow in number. */
  private static final class Points {
    private double[] x = new double[256];
    private double[] y = new double[256];
    private int size;

    void add(double place, double value) {
      if (size == x.length) {
        x = Arrays.copyOf(x, 2 * size);
        y = Arrays.copyOf(y, 2 * size);
      }
      x[size] = place;
      y[size++] = value;
    }

    HostTensor tensor() {
      float[] values = new float[2 * size];
      for (int i = 0; i < size; i++) {
        values[2 * i] = (float) x[i];
        values[2 * i + 1] = (float) y[i];
      }
      return new HostTensor(new long[] {size, 2}, values);
    }

    void take(float[] values) {
      for (int i = 0; i + 1 < values.length; i += 2) {
        add(values[i], values[i + 1]);
      }
    }

    Curve curve() {
      return Curve.of(Arrays.copyOf(x, size), Arrays.copyOf(y, size));
    }
  }

  private static final String PREFIX = "curve.";

  private final Map<Quantity, Points> points = new EnumMap<>(Quantity.class);

  LiveCurves() {
    for (Quantity quantity : Quantity.values()) {
      points.put(quantity, new Points());
    }
  }

  void add(LiveTraining.Step step) {
    add(Quantity.ENERGY_LOSS, step.iteration(), step.energyLoss());
    add(Quantity.INITIALIZER_LOSS, step.iteration(), step.initializerLoss());
    add(Quantity.ENERGY_DIFFERENCE, step.iteration(), step.energyDifference());
  }

  /**
   * Notes the distance of samples from the data, once for each iteration. Without any training
   * Langevin dynamics leads anywhere; that number would only spoil the scale.
   */
  void add(LiveTraining.Samples samples) {
    Points known = of(Quantity.DISTANCE);
    double last = known.size == 0 ? 0 : known.x[known.size - 1];
    if (samples.iteration() > last) {
      add(Quantity.DISTANCE, samples.iteration(), samples.distance());
    }
  }

  private void add(Quantity quantity, long iteration, double value) {
    of(quantity).add(iteration, value);
  }

  private Points of(Quantity quantity) {
    Points found = points.get(quantity);
    if (found == null) {
      throw new IllegalStateException(quantity.toString());
    }
    return found;
  }

  /** The points of all quantities, to be stored under names of their own. */
  Map<String, HostTensor> tensors() {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    for (Quantity quantity : Quantity.values()) {
      tensors.put(PREFIX + quantity, of(quantity).tensor());
    }
    return tensors;
  }

  /** Takes back what {@link #tensors} gave, from among others. */
  static LiveCurves of(Map<String, HostTensor> tensors) {
    LiveCurves curves = new LiveCurves();
    for (Quantity quantity : Quantity.values()) {
      HostTensor stored = tensors.get(PREFIX + quantity);
      if (stored != null) {
        curves.of(quantity).take(stored.values());
      }
    }
    return curves;
  }

  Curve curve(Quantity quantity) {
    return of(quantity).curve();
  }
}
