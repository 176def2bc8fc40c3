package cdrl.cli;

import cdrl.model.ModelDescription;
import cdrl.runtime.ProgramVersion;
import cdrl.sampling.Condition;
import cdrl.sampling.SamplingSettings;
import cdrl.store.StoredModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What pictures tell about how they were made, so that they can be made again. */
final class Notes {
  private Notes() {}

  /** The model. */
  static Map<String, String> of(StoredModel model) {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("cdrl.version", ProgramVersion.text());
    notes.put("cdrl.model", model.description().name());
    notes.put("cdrl.model.sha256", model.checksum());
    return notes;
  }

  /** The model and how it was sampled from. */
  static Map<String, String> of(StoredModel model, SamplingSettings settings) {
    Map<String, String> notes = of(model);
    notes.put("cdrl.count", Integer.toString(settings.count()));
    notes.put("cdrl.seed", Long.toString(settings.seed()));
    notes.put("cdrl.steps", Integer.toString(settings.langevinSteps()));
    notes.put("cdrl.start-level", Integer.toString(settings.startLevel()));
    notes.put("cdrl.initializer-only", Boolean.toString(settings.initializerOnly()));
    addCondition(notes, model.description(), settings.condition());
    return notes;
  }

  private static void addCondition(
      Map<String, String> notes, ModelDescription model, Condition condition) {
    if (condition instanceof Condition.Guided guided) {
      notes.put(
          "cdrl.class",
          guided.classes().stream().map(model::className).collect(Collectors.joining(", ")));
      notes.put("cdrl.guidance", Double.toString(guided.weight()));
    } else if (condition instanceof Condition.Composition composition) {
      notes.put("cdrl.attributes", attributes(model, composition.concepts()));
      notes.put("cdrl.product-of-experts", "false");
    } else if (condition instanceof Condition.ProductOfExperts product) {
      notes.put("cdrl.attributes", attributes(model, product.concepts()));
      notes.put("cdrl.product-of-experts", "true");
    }
    if (!condition.classes().isEmpty()) {
      notes.put("cdrl.formula", condition.formula(model));
    }
  }

  private static String attributes(ModelDescription model, List<Condition.Concept> concepts) {
    return concepts.stream()
        .map(concept -> model.className(concept.label()) + "=" + concept.weight())
        .collect(Collectors.joining(", "));
  }
}
