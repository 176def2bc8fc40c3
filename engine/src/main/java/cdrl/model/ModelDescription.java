package cdrl.model;

import cdrl.runtime.CdrlException;
import cdrl.runtime.Suggestions;
import cdrl.schedule.ScheduleSpec;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Everything about a model but its weights.
 *
 * @param name a short name for people
 * @param spec the networks
 * @param schedule the noise schedule
 * @param langevinSteps K, the Langevin steps per level it was trained with
 * @param prediction what the initializer predicts
 * @param classNames the names of classes 1 … n; empty when the model has none
 * @param attributeNames the attributes whose values are the classes, for compositional models; else
 *     empty
 * @param provenance what made it
 */
public record ModelDescription(
    String name,
    ModelSpec spec,
    ScheduleSpec schedule,
    int langevinSteps,
    Prediction prediction,
    List<String> classNames,
    List<String> attributeNames,
    Provenance provenance) {
  /** Copies the lists. */
  public ModelDescription {
    classNames = List.copyOf(classNames);
    attributeNames = List.copyOf(attributeNames);
    Ranges.check("langevin steps", langevinSteps, 1, 1000);
  }

  /** A model whose initializer predicts the next level. */
  public ModelDescription(
      String name,
      ModelSpec spec,
      ScheduleSpec schedule,
      int langevinSteps,
      List<String> classNames,
      List<String> attributeNames,
      Provenance provenance) {
    this(
        name,
        spec,
        schedule,
        langevinSteps,
        Prediction.NEXT,
        classNames,
        attributeNames,
        provenance);
  }

  /** The classes from 1 on. */
  public List<Integer> allClasses() {
    return IntStream.rangeClosed(1, spec.classes()).boxed().toList();
  }

  /** The name of a class for people; ∅ for class 0. */
  public String className(int label) {
    if (label == 0) {
      return "∅";
    }
    return classNames.isEmpty() ? "class " + label : classNames.get(label - 1);
  }

  /**
   * The class with the given name, whose case does not matter, or number: 1 to the number of
   * classes, or 0 for no class. Names come first, so that digits can be classes.
   *
   * @throws CdrlException when there is none, with a suggestion
   */
  public int findClass(String nameOrNumber) {
    String wanted = nameOrNumber.strip();
    for (int i = 0; i < classNames.size(); i++) {
      if (classNames.get(i).equalsIgnoreCase(wanted)) {
        return i + 1;
      }
    }
    if (wanted.matches("[0-9]{1,9}")) {
      int label = Integer.parseInt(wanted);
      requireClass(label);
      return label;
    }
    requireClasses();
    throw classNames.isEmpty()
        ? new CdrlException(
            "The model '{0}' has no class '{1}'; its classes have no names but numbers from 1 to"
                + " {2}.",
            name, wanted, spec.classes())
        : new CdrlException(
            "The model '{0}' has no class '{1}'{2}",
            name, wanted, Suggestions.sentenceEnd(wanted, classNames));
  }

  /**
   * Refuses a class that the model does not have; 0, no class, is always there.
   *
   * @throws CdrlException for other numbers than 0 to the number of classes
   */
  public void requireClass(int label) {
    if (label == 0) {
      return;
    }
    requireClasses();
    if (label < 0 || label > spec.classes()) {
      throw new CdrlException(
          "The model '{0}' has no class {1}; its classes are numbered from 1 to {2}.",
          name, label, spec.classes());
    }
  }

  private void requireClasses() {
    if (spec.classes() == 0) {
      throw new CdrlException(
          "The model '{0}' was trained without classes, so it cannot be asked for one; use a model"
              + " with classes ('cdrl info MODEL' lists them).",
          name);
    }
  }
}
