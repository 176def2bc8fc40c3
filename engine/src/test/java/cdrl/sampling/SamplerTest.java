package cdrl.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import cdrl.model.CdrlModel;
import cdrl.model.EnergyModel;
import cdrl.model.ModelSpec;
import cdrl.model.Prediction;
import cdrl.model.TestModels;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.Computation;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TestRuntime;
import cdrl.schedule.NoiseSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplerTest {

  static Stream<ModelSpec> specs() {
    return Stream.of(TestModels.points(), TestModels.images(8, 1));
  }

  private static final class Recorder implements SampleObserver {
    final List<String> events = new ArrayList<>();
    final List<HostTensor> tensors = new ArrayList<>();

    private void add(String event, HostTensor tensor) {
      events.add(event);
      tensors.add(tensor);
    }

    HostTensor get(String event) {
      return tensors.get(events.indexOf(event));
    }

    @Override
    public void started(int level, HostTensor noise) {
      add("start " + level, noise);
    }

    @Override
    public void proposed(int level, HostTensor proposal) {
      add("proposal " + level, proposal);
    }

    @Override
    public void stepped(int level, int step, HostTensor image) {
      add("step " + level + "." + step, image);
    }

    @Override
    public void refined(int level, HostTensor refined) {
      add("refined " + level, refined);
    }

    @Override
    public void finished(HostTensor samples) {
      add("finished", samples);
    }
  }

  private static HostTensor sample(
      CdrlModel model, LangevinKernel kernel, SamplingSettings settings) {
    return new Sampler(model, kernel).sample(settings, SampleObserver.NONE, new Cancellation());
  }

  @ParameterizedTest
  @MethodSource("specs")
  void aPreviewEndsBeforeTheNoiselessStep(ModelSpec spec) {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(spec, 3, runtime)) {
            SamplingSettings settings = new SamplingSettings(2, 7, 2, false, 6);
            Sampler sampler = new Sampler(model, new EagerLangevin());
            Recorder whole = new Recorder();
            sampler.sample(settings, whole, new Cancellation());
            HostTensor preview =
                sampler.preview(settings, NoiseSource.of(7, 0), new Cancellation());
            assertEquals(whole.get("refined 0"), preview);
            assertNotEquals(whole.get("finished"), preview);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("specs")
  void theSeedDecidesEverything(ModelSpec spec) {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(spec, 3, runtime);
              FusedLangevin fused = new FusedLangevin(model.manager(), Computation.FLOAT32)) {
            for (LangevinKernel kernel : List.of(new EagerLangevin(), fused)) {
              SamplingSettings settings = new SamplingSettings(5, 7, 3, false, 6);
              HostTensor samples = sample(model, kernel, settings);
              assertEquals(samples, sample(model, kernel, settings));
              assertNotEquals(
                  samples, sample(model, kernel, new SamplingSettings(5, 8, 3, false, 6)));
              // Sums may be ordered otherwise in other batches, so bits may differ, no more.
              HostTensor fewer = sample(model, kernel, new SamplingSettings(2, 7, 3, false, 6));
              HostTensor rest = sample(model, kernel, settings.part(2, 3));
              for (int i = 0; i < 5; i++) {
                HostTensor part = i < 2 ? fewer.get(i) : rest.get(i - 2);
                assertTrue(
                    TestModels.distance(part.values(), samples.get(i).values()) < 1e-3,
                    "sample " + i);
              }
              assertTrue(
                  TestModels.distance(samples.get(0).values(), samples.get(1).values()) > 0.01);
            }
          }
        });
  }

  @ParameterizedTest
  @MethodSource("specs")
  void theObserverSeesEverythingInOrder(ModelSpec spec) {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(spec, 3, runtime);
              FusedLangevin fused = new FusedLangevin(model.manager(), Computation.FLOAT32)) {
            for (LangevinKernel kernel : List.of(new EagerLangevin(), fused)) {
              Recorder recorder = new Recorder();
              HostTensor samples =
                  new Sampler(model, kernel)
                      .sample(
                          new SamplingSettings(2, 7, 2, false, 3), recorder, new Cancellation());
              assertEquals(
                  List.of(
                      "start 3",
                      "proposal 2",
                      "step 2.1",
                      "step 2.2",
                      "refined 2",
                      "proposal 1",
                      "step 1.1",
                      "step 1.2",
                      "refined 1",
                      "proposal 0",
                      "step 0.1",
                      "step 0.2",
                      "refined 0",
                      "finished"),
                  recorder.events);
              assertEquals(samples, recorder.get("finished"));
              assertEquals(recorder.get("step 1.2"), recorder.get("refined 1"));
              HostTensor unwatched = sample(model, kernel, new SamplingSettings(2, 7, 2, false, 3));
              assertTrue(TestModels.distance(unwatched.values(), samples.values()) < 1e-4);
            }
          }
        });
  }

  @ParameterizedTest
  @MethodSource("specs")
  void proposalsAndTheLastStepFollowTheirFormulas(ModelSpec spec) {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(spec, 3, runtime);
              NDManager scope = model.manager().newSubManager()) {
            Recorder recorder = new Recorder();
            new Sampler(model, new EagerLangevin())
                .sample(new SamplingSettings(2, 7, 2, false, 6), recorder, new Cancellation());
            NoiseSchedule schedule = model.schedule();
            NoiseSource noise = NoiseSource.of(7, 0);
            for (int t = 6; t >= 5; t--) {
              NDArray x = recorder.get(t == 6 ? "start 6" : "refined " + t).toArray(scope);
              if (t == 6) {
                assertEquals(HostTensor.of(noise.start(scope, x.getShape())), HostTensor.of(x));
              }
              double scale = Math.sqrt(schedule.inputVariance(t));
              float[] level = {(float) schedule.logSnr(t)};
              NDArray mean = model.initializer().mean(x, level, null, Computation.EAGER);
              NDArray grain =
                  noise
                      .proposal(scope, x.getShape(), t - 1)
                      .mul(Math.sqrt(schedule.posteriorVariance(t) * schedule.inputVariance(t)));
              float[] expected = mean.add(grain).div(scale).toFloatArray();
              assertArrayEquals(
                  expected, recorder.get("proposal " + (t - 1)).values(), 1e-5f, "t = " + t);
            }

            NDArray x = recorder.get("refined 0").toArray(scope);
            double m = schedule.inputVariance(1);
            double square = spec.stepSize().squared(schedule, 1);
            EnergyModel.Function energy =
                model
                    .energy()
                    .at(
                        scope,
                        new float[] {(float) schedule.logSnr(0)},
                        null,
                        EnergyModel.Mode.FROZEN);
            NDArray gradient = EagerLangevin.gradient(scope, energy, x.mul(Math.sqrt(m)));
            double weight = schedule.noiseVariance(0) * 2 / square * Math.sqrt(m);
            float[] expected =
                x.add(gradient.mul(weight)).div(schedule.signalScale(0)).toFloatArray();
            assertTrue(TestModels.distance(recorder.get("finished").values(), expected) < 1e-6);
            float[] scaled = x.div(schedule.signalScale(0)).toFloatArray();
            assertTrue(TestModels.distance(scaled, expected) > 1e-6, "the gradient matters");
          }
        });
  }

  @Test
  void theInitializerAloneTakesNoLangevinSteps() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.points(), 3, runtime)) {
            Recorder recorder = new Recorder();
            HostTensor samples =
                new Sampler(model, new EagerLangevin())
                    .sample(new SamplingSettings(4, 1, 3, true, 2), recorder, new Cancellation());
            assertEquals(
                List.of(
                    "start 2", "proposal 1", "refined 1", "proposal 0", "refined 0", "finished"),
                recorder.events);
            assertEquals(recorder.get("refined 0"), samples);
          }
        });
  }

  @Test
  void withoutAnInitializerChainsStartWhereTheyAre() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model =
              CdrlModel.create(
                  TestModels.describe(TestModels.images(8, 1), Prediction.NONE), 3, runtime)) {
            Recorder recorder = new Recorder();
            Sampler sampler = new Sampler(model, new EagerLangevin());
            SamplingSettings settings = new SamplingSettings(2, 7, 2, false, 6);
            sampler.sample(settings, recorder, new Cancellation());
            assertEquals(recorder.get("start 6"), recorder.get("proposal 5"));
            double scale = model.schedule().inputScale(3);
            float[] before = recorder.get("refined 3").values();
            float[] proposal = recorder.get("proposal 2").values();
            for (int i = 0; i < before.length; i++) {
              assertEquals(before[i], proposal[i] * scale, 1e-5 * Math.abs(before[i]));
            }
            SamplingSettings proposalsOnly = new SamplingSettings(2, 7, 2, true, 6);
            CdrlException failure =
                assertThrows(
                    CdrlException.class,
                    () -> sampler.sample(proposalsOnly, recorder, new Cancellation()));
            assertTrue(failure.getMessage().contains("has no initializer"));
          }
        });
  }

  @Test
  void cancelsBetweenStepsAndRefusesLevelsBeyondTheModel() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.points(), 3, runtime)) {
            Sampler sampler = new Sampler(model, new EagerLangevin());
            int tensors = TestRuntime.tensors(runtime.manager());
            Cancellation cancellation = new Cancellation();
            List<Integer> levels = new ArrayList<>();
            SampleObserver observer =
                new SampleObserver() {
                  @Override
                  public void stepped(int level, int step, HostTensor image) {
                    levels.add(level);
                    if (level == 4) {
                      cancellation.cancel();
                    }
                  }
                };
            assertThrows(
                CancellationException.class,
                () ->
                    sampler.sample(
                        new SamplingSettings(2, 1, 3, false, 6), observer, cancellation));
            assertEquals(List.of(5, 5, 5, 4), levels);
            CdrlException failure =
                assertThrows(
                    CdrlException.class,
                    () ->
                        sampler.sample(
                            new SamplingSettings(2, 1, 3, false, 7),
                            SampleObserver.NONE,
                            new Cancellation()));
            assertTrue(failure.getMessage().contains("choose a level between 1 and 6"));
            assertEquals(tensors, TestRuntime.tensors(runtime.manager()));
          }
        });
    assertThrows(IllegalArgumentException.class, () -> new SamplingSettings(0, 1, 3, false, 6));
    assertThrows(IllegalArgumentException.class, () -> new SamplingSettings(1, 1, 0, false, 6));
    assertThrows(
        IllegalArgumentException.class, () -> new SamplingSettings(1, 1, 3, false, 6).part(-1, 1));
  }
}
