package cdrl.studio.workspace;

import cdrl.studio.engine.SeedText;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The settings of a sampling run that come back at the next start: seed, number and steps. */
public final class SamplingMemory {
  private static final String SEED = "seed";
  private static final String COUNT = "count";
  private static final String STEPS = "steps";
  private static final int MOST = 1 << 16;

  private SamplingMemory() {}

  /** What to remember. */
  public static Map<String, String> of(SamplingSetup sampling) {
    Map<String, String> settings = new HashMap<>();
    settings.put(SEED, sampling.seedProperty().get());
    settings.put(COUNT, Integer.toString(sampling.countProperty().get()));
    Integer steps = sampling.stepsProperty().get();
    if (steps != null) {
      settings.put(STEPS, steps.toString());
    }
    return settings;
  }

  /** Brings it back; what makes no sense is left as it is. */
  public static void restore(SamplingSetup sampling, Map<String, String> settings) {
    OptionalLong seed = SeedText.parse(settings.getOrDefault(SEED, ""));
    seed.ifPresent(value -> sampling.seedProperty().set(Long.toString(value)));
    OptionalLong count = SeedText.parse(settings.getOrDefault(COUNT, ""));
    if (count.isPresent() && count.getAsLong() >= 1 && count.getAsLong() <= MOST) {
      sampling.countProperty().set((int) count.getAsLong());
    }
    OptionalLong steps = SeedText.parse(settings.getOrDefault(STEPS, ""));
    if (steps.isPresent() && steps.getAsLong() >= 1 && steps.getAsLong() <= MOST) {
      sampling
          .stepsProperty()
          .set((int) steps.getAsLong()); // a model without such a choice has its own
    }
  }
}
