package cdrl.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import cdrl.model.CdrlModel;
import cdrl.model.ModelDescription;
import cdrl.model.Prediction;
import cdrl.model.TestModels;
import cdrl.runtime.Cancellation;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.TestRuntime;
import cdrl.sampling.EagerLangevin;
import cdrl.schedule.NoiseSchedule;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CooperativeStepTest {
  private static final int ITEMS = 6000;
  private static final float[] CLEAN = {1.5f, -0.5f};

  private static CooperativeStep.Outcome run(
      CdrlModel model, boolean varianceReduction, int[] levels, double rate) {
    return run(model, new CooperativeStep.Rules(varianceReduction, false, 1), levels, rate);
  }

  private static CooperativeStep.Outcome run(
      CdrlModel model, CooperativeStep.Rules rules, int[] levels, double rate) {
    float[] values = new float[2 * levels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = CLEAN[i % 2];
    }
    return new CooperativeStep(
            model,
            new Adam(model.energy().parameters(), 0.9, 0.999),
            new Adam(model.initializer().parameters(), 0.9, 0.999),
            new EagerLangevin(),
            rules)
        .run(
            new HostTensor(new long[] {levels.length, 2}, values),
            levels,
            null,
            TrainingNoise.of(new RandomNumbers(3), 0),
            new Dials(rate, rate, model.description().langevinSteps()),
            CooperativeStep.Detail.IMAGES,
            new Cancellation());
  }

  private static float[] epsilon(CdrlModel model) {
    try (NDManager scope = model.manager().newSubManager()) {
      NDArray noise = TrainingNoise.of(new RandomNumbers(3), 0).data(scope, new Shape(ITEMS, 2));
      return noise.toFloatArray();
    }
  }

  /** Mean, variance, and covariance with x_t of x_{t−1}, given the clean x. */
  @Test
  void lessNoisyDataHaveTheRightMoments() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.points(), 3, runtime)) {
            NoiseSchedule schedule = model.schedule();
            float[] epsilon = epsilon(model);
            for (boolean varianceReduction : new boolean[] {true, false}) {
              for (int t : new int[] {1, 3, 6}) {
                int[] levels = new int[ITEMS];
                Arrays.fill(levels, t);
                float[] data = run(model, varianceReduction, levels, 0).data().values();
                double mean = 0;
                double variance = 0;
                double covariance = 0;
                for (int i = 0; i < data.length; i++) {
                  double away = data[i] - schedule.signalScale(t - 1) * CLEAN[i % 2];
                  mean += away / data.length;
                  variance += away * away / data.length;
                  covariance += away * schedule.noiseScale(t) * epsilon[i] / data.length;
                }
                double before = schedule.noiseScale(t - 1);
                double expected =
                    varianceReduction
                        ? before * schedule.noiseScale(t)
                        : Math.sqrt(schedule.stepSignalVariance(t)) * before * before;
                String where = "t = " + t + ", shared noise: " + varianceReduction;
                assertEquals(0, mean / before, 0.04, where);
                assertEquals(1, variance / (before * before), 0.05, where);
                assertEquals(
                    expected / (before * schedule.noiseScale(t)),
                    covariance / (before * schedule.noiseScale(t)),
                    0.05,
                    where);
              }
            }
          }
        });
  }

  @Test
  void lossesFollowFromWhatTheOutcomeHolds() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.points(), 3, runtime)) {
            NoiseSchedule schedule = model.schedule();
            int[] levels = {1, 2, 3, 4, 5, 6, 6, 1};
            CooperativeStep.Outcome outcome = run(model, true, levels, 1e-3);
            double energyLoss = 0;
            double displacement = 0;
            for (int i = 0; i < levels.length; i++) {
              energyLoss +=
                  schedule.energyLossWeight(levels[i])
                      * (outcome.negative()[i] - outcome.positive()[i])
                      / levels.length;
              double scale = schedule.inputScale(levels[i]);
              double square = 0;
              for (int j = 2 * i; j < 2 * i + 2; j++) {
                square +=
                    Math.pow(
                        outcome.refined().values()[j] * scale - outcome.proposal().values()[j], 2);
              }
              assertEquals(square, outcome.displacement()[i], 1e-4 * (1 + square));
              displacement += square / levels.length;
            }
            assertEquals(energyLoss, outcome.energyLoss(), 1e-4 * (1 + Math.abs(energyLoss)));
            assertEquals(displacement, outcome.initializerLoss(), 1e-4 * (1 + displacement));
            for (float ratio : outcome.driftToNoise()) {
              assertTrue(ratio > 0 && ratio < 100, ratio + " for a fresh network");
            }
            assertTrue(outcome.energyGradientNorm() > 0);
            assertTrue(outcome.initializerGradientNorm() > 0);
            assertTrue(outcome.isFinite());
          }
        });
  }

  @Test
  void anInitializerThatLearnsFromTheDataIsComparedWithThem() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.points(), 3, runtime)) {
            int[] levels = {1, 2, 3, 4, 5, 6, 6, 1};
            CooperativeStep.Outcome outcome =
                run(model, new CooperativeStep.Rules(true, true, 1), levels, 1e-3);
            double expected = 0;
            for (int i = 0; i < 2 * levels.length; i++) {
              double scale = model.schedule().inputScale(levels[i / 2]);
              double away = outcome.data().values()[i] * scale - outcome.proposal().values()[i];
              expected += away * away / levels.length;
            }
            assertEquals(expected, outcome.initializerLoss(), 1e-4 * expected);
            assertTrue(outcome.initializerGradientNorm() > 0);
          }
        });
  }

  @Test
  void withoutAnInitializerLangevinDynamicsStartsAtTheNoisierData() {
    TestRuntime.onLane(
        runtime -> {
          ModelDescription alone = TestModels.describe(TestModels.points(), Prediction.NONE);
          try (CdrlModel model = CdrlModel.create(alone, 3, runtime)) {
            assertTrue(model.weights().keySet().stream().allMatch(n -> n.startsWith("energy.")));
            int[] levels = new int[ITEMS];
            Arrays.fill(levels, 3);
            CooperativeStep.Outcome outcome = run(model, true, levels, 1e-3);
            float[] epsilon = epsilon(model);
            for (int i = 0; i < 10; i++) {
              double noisier =
                  model.schedule().signalScale(3) * CLEAN[i % 2]
                      + model.schedule().noiseScale(3) * epsilon[i];
              assertEquals(noisier, outcome.proposal().values()[i], 1e-5);
            }
            assertEquals(0, outcome.initializerGradientNorm());
            assertTrue(outcome.energyGradientNorm() > 0);
          }
        });
  }

  @Test
  void metricsAreMeansOverIterationsAndLevels() {
    HostTensor none = new HostTensor(new long[] {0}, new float[0]);
    TrainingMetrics metrics = new TrainingMetrics(2);
    metrics.add(
        new CooperativeStep.Outcome(
            new int[] {1, 1},
            new float[] {1, 3},
            new float[] {2, 4},
            10,
            20,
            30,
            40,
            new float[] {5, 7},
            new float[] {0.5f, 0.5f},
            LevelGradients.NONE,
            none,
            none,
            none));
    metrics.add(
        new CooperativeStep.Outcome(
            new int[] {1, 1},
            new float[] {5, 7},
            new float[] {6, 6},
            12,
            22,
            32,
            42,
            new float[] {9, Float.NaN},
            new float[] {1.5f, Float.POSITIVE_INFINITY},
            new LevelGradients(new double[] {3, Double.NaN}, new double[] {4, Double.NaN}, 0),
            none,
            none,
            none));
    List<String> columns = TrainingMetrics.columns(2);
    metrics.addSampleDistance(0.25);
    double[] row = metrics.row(new TrainingMetrics.Position(8, 2.5, 1e-3, 1e-4, 1));
    double[] expected = {
      8,
      2.5,
      1e-3,
      1e-4,
      1,
      0.25,
      11,
      21,
      31,
      41,
      -4,
      -4.5,
      0.5,
      -4,
      -4.5,
      0.5,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      3,
      4,
      2,
      Double.NaN,
      Double.NaN,
      Double.NaN,
      Double.NaN,
      Double.NaN,
      Double.NaN,
      Double.NaN,
      Double.NaN
    };
    assertEquals(expected.length, columns.size());
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], row[i], 1e-12, columns.get(i));
    }
    assertTrue(
        Double.isNaN(metrics.row(new TrainingMetrics.Position(9, 1, 1, 1, 1))[6]),
        "a new row begins");
  }

  @Test
  void infiniteNumbersAreNoticed() {
    HostTensor none = new HostTensor(new long[] {0}, new float[0]);
    for (int bad = 0; bad < 4; bad++) {
      double[] values = {1, 1, 1, 1};
      values[bad] = bad % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY;
      assertFalse(
          new CooperativeStep.Outcome(
                  new int[0],
                  new float[0],
                  new float[0],
                  values[0],
                  values[1],
                  values[2],
                  values[3],
                  new float[0],
                  new float[0],
                  LevelGradients.NONE,
                  none,
                  none,
                  none)
              .isFinite());
    }
  }
}
