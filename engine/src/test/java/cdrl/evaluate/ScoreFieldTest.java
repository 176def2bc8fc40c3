package cdrl.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cdrl.model.CdrlModel;
import cdrl.model.TestModels;
import cdrl.runtime.Cancellation;
import cdrl.runtime.TestRuntime;
import org.junit.jupiter.api.Test;

final class ScoreFieldTest {
  private static final int SIZE = 150;

  /** Along every line the scores add up to the difference of the log density at its ends. */
  @Test
  void theScoreIsTheSlopeOfTheLogDensity() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.points(), 1, runtime)) {
            for (int level : new int[] {0, 3, 5, 6}) {
              ScoreField field = ScoreField.of(model, level, SIZE, 0.7, -0.3, 2);
              for (int line : new int[] {3, 77, 140}) {
                check(model, level, field, line * SIZE, 1, field.dx());
                check(model, level, field, line, SIZE, field.dy());
              }
            }
          }
        });
  }

  private static void check(
      CdrlModel model, int level, ScoreField field, int first, int stride, float[] component) {
    int last = first + (SIZE - 1) * stride;
    double sum = 0;
    double length = 0;
    double side = 2 * field.half() / SIZE;
    for (int i = 0; i < SIZE - 1; i++) {
      double mean = (component[first + i * stride] + component[first + (i + 1) * stride]) / 2;
      sum += mean * side;
      length += Math.abs(mean) * side;
    }
    double[] energy =
        DensityGrid.energies(
            model,
            level,
            new float[] {
              (float) field.x(first), (float) field.y(first),
              (float) field.x(last), (float) field.y(last)
            },
            new Cancellation());
    assertEquals(energy[0] - energy[1], sum, 0.02 * length + 1e-3, "level " + level);
  }

  @Test
  void theFieldLiesInItsSquare() {
    ScoreField field = new ScoreField(2, 1, -1, 4, new float[4], new float[4]);
    assertEquals(-1, field.x(0));
    assertEquals(3, field.x(1));
    assertEquals(-3, field.y(0));
    assertEquals(1, field.y(2));
  }
}
