package cdrl.studio.widgets;

import cdrl.schedule.NoiseSchedule;
import cdrl.studio.resources.Messages;

/** Says in one line what a noise level is. */
public final class LevelCaption {
  private LevelCaption() {}

  /** The level with its log signal-to-noise ratio and its share of noise. */
  public static String of(Messages messages, NoiseSchedule schedule, int level) {
    return messages.text(
        "level.caption",
        level,
        messages.number(schedule.logSnr(level), 2),
        noiseShare(messages, schedule.noiseVariance(level)));
  }

  private static String noiseShare(Messages messages, double share) {
    double percent = 100 * share;
    return messages.number(percent, percent < 1 ? 3 : percent > 99 ? 2 : 1);
  }
}
