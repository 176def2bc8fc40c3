package cdrl.studio.workspace;

import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.SeedText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The settings of a workspace that samples: seed, number, steps and its own. They come back at the
 * next start, and from a saved picture.
 */
public final class SamplingMemory {
  private static final String SEED = "seed";
  private static final String COUNT = "count";
  private static final String STEPS = "steps";
  private static final int MOST = 1 << 16;

  /** A workspace's own settings, as far as a model can do them. */
  public interface Own {
    /** What to bring back at the next start. */
    Map<String, String> memory();

    /** Brings it back, as far as the next model can do it. */
    void recall(Map<String, String> memory);

    /**
     * Takes over what a picture tells.
     *
     * @return what of it cannot be set here, each in a few words
     * @throws cdrl.runtime.CdrlException when the model has not what it tells of
     */
    List<String> restore(LoadedModel model, Map<String, String> notes);
  }

  private static final Own NOTHING =
      new Own() {
        @Override
        public Map<String, String> memory() {
          return Map.of();
        }

        @Override
        public void recall(Map<String, String> memory) {}

        @Override
        public List<String> restore(LoadedModel model, Map<String, String> notes) {
          return List.of();
        }
      };

  private final SamplingSetup sampling;
  private final Own own;

  /** Of a workspace with settings of its own. */
  public SamplingMemory(SamplingSetup sampling, Own own) {
    this.sampling = sampling;
    this.own = own;
  }

  /** Seed, number and steps alone. */
  public SamplingMemory(SamplingSetup sampling) {
    this(sampling, NOTHING);
  }

  /** What to bring back at the next start. */
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(own.memory());
    settings.put(SEED, sampling.seedProperty().get());
    settings.put(COUNT, Integer.toString(sampling.countProperty().get()));
    Integer steps = sampling.stepsProperty().get();
    if (steps != null) {
      settings.put(STEPS, steps.toString());
    }
    return settings;
  }

  /** Brings it back; what makes no sense is left as it is. */
  public void recall(Map<String, String> settings) {
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
    own.recall(settings);
  }

  /**
   * Takes model and settings from what a saved picture tells; see {@link
   * SamplingSetup#restoreAsFar}.
   *
   * @param then done when the settings are there
   */
  public void restore(Map<String, String> notes, Runnable then) {
    sampling.restoreAsFar(
        notes,
        model -> {
          List<String> missed = own.restore(model, notes);
          then.run();
          return missed;
        });
  }
}
