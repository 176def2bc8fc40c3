package cdrl.schedule;

/** How the Langevin step size s_t² grows with the noise level. */
public enum StepSize {
  /** Images: s_t² = 4e-4 · (σ̄_{t−1} / σ̄_0) · β_t². */
  IMAGE {
    @Override
    public double squared(NoiseSchedule schedule, int t) {
      return 4e-4
          * schedule.noiseScale(t - 1)
          / schedule.noiseScale(0)
          * schedule.stepNoiseVariance(t);
    }
  },
  /** Points in the plane: s_t² = 2e-3 / σ̄_0 · β_t². */
  POINT {
    @Override
    public double squared(NoiseSchedule schedule, int t) {
      return 2e-3 / schedule.noiseScale(0) * schedule.stepNoiseVariance(t);
    }
  };

  /** s_t² of the move from level t to level t − 1; t in 1 … T. */
  public abstract double squared(NoiseSchedule schedule, int t);

  /** κ_t = s_t² / (2 β_t²), the weight of the recovery term ‖y − x_t‖². */
  public double recoveryWeight(NoiseSchedule schedule, int t) {
    return squared(schedule, t) / (2 * schedule.stepNoiseVariance(t));
  }
}
