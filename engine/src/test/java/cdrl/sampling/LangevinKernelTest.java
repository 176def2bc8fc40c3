package cdrl.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import cdrl.model.CdrlModel;
import cdrl.model.EnergyModel;
import cdrl.model.ImageModelSpec;
import cdrl.model.ModelSpec;
import cdrl.model.TestModels;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.Computation;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import cdrl.runtime.TestRuntime;
import cdrl.schedule.NoiseSchedule;
import cdrl.schedule.StepSize;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LangevinKernelTest {
  private static final int ITEMS = 3;
  private static final NDNoise SILENCE = (manager, shape, step) -> manager.zeros(shape);
  private static final NDNoise NORMAL =
      (manager, shape, step) -> normal(manager, shape, Purpose.LANGEVIN, step);

  private interface NDNoise {
    NDArray at(NDManager manager, Shape shape, int step);
  }

  static Stream<ModelSpec> specs() {
    return Stream.of(
        TestModels.points(),
        TestModels.images(8, 3),
        TestModels.images(8, 3, 2),
        TestModels.images(28, 1),
        TestModels.images(10, 3),
        new ImageModelSpec(
            32,
            3,
            0,
            false,
            new ImageModelSpec.Energy(8, List.of(1, 1, 2, 2), 1),
            new ImageModelSpec.Unet(32, List.of(1), 1, List.of(), 0)));
  }

  private static NDArray normal(NDManager manager, Shape shape, Purpose purpose, int step) {
    float[] values = new float[(int) shape.size()];
    new RandomNumbers(4).normal(purpose, step, 0, values);
    return manager.create(values, shape);
  }

  private static Shape shape(CdrlModel model) {
    return new Shape(ITEMS).addAll(new Shape(model.description().spec().itemShape()));
  }

  private static LangevinKernel.Chain chain(
      CdrlModel model, NDManager scope, LangevinLevels levels, int steps, NDNoise noise) {
    Shape shape = shape(model);
    return new LangevinKernel.Chain(
        model.energy(),
        levels,
        null,
        normal(scope, shape, Purpose.PROPOSAL, 0),
        normal(scope, shape, Purpose.DATA, 0),
        steps,
        (manager, step) -> noise.at(manager, shape, step),
        null);
  }

  /** Levels of their own for each item, at which the gradient decides where y goes. */
  private static LangevinLevels steep() {
    return new LangevinLevels(
        new float[] {6, 0.5f, -4},
        new float[] {1, 0.8f, 1.2f},
        new float[] {0.1f, 0.2f, 0},
        new float[] {0, 0, 0});
  }

  private static float[] run(
      LangevinKernel kernel, NDManager scope, LangevinKernel.Chain chain, List<float[]> steps) {
    return kernel
        .refine(
            scope,
            chain,
            steps == null ? null : (step, y) -> steps.add(y.toFloatArray()),
            new Cancellation())
        .toFloatArray();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void theFusedKernelFollowsTheReference(ModelSpec spec) {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(spec, 3, runtime);
              FusedLangevin fused = new FusedLangevin(model.manager(), Computation.FLOAT32);
              FusedLangevin half = new FusedLangevin(model.manager(), Computation.BFLOAT16);
              NDManager scope = model.manager().newSubManager()) {
            LangevinKernel.Chain one = chain(model, scope, steep(), 1, SILENCE);
            float[] start = one.proposal().toFloatArray();
            float[] expected = run(new EagerLangevin(), scope, one, null);
            assertTrue(TestModels.distance(expected, start) > 0.05, "the gradient matters");
            assertTrue(TestModels.distance(run(fused, scope, one, null), expected) < 1e-4);
            assertTrue(TestModels.distance(run(half, scope, one, null), expected) < 3e-2);

            LangevinLevels levels = LangevinLevels.of(model, 3, 6, 3, 1);
            LangevinKernel.Chain several = chain(model, scope, levels, 3, NORMAL);
            List<float[]> steps = new ArrayList<>();
            List<float[]> fusedSteps = new ArrayList<>();
            float[] end = run(new EagerLangevin(), scope, several, steps);
            float[] fusedEnd = run(fused, scope, several, fusedSteps);
            assertEquals(3, steps.size());
            assertEquals(3, fusedSteps.size());
            for (int i = 0; i < 3; i++) {
              assertTrue(TestModels.distance(fusedSteps.get(i), steps.get(i)) < 1e-3);
            }
            assertArrayEquals(end, steps.get(2));
            assertArrayEquals(fusedEnd, fusedSteps.get(2));
            assertTrue(TestModels.distance(run(fused, scope, several, null), end) < 1e-3);
            assertTrue(TestModels.distance(run(half, scope, several, null), end) < 2e-2);
          }
        });
  }

  @Test
  void labelsReachBothKernels() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.images(8, 1, 2), 3, runtime);
              FusedLangevin fused = new FusedLangevin(model.manager(), Computation.FLOAT32);
              NDManager scope = model.manager().newSubManager()) {
            LangevinKernel.Chain plain = chain(model, scope, steep(), 1, SILENCE);
            LangevinKernel.Chain labelled =
                new LangevinKernel.Chain(
                    plain.energy(),
                    plain.levels(),
                    new int[] {0, 1, 2},
                    plain.proposal(),
                    plain.noisier(),
                    1,
                    plain.noise(),
                    null);
            float[] expected = run(new EagerLangevin(), scope, labelled, null);
            assertTrue(
                TestModels.distance(run(new EagerLangevin(), scope, plain, null), expected) > 1e-3);
            assertTrue(TestModels.distance(run(fused, scope, labelled, null), expected) < 1e-4);
          }
        });
  }

  /** y ← y + a ∇F − b (y − x) + s ε, with the gradient from differences of F. */
  @ParameterizedTest
  @MethodSource("specs")
  void aStepFollowsItsFormula(ModelSpec spec) {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(spec, 3, runtime);
              NDManager scope = model.manager().newSubManager()) {
            float[] logSnr = {6, 0.5f, -4};
            LangevinLevels levels =
                new LangevinLevels(
                    logSnr,
                    new float[] {0.5f, 0.6f, 0.7f},
                    new float[] {0.1f, 0, 0.3f},
                    new float[] {0.2f, 0.3f, 0});
            LangevinKernel.Chain chain = chain(model, scope, levels, 1, NORMAL);
            EnergyModel.Function energy =
                model.energy().at(scope, logSnr, null, EnergyModel.Mode.FROZEN);
            NDArray y = chain.proposal();
            NDArray gradient = EagerLangevin.gradient(scope, energy, y);
            NDArray direction = normal(scope, y.getShape(), Purpose.FLIP, 0);
            float[] expectedSlope = perItem(gradient.mul(direction));
            NDArray small = direction.mul(5e-4);
            float[] above = energy.negativeEnergy(y.add(small)).toFloatArray();
            float[] below = energy.negativeEnergy(y.sub(small)).toFloatArray();
            float[] scale = perItem(gradient.square());
            for (int i = 0; i < ITEMS; i++) {
              assertEquals(
                  expectedSlope[i],
                  ((double) above[i] - below[i]) / 1e-3,
                  0.05 * Math.sqrt(scale[i]) + 0.01,
                  "item " + i);
            }
            float[] moved = run(new EagerLangevin(), scope, chain, null);
            float[] noise = normal(scope, y.getShape(), Purpose.LANGEVIN, 1).toFloatArray();
            float[] from = y.toFloatArray();
            float[] x = chain.noisier().toFloatArray();
            float[] slope = gradient.toFloatArray();
            int item = from.length / ITEMS;
            for (int i = 0; i < from.length; i++) {
              int n = i / item;
              double expected =
                  from[i]
                      + levels.drift()[n] * slope[i]
                      - levels.recovery()[n] * (from[i] - x[i])
                      + levels.noise()[n] * noise[i];
              assertEquals(expected, moved[i], 1e-4 * (1 + Math.abs(expected)));
            }
          }
        });
  }

  private static float[] perItem(NDArray array) {
    return array.reshape(ITEMS, -1).sum(new int[] {1}).toFloatArray();
  }

  @Test
  void constraintsHoldAfterEveryStep() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.images(8, 1), 3, runtime);
              FusedLangevin fused = new FusedLangevin(model.manager(), Computation.FLOAT32);
              NDManager scope = model.manager().newSubManager()) {
            LangevinLevels levels = LangevinLevels.of(model, 4, 2);
            LangevinKernel.Chain plain = chain(model, scope, levels, 4, NORMAL);
            LangevinKernel.Chain clipped =
                new LangevinKernel.Chain(
                    plain.energy(),
                    levels,
                    null,
                    plain.proposal(),
                    plain.noisier(),
                    4,
                    plain.noise(),
                    y -> y.clip(-0.25, 0.25));
            for (LangevinKernel kernel : List.of(new EagerLangevin(), fused)) {
              List<float[]> steps = new ArrayList<>();
              run(kernel, scope, clipped, steps);
              assertEquals(4, steps.size());
              for (float[] step : steps) {
                for (float value : step) {
                  assertTrue(Math.abs(value) <= 0.25);
                }
              }
              assertArrayEquals(steps.get(3), run(kernel, scope, clipped, null), 1e-6f);
            }
          }
        });
  }

  @Test
  void cancellationEndsAChainBetweenTwoSteps() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.points(), 3, runtime);
              FusedLangevin fused = new FusedLangevin(model.manager(), Computation.FLOAT32);
              NDManager scope = model.manager().newSubManager()) {
            for (LangevinKernel kernel : List.of(new EagerLangevin(), fused)) {
              LangevinKernel.Chain chain =
                  chain(model, scope, LangevinLevels.of(model, 9, 2), 9, NORMAL);
              int tensors = TestRuntime.tensors(runtime.manager());
              Cancellation cancellation = new Cancellation();
              List<Integer> seen = new ArrayList<>();
              assertThrows(
                  CancellationException.class,
                  () ->
                      kernel.refine(
                          scope,
                          chain,
                          (step, y) -> {
                            seen.add(step);
                            if (step == 4) {
                              cancellation.cancel();
                            }
                          },
                          cancellation));
              assertEquals(List.of(1, 2, 3, 4), seen);
              assertEquals(tensors, TestRuntime.tensors(runtime.manager()));
            }
          }
        });
  }

  @Test
  void fewerStepsAreLargerOnes() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.images(8, 1), 3, runtime)) {
            NoiseSchedule schedule = model.schedule();
            for (int steps : new int[] {1, 3, 12}) {
              LangevinLevels levels = LangevinLevels.of(model, steps, 1, 4, 6);
              int[] t = {1, 4, 6};
              for (int i = 0; i < t.length; i++) {
                double square = StepSize.IMAGE.squared(schedule, t[i]) * 3 / steps;
                double beta = schedule.stepNoiseVariance(t[i]);
                assertEquals(schedule.logSnr(t[i] - 1), levels.logSnr()[i], 1e-6);
                assertEquals(3.0 / steps / 2, levels.drift()[i], 1e-6);
                assertEquals(Math.sqrt(square), levels.noise()[i], 1e-8);
                assertEquals(t[i] == 6 ? 0 : square / 2 / beta, levels.recovery()[i], 1e-8);
              }
            }
          }
        });
  }

  @Test
  void contradictingChoicesAreASentence() {
    TestRuntime.onLane(
        runtime -> {
          CdrlException failure =
              assertThrows(
                  CdrlException.class,
                  () ->
                      LangevinKernels.open(
                          runtime, LangevinKernels.Kernel.EAGER, LangevinKernels.Format.BFLOAT16));
          assertTrue(failure.getMessage().contains("float32 only"));
          assertEquals(
              EagerLangevin.class,
              LangevinKernels.open(
                      runtime, LangevinKernels.Kernel.EAGER, LangevinKernels.Format.AUTO)
                  .getClass());
          try (LangevinKernel fastest = LangevinKernels.open(runtime)) {
            assertEquals(FusedLangevin.class, fastest.getClass());
          }
        });
  }
}
