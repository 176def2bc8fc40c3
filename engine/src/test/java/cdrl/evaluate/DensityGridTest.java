package cdrl.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import cdrl.data.Checkerboard;
import cdrl.data.PlaneShape;
import cdrl.model.CdrlModel;
import cdrl.model.EnergyModel;
import cdrl.model.TestModels;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.TestRuntime;
import cdrl.schedule.NoiseSchedule;
import cdrl.schedule.StepSize;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class DensityGridTest {

  /** A grid whose density is proportional to a function. */
  private static DensityGrid grid(
      int size, double extent, java.util.function.DoubleBinaryOperator density) {
    DensityGrid empty = new DensityGrid(size, extent, new float[0], new float[0]);
    double[] values = new double[size * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = density.applyAsDouble(empty.centre(i % size), empty.centre(i / size));
    }
    return DensityGrid.rounded(size, extent, values, new double[values.length]);
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  @Test
  void totalVariationOfKnownDensities() {
    DensityGrid board = grid(64, 8, Checkerboard::density);
    assertEquals(0, board.totalVariation(Checkerboard::density), 1e-12);
    // The fields of the other colour are disjoint, the whole square is twice as large.
    assertEquals(
        1, board.totalVariation((x, y) -> Checkerboard.contains(x, y) ? 0 : 1 / 128.0), 1e-12);
    assertEquals(0.5, board.totalVariation((x, y) -> 1 / 256.0), 1e-12);
  }

  @Test
  void theTopLevelIsTheStandardNormal() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.points(), 1, runtime)) {
            DensityGrid grid = DensityGrid.of(model, 6, 160, 8);
            assertEquals(
                0,
                grid.totalVariation((x, y) -> Math.exp(-(x * x + y * y) / 2) / (2 * Math.PI)),
                1e-6);
          }
        });
  }

  @Test
  void densitiesAreNormalizedAndFollowTheNetwork() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.points(), 1, runtime);
              NDManager scope = model.manager().newSubManager()) {
            NoiseSchedule schedule = model.schedule();
            for (int level = 0; level < 6; level++) {
              // More cells than one call of the network takes.
              DensityGrid grid = DensityGrid.of(model, level, 110, 8);
              double cell = 16.0 / 110 * 16 / 110;
              assertEquals(1, sum(grid.density()) * cell, 1e-7);
              int at = 93 * 110 + 21;
              double scale = schedule.inputScale(level + 1);
              float x = (float) (scale * grid.centre(21));
              float y = (float) (scale * grid.centre(93));
              EnergyModel.Function network =
                  model
                      .energy()
                      .at(
                          scope,
                          new float[] {(float) schedule.logSnr(level)},
                          null,
                          EnergyModel.Mode.FROZEN);
              double value =
                  network.negativeEnergy(scope.create(new float[] {x, y}, new Shape(1, 2)))
                      .toFloatArray()[0];
              double expected = -value / StepSize.POINT.squared(schedule, level + 1);
              assertEquals(expected, grid.energy()[at], 1e-4 * (1 + Math.abs(expected)));
              assertEquals(
                  grid.energy()[0] - grid.energy()[at],
                  Math.log(grid.density()[at] / grid.density()[0]),
                  1e-6);
            }
            assertEquals(-8 + 8.0 / 110, DensityGrid.of(model, 0, 110, 8).centre(0), 1e-12);
          }
        });
  }

  @Test
  void otherModelsAndLevelsAreRefused() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel points = TestModels.create(TestModels.points(), 1, runtime);
              CdrlModel images = TestModels.create(TestModels.images(8, 1), 1, runtime)) {
            assertTrue(failure(images, 0).contains("makes images"));
            assertTrue(failure(points, 7).contains("no noise level 7"));
            assertTrue(failure(points, -1).contains("between 0 and 6"));
          }
        });
  }

  @Test
  void aCancelledGridIsGivenUp() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel points = TestModels.create(TestModels.points(), 1, runtime)) {
            Cancellation cancelled = new Cancellation();
            cancelled.cancel();
            assertThrows(
                CancellationException.class, () -> DensityGrid.of(points, 1, 10, 8, cancelled));
          }
        });
  }

  private static String failure(CdrlModel model, int level) {
    return assertThrows(CdrlException.class, () -> DensityGrid.of(model, level, 10, 8))
        .getMessage();
  }

  /**
   * Level T is the standard normal distribution, whose log-likelihood of its own points is known.
   */
  @Test
  void theLogLikelihoodIsNormalized() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.points(), 3, runtime)) {
            int highest = model.schedule().levels();
            LogLikelihood normal =
                LogLikelihood.of(
                    model,
                    highest,
                    PlaneShape.RINGS.points(4000, 1),
                    2,
                    200,
                    12,
                    new Cancellation());
            assertEquals(-Math.log(2 * Math.PI) - 1, normal.mean(), 0.2);
            assertTrue(normal.low() < normal.mean() && normal.mean() < normal.high());
            // At any level the density of the grid and the likelihood of a point agree.
            DensityGrid grid = DensityGrid.of(model, 2, 100, 8);
            float[] point = {(float) grid.centre(30), (float) grid.centre(70)};
            double logDensity =
                -DensityGrid.energies(model, 2, point, new Cancellation())[0] - grid.logPartition();
            assertEquals(grid.density()[70 * 100 + 30], Math.exp(logDensity), 1e-5);
          }
        });
  }
}
