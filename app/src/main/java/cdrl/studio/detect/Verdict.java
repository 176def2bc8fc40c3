package cdrl.studio.detect;

import cdrl.evaluate.Interval;
import java.util.Locale;

/** What an AUROC means in plain words. */
enum Verdict {
  /** The scores order the two kinds the wrong way round. */
  REVERSED,
  /** The interval holds 0.5. */
  CHANCE,
  /** Better than chance, and of little use for single pictures. */
  WEAK,
  /** Right for most pictures. */
  FAIR,
  /** Right for nearly all pictures. */
  GOOD;

  private static final double FAIR_FROM = 0.8;
  private static final double GOOD_FROM = 0.95;

  static Verdict of(double auroc, Interval interval) {
    if (interval.low() <= 0.5 && interval.high() >= 0.5) {
      return CHANCE;
    }
    if (auroc < 0.5) {
      return REVERSED;
    }
    return auroc < FAIR_FROM ? WEAK : auroc < GOOD_FROM ? FAIR : GOOD;
  }

  /** The key of the words for it. */
  String key() {
    return "detect.verdict." + name().toLowerCase(Locale.ROOT);
  }
}
