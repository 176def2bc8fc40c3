package cdrl.sampling;

import cdrl.model.ModelDescription;
import cdrl.runtime.CdrlException;
import cdrl.sampling.Condition.Composition;
import cdrl.sampling.Condition.Concept;
import cdrl.sampling.Condition.Guided;
import cdrl.sampling.Condition.ProductOfExperts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Conditions as the texts that pictures carry, so that they can be made again. */
public final class ConditionNotes {
  private static final String CLASS = "cdrl.class";
  private static final String GUIDANCE = "cdrl.guidance";
  private static final String ATTRIBUTES = "cdrl.attributes";
  private static final String PRODUCT = "cdrl.product-of-experts";

  private ConditionNotes() {}

  /** The texts by their keys; none without a condition. */
  public static Map<String, String> of(ModelDescription model, Condition condition) {
    Map<String, String> notes = new LinkedHashMap<>();
    if (condition instanceof Guided guided) {
      notes.put(
          CLASS, guided.classes().stream().map(model::className).collect(Collectors.joining(", ")));
      notes.put(GUIDANCE, Double.toString(guided.weight()));
    } else if (condition instanceof Composition composition) {
      notes.put(ATTRIBUTES, attributes(model, composition.concepts()));
      notes.put(PRODUCT, "false");
    } else if (condition instanceof ProductOfExperts product) {
      notes.put(ATTRIBUTES, attributes(model, product.concepts()));
      notes.put(PRODUCT, "true");
    }
    if (!condition.classes().isEmpty()) {
      notes.put("cdrl.formula", condition.formula(model));
    }
    return notes;
  }

  private static String attributes(ModelDescription model, List<Concept> concepts) {
    return concepts.stream()
        .map(concept -> model.className(concept.label()) + "=" + concept.weight())
        .collect(Collectors.joining(", "));
  }

  /**
   * The condition that texts tell of.
   *
   * @throws CdrlException when the model has no such class, or a text is damaged
   */
  public static Condition read(ModelDescription model, Map<String, String> notes) {
    String named = notes.getOrDefault(CLASS, "");
    if (!named.isBlank()) {
      return new Guided(labels(model, named), number(notes.getOrDefault(GUIDANCE, "0")));
    }
    String attributes = notes.getOrDefault(ATTRIBUTES, "");
    if (attributes.isBlank()) {
      return Condition.NONE;
    }
    List<Concept> concepts = new ArrayList<>();
    for (String part : attributes.split(", ", -1)) {
      int equals = part.lastIndexOf('=');
      if (equals < 1) {
        throw damaged(part);
      }
      concepts.add(
          new Concept(label(model, part.substring(0, equals)), number(part.substring(equals + 1))));
    }
    return Boolean.parseBoolean(notes.get(PRODUCT))
        ? new ProductOfExperts(concepts)
        : new Composition(concepts);
  }

  private static List<Integer> labels(ModelDescription model, String named) {
    // A name may have a comma itself.
    return model.classNames().stream().anyMatch(named::equalsIgnoreCase)
        ? List.of(model.findClass(named))
        : Arrays.stream(named.split(", ", -1)).map(name -> label(model, name)).toList();
  }

  private static int label(ModelDescription model, String name) {
    return model.findClass(
        model.classNames().isEmpty() ? name.replaceFirst("^class (?=[0-9]+$)", "") : name);
  }

  private static double number(String text) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw damaged(text);
    }
    throw damaged(text);
  }

  private static CdrlException damaged(String text) {
    return new CdrlException(
        "The picture's notes say '{0}', which is no weight; set it by hand.", text);
  }
}
