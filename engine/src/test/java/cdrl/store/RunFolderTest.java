package cdrl.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.model.ModelDescription;
import cdrl.model.Provenance;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  private static final ModelDescription DESCRIPTION =
      ModelFileTest.randomDescription(new Random(5));
  private static final Provenance PROVENANCE = DESCRIPTION.provenance();
  private static final List<String> COLUMNS = List.of("iteration", "loss", "iterations_per_second");

  @TempDir Path parent;

  private Path run() {
    return parent.resolve("run");
  }

  private static Checkpoint checkpoint(long iteration) {
    return new Checkpoint(
        DESCRIPTION,
        Map.of("iteration", Long.toString(iteration)),
        Map.of("w", new HostTensor(new long[] {3}, new float[] {1, 2, iteration})));
  }

  private static String sentence(org.junit.jupiter.api.function.Executable action) {
    String sentence = assertThrows(CdrlException.class, action).getMessage();
    assertFalse(sentence.contains("\n"), sentence);
    return sentence;
  }

  /** Holds a run until its input ends, or until it is killed. */
  static final class Holder {
    public static void main(String[] arguments) throws IOException {
      try (RunFolder folder = RunFolder.open(Path.of(arguments[0]))) {
        folder.start(100);
        System.out.println("held");
        while (System.in.read() >= 0) {
          // waits for the end
        }
      }
    }
  }

  private Process hold() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                run().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    assertEquals("held", reader.readLine());
    return process;
  }

  @Test
  void aRunGoesOnWhereItStopped() throws IOException {
    try (RunFolder folder = RunFolder.create(run(), "name: x\n", PROVENANCE)) {
      folder.start(500);
      assertEquals(RunState.RUNNING, RunSummary.of(run()).state());
      folder.metrics(COLUMNS, 0).append(10, 0.5, 2.25);
      folder.log("hello");
      Files.write(folder.samples(10), new byte[] {1});
      folder.checkpoints().write(10, checkpoint(10), 3, -1);
    }
    RunSummary stopped = RunSummary.of(run());
    assertEquals(RunState.STOPPED, stopped.state());
    assertEquals(10, stopped.iteration());
    assertEquals(500, stopped.goal());
    assertEquals(2.25, stopped.iterationsPerSecond());
    assertEquals(0.5, stopped.last().get("loss"));
    assertFalse(stopped.hasModel());
    try (RunFolder folder = RunFolder.open(run())) {
      assertEquals("name: x\n", folder.config());
      assertEquals(PROVENANCE, folder.provenance());
      assertEquals(checkpoint(10), folder.checkpoints().newest(s -> {}).get().checkpoint());
      folder.start(600);
      ModelFile.write(folder.model(), DESCRIPTION, ModelFileTest.WEIGHTS);
      folder.finish();
    }
    assertEquals(RunState.FINISHED, RunSummary.of(run()).state());
    assertTrue(RunSummary.of(run()).hasModel());
    assertTrue(Files.readString(run().resolve("log.txt")).matches("\\S+Z hello\n"));
    try (RunFolder folder = RunFolder.open(run())) {
      assertEquals("name: x\n", folder.config());
    }
    assertEquals(RunState.FINISHED, RunSummary.of(run()).state(), "looking changes nothing");
  }

  @Test
  void onlyEmptyFoldersBecomeRuns() throws IOException {
    Files.createDirectories(run());
    RunFolder.create(run(), "", PROVENANCE).close();
    assertTrue(
        sentence(() -> RunFolder.create(run(), "", PROVENANCE)).contains("already holds a run"));
    Path other = Files.createDirectory(parent.resolve("other"));
    Files.writeString(other.resolve("photo.jpg"), "x");
    assertTrue(sentence(() -> RunFolder.create(other, "", PROVENANCE)).contains("is not empty"));
    Path file = Files.writeString(parent.resolve("file"), "x");
    assertTrue(sentence(() -> RunFolder.create(file, "", PROVENANCE)).contains("cannot be made"));
  }

  @Test
  void otherFoldersAreNoRuns() throws IOException {
    Path other = Files.createDirectory(parent.resolve("other"));
    assertTrue(sentence(() -> RunFolder.open(other)).contains("is not that of a run"));
    assertTrue(sentence(() -> RunSummary.of(other)).contains("is not that of a run"));
    Path missing = parent.resolve("missing");
    assertTrue(sentence(() -> RunFolder.open(missing)).contains("There is no folder"));
    assertTrue(sentence(() -> RunSummary.list(missing)).contains("There is no folder"));
  }

  @Test
  void twoWritersInOneProcessAreRefused() {
    try (RunFolder folder = RunFolder.create(run(), "", PROVENANCE)) {
      assertTrue(sentence(() -> RunFolder.open(run())).contains("is being trained already"));
      assertEquals(RunState.RUNNING, RunSummary.of(folder.path()).state());
    }
    RunFolder.open(run()).close();
  }

  @Test
  void twoWritersInTwoProcessesAreRefused() throws Exception {
    RunFolder.create(run(), "", PROVENANCE).close();
    Process process = hold();
    assertTrue(sentence(() -> RunFolder.open(run())).contains("is being trained already"));
    assertEquals(RunState.RUNNING, RunSummary.of(run()).state());
    process.getOutputStream().close();
    assertEquals(0, process.waitFor());
    assertEquals(RunState.STOPPED, RunSummary.of(run()).state());
    assertEquals(100, RunSummary.of(run()).goal());
    RunFolder.open(run()).close();
  }

  @Test
  void aKilledRunHasStoppedAndGoesOn() throws Exception {
    RunFolder.create(run(), "", PROVENANCE).close();
    Process process = hold();
    process.destroyForcibly().waitFor();
    assertEquals(RunState.STOPPED, RunSummary.of(run()).state());
    RunFolder.open(run()).close();
  }

  @Test
  void onlyTheNewestCheckpointsStay() throws IOException {
    try (RunFolder folder = RunFolder.create(run(), "", PROVENANCE)) {
      CheckpointFolder checkpoints = folder.checkpoints();
      assertTrue(checkpoints.newest(s -> {}).isEmpty());
      for (long i : List.of(9L, 10L, 100L, 200L)) {
        checkpoints.write(i, checkpoint(i), 2, -1);
      }
      assertEquals(List.of(100L, 200L), checkpoints.iterations());
      assertEquals(200, checkpoints.newest(s -> {}).get().checkpoint().counter("iteration"));
      assertTrue(sentence(() -> checkpoint(1).counter("steps")).contains("has no number 'steps'"));
    }
  }

  @Test
  void damagedCheckpointsArePassedOver() throws IOException {
    try (RunFolder folder = RunFolder.create(run(), "", PROVENANCE)) {
      CheckpointFolder checkpoints = folder.checkpoints();
      for (long i = 1; i <= 3; i++) {
        checkpoints.write(i, checkpoint(i), 3, -1);
      }
      byte[] bytes = Files.readAllBytes(checkpoints.file(3));
      bytes[bytes.length - 1] ^= 1; // a value that is still finite
      Files.write(checkpoints.file(3), bytes);
      byte[] half = Files.readAllBytes(checkpoints.file(2));
      Files.write(checkpoints.file(2), Arrays.copyOf(half, half.length / 2));
      List<String> complaints = new ArrayList<>();
      assertEquals(1, checkpoints.newest(complaints::add).get().iteration());
      assertEquals(2, complaints.size());
      assertTrue(complaints.get(0).contains("iteration 3"), complaints.get(0));
      assertTrue(complaints.get(0).contains("does not fit its checksum"), complaints.get(0));
      assertEquals(1, checkpoints.newest(complaints::add).get().iteration());
      assertEquals(2, complaints.size(), "they are set aside, so nobody hears of them again");
      assertEquals(List.of(1L), checkpoints.iterations());
      assertTrue(Files.exists(run().resolve("checkpoints/3.safetensors.damaged")));
      checkpoints.write(4, checkpoint(4), 2, -1);
      assertEquals(List.of(1L, 4L), checkpoints.iterations());
      Files.write(checkpoints.file(1), new byte[0]);
      Files.write(checkpoints.file(4), new byte[0]);
      for (int i = 0; i < 2; i++) {
        assertTrue(
            sentence(() -> checkpoints.newest(s -> {})).contains("None of the 2 checkpoints"));
      }
    }
  }

  @Test
  void everyFlippedBitOfACheckpointIsNoticed() throws IOException {
    Path path = parent.resolve("c.safetensors");
    checkpoint(7).write(path);
    byte[] good = Files.readAllBytes(path);
    Path damaged = parent.resolve("d.safetensors");
    for (int i = 0; i < good.length; i++) {
      byte[] bytes = good.clone();
      bytes[i] ^= (byte) (1 << i % 8);
      Files.write(damaged, bytes);
      try {
        // Only spaces and the order of properties may change without changing the content.
        assertEquals(checkpoint(7), Checkpoint.read(damaged), "byte " + i);
      } catch (CdrlException expected) {
        assertTrue(expected.getMessage().contains("d.safetensors"), expected.getMessage());
      }
    }
  }

  @Test
  void leftoversOfAKilledWriterAreRemoved() throws IOException {
    try (RunFolder folder = RunFolder.create(run(), "", PROVENANCE)) {
      folder.checkpoints().write(5, checkpoint(5), 2, -1);
    }
    Path leftover = run().resolve("checkpoints/.6.safetensors.0-0-0.tmp");
    Files.write(leftover, new byte[10]);
    RunFolder.open(run()).close();
    assertFalse(Files.exists(leftover));
    try (Stream<Path> files = Files.list(run().resolve("checkpoints"))) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void metricsSurviveATornLine() throws IOException {
    try (RunFolder folder = RunFolder.create(run(), "", PROVENANCE)) {
      MetricsWriter writer = folder.metrics(COLUMNS, 0);
      writer.append(1, 0.25, Double.NaN);
      writer.append(2, -1e-9, 3);
      Path path = run().resolve("metrics.csv");
      Files.writeString(path, "3,0.7", StandardOpenOption.APPEND);
      Metrics torn = Metrics.read(path);
      assertEquals(COLUMNS, torn.table().columnNames());
      assertArrayEquals(new double[] {0.25, -1e-9}, torn.column("loss"));
      folder.metrics(COLUMNS, 5).append(3, 0.75, 3);
      assertEquals(
          "iteration,loss,iterations_per_second\n1,0.25,\n2,-1.0E-9,3\n3,0.75,3\n",
          Files.readString(path));
      assertArrayEquals(new double[] {1, 2, 3}, Metrics.read(path).column("iteration"));
      assertArrayEquals(new double[0], Metrics.read(path).column("other"));
    }
  }

  @Test
  void metricsGoBackToTheCheckpoint() throws IOException {
    try (RunFolder folder = RunFolder.create(run(), "", PROVENANCE)) {
      MetricsWriter writer = folder.metrics(COLUMNS, 0);
      for (int i = 1; i <= 5; i++) {
        writer.append(i, i, i);
      }
      folder.metrics(COLUMNS, 3).append(4, 40, 4);
      Metrics metrics = Metrics.read(run().resolve("metrics.csv"));
      assertArrayEquals(new double[] {1, 2, 3, 40}, metrics.column("loss"));
      assertEquals(40, new MetricsTail(run().resolve("metrics.csv")).read().last().get("loss"));
      assertTrue(
          sentence(() -> folder.metrics(List.of("step", "other"), 3))
              .contains("no table of metrics"));
      assertThrows(IllegalArgumentException.class, () -> writer.append(1, 2));
    }
  }

  @Test
  void metricsOfAnotherVersionAreBroughtToTheNewColumns() throws IOException {
    try (RunFolder folder = RunFolder.create(run(), "", PROVENANCE)) {
      folder.metrics(COLUMNS, 0).append(1, 2, 3);
      folder.metrics(COLUMNS, 1).append(2, 4, 6);
      folder.metrics(List.of("iteration", "new", "loss"), 1).append(2, 7, 8);
      assertEquals(
          "iteration,new,loss\n1,,2\n2,7,8\n", Files.readString(run().resolve("metrics.csv")));
    }
  }

  @Test
  void whatAKilledProcessLeftIsNoObstacle() throws IOException {
    Path folder = Files.createDirectories(run());
    Files.writeString(folder.resolve("provenance.json"), "{}");
    Files.writeString(folder.resolve(".config.yaml.1234.tmp"), "name");
    Files.writeString(folder.resolve("run.lock"), "");
    RunFolder.create(folder, "name: x\n", PROVENANCE).close();
    Files.writeString(folder.resolve(".model.safetensors.1234.tmp"), "half");
    Files.createDirectories(folder.resolve("checkpoints"));
    Files.writeString(folder.resolve("checkpoints/.5.safetensors.1234.tmp"), "half");
    RunFolder.open(folder).close();
    try (Stream<Path> files = Files.walk(folder)) {
      assertEquals(0, files.filter(file -> file.toString().endsWith(".tmp")).count());
    }
  }

  @Test
  void aTornHeaderIsWrittenAgain() throws IOException {
    try (RunFolder folder = RunFolder.create(run(), "", PROVENANCE)) {
      Files.writeString(run().resolve("metrics.csv"), "iterat");
      folder.metrics(COLUMNS, 0).append(1, 2, 3);
      assertEquals(
          "iteration,loss,iterations_per_second\n1,2,3\n",
          Files.readString(run().resolve("metrics.csv")));
    }
  }

  @Test
  void runsAreListedByName() throws IOException {
    for (String name : List.of("b", "a")) {
      RunFolder.create(parent.resolve(name), "", PROVENANCE).close();
    }
    Files.createDirectory(parent.resolve("c"));
    List<RunSummary> runs = RunSummary.list(parent);
    assertEquals(
        List.of("a", "b"), runs.stream().map(r -> r.folder().getFileName().toString()).toList());
    assertEquals(0, runs.get(0).iteration());
    assertTrue(Double.isNaN(runs.get(0).iterationsPerSecond()));
    assertEquals(1, RunSummary.list(parent.resolve("a")).size());
  }

  @Test
  void aDamagedStateCountsAsStopped() throws IOException {
    RunFolder.create(run(), "", PROVENANCE).close();
    for (String text : List.of("", "{", "{\"state\":\"flying\",\"goal\":1}", "[]")) {
      Files.writeString(run().resolve("state.json"), text);
      assertEquals(RunState.STOPPED, RunSummary.of(run()).state());
      RunFolder.open(run()).close();
    }
  }
}
