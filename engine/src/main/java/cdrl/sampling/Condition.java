package cdrl.sampling;

import cdrl.model.ModelDescription;
import cdrl.runtime.CdrlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What samples are asked to be. Every condition is a weighted sum of energies of single classes;
 * class 0 stands for "no class", written ∅.
 */
public sealed interface Condition {
  /** Anything that the model can make: F(y, ∅). */
  Condition NONE = new None();

  /** The classes that the condition names; 0 for none. */
  List<Integer> classes();

  /**
   * The energies that act on samples.
   *
   * @param first the number of the first sample
   * @param count the number of samples
   */
  Mixture energies(int first, int count);

  /**
   * The means of the initializer that make the mean of a proposal, for initializers that are told
   * the class; their weights add up to one.
   */
  default Mixture means(int first, int count) {
    return energies(first, count);
  }

  /**
   * F in terms of the single energies with all numbers, such as {@code F = 1.7 F(cat) − 0.7 F(∅)}.
   */
  String formula(ModelDescription model);

  /**
   * Refuses a model that lacks the classes.
   *
   * @throws CdrlException naming what is missing
   */
  default void check(ModelDescription model) {
    for (int label : classes()) {
      model.requireClass(label);
    }
  }

  /** See {@link #NONE}. */
  record None() implements Condition {
    @Override
    public List<Integer> classes() {
      return List.of();
    }

    @Override
    public Mixture energies(int first, int count) {
      return new Mixture.Builder(count).add(1, 0).build();
    }

    @Override
    public String formula(ModelDescription model) {
      return "F = F(∅)";
    }
  }

  /**
   * A class with classifier-free guidance (eq. 10 to 12): (1 + w) F(y, c) − w F(y, ∅).
   *
   * @param classes the class of sample i is entry i modulo the size; at least one
   * @param weight w; 0 for the plain class
   */
  record Guided(List<Integer> classes, double weight) implements Condition {
    /** Copies the list. */
    public Guided {
      classes = List.copyOf(classes);
      if (classes.isEmpty() || !Double.isFinite(weight)) {
        throw new IllegalArgumentException("classes " + classes + " with weight " + weight);
      }
    }

    /** One class for all samples. */
    public Guided(int label, double weight) {
      this(List.of(label), weight);
    }

    @Override
    public Mixture energies(int first, int count) {
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        labels[i] = classes.get((int) (((long) first + i) % classes.size()));
      }
      return new Mixture.Builder(count).add(1 + weight, labels).add(-weight, 0).build();
    }

    @Override
    public String formula(ModelDescription model) {
      String several =
          classes.stream().distinct().count() < 2
              ? ""
              : ", c = "
                  + classes.stream().map(model::className).collect(Collectors.joining(", "))
                  + " by turns";
      String name = several.isEmpty() ? model.className(classes.get(0)) : "c";
      return "F = "
          + (weight == 0
              ? "F(" + name + ")"
              : number(1 + weight) + " F(" + name + ")" + signed(-weight) + " F(∅)")
          + several;
    }
  }

  /**
   * A concept and how much of it is wanted.
   *
   * @param label its class, from 1
   * @param weight 1 + w; 0 leaves the concept out and a negative weight repels it
   */
  record Concept(int label, double weight) {
    /** Checks the ranges. */
    public Concept {
      if (label < 1 || !Double.isFinite(weight)) {
        throw new IllegalArgumentException("class " + label + " with weight " + weight);
      }
    }
  }

  /**
   * Several concepts at once (eq. 14; eq. 13 when all weights are 1): F(∅) + Σ (1 + w_i) [F(c_i) −
   * F(∅)].
   */
  record Composition(List<Concept> concepts) implements Condition {
    /** Copies the list. */
    public Composition {
      concepts = List.copyOf(concepts);
    }

    @Override
    public List<Integer> classes() {
      return concepts.stream().map(Concept::label).toList();
    }

    @Override
    public Mixture energies(int first, int count) {
      double rest = 1 - concepts.stream().mapToDouble(Concept::weight).sum();
      return sum(new Mixture.Builder(count), concepts).add(rest, 0).build();
    }

    @Override
    public String formula(ModelDescription model) {
      return "F = F(∅)"
          + concepts.stream()
              .map(
                  concept ->
                      signed(concept.weight())
                          + " [F("
                          + model.className(concept.label())
                          + ") − F(∅)]")
              .collect(Collectors.joining());
    }
  }

  /**
   * The product of experts without the term that eq. 13 adds, for comparison: Σ (1 + w_i) F(c_i).
   * The mean of the initializer has no such form and is composed as in {@link Composition}.
   */
  record ProductOfExperts(List<Concept> concepts) implements Condition {
    /** Copies the list. */
    public ProductOfExperts {
      concepts = List.copyOf(concepts);
      if (concepts.stream().allMatch(concept -> concept.weight() == 0)) {
        throw new CdrlException(
            "A product of experts needs at least one concept with a weight that is not 0.");
      }
    }

    @Override
    public List<Integer> classes() {
      return concepts.stream().map(Concept::label).toList();
    }

    @Override
    public Mixture energies(int first, int count) {
      return sum(new Mixture.Builder(count), concepts).build();
    }

    @Override
    public Mixture means(int first, int count) {
      return new Composition(concepts).energies(first, count);
    }

    @Override
    public String formula(ModelDescription model) {
      List<String> terms = new ArrayList<>();
      for (Concept concept : concepts) {
        String weight =
            terms.isEmpty() ? number(concept.weight()) : signed(concept.weight()).strip();
        terms.add(weight + " F(" + model.className(concept.label()) + ")");
      }
      return "F = " + String.join(" ", terms);
    }
  }

  private static Mixture.Builder sum(Mixture.Builder mixture, List<Concept> concepts) {
    concepts.forEach(concept -> mixture.add(concept.weight(), concept.label()));
    return mixture;
  }

  private static String signed(double value) {
    return (value < 0 ? " − " : " + ") + number(Math.abs(value));
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.4f", Math.abs(value)).replaceAll("\\.?0+$", "");
    return (value < 0 ? "−" : "") + text;
  }
}
