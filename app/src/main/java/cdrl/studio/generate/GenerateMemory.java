package cdrl.studio.generate;

import cdrl.studio.engine.SeedText;
import cdrl.studio.workspace.SamplingMemory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The settings of Generate that come back at the next start. */
final class GenerateMemory {
  private static final String GUIDANCE = "guidance";
  private static final String CLASS = "class";
  private static final String LEVELS = "levels";
  private static final String INITIALIZER_ONLY = "initializer-only";
  private static final int MOST_LEVELS = 1000;

  private GenerateMemory() {}

  /** What to remember. */
  static Map<String, String> of(GenerateViewModel model) {
    GenerateSettings chosen = model.settings();
    Map<String, String> settings = new HashMap<>(SamplingMemory.of(model.sampling()));
    settings.put(GUIDANCE, Double.toString(chosen.usedGuidance()));
    settings.put(INITIALIZER_ONLY, Boolean.toString(chosen.initializerOnlyProperty().get()));
    int levels = chosen.levelsProperty().get();
    settings.put(LEVELS, levels == chosen.allLevels() ? "all" : Integer.toString(levels));
    ClassChoice label = chosen.chosenClassProperty().get();
    settings.put(CLASS, label == null ? "" : label.name());
    return settings;
  }

  /** Brings it back before a model is loaded, which then keeps of it what it can do. */
  static void restore(GenerateViewModel model, Map<String, String> settings) {
    SamplingMemory.restore(model.sampling(), settings);
    GenerateSettings chosen = model.settings();
    OptionalLong levels = SeedText.parse(settings.getOrDefault(LEVELS, ""));
    if (levels.isPresent() && levels.getAsLong() >= 1 && levels.getAsLong() <= MOST_LEVELS) {
      chosen.levelsProperty().set((int) levels.getAsLong());
    }
    chosen.initializerOnlyProperty().set("true".equals(settings.get(INITIALIZER_ONLY)));
    String label = settings.getOrDefault(CLASS, "");
    if (!label.isEmpty()) {
      chosen.chosenClassProperty().set(new ClassChoice(List.of(), label));
    }
    try {
      double guidance = Double.parseDouble(settings.getOrDefault(GUIDANCE, ""));
      if (guidance >= 0 && guidance <= GenerateSettings.MOST_GUIDANCE) {
        chosen.guidanceProperty().set(guidance);
      }
    } catch (NumberFormatException e) {
      return; // it stays as it is
    }
  }
}
