package cdrl.studio.compose;

import cdrl.model.ModelDescription;
import cdrl.sampling.Condition;
import cdrl.sampling.Condition.Concept;
import cdrl.sampling.ConditionNotes;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.workspace.Numbers;
import cdrl.studio.workspace.SamplingMemory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;

/** How much of every attribute is wanted, and by which formula. */
public final class ComposeSettings implements SamplingMemory.Own {
  /** Weights go from minus this to this. */
  public static final double MOST = 3;

  private static final String WEIGHT = "weight.";
  private static final String PRODUCT = "product";
  private static final String OPPOSITE = "opposite";
  private static final String PRODUCT_NOTE = "cdrl.product-of-experts";
  private static final String OPPOSITE_NOTE = "cdrl.opposite";

  /**
   * How weights become energies.
   *
   * @param product whether the term is left out that equation 13 adds
   * @param opposite whether a weight below 0 asks for the attribute's opposite
   */
  record Way(boolean product, boolean opposite) {}

  /** All that is set. */
  private record Choice(Way way, List<Double> weights) {}

  private final Runnable changed;
  private final ReadOnlyObjectWrapper<List<Attribute>> attributes =
      new ReadOnlyObjectWrapper<>(List.of());
  private final BooleanProperty product = new SimpleBooleanProperty();
  private final BooleanProperty opposite = new SimpleBooleanProperty();
  private final ReadOnlyStringWrapper formula = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper impossible = new ReadOnlyBooleanWrapper();
  private @Nullable ModelDescription model;
  private Choice told = new Choice(new Way(false, false), List.of());
  private boolean settling;

  /** What is to be set again once a model is there. */
  private Map<String, String> recalled = Map.of();

  /**
   * @param changed called when a person has set something else
   */
  ComposeSettings(Runnable changed) {
    this.changed = changed;
    product.addListener((property, before, after) -> refresh());
    opposite.addListener((property, before, after) -> refresh());
  }

  /** The attributes of the model in use, with their sliders. */
  public ReadOnlyObjectProperty<List<Attribute>> attributesProperty() {
    return attributes.getReadOnlyProperty();
  }

  /** Whether the term is left out that equation 13 adds. */
  public BooleanProperty productProperty() {
    return product;
  }

  /** Whether a weight below 0 asks for the attribute's opposite in place of repelling it. */
  public BooleanProperty oppositeProperty() {
    return opposite;
  }

  /** The energy in use with all its numbers; empty without a model. */
  public ReadOnlyStringProperty formulaProperty() {
    return formula.getReadOnlyProperty();
  }

  /** Whether there is no such energy: a product needs at least one attribute that is not off. */
  public ReadOnlyBooleanProperty impossibleProperty() {
    return impossible.getReadOnlyProperty();
  }

  /** Offers the attributes of a model; those it shares with the one before keep their weights. */
  void fit(LoadedModel loaded) {
    ModelDescription description = loaded.description();
    settle(
        () -> {
          List<Attribute> before = attributes.get();
          List<Attribute> now = Attribute.of(description);
          for (Attribute attribute : now) {
            attribute
                .weightProperty()
                .set(Numbers.within(recalled.get(WEIGHT + attribute.name()), -MOST, MOST));
            before.stream()
                .filter(known -> known.name().equals(attribute.name()))
                .forEach(known -> attribute.weightProperty().set(known.weightProperty().get()));
            attribute.weightProperty().addListener((property, was, is) -> refresh());
          }
          recalled = Map.of();
          model = description;
          attributes.set(now);
        });
  }

  /** Whether the attributes are those of a model. */
  boolean isFor(LoadedModel loaded) {
    return loaded.description().equals(model);
  }

  @Override
  public Map<String, String> memory() {
    Map<String, String> memory = new HashMap<>(recalled);
    memory.put(PRODUCT, Boolean.toString(product.get()));
    memory.put(OPPOSITE, Boolean.toString(opposite.get()));
    for (Attribute attribute : attributes.get()) {
      memory.put(WEIGHT + attribute.name(), Double.toString(attribute.used()));
    }
    return memory;
  }

  @Override
  public void recall(Map<String, String> memory) {
    recalled = Map.copyOf(memory);
    settle(
        () -> {
          product.set(Boolean.parseBoolean(memory.get(PRODUCT)));
          opposite.set(Boolean.parseBoolean(memory.get(OPPOSITE)));
        });
  }

  /** Sets all weights at once. */
  public void apply(Preset preset) {
    boolean other = settle(() -> setWeights(preset.weights()));
    if (other) {
      changed.run();
    }
  }

  /** Sets the weights of some attributes without telling. */
  void setWeights(Map<Attribute, Double> weights) {
    settle(() -> weights.forEach((attribute, weight) -> attribute.weightProperty().set(weight)));
  }

  private void setWeights(List<Double> weights) {
    List<Attribute> all = attributes.get();
    for (int i = 0; i < all.size(); i++) {
      all.get(i).weightProperty().set(i < weights.size() ? weights.get(i) : 0);
    }
  }

  /**
   * Changes settings without telling of each.
   *
   * @return whether anything is other than before
   */
  private boolean settle(Runnable change) {
    Choice before = told;
    settling = true;
    try {
      change.run();
    } finally {
      settling = false;
    }
    refreshQuietly();
    return !before.equals(told);
  }

  private void refresh() {
    if (!settling && refreshQuietly()) {
      changed.run();
    }
  }

  private boolean refreshQuietly() {
    impossible.set(condition(Attribute::used).isEmpty());
    formula.set(formula(Attribute::used));
    Choice now = new Choice(way(), attributes.get().stream().map(Attribute::used).toList());
    boolean other = !now.equals(told);
    told = now;
    return other;
  }

  /** How weights become energies now. */
  Way way() {
    return new Way(product.get(), opposite.get());
  }

  /**
   * The energy with other weights, as in {@link #formulaProperty}; empty where there is no such
   * energy.
   */
  String formula(ToDoubleFunction<Attribute> weights) {
    ModelDescription description = model;
    return description == null
        ? ""
        : condition(weights).map(condition -> condition.formula(description)).orElse("");
  }

  /** What the samples are asked to be; nothing in particular where that is impossible. */
  public Condition condition() {
    return condition(Attribute::used).orElse(Condition.NONE);
  }

  /** The same with other weights; empty for a product of experts without an expert. */
  Optional<Condition> condition(ToDoubleFunction<Attribute> weights) {
    List<Concept> concepts = concepts(weights);
    if (product.get()) {
      return concepts.isEmpty()
          ? Optional.empty()
          : Optional.of(new Condition.ProductOfExperts(concepts));
    }
    return Optional.of(concepts.isEmpty() ? Condition.NONE : new Condition.Composition(concepts));
  }

  private List<Concept> concepts(ToDoubleFunction<Attribute> weights) {
    List<Concept> concepts = new ArrayList<>();
    for (Attribute attribute : attributes.get()) {
      double weight = Attribute.rounded(weights.applyAsDouble(attribute));
      if (weight < 0 && opposite.get()) {
        concepts.add(new Concept(attribute.opposite(), -weight));
      } else if (weight != 0) {
        concepts.add(new Concept(attribute.label(), weight));
      }
    }
    return concepts;
  }

  @Override
  public List<String> restore(LoadedModel loaded, Map<String, String> notes) {
    Condition condition = ConditionNotes.read(loaded.description(), notes);
    List<Concept> concepts =
        condition instanceof Condition.Composition composition
            ? composition.concepts()
            : condition instanceof Condition.ProductOfExperts experts
                ? experts.concepts()
                : List.of();
    settle(
        () -> {
          product.set(
              condition instanceof Condition.ProductOfExperts
                  || Boolean.parseBoolean(notes.get(PRODUCT_NOTE)));
          opposite.set(
              concepts.stream().anyMatch(this::isOpposite)
                  || Boolean.parseBoolean(notes.get(OPPOSITE_NOTE)));
          for (Attribute attribute : attributes.get()) {
            attribute.weightProperty().set(weight(attribute, concepts));
          }
        });
    return List.of();
  }

  /** What {@link #restore} needs to know beside the condition. */
  static Map<String, String> notes(Way way) {
    return Map.of(
        PRODUCT_NOTE,
        Boolean.toString(way.product()),
        OPPOSITE_NOTE,
        Boolean.toString(way.opposite()));
  }

  private boolean isOpposite(Concept concept) {
    return attributes.get().stream().anyMatch(attribute -> attribute.opposite() == concept.label());
  }

  private static double weight(Attribute attribute, List<Concept> concepts) {
    double weight = 0;
    for (Concept concept : concepts) {
      if (concept.label() == attribute.label()) {
        weight = concept.weight();
      } else if (concept.label() == attribute.opposite()) {
        weight = -concept.weight();
      }
    }
    return Math.max(-MOST, Math.min(MOST, weight));
  }
}
