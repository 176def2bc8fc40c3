package cdrl.studio.density;

import cdrl.studio.workspace.SamplingMemory;
import java.util.HashMap;
import java.util.Map;

/**
 * What the workspace remembers from one start to the next: what is looked at and how, and the
 * drawing with what is set for its training. What was learned is in a {@link TrainingFile}.
 */
final class DensityMemory {
  private static final String LIVE = "live.";
  private static final int MOST_LEVELS = 1000;

  private final DensityViewModel look;
  private final LiveSettings live;
  private final SamplingMemory sampling;

  DensityMemory(DensityViewModel look, LiveViewModel live) {
    this.look = look;
    this.live = new LiveSettings(live);
    sampling = new SamplingMemory(look.sampling());
  }

  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(sampling.settings());
    look.appearance().tell(settings);
    settings.put("level", Integer.toString(look.levelToRecall()));
    settings.put("true", Boolean.toString(look.truthProperty().get()));
    settings.put("speed", Double.toString(look.player().speedProperty().get()));
    live.words().forEach((key, value) -> settings.put(LIVE + key, value));
    return settings;
  }

  /** Brings it back; what makes no sense is left as it is. */
  void restore(Map<String, String> settings) {
    sampling.recall(settings);
    if (settings.containsKey("cdrl.scale")) {
      look.appearance().restore(settings);
    }
    LiveSettings.take(
        settings.get("level"), 0, MOST_LEVELS, level -> look.recallLevel((int) level));
    look.truthProperty().set(Boolean.parseBoolean(settings.get("true")));
    LiveSettings.take(
        settings.get("speed"),
        ChainPlayer.SLOWEST,
        ChainPlayer.FASTEST,
        look.player().speedProperty()::set);
    Map<String, String> words = new HashMap<>();
    settings.forEach(
        (key, value) -> {
          if (key.startsWith(LIVE)) {
            words.put(key.substring(LIVE.length()), value);
          }
        });
    live.restore(words);
  }
}
