package cdrl.studio.compose;

import cdrl.sampling.Condition;
import cdrl.sampling.SamplingSettings;
import cdrl.studio.engine.LoadedModel;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a matrix is drawn with. What is shown keeps its plan: people may have set
 * something else since.
 *
 * @param grid the run whose images the matrix shows one of, with the attributes that are on no axis
 * @param subject the number of that image, from 0
 * @param way how weights become energies
 * @param conditions one for each cell, row by row from the top; none for a product without an
 *     expert, of which there is no picture
 */
record MatrixPlan(
    LoadedModel model,
    MatrixSides sides,
    SamplingSettings grid,
    int subject,
    ComposeSettings.Way way,
    List<Optional<Condition>> conditions) {
  MatrixPlan {
    conditions = List.copyOf(conditions);
  }

  int cells() {
    return conditions.size();
  }

  /** Whether there can be a picture in a cell. */
  boolean isPossible(int cell) {
    return conditions.get(cell).isPresent();
  }

  /** How a cell is drawn. */
  SamplingSettings settings(int cell) {
    return grid.part(subject, 1).withCondition(conditions.get(cell).orElse(Condition.NONE));
  }

  /** A line for each cell: a word where there can be no picture; none where all are possible. */
  List<String> captions(String empty) {
    return conditions.stream().allMatch(Optional::isPresent)
        ? List.of()
        : conditions.stream().map(condition -> condition.isPresent() ? "" : empty).toList();
  }

  /** Whether another plan's pictures can stand in for this one's while they are drawn. */
  boolean isArrangedAs(MatrixPlan other) {
    return model.equals(other.model) && sides.equals(other.sides) && subject == other.subject;
  }
}
