package cdrl.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.data.DataSet;
import cdrl.runtime.Cancellation;
import cdrl.runtime.TensorRuntime;
import cdrl.runtime.TestRuntime;
import cdrl.sampling.LangevinKernel;
import cdrl.sampling.LangevinKernels;
import cdrl.sampling.LangevinKernels.Kernel;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LevelGradientsTest {
  private static final CooperativeStep.Detail MEASURED = new CooperativeStep.Detail(false, true);

  static Stream<Arguments> runs() {
    return Stream.of(Kernel.values())
        .flatMap(
            kernel ->
                Stream.of(
                    Arguments.of(kernel, TestTraining.pointConfig(6, 1e-3), TestTraining.points()),
                    Arguments.of(kernel, TestTraining.imageConfig(6), TestTraining.images()),
                    Arguments.of(kernel, TestTraining.classConfig(6), TestTraining.classes())));
  }

  private static Trainer trainer(
      TrainingConfig config, DataSet data, TensorRuntime runtime, LangevinKernel kernel) {
    return new Trainer(config, data, runtime, kernel);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void measuringThemChangesNothing(Kernel kernel, TrainingConfig config, DataSet data) {
    TestRuntime.onLane(
        runtime -> {
          int tensors = TestRuntime.tensors(runtime.manager());
          try (LangevinKernel open =
                  LangevinKernels.open(runtime, kernel, config.compute().precision());
              Trainer plain = trainer(config, data, runtime, open);
              Trainer measured = trainer(config, data, runtime, open)) {
            for (int i = 0; i < 4; i++) {
              CooperativeStep.Outcome expected =
                  plain.step(CooperativeStep.Detail.NONE, new Cancellation());
              CooperativeStep.Outcome actual = measured.step(MEASURED, new Cancellation());
              assertSame(LevelGradients.NONE, expected.levelGradients());
              assertEquals(expected.energyGradientNorm(), actual.energyGradientNorm());
              assertArrayEquals(expected.negative(), actual.negative());
              LevelGradients gradients = actual.levelGradients();
              assertTrue(gradients.seconds() > 0);
              for (int level : actual.levels()) {
                assertTrue(gradients.isKnown(level));
                assertTrue(gradients.energy()[level - 1] > 0);
                assertTrue(gradients.initializer()[level - 1] > 0);
              }
            }
            assertEquals(plain.state(), measured.state());
          }
          assertEquals(tensors, TestRuntime.tensors(runtime.manager()));
        });
  }

  /** A batch of a single level has no other gradient than that of its level. */
  @ParameterizedTest
  @EnumSource(Kernel.class)
  void theOnlyLevelHasTheGradientOfTheBatch(Kernel kernel) {
    TestRuntime.onLane(
        runtime -> {
          for (TrainingConfig whole :
              new TrainingConfig[] {
                TestTraining.pointConfig(2, 1e-3),
                // Without dropout, whose masks would be others.
                TestTraining.onReplicas(TestTraining.imageConfig(2), 1)
              }) {
            TrainingConfig config = TestTraining.withBatch(whole, 1);
            DataSet data =
                config.data() instanceof TrainingConfig.Images
                    ? TestTraining.images()
                    : TestTraining.points();
            try (LangevinKernel open =
                    LangevinKernels.open(runtime, kernel, config.compute().precision());
                Trainer trainer = trainer(config, data, runtime, open)) {
              for (int i = 0; i < 3; i++) {
                CooperativeStep.Outcome outcome = trainer.step(MEASURED, new Cancellation());
                int level = outcome.levels()[0];
                double energy = outcome.energyGradientNorm();
                double initializer = outcome.initializerGradientNorm();
                assertEquals(energy, outcome.levelGradients().energy()[level - 1], 1e-4 * energy);
                assertEquals(
                    initializer,
                    outcome.levelGradients().initializer()[level - 1],
                    1e-4 * initializer);
                for (int other = 1; other <= 3; other++) {
                  assertEquals(other == level, outcome.levelGradients().isKnown(other));
                }
              }
            }
          }
        });
  }

  @Test
  void rowsThatAreWrittenOftenDoNotAllTellThem() {
    for (int[] each : new int[][] {{1, 50}, {3, 51}, {10, 50}, {25, 50}, {60, 60}}) {
      assertEquals(each[1], new TrainingConfig.Output(each[0], 0, 4, 100, 2).levelGradientsEvery());
    }
  }
}
