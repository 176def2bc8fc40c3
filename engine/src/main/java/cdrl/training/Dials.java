package cdrl.training;

/**
 * What may be changed while a training goes on.
 *
 * @param energyRate learning rate of the energy model after its warm-up, at least 0
 * @param initializerRate learning rate of the initializer after its warm-up, at least 0
 * @param langevinSteps K, the Langevin steps per level, 1 to 1000; every one has the full size
 */
public record Dials(double energyRate, double initializerRate, int langevinSteps) {
  private static final int MOST_STEPS = 1000;

  /** Checks the ranges. */
  public Dials {
    if (!isRate(energyRate) || !isRate(initializerRate)) {
      throw new IllegalArgumentException("learning rates are finite numbers of at least 0");
    }
    if (langevinSteps < 1 || langevinSteps > MOST_STEPS) {
      throw new IllegalArgumentException("Langevin steps lie between 1 and " + MOST_STEPS);
    }
  }

  private static boolean isRate(double rate) {
    return rate >= 0 && Double.isFinite(rate);
  }

  /** What a configuration says. */
  public static Dials of(TrainingConfig config) {
    return new Dials(
        config.training().energyRate().peak(),
        config.training().initializerRate().peak(),
        config.langevinSteps());
  }

  /** The configuration that says this and is otherwise the same. */
  TrainingConfig in(TrainingConfig config) {
    return new TrainingConfig(
        config.name(),
        config.data(),
        config.model(),
        config.schedule(),
        langevinSteps,
        config.prediction(),
        config.training().withPeaks(energyRate, initializerRate),
        config.guard(),
        config.output(),
        config.compute());
  }
}
