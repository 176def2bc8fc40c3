package cdrl.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.data.DataSet;
import cdrl.model.CdrlModel;
import cdrl.model.Provenance;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorRuntime;
import cdrl.runtime.TestRuntime;
import cdrl.store.Checkpoint;
import cdrl.store.Metrics;
import cdrl.store.ModelFile;
import cdrl.store.RunFolder;
import cdrl.store.RunSummary;
import cdrl.store.StoredModel;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingRunTest {
  private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

  @TempDir Path temporary;

  static Stream<Arguments> runs() {
    return Stream.of(
        Arguments.of(TestTraining.pointConfig(6, 1e-3), TestTraining.points()),
        Arguments.of(TestTraining.imageConfig(6), TestTraining.images()));
  }

  private RunFolder create(String name) {
    return RunFolder.create(
        temporary.resolve(name),
        "name: test\n",
        new Provenance("test", "2025-01-01T00:00:00Z", "data", "", 0, 5, "here", Map.of()));
  }

  private static TrainingRun.Ending run(
      TrainingConfig config,
      DataSet data,
      RunFolder folder,
      TensorRuntime runtime,
      Duration limit,
      long stopAfter,
      List<String> told) {
    Cancellation cancellation = new Cancellation();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void iterated(long iteration, CooperativeStep.Outcome outcome, double perSecond) {
            assertTrue(perSecond > 0);
            if (iteration == stopAfter) {
              cancellation.cancel();
            }
          }

          @Override
          public void told(String sentence) {
            told.add(sentence);
          }
        };
    return new TrainingRun(config, data, folder, runtime, listener).run(limit, cancellation);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void aStoppedRunGoesOnAsIfItHadNeverStopped(TrainingConfig config, DataSet data) {
    TestRuntime.onLane(
        runtime -> {
          int tensors = TestRuntime.tensors(runtime.manager());
          List<String> told = new ArrayList<>();
          try (RunFolder folder = create("whole")) {
            assertEquals(
                TrainingRun.Ending.FINISHED, run(config, data, folder, runtime, FOREVER, -1, told));
          }
          assertEquals(
              List.of("Starting with " + data.description() + ".", "All 6 iterations are made."),
              told);
          told.clear();
          try (RunFolder folder = create("parts")) {
            assertEquals(
                TrainingRun.Ending.CANCELLED, run(config, data, folder, runtime, FOREVER, 4, told));
            assertEquals(List.of(0L, 4L), folder.checkpoints().iterations());
          }
          try (RunFolder folder = RunFolder.open(temporary.resolve("parts"))) {
            assertEquals(
                TrainingRun.Ending.FINISHED, run(config, data, folder, runtime, FOREVER, -1, told));
            assertEquals(List.of(4L, 6L), folder.checkpoints().iterations());
          }
          assertEquals(
              List.of(
                  "Starting with " + data.description() + ".",
                  "The sample sheet of iteration 4 was left out.",
                  "Stopped on request after iteration 4.",
                  "Going on from iteration 4.",
                  "All 6 iterations are made."),
              told);

          StoredModel whole = ModelFile.read(temporary.resolve("whole/model.safetensors"));
          StoredModel parts = ModelFile.read(temporary.resolve("parts/model.safetensors"));
          assertEquals(whole.weights(), parts.weights());
          assertEquals(6, whole.description().provenance().iterations());
          assertEquals(ConfigFile.settings(config), whole.description().provenance().settings());
          assertEquals(config.model(), whole.description().spec());
          assertEquals(config.langevinSteps(), whole.description().langevinSteps());
          try (CdrlModel model = CdrlModel.of(whole.description(), whole.weights(), runtime)) {
            assertEquals(whole.weights(), model.weights());
          }

          Metrics wholeMetrics = Metrics.read(temporary.resolve("whole/metrics.csv"));
          Metrics partMetrics = Metrics.read(temporary.resolve("parts/metrics.csv"));
          assertEquals(TrainingMetrics.columns(3), wholeMetrics.table().columnNames());
          assertEquals(3, wholeMetrics.table().rowCount());
          for (String column : List.of("iteration", "energy_loss", "displacement_level_2")) {
            double[] expected = wholeMetrics.column(column);
            double[] actual = partMetrics.column(column);
            assertEquals(expected.length, actual.length);
            for (int i = 0; i < expected.length; i++) {
              assertEquals(expected[i], actual[i], column);
            }
          }
          assertTrue(Files.size(temporary.resolve("whole/samples/4.png")) > 0);
          assertTrue(Files.size(temporary.resolve("whole/samples/4-levels.png")) > 0);
          assertEquals(tensors, TestRuntime.tensors(runtime.manager()));
        });
  }

  @Test
  void theLastIterationHasARowOfMetricsHoweverTheRunEnds() {
    TestRuntime.onLane(
        runtime -> {
          TrainingConfig seven = TestTraining.pointConfig(7, 1e-3);
          List<String> told = new ArrayList<>();
          Path run = temporary.resolve("odd");
          try (RunFolder folder = create("odd")) {
            run(seven, TestTraining.points(), folder, runtime, FOREVER, 3, told);
          }
          assertArrayEquals(
              new double[] {2, 3}, Metrics.read(run.resolve("metrics.csv")).column("iteration"));
          assertEquals(3, RunSummary.of(run).iteration());
          assertTrue(RunSummary.of(run).iterationsPerSecond() > 0);
          try (RunFolder folder = RunFolder.open(run)) {
            run(seven, TestTraining.points(), folder, runtime, FOREVER, -1, told);
            // Nothing is left to do, so nothing is written either.
            run(seven, TestTraining.points(), folder, runtime, FOREVER, -1, told);
          }
          assertArrayEquals(
              new double[] {2, 3, 4, 6, 7},
              Metrics.read(run.resolve("metrics.csv")).column("iteration"));
          try (RunFolder folder = create("whole")) {
            run(seven, TestTraining.points(), folder, runtime, FOREVER, -1, told);
          }
          assertEquals(
              ModelFile.read(temporary.resolve("whole/model.safetensors")).weights(),
              ModelFile.read(run.resolve("model.safetensors")).weights());
        });
  }

  @Test
  void theTimeLimitEndsARunWithACheckpoint() {
    TestRuntime.onLane(
        runtime -> {
          try (RunFolder folder = create("short")) {
            assertEquals(
                TrainingRun.Ending.TIME_IS_UP,
                run(
                    TestTraining.pointConfig(6, 1e-3),
                    TestTraining.points(),
                    folder,
                    runtime,
                    Duration.ZERO,
                    -1,
                    new ArrayList<>()));
            assertEquals(List.of(0L), folder.checkpoints().iterations());
          }
        });
  }

  @Test
  void aRunThatCannotWriteSaysWhyInItsLogAndKnowsItsGoal() {
    TestRuntime.onLane(
        runtime -> {
          RunFolder folder = create("blocked");
          Files.createDirectory(folder.path().resolve("model.safetensors"));
          try (folder) {
            String reason =
                assertThrows(
                        CdrlException.class,
                        () ->
                            run(
                                TestTraining.pointConfig(6, 1e-3),
                                TestTraining.points(),
                                folder,
                                runtime,
                                FOREVER,
                                -1,
                                new ArrayList<>()))
                    .getMessage();
            assertTrue(
                Files.readString(folder.path().resolve("log.txt"))
                    .endsWith("Ended because of this: " + reason + "\n"));
          }
          assertTrue(
              Files.readString(folder.path().resolve("state.json"))
                  .contains("\"stopped\",\"goal\":6"));
        });
  }

  @Test
  void aHopelessRunGoesBackAndThenEndsInASentence() {
    TestRuntime.onLane(
        runtime -> {
          int tensors = TestRuntime.tensors(runtime.manager());
          List<String> told = new ArrayList<>();
          Path wild = temporary.resolve("wild");
          try (RunFolder folder = create("wild")) {
            run(
                TestTraining.pointConfig(2, 1e-3),
                TestTraining.points(),
                folder,
                runtime,
                FOREVER,
                -1,
                told);
            Map<String, HostTensor> good = Checkpoint.read(folder.checkpoints().file(2)).tensors();
            byte[] model = Files.readAllBytes(folder.model());
            told.clear();
            CdrlException failure =
                assertThrows(
                    CdrlException.class,
                    () ->
                        run(
                            TestTraining.pointConfig(50, 1e36),
                            TestTraining.points(),
                            folder,
                            runtime,
                            FOREVER,
                            -1,
                            told));
            assertTrue(
                failure.getMessage().startsWith("Training diverged at iteration "),
                failure.getMessage());
            assertTrue(failure.getMessage().contains("after 2 restarts"), failure.getMessage());
            assertFalse(told.contains(failure.getMessage()), "it would be said twice");
            assertTrue(Files.readString(wild.resolve("log.txt")).contains(failure.getMessage()));
            double[] rows = Metrics.read(wild.resolve("metrics.csv")).column("iteration");
            assertTrue(
                failure
                    .getMessage()
                    .startsWith(
                        "Training diverged at iteration " + (long) rows[rows.length - 1] + " "),
                "the iteration that ended the run has a row");
            assertEquals(
                List.of(
                    "Going back to iteration 2 with learning rates times 0.5 and fresh noise"
                        + " (restart 1 of 2).",
                    "Going back to iteration 0 with learning rates times 0.25 and fresh noise"
                        + " (restart 2 of 2)."),
                told.stream().filter(sentence -> sentence.startsWith("Going back")).toList());
            assertEquals(List.of(0L), folder.checkpoints().iterations());
            assertArrayEquals(model, Files.readAllBytes(folder.model()));
            List<Path> kept;
            try (Stream<Path> files = Files.walk(wild.resolve("divergence"))) {
              kept = files.filter(file -> file.endsWith("2.safetensors")).toList();
            }
            assertEquals(1, kept.size(), "a checkpoint that was given up is set aside");
            try (Stream<Path> evidence = Files.list(wild.resolve("divergence"))) {
              assertEquals(
                  1
                      + told.stream()
                          .filter(sentence -> sentence.startsWith("Training diverged"))
                          .count(),
                  evidence.count(),
                  "no evidence replaces another");
            }
            assertEquals(good, Checkpoint.read(kept.get(0)).tensors());
          }
          assertEquals(tensors, TestRuntime.tensors(runtime.manager()));
        });
  }

  /** Proposals that jump about make energies and gradients explode within some dozen iterations. */
  @Test
  void aRunThatDivergesIsBroughtBackAndFinishes() {
    TestRuntime.onLane(
        runtime -> {
          TrainingConfig wild =
              ConfigFile.parse(
                  """
                  name: wild
                  data: {kind: checkerboard, points: 500}
                  model:
                    energy: {channels: 16, multipliers: [1, 1]}
                    initializer: {channels: 64, embedding: 16}
                  schedule: {levels: 3}
                  langevin: {steps: 5}
                  training:
                    {iterations: 120, batch: 64, energyRate: 1, energyWarmup: 0,
                    initializerRate: 1, initializerWarmup: 0}
                  guard: {restarts: 10, rateFactor: 0.005, patience: 3}
                  output: {logEvery: 10, sampleEvery: 0, checkpointEvery: 20}
                  compute: {kernel: fused, precision: float32}
                  """,
                  "test",
                  List.of());
          List<String> told = new ArrayList<>();
          try (RunFolder folder = create("brought-back")) {
            assertEquals(
                TrainingRun.Ending.FINISHED,
                run(wild, TestTraining.points(), folder, runtime, FOREVER, -1, told));
          }
          Path run = temporary.resolve("brought-back");
          assertTrue(
              told.stream().anyMatch(sentence -> sentence.startsWith("Training diverged")),
              told.toString());
          assertTrue(Files.readString(run.resolve("log.txt")).contains("Going back to iteration"));
          Metrics metrics = Metrics.read(run.resolve("metrics.csv"));
          double[] restarts = metrics.column("restarts");
          assertTrue(restarts[restarts.length - 1] > 0);
          double[] iterations = metrics.column("iteration");
          for (int i = 1; i < iterations.length; i++) {
            assertTrue(iterations[i] > iterations[i - 1], "rows of a failed attempt stay away");
          }
          try (Stream<Path> evidence = Files.list(run.resolve("divergence"))) {
            for (Path folder : evidence.toList()) {
              JsonObject report =
                  JsonParser.parseString(Files.readString(folder.resolve("report.json")))
                      .getAsJsonObject();
              assertTrue(report.has("reason"));
              assertTrue(report.has("energy_difference"));
              assertFalse(report.has("iterations_per_second"), "one iteration has no speed");
              assertFalse(report.has("sample_distance"), "no samples were compared");
              assertTrue(Files.exists(folder.resolve("metrics.csv")));
            }
          }
        });
  }
}
