package cdrl.studio.generate;

import cdrl.model.ModelDescription;
import cdrl.sampling.Condition;
import cdrl.sampling.SamplingSettings;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.resources.Messages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A run's settings, each in a few words.
 *
 * @param words by what is set, in the order in which people read them
 */
record SettingsInWords(Map<String, String> words) {
  private static final String SEPARATOR = "  ·  ";

  static SettingsInWords of(Messages messages, LoadedModel model, SamplingSettings settings) {
    Map<String, String> words = new LinkedHashMap<>();
    ModelDescription description = model.description();
    words.put("model", description.name());
    words.put(
        "class",
        settings.condition() instanceof Condition.Guided guided
            ? className(messages, description, guided)
            : messages.text("class.none"));
    words.put(
        "guidance",
        settings.condition() instanceof Condition.Guided guided
            ? messages.text("beside.guidance", messages.number(guided.weight(), 2))
            : "");
    words.put(
        "steps",
        settings.initializerOnly()
            ? messages.text("initializer-only")
            : messages.text("beside.steps", settings.langevinSteps()));
    words.put("levels", messages.text("beside.levels", settings.startLevel()));
    words.put("seed", messages.text("beside.seed", Long.toString(settings.seed())));
    return new SettingsInWords(words);
  }

  private static String className(
      Messages messages, ModelDescription model, Condition.Guided guided) {
    return guided.classes().equals(model.allClasses()) && guided.classes().size() > 1
        ? messages.text("class.all")
        : guided.classes().stream().map(model::className).collect(Collectors.joining(", "));
  }

  /**
   * What is set here in another way than there.
   *
   * @param same what to say where all is the same
   */
  String unlike(SettingsInWords other, String same) {
    List<String> differing = new ArrayList<>();
    words.forEach(
        (what, text) -> {
          if (!text.isEmpty() && !text.equals(other.words.get(what))) {
            differing.add(text);
          }
        });
    return differing.isEmpty() && other.words.equals(words)
        ? same
        : String.join(SEPARATOR, differing);
  }
}
