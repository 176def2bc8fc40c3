package cdrl.studio.density;

import cdrl.studio.engine.LiveRecipe;
import cdrl.studio.engine.LiveTraining;
import cdrl.training.Dials;
import java.math.BigDecimal;
import java.math.MathContext;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleIntegerProperty;

/** What can be turned while a training runs. */
public final class LiveDials {
  /** Powers of ten of the smallest and the largest learning rate. */
  public static final double LEAST_RATE = -6;

  /** See {@link #LEAST_RATE}. */
  public static final double MOST_RATE = -1;

  /** The most Langevin steps per level. */
  public static final int MOST_STEPS = 40;

  /** Powers of two of the slowest pace, in iterations per second, and of what has no brake. */
  public static final double SLOWEST = -2;

  /** See {@link #SLOWEST}. */
  public static final double FASTEST = 6;

  private final DoubleProperty energyRate = new SimpleDoubleProperty();
  private final DoubleProperty initializerRate = new SimpleDoubleProperty();
  private final IntegerProperty steps = new SimpleIntegerProperty();
  private final DoubleProperty pace = new SimpleDoubleProperty(FASTEST);

  /** As usual, without a brake. */
  LiveDials() {
    reset();
  }

  /** The power of ten of the energy network's learning rate. */
  public DoubleProperty energyRateProperty() {
    return energyRate;
  }

  /** The power of ten of the initializer's learning rate. */
  public DoubleProperty initializerRateProperty() {
    return initializerRate;
  }

  /** K, the Langevin steps per level. */
  public IntegerProperty stepsProperty() {
    return steps;
  }

  /** The power of two of the iterations per second; {@link #FASTEST} for no brake. */
  public DoubleProperty paceProperty() {
    return pace;
  }

  /** Sets rates and K to what they were at the start. */
  public void reset() {
    Dials usual = LiveRecipe.usualDials();
    energyRate.set(Math.log10(usual.energyRate()));
    initializerRate.set(Math.log10(usual.initializerRate()));
    steps.set(usual.langevinSteps());
  }

  /** What is set now. */
  Dials values() {
    return new Dials(rate(energyRate.get()), rate(initializerRate.get()), steps.get());
  }

  /** With two figures, as people see it. */
  private static double rate(double power) {
    return BigDecimal.valueOf(Math.pow(10, power)).round(new MathContext(2)).doubleValue();
  }

  /** The most iterations per second. */
  double iterationsPerSecond() {
    return pace.get() >= FASTEST ? LiveTraining.FULL_SPEED : Math.pow(2, pace.get());
  }
}
