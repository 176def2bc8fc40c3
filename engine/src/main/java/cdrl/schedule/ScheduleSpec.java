package cdrl.schedule;

import cdrl.runtime.MisfitException;

/**
 * What a noise schedule is made from.
 *
 * @param kind the family
 * @param levels the number T of noise levels, 1 to 100
 * @param maxLogSnr log signal-to-noise ratio at level 0 (cosine only), natural logarithm
 * @param minLogSnr log signal-to-noise ratio at level T (cosine only)
 */
public record ScheduleSpec(Kind kind, int levels, double maxLogSnr, double minLogSnr) {

  /** The families of schedules. */
  public enum Kind {
    /** The paper's cosine schedule in the log signal-to-noise ratio (eq. 19, 20). */
    COSINE,
    /** The linear variance schedule of diffusion recovery likelihood, cut into T levels. */
    DRL
  }

  /** The paper's schedule: T = 6, from 9.8 down to -5.1. */
  public static final ScheduleSpec PAPER = cosine(6);

  /** Checks the ranges. */
  public ScheduleSpec {
    if (levels < 1 || levels > 100) {
      throw new MisfitException("levels must be between 1 and 100, not {0}", levels);
    }
    if (!(maxLogSnr > minLogSnr) || maxLogSnr > 20 || minLogSnr < -20) {
      throw new MisfitException(
          "the log signal-to-noise ratio must fall between 20 and -20, not from {0} to {1}",
          maxLogSnr, minLogSnr);
    }
    if (kind == Kind.DRL && levels != 6 && levels != 8) {
      throw new MisfitException("the DRL schedule has 6 or 8 levels, not {0}", levels);
    }
  }

  /** The cosine schedule with T levels and the paper's end points. */
  public static ScheduleSpec cosine(int levels) {
    return new ScheduleSpec(Kind.COSINE, levels, 9.8, -5.1);
  }
}
