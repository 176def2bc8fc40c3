package cdrl.sampling;

import cdrl.model.CdrlModel;
import cdrl.schedule.NoiseSchedule;
import cdrl.schedule.StepSize;

/**
 * The numbers of the Langevin step y ← y + a ∇F(y) − b (y − x_t) + s′ ε, with a = s′² / (2 s²), b =
 * s′² / (2 β²) below the top level and 0 at the top; one entry per item, or a single one for all.
 *
 * @param logSnr λ_{t−1}, what the energy network is told
 * @param drift a
 * @param recovery b
 * @param noise s′
 */
@SuppressWarnings("ArrayRecordComponent") // read by kernels, never changed
public record LangevinLevels(float[] logSnr, float[] drift, float[] recovery, float[] noise) {

  /**
   * The step of the moves from levels {@code t} to t − 1.
   *
   * @param steps K′, the steps that will be made; the model's own K keeps s′ = s
   * @param t 1 … T, one entry per item or a single one
   */
  public static LangevinLevels of(CdrlModel model, int steps, int... t) {
    NoiseSchedule schedule = model.schedule();
    StepSize rule = model.description().spec().stepSize();
    double stretch = (double) model.description().langevinSteps() / steps;
    float[] logSnr = new float[t.length];
    float[] drift = new float[t.length];
    float[] recovery = new float[t.length];
    float[] noise = new float[t.length];
    for (int i = 0; i < t.length; i++) {
      double square = rule.squared(schedule, t[i]) * stretch;
      logSnr[i] = (float) schedule.logSnr(t[i] - 1);
      drift[i] = (float) (stretch / 2);
      recovery[i] =
          t[i] == schedule.levels() ? 0 : (float) (square / (2 * schedule.stepNoiseVariance(t[i])));
      noise[i] = (float) Math.sqrt(square);
    }
    return new LangevinLevels(logSnr, drift, recovery, noise);
  }

  /**
   * The noiseless step that ends sampling: Tweedie's formula at level 0 with the coefficient 2, as
   * a move of y = √m_1 x_0 along ∇F.
   */
  static LangevinLevels tweedie(CdrlModel model) {
    NoiseSchedule schedule = model.schedule();
    double square = model.description().spec().stepSize().squared(schedule, 1);
    double scale = schedule.inputScale(1);
    double drift = schedule.noiseVariance(0) * 2 / square * scale * scale;
    return new LangevinLevels(
        new float[] {(float) schedule.logSnr(0)},
        new float[] {(float) drift},
        new float[] {0},
        new float[] {0});
  }
}
