package cdrl.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.data.DataSet;
import cdrl.evaluate.DensityGrid;
import cdrl.model.CdrlModel;
import cdrl.model.Prediction;
import cdrl.model.TestModels;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.Computation;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TestRuntime;
import cdrl.sampling.EagerLangevin;
import cdrl.sampling.FusedLangevin;
import cdrl.sampling.Inpainter;
import cdrl.sampling.LangevinKernel;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.Sampler;
import cdrl.sampling.SamplingSettings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrainerTest {
  static Stream<Arguments> runs() {
    return Stream.of(
        Arguments.of(TestTraining.pointConfig(10, 1e-3), TestTraining.points()),
        Arguments.of(TestTraining.imageConfig(10), TestTraining.images()),
        Arguments.of(TestTraining.classConfig(10), TestTraining.classes()),
        Arguments.of(
            TestTraining.with(
                TestTraining.imageConfig(10), Prediction.NONE, TrainingConfig.Teacher.REFINED),
            TestTraining.images()),
        Arguments.of(
            TestTraining.with(
                TestTraining.imageConfig(10), Prediction.NOISE, TrainingConfig.Teacher.DATA),
            TestTraining.images()));
  }

  private static void steps(Trainer trainer, int count) {
    for (int i = 0; i < count; i++) {
      assertTrue(trainer.step(CooperativeStep.Detail.NONE, new Cancellation()).isFinite());
    }
  }

  @ParameterizedTest
  @MethodSource("runs")
  void aSavedStateGoesOnToTheLastBit(TrainingConfig config, DataSet data) {
    TestRuntime.onLane(
        runtime -> {
          try (FusedLangevin kernel = new FusedLangevin(runtime.manager(), Computation.FLOAT32);
              Trainer whole = new Trainer(config, data, runtime, kernel);
              Trainer resumed = new Trainer(config, data, runtime, kernel)) {
            Map<String, HostTensor> start = whole.state();
            steps(whole, 3);
            Map<String, HostTensor> saved = whole.state();
            steps(whole, 3);
            steps(resumed, 1); // the state of another moment must leave no trace
            resumed.restore(saved, 3, 0);
            assertEquals(3, resumed.iteration());
            assertEquals(saved, resumed.state());
            steps(resumed, 3);
            assertEquals(whole.state(), resumed.state());
            assertEquals(whole.averagedWeights(), resumed.averagedWeights());
            for (String name : start.keySet()) {
              if (name.startsWith("live.") && !name.endsWith(".v")) {
                assertNotEquals(start.get(name), whole.state().get(name), name + " never moves");
              }
            }
            try (CdrlModel averaged = whole.averagedModel()) {
              assertEquals(whole.averagedWeights(), averaged.weights());
            }
          }
        });
  }

  /** Without this, spectral-norm vectors that are missing would silently start at random again. */
  @Test
  void aStateThatLacksSomethingIsRefused() {
    TestRuntime.onLane(
        runtime -> {
          try (Trainer trainer =
              new Trainer(
                  TestTraining.pointConfig(10, 1e-3),
                  TestTraining.points(),
                  runtime,
                  new EagerLangevin())) {
            Map<String, HostTensor> state = trainer.state();
            for (String name :
                List.of(
                    "live.energy.stem.u",
                    "live.initializer.stem.weight",
                    "average.energy.stem.weight",
                    "moments.initializer.stem.weight.first")) {
              Map<String, HostTensor> lacking = new LinkedHashMap<>(state);
              lacking.remove(name);
              CdrlException failure =
                  assertThrows(CdrlException.class, () -> trainer.restore(lacking, 1, 0), name);
              assertTrue(
                  failure.getMessage().startsWith("The checkpoint does not fit"),
                  failure.getMessage());
            }
          }
        });
  }

  @Test
  void dataOfAnotherShapeAreRefused() {
    TestRuntime.onLane(
        runtime -> {
          int tensors = TestRuntime.tensors(runtime.manager());
          CdrlException failure =
              assertThrows(
                  CdrlException.class,
                  () ->
                      new Trainer(
                          TestTraining.imageConfig(1),
                          TestTraining.points(),
                          runtime,
                          new EagerLangevin()));
          assertTrue(failure.getMessage().contains("needs [3, 8, 8]"), failure.getMessage());
          assertEquals(tensors, TestRuntime.tensors(runtime.manager()));
        });
  }

  @Test
  void aCancelledStepLeavesNoTrace() {
    TestRuntime.onLane(
        runtime -> {
          try (Trainer trainer =
              new Trainer(
                  TestTraining.pointConfig(10, 1e-3),
                  TestTraining.points(),
                  runtime,
                  new EagerLangevin())) {
            steps(trainer, 1);
            Map<String, HostTensor> before = trainer.state();
            Cancellation cancelled = new Cancellation();
            cancelled.cancel();
            assertThrows(
                CancellationException.class,
                () -> trainer.step(CooperativeStep.Detail.NONE, cancelled));
            assertEquals(1, trainer.iteration());
            assertEquals(before, trainer.state());
          }
        });
  }

  /** Tensors on the Java side stand for native memory; their number must not grow with time. */
  @ParameterizedTest
  @MethodSource("runs")
  void nothingIsLeftBehind(TrainingConfig config, DataSet data) {
    TestRuntime.onLane(
        runtime -> {
          int outside = TestRuntime.tensors(runtime.manager());
          try (FusedLangevin fused = new FusedLangevin(runtime.manager(), Computation.FLOAT32);
              Trainer trainer = new Trainer(config, data, runtime, fused);
              CdrlModel model = TestModels.create(config.model(), 1, runtime)) {
            boolean images = data.itemShape().length == 3;
            steps(trainer, 1);
            int before = TestRuntime.tensors(runtime.manager());
            for (int i = 0; i < 5; i++) {
              steps(trainer, 1);
              assertEquals(before, TestRuntime.tensors(runtime.manager()), "training");
              trainer.state();
              trainer.averagedModel().close();
              assertEquals(before, TestRuntime.tensors(runtime.manager()), "copies");
              for (LangevinKernel kernel : List.of(fused, new EagerLangevin())) {
                for (CdrlModel each : List.of(model, trainer.model())) {
                  SamplingSettings settings = new SamplingSettings(2, i, 2, false, 1);
                  new Sampler(each, kernel)
                      .sample(settings, new SampleObserver() {}, new Cancellation());
                  assertEquals(before, TestRuntime.tensors(runtime.manager()), "sampling");
                  if (images) {
                    boolean[] mask = new boolean[64];
                    Arrays.fill(mask, 10, 30, true);
                    new Inpainter(each, kernel)
                        .inpaint(
                            new HostTensor(new long[] {3, 8, 8}, new float[192]),
                            mask,
                            1,
                            new SamplingSettings(1, i, 1, false, 1),
                            SampleObserver.NONE,
                            new Cancellation());
                  } else {
                    DensityGrid.of(each, 0, 10, 8);
                  }
                  assertEquals(before, TestRuntime.tensors(runtime.manager()), "use");
                }
              }
            }
          }
          assertEquals(outside, TestRuntime.tensors(runtime.manager()));
        });
  }
}
