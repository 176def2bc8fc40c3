package cdrl.studio.engine;

/**
 * How far a sampling run has come.
 *
 * @param level the noise level being made, T − 1 … 0; T before the first proposal
 * @param step the Langevin steps done at this level
 * @param steps the Langevin steps per level
 * @param fraction of all steps, 0 to 1
 * @param seconds since the start
 * @param preparing whether this is a step of a run before, which is drawn again
 */
public record SamplingProgress(
    int level, int step, int steps, double fraction, double seconds, boolean preparing) {
  private static final double TOO_EARLY_TO_TELL = 0.04;

  /** An estimate of the seconds that are left, or NaN when it is too early to tell. */
  public double secondsLeft() {
    return fraction < TOO_EARLY_TO_TELL ? Double.NaN : seconds / fraction * (1 - fraction);
  }
}
