package cdrl.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.data.DataSet;
import cdrl.data.PlaneShape;
import cdrl.data.Progress;
import cdrl.evaluate.AnnealedImportance.Estimate;
import cdrl.evaluate.AnnealedImportance.Settings;
import cdrl.model.CdrlModel;
import cdrl.model.TestModels;
import cdrl.runtime.Cancellation;
import cdrl.runtime.Computation;
import cdrl.runtime.TestRuntime;
import cdrl.sampling.FusedLangevin;
import cdrl.sampling.LangevinKernel;
import cdrl.training.ConfigFile;
import cdrl.training.CooperativeStep;
import cdrl.training.Trainer;
import cdrl.training.TrainingConfig;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class AnnealedImportanceTest {
  /** Two normal distributions side by side that come apart and get narrow from level to level. */
  private record Twins(int dimensions, double constant) implements AnnealedImportance.Densities {
    private static final double[] SPREADS = {0.05, 0.2, 0.6};
    private static final double[] DISTANCES = {1.5, 1.2, 0.8};

    @Override
    public int levels() {
      return 3;
    }

    @Override
    public double narrowing(int level) {
      double upper = level == 3 ? 1 : SPREADS[level];
      return Math.pow(upper / SPREADS[level - 1], 2);
    }

    @Override
    public AnnealedImportance.Slopes at(int level, float[] points) {
      double square = SPREADS[level] * SPREADS[level];
      double[] values = new double[points.length / dimensions];
      float[] gradients = new float[points.length];
      for (int i = 0; i < values.length; i++) {
        double left = 0;
        double right = 0;
        for (int d = 0; d < dimensions; d++) {
          double x = points[i * dimensions + d];
          double centre = d == 0 ? DISTANCES[level] : 0;
          left -= (x + centre) * (x + centre) / (2 * square);
          right -= (x - centre) * (x - centre) / (2 * square);
        }
        double most = Math.max(left, right);
        values[i] = constant + most + Math.log(Math.exp(left - most) + Math.exp(right - most));
        double share = 1 / (1 + Math.exp(left - right));
        for (int d = 0; d < dimensions; d++) {
          double centre = d == 0 ? DISTANCES[level] * (2 * share - 1) : 0;
          gradients[i * dimensions + d] = (float) ((centre - points[i * dimensions + d]) / square);
        }
      }
      return new AnnealedImportance.Slopes(values, gradients);
    }

    double logPartition(int level) {
      return constant
          + Math.log(2)
          + dimensions * Math.log(SPREADS[level] * Math.sqrt(2 * Math.PI));
    }
  }

  private static Estimate estimate(
      AnnealedImportance.Densities densities, Settings settings, int level) {
    return new AnnealedImportance(densities, settings, 12)
        .estimate(level, Progress.NONE, new Cancellation());
  }

  @Test
  void agreesWithPartitionFunctionsThatAreKnown() {
    for (int dimensions : new int[] {1, 3, 10}) {
      Twins twins = new Twins(dimensions, 7);
      for (int level : new int[] {0, 2}) {
        Estimate estimate = estimate(twins, new Settings(200, 300, 5), level);
        assertEquals(twins.logPartition(level), estimate.logPartition(), 0.25, "d " + dimensions);
        assertTrue(estimate.low() < estimate.logPartition());
        assertTrue(estimate.high() > estimate.logPartition());
        assertTrue(estimate.high() - estimate.low() < 0.6, estimate.toString());
        assertTrue(estimate.acceptance() > 0.3 && estimate.acceptance() < 0.9);
        assertTrue(estimate.effectiveChains() > 50, estimate.toString());
      }
    }
  }

  @Test
  void moreStepsMakeTheVarianceSmaller() {
    Twins twins = new Twins(10, 0);
    Estimate few = estimate(twins, new Settings(200, 5, 5), 0);
    Estimate many = estimate(twins, new Settings(200, 100, 5), 0);
    assertTrue(many.logWeightVariance() < few.logWeightVariance() / 3, few + " " + many);
    assertTrue(many.effectiveChains() > 2 * few.effectiveChains(), few + " " + many);
  }

  @Test
  void theSameSeedGivesTheSameEstimate() {
    Twins twins = new Twins(3, 0);
    Settings settings = new Settings(20, 10, 4);
    assertEquals(estimate(twins, settings, 0), estimate(twins, settings, 0));
    Cancellation cancelled = new Cancellation();
    cancelled.cancel();
    assertThrows(
        CancellationException.class,
        () -> new AnnealedImportance(twins, settings, 12).estimate(0, Progress.NONE, cancelled));
  }

  @Test
  void slopesAreThoseOfTheDensities() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.points(), 3, runtime)) {
            LevelDensities densities = new LevelDensities(model);
            float[] points = {0.3f, -1.2f, 2, 0.1f};
            for (int level = 0; level < 6; level += 5) {
              AnnealedImportance.Slopes slopes = densities.at(level, points);
              double[] energies = DensityGrid.energies(model, level, points, new Cancellation());
              for (int i = 0; i < 2; i++) {
                assertEquals(-energies[i], slopes.values()[i], 1e-4 * Math.abs(energies[i]) + 1e-3);
              }
              for (int i = 0; i < points.length; i++) {
                float[] more = points.clone();
                float[] less = points.clone();
                more[i] += 0.02f;
                less[i] -= 0.02f;
                double difference =
                    (densities.at(level, more).values()[i / 2]
                            - densities.at(level, less).values()[i / 2])
                        / 0.04;
                assertEquals(
                    difference, slopes.gradients()[i], 0.1 * Math.abs(difference) + 1, "at " + i);
              }
            }
            assertArrayEquals(new float[] {0.3f, -1.2f, 2, 0.1f}, points);
          }
        });
  }

  /** A model that has learned a little, whose density can be summed up over a grid. */
  @Test
  void agreesWithTheExactNormalizationOfAModelOfPoints() {
    TrainingConfig config =
        ConfigFile.parse(
            """
            data: {kind: rings, points: 2000}
            model:
              energy: {channels: 16, multipliers: [1, 1]}
              initializer: {channels: 64, embedding: 16}
            langevin: {steps: 5}
            training:
              {iterations: 150, batch: 100, energyRate: 2e-3, energyWarmup: 10,
              initializerRate: 1e-3, initializerWarmup: 10, averageDecay: 0.9}
            """,
            "test",
            List.of());
    DataSet data = PlaneShape.RINGS.points(2000, 1);
    TestRuntime.onLane(
        runtime -> {
          try (LangevinKernel kernel = new FusedLangevin(runtime.manager(), Computation.FLOAT32);
              Trainer trainer = new Trainer(config, data, runtime, kernel)) {
            for (int i = 0; i < 150; i++) {
              trainer.step(CooperativeStep.Detail.NONE, new Cancellation());
            }
            try (CdrlModel model = trainer.averagedModel()) {
              LevelDensities densities = new LevelDensities(model);
              for (int level : new int[] {0, 5}) {
                double exact = DensityGrid.of(model, level, 480, 12).logPartition();
                Estimate estimate = estimate(densities, new Settings(100, 160, 3), level);
                assertEquals(exact, estimate.logPartition(), 0.35, "level " + level);
              }
            }
          }
        });
  }
}
