package cdrl.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import cdrl.data.DataSet;
import cdrl.model.Prediction;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.TensorRuntime;
import cdrl.runtime.TestRuntime;
import cdrl.sampling.LangevinKernel;
import cdrl.sampling.LangevinKernels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DevicesTest {
  private static final CooperativeStep.Detail EVERYTHING = new CooperativeStep.Detail(true, true);

  static Stream<Arguments> runs() {
    TrainingConfig points = TestTraining.pointConfig(4, 1e-3);
    return Stream.of(
        Arguments.of(points, TestTraining.points(), 2),
        Arguments.of(points, TestTraining.points(), 3),
        Arguments.of(
            TestTraining.with(points, Prediction.NONE, TrainingConfig.Teacher.REFINED),
            TestTraining.points(),
            2),
        Arguments.of(
            TestTraining.with(points, Prediction.NOISE, TrainingConfig.Teacher.DATA),
            TestTraining.points(),
            5),
        Arguments.of(TestTraining.imageConfig(4), TestTraining.images(), 2),
        Arguments.of(TestTraining.classConfig(4), TestTraining.classes(), 2));
  }

  private static Trainer trainer(
      TrainingConfig config, DataSet data, TensorRuntime runtime, int replicas) {
    TrainingConfig split = TestTraining.onReplicas(config, replicas);
    LangevinKernel kernel =
        LangevinKernels.open(runtime, split.compute().kernel(), split.compute().precision());
    return new Trainer(split, data, runtime, kernel);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void severalDevicesDoWhatOneDoes(TrainingConfig config, DataSet data, int replicas) {
    TestRuntime.onLane(
        runtime -> {
          try (Trainer one = trainer(config, data, runtime, 1);
              Trainer several = trainer(config, data, runtime, replicas)) {
            assertEquals(one.state(), several.state());
            for (int i = 0; i < 4; i++) {
              CooperativeStep.Outcome expected = one.step(EVERYTHING, new Cancellation());
              CooperativeStep.Outcome actual = several.step(EVERYTHING, new Cancellation());
              assertArrayEquals(expected.levels(), actual.levels());
              assertArrayEquals(expected.positive(), actual.positive(), 2e-3f);
              assertArrayEquals(expected.negative(), actual.negative(), 2e-3f);
              assertEquals(expected.energyLoss(), actual.energyLoss(), 1e-3);
              assertEquals(
                  expected.initializerLoss(),
                  actual.initializerLoss(),
                  1e-3 * Math.abs(expected.initializerLoss()));
              assertEquals(
                  expected.energyGradientNorm(),
                  actual.energyGradientNorm(),
                  1e-3 * expected.energyGradientNorm());
              assertEquals(
                  expected.initializerGradientNorm(),
                  actual.initializerGradientNorm(),
                  1e-3 * expected.initializerGradientNorm());
              assertArrayEquals(
                  expected.levelGradients().energy(),
                  actual.levelGradients().energy(),
                  1e-3 * expected.energyGradientNorm());
              assertArrayEquals(
                  expected.levelGradients().initializer(),
                  actual.levelGradients().initializer(),
                  1e-3 * expected.initializerGradientNorm());
              assertArrayEquals(expected.displacement(), actual.displacement(), 1e-2f);
              assertArrayEquals(expected.data().shape(), actual.data().shape());
              assertArrayEquals(expected.data().values(), actual.data().values(), 1e-6f);
              assertArrayEquals(expected.refined().values(), actual.refined().values(), 1e-2f);
            }
            Map<String, HostTensor> expected = one.averagedWeights();
            several
                .averagedWeights()
                .forEach(
                    (name, tensor) ->
                        // The rate is 1e-3, so a step in the wrong direction would show.
                        assertArrayEquals(
                            expected.get(name).values(), tensor.values(), 2e-4f, name));
          }
        });
  }

  @Test
  void allReplicasHaveTheSameWeights() {
    TestRuntime.onLane(
        runtime -> {
          TrainingConfig config = TestTraining.onReplicas(TestTraining.pointConfig(4, 1e-3), 3);
          int before = TestRuntime.tensors(runtime.manager());
          try (Trainer trainer = trainer(config, TestTraining.points(), runtime, 3)) {
            Map<String, HostTensor> start = trainer.model().weights();
            trainer.step(CooperativeStep.Detail.NONE, new Cancellation());
            List<Shard.Replica> replicas = trainer.replicas();
            assertEquals(3, replicas.size());
            Map<String, HostTensor> learned = trainer.model().weights();
            assertTrue(!learned.equals(start), "nothing is learned");
            for (Shard.Replica replica : replicas) {
              assertEquals(learned, replica.model().weights());
            }
            Map<String, HostTensor> state = trainer.state();
            trainer.step(CooperativeStep.Detail.NONE, new Cancellation());
            trainer.restore(state, 1, 0);
            for (Shard.Replica replica : replicas) {
              assertEquals(learned, replica.model().weights());
            }
            Cancellation cancelled = new Cancellation();
            cancelled.cancel();
            assertThrows(
                CancellationException.class,
                () -> trainer.step(CooperativeStep.Detail.NONE, cancelled));
            for (Shard.Replica replica : replicas) {
              assertEquals(learned, replica.model().weights());
            }
            assertEquals(state, trainer.state());
          }
          assertEquals(before, TestRuntime.tensors(runtime.manager()));
        });
  }

  /** The engine's own noise and the order of the data follow from the same stream. */
  @Test
  void aRestartChangesTheOrderOfTheDataAsWell() {
    TestRuntime.onLane(
        runtime -> {
          try (Trainer trainer =
              trainer(TestTraining.imageConfig(4), TestTraining.images(), runtime, 1)) {
            Map<String, HostTensor> state = trainer.state();
            float[] first =
                trainer.step(CooperativeStep.Detail.IMAGES, new Cancellation()).data().values();
            trainer.restore(state, 0, 0);
            assertArrayEquals(
                first,
                trainer.step(CooperativeStep.Detail.IMAGES, new Cancellation()).data().values());
            int[] before = trainer.items(0);
            trainer.restore(state, 0, 1);
            assertTrue(!Arrays.equals(before, trainer.items(0)), "the same items come again");
            int[] after = trainer.items(0);
            trainer.restore(state, 0, 1);
            assertArrayEquals(after, trainer.items(0));
          }
        });
  }

  @Test
  void partsOfABatchGetTheNoiseOfTheWhole() {
    TestRuntime.onLane(
        runtime -> {
          try (NDManager scope = runtime.manager().newSubManager()) {
            TrainingNoise noise = TrainingNoise.of(new RandomNumbers(3), 7);
            for (int size : new int[] {2, 3, 12}) {
              float[] whole = noise.langevin(scope, new Shape(9, size), 4).toFloatArray();
              for (int first = 0; first < 9; first++) {
                float[] part =
                    noise.from(first).langevin(scope, new Shape(9 - first, size), 4).toFloatArray();
                assertArrayEquals(Arrays.copyOfRange(whole, first * size, whole.length), part);
              }
            }
          }
        });
  }

  @Test
  void moreReplicasThanItemsAreRefused() {
    String problem =
        assertThrows(
                CdrlException.class,
                () ->
                    ConfigFile.parse(
                        "data: {kind: rings}\n",
                        "c.yaml",
                        List.of("training.batch=3", "compute.replicas=4")))
            .getMessage();
    assertTrue(problem.contains("compute.replicas must not exceed training.batch"), problem);
  }
}
