package cdrl.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import cdrl.evaluate.ParityCheck.Row;
import cdrl.evaluate.ParityCheck.Verdict;
import cdrl.model.CdrlModel;
import cdrl.model.EnergyModel;
import cdrl.model.ImageModelSpec;
import cdrl.model.ModelDescription;
import cdrl.model.ModelSpec;
import cdrl.model.PointModelSpec;
import cdrl.model.TestModels;
import cdrl.runtime.Cancellation;
import cdrl.runtime.Computation;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import cdrl.runtime.TestRuntime;
import cdrl.sampling.Condition;
import cdrl.sampling.EagerLangevin;
import cdrl.sampling.NoiseSource;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.Sampler;
import cdrl.sampling.SamplingSettings;
import cdrl.schedule.ScheduleSpec;
import cdrl.store.PublishedFiles;
import cdrl.training.Adam;
import cdrl.training.CooperativeStep;
import cdrl.training.Dials;
import cdrl.training.TrainingNoise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders in the published layout with other shapes than the published ones. */
class OtherFoldersTest {
  private static final ImageModelSpec CLASSES =
      new ImageModelSpec(
          16,
          1,
          5,
          true,
          new ImageModelSpec.Energy(8, List.of(1, 2, 1), 2),
          new ImageModelSpec.Unet(32, List.of(1, 2), 1, List.of(8), 0));

  private static final ImageModelSpec PLAIN =
      new ImageModelSpec(
          8,
          3,
          0,
          false,
          new ImageModelSpec.Energy(4, List.of(1, 3), 1),
          new ImageModelSpec.Unet(32, List.of(1), 2, List.of(), 0));

  private static final PointModelSpec POINTS = new PointModelSpec(6, List.of(1, 2, 1), 64, 10);

  @TempDir Path folder;

  private static CdrlModel create(ModelSpec spec, int levels, int steps, long seed) {
    CdrlModel filled = TestModels.create(spec, seed, TestRuntime.get());
    ModelDescription usual = filled.description();
    ModelDescription wanted =
        new ModelDescription(
            usual.name(),
            spec,
            ScheduleSpec.cosine(levels),
            steps,
            List.of(),
            List.of(),
            usual.provenance());
    Map<String, HostTensor> weights = filled.weights();
    filled.close();
    return CdrlModel.of(wanted, weights, TestRuntime.get());
  }

  private void checkpoint(String name, CdrlModel model) throws IOException {
    PublishedFiles.checkpoint(
        folder.resolve(name + ".pth.tar"),
        model.description().spec(),
        model.weights(),
        name.length() % 2 == 0 ? "module." : "");
  }

  private void arrays(String name, Map<String, HostTensor> arrays) throws IOException {
    PublishedFiles.arrays(folder.resolve(name + ".npz"), arrays);
  }

  private static HostTensor normal(long[] shape, int step) {
    float[] values = new float[Math.toIntExact(HostTensor.elements(shape))];
    new RandomNumbers(8).normal(Purpose.DATA, step, 0, values);
    return new HostTensor(shape, values);
  }

  private static HostTensor numbers(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return new HostTensor(new long[] {values.length}, floats);
  }

  private static HostTensor numbers(int... values) {
    return numbers(Arrays.stream(values).asDoubleStream().toArray());
  }

  private static long[] batch(ModelSpec spec, int count) {
    long[] item = spec.itemShape();
    long[] shape = new long[item.length + 1];
    shape[0] = count;
    System.arraycopy(item, 0, shape, 1, item.length);
    return shape;
  }

  /** Energies, gradients and means of some inputs, with a class each where there are labels. */
  private static Map<String, HostTensor> outputs(CdrlModel model, String mean, int... labels) {
    int count = labels.length == 0 ? 3 : labels.length;
    float[] logSnr = new float[count];
    for (int i = 0; i < count; i++) {
      logSnr[i] = 3 - 2 * i;
    }
    Map<String, HostTensor> arrays = new LinkedHashMap<>();
    try (NDManager scope = model.manager().newSubManager()) {
      HostTensor x = normal(batch(model.description().spec(), count), 0);
      int[] classes = labels.length == 0 ? null : labels;
      arrays.put("x", x);
      arrays.put("logsnr", new HostTensor(new long[] {count}, logSnr));
      EnergyModel.Function energy =
          model.energy().at(scope, logSnr, classes, EnergyModel.Mode.FROZEN);
      NDArray input = x.toArray(scope);
      arrays.put("energy", HostTensor.of(energy.negativeEnergy(input)));
      input.setRequiresGradient(true);
      try (var collector = ai.djl.engine.Engine.getInstance().newGradientCollector()) {
        collector.backward(energy.negativeEnergy(input).sum());
      }
      arrays.put("grad", HostTensor.of(input.getGradient()));
      arrays.put(
          mean,
          HostTensor.of(
              model.initializer().mean(x.toArray(scope), logSnr, classes, Computation.EAGER)));
      if (classes != null) {
        arrays.put("y", numbers(labels));
      }
    }
    return arrays;
  }

  /** A sampling run with its noise. */
  private static Map<String, HostTensor> trace(CdrlModel model, int steps, Condition condition) {
    int levels = model.schedule().levels();
    int count = 2;
    Map<String, HostTensor> arrays = new LinkedHashMap<>();
    long[] shape = batch(model.description().spec(), count);
    for (int i = 0; i <= levels * (steps + 1); i++) {
      arrays.put(String.format("noise_%03d", i), normal(shape, i));
    }
    NoiseSource noise =
        new NoiseSource() {
          @Override
          public NDArray start(NDManager manager, Shape ignored) {
            return at(manager, 0);
          }

          @Override
          public NDArray proposal(NDManager manager, Shape ignored, int level) {
            return at(manager, 1 + (levels - 1 - level) * (steps + 1));
          }

          @Override
          public NDArray langevin(NDManager manager, Shape ignored, int level, int step) {
            return at(manager, 1 + (levels - 1 - level) * (steps + 1) + step);
          }

          @Override
          public NDArray knownPixels(NDManager manager, Shape ignored) {
            throw new AssertionError();
          }

          private NDArray at(NDManager manager, int number) {
            return arrays.get(String.format("noise_%03d", number)).toArray(manager);
          }
        };
    SampleObserver observer =
        new SampleObserver() {
          @Override
          public void proposed(int level, HostTensor proposal) {
            float scale = (float) model.schedule().inputScale(level + 1);
            float[] scaled = proposal.values().clone();
            for (int i = 0; i < scaled.length; i++) {
              scaled[i] *= scale;
            }
            arrays.put("proposal_level_" + (level + 1), new HostTensor(shape, scaled));
          }

          @Override
          public void refined(int level, HostTensor refined) {
            arrays.put("refined_level_" + (level + 1), refined);
          }

          @Override
          public void finished(HostTensor samples) {
            arrays.put("final", samples);
          }
        };
    new Sampler(model, new EagerLangevin())
        .sample(
            new SamplingSettings(count, 0, steps, false, levels).withCondition(condition),
            noise,
            observer,
            new Cancellation());
    arrays.put("T", numbers(levels));
    arrays.put("K", numbers(steps));
    if (condition instanceof Condition.Guided guided) {
      arrays.put("guidance", numbers(guided.weight()));
      arrays.put("y", numbers(guided.classes().stream().mapToInt(i -> i).toArray()));
    }
    return arrays;
  }

  /** Two training iterations, which change the model. */
  private static Map<String, HostTensor> training(CdrlModel model, int... labels) {
    int steps = model.description().langevinSteps();
    int levels = model.schedule().levels();
    Map<String, HostTensor> arrays = new LinkedHashMap<>();
    arrays.put("T", numbers(levels));
    arrays.put("K", numbers(steps));
    long[] shape = batch(model.description().spec(), labels.length);
    CooperativeStep step =
        new CooperativeStep(
            model,
            new Adam(model.energy().parameters(), 0.9, 0.999),
            new Adam(model.initializer().parameters(), 0.9, 0.999),
            new EagerLangevin(),
            CooperativeStep.Rules.PUBLISHED);
    int[] t = new int[labels.length];
    for (int i = 0; i < t.length; i++) {
      t[i] = 1 + i % levels;
    }
    for (int iteration = 0; iteration < 2; iteration++) {
      String prefix = "it" + iteration + "_";
      int first = 1000 * (iteration + 1);
      HostTensor data = normal(shape, first);
      HostTensor[] noise = new HostTensor[steps];
      float[] all = new float[steps * data.values().length];
      for (int k = 0; k < steps; k++) {
        noise[k] = normal(shape, first + 10 + k);
        System.arraycopy(noise[k].values(), 0, all, k * data.values().length, data.values().length);
      }
      long[] stacked = new long[shape.length + 1];
      stacked[0] = steps;
      System.arraycopy(shape, 0, stacked, 1, shape.length);
      arrays.put(prefix + "x0", data);
      arrays.put(prefix + "t", numbers(t));
      arrays.put(prefix + "y", numbers(labels));
      arrays.put(prefix + "eps", normal(shape, first + 1));
      arrays.put(prefix + "proposal_noise", normal(shape, first + 2));
      arrays.put(prefix + "langevin_noise", new HostTensor(stacked, all));
      CooperativeStep.Outcome outcome =
          step.run(
              data,
              t,
              labels,
              new TrainingNoise() {
                @Override
                public NDArray data(NDManager manager, Shape ignored) {
                  return arrays.get(prefix + "eps").toArray(manager);
                }

                @Override
                public NDArray posterior(NDManager manager, Shape ignored) {
                  throw new AssertionError();
                }

                @Override
                public NDArray proposal(NDManager manager, Shape ignored) {
                  return arrays.get(prefix + "proposal_noise").toArray(manager);
                }

                @Override
                public NDArray langevin(NDManager manager, Shape ignored, int number) {
                  return noise[number - 1].toArray(manager);
                }
              },
              new Dials(1e-4, 1e-5, steps),
              CooperativeStep.Detail.IMAGES,
              new Cancellation());
      arrays.put(prefix + "proposal", outcome.proposal());
      arrays.put(prefix + "refined_x", outcome.refined());
      arrays.put(prefix + "pos_energy", numbers(doubles(outcome.positive())));
      arrays.put(prefix + "neg_energy", numbers(doubles(outcome.negative())));
      arrays.put(prefix + "ebm_loss", numbers(outcome.energyLoss()));
      arrays.put(prefix + "init_loss", numbers(outcome.initializerLoss()));
      arrays.put(prefix + "ebm_grad_norm", numbers(outcome.energyGradientNorm()));
      arrays.put(prefix + "init_grad_norm", numbers(outcome.initializerGradientNorm()));
    }
    return arrays;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  private interface Writing {
    void run() throws IOException;
  }

  private static void onLane(Writing writing) {
    TestRuntime.onLane(runtime -> writing.run());
  }

  private List<Row> check() {
    return new ParityCheck(TestRuntime.get()).run(folder, row -> {}, new Cancellation());
  }

  private static void assertPassed(List<Row> rows, int count) {
    assertEquals(List.of(), rows.stream().filter(row -> row.verdict() != Verdict.PASSED).toList());
    assertEquals(count, rows.size());
  }

  @Test
  void conditionalNetworksOfOtherSizes() throws IOException {
    onLane(
        () -> {
          try (CdrlModel model = create(CLASSES, 4, 3, 5)) {
            checkpoint("small", model);
            arrays("ebm_small", outputs(model, "unused", 0, 5));
            arrays("unet_small", outputs(model, "out", 1, 2, 0, 5));
            // No checkpoint has the name of these; the one whose networks fit is meant.
            arrays("trace_guided_w1.5", trace(model, 3, new Condition.Guided(List.of(5, 2), 1.5)));
            arrays("trace_small_again", trace(model, 3, new Condition.Guided(List.of(1, 0), 0)));
            checkpoint("lesson_start", model);
            arrays("lesson", training(model, 1, 0, 5));
            checkpoint("lesson_after2", model);
          }
          try (CdrlModel other = create(PLAIN, 4, 3, 6)) {
            checkpoint("other", other);
          }
        });
    List<Row> rows = check();
    assertPassed(rows, 2 + 3 + 10 + 10 + 2 * 8 + 4);
    assertTrue(
        rows.stream()
            .filter(row -> row.file().equals("trace_guided_w1.5.npz"))
            .allMatch(row -> row.note().equals("with small.pth.tar")));
  }

  @Test
  void otherNumbersOfLevelsAndSteps() {
    onLane(
        () -> {
          for (int levels : new int[] {5, 8}) {
            try (CdrlModel model = create(PLAIN, levels, 2, levels)) {
              checkpoint("plain_" + levels, model);
              arrays("trace_plain_" + levels, trace(model, 2, Condition.NONE));
            }
          }
          try (CdrlModel model = create(PLAIN, 4, 15, 4)) {
            checkpoint("trained15", model);
            arrays("trace_trained15", trace(model, 4, Condition.NONE));
          }
        });
    List<Row> rows = check();
    assertPassed(rows, 12 + 18 + 10);
    assertTrue(
        rows.stream()
            .filter(row -> row.file().equals("trace_trained15.npz"))
            .allMatch(row -> row.note().contains("a model trained with 15")));
  }

  @Test
  void pointsOfOtherWidths() throws IOException {
    onLane(
        () -> {
          try (CdrlModel model = create(POINTS, 6, 2, 5)) {
            checkpoint("rings", model);
            arrays("rings", outputs(model, "init_out"));
            arrays("trace_rings", trace(model, 2, Condition.NONE));
          }
        });
    assertPassed(check(), 3 + 14);
  }

  @Test
  void whatIsMissingIsNotCheckedAndWhatIsWrongFails() throws IOException {
    onLane(
        () -> {
          try (CdrlModel model = create(PLAIN, 4, 2, 5)) {
            Map<String, HostTensor> arrays = trace(model, 2, Condition.NONE);
            arrays.remove("refined_level_2");
            arrays("trace_gone", arrays);
            arrays("ebm_gone", outputs(model, "out"));
          }
        });
    List<Row> none = check();
    assertTrue(none.stream().allMatch(row -> row.verdict() == Verdict.NOT_CHECKED), none::toString);
    onLane(
        () -> {
          try (CdrlModel model = create(PLAIN, 4, 2, 5)) {
            checkpoint("back", model);
            Map<String, HostTensor> arrays = outputs(model, "out");
            arrays.put("energy", numbers(1, 2, 3));
            arrays("ebm_back", arrays);
            arrays.put("y", numbers(1, 2, 3));
            arrays("unet_back", arrays);
            checkpoint("half_start", model);
            arrays("half", training(model, 0, 0));
          }
        });
    List<Row> rows = check();
    assertEquals(
        List.of("refined_level_2", ""),
        rows.stream()
            .filter(row -> row.verdict() == Verdict.NOT_CHECKED)
            .map(Row::quantity)
            .sorted(java.util.Comparator.reverseOrder())
            .toList());
    assertEquals(
        List.of("ebm_back.npz energy", "unet_back.npz "),
        rows.stream()
            .filter(row -> row.verdict() == Verdict.FAILED)
            .map(row -> row.file() + " " + row.quantity())
            .toList());
  }

  @Test
  void schedulesOfOtherLengths() throws IOException {
    Files.writeString(
        folder.resolve("schedule.json"),
        "{\"1\": [{\"t\": 1, \"logsnr\": -5.1}], \"12\": [{\"t\": 12, \"logsnr\": -5.1},"
            + " {\"t\": 0, \"logsnr\": 9.8}]}");
    assertPassed(check(), 2);
  }
}
