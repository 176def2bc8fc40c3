package cdrl.model;

import cdrl.schedule.ScheduleSpec;
import java.util.List;

/**
 * Everything about a model but its weights.
 *
 * @param name a short name for people
 * @param spec the networks
 * @param schedule the noise schedule
 * @param langevinSteps K, the Langevin steps per level it was trained with
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
    List<String> classNames,
    List<String> attributeNames,
    Provenance provenance) {
  /** Copies the lists. */
  public ModelDescription {
    classNames = List.copyOf(classNames);
    attributeNames = List.copyOf(attributeNames);
    Ranges.check("langevin steps", langevinSteps, 1, 1000);
  }
}
