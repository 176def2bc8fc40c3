package cdrl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.data.Pictures;
import cdrl.runtime.HostTensor;
import cdrl.store.Checkpoint;
import cdrl.store.ModelFile;
import cdrl.store.StoredModel;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
  private static final String TINY =
      """
      name: tiny
      data: {kind: checkerboard, points: 100}
      model:
        energy: {channels: 8, multipliers: [1]}
        initializer: {channels: 64, embedding: 8}
      schedule: {levels: 2}
      langevin: {steps: 2}
      training: {iterations: 4, batch: 5}
      output: {logEvery: 2, sampleEvery: 2, sampleCount: 5, checkpointEvery: 2}
      """;

  @TempDir private Path folder;

  private String config(String text) throws IOException {
    return Files.writeString(folder.resolve("c.yaml"), text).toString();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private Program.Result train(String text, String... more) throws IOException {
    return Program.run(
        Stream.concat(Stream.of("train", config(text)), Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void aRunFolderHoldsEverythingAndCanGoOn() throws IOException {
    JsonObject first = train(TINY, "--run", path("run"), "--seed", "7", "--json").json();
    assertEquals("finished", first.get("ending").getAsString());
    assertEquals(4, first.get("iteration").getAsLong());
    assertEquals(7, first.get("seed").getAsLong());
    for (String name :
        List.of(
            "config.yaml",
            "provenance.json",
            "metrics.csv",
            "samples/2.png",
            "samples/4.png",
            "checkpoints/4.safetensors",
            "model.safetensors",
            "log.txt")) {
      assertTrue(Files.exists(folder.resolve("run").resolve(name)), name);
    }
    assertEquals(3, Files.readAllLines(folder.resolve("run/metrics.csv")).size());
    assertTrue(Files.readString(folder.resolve("run/config.yaml")).contains("seed: 7"));

    JsonObject second =
        Program.run("train", "--resume", path("run"), "--iterations", "6", "--json").json();
    assertEquals(6, second.get("iteration").getAsLong());
    JsonObject listed = Program.run("runs", folder.toString(), "--json").json();
    JsonObject run = listed.getAsJsonArray("runs").get(0).getAsJsonObject();
    assertEquals("finished", run.get("state").getAsString());
    assertEquals(6, run.get("iteration").getAsLong());
    assertEquals(6, run.get("goal").getAsLong());

    JsonObject info = Program.run("info", path("run"), "--json").json();
    assertEquals("2", info.getAsJsonObject("settings").get("schedule.levels").getAsString());
    Program.run("sample", path("run"), "-n", "2", "-o", path("points.csv")).success();
  }

  @Test
  void aRunWithNothingLeftToDoSaysSo() throws IOException {
    train(TINY, "--run", path("run")).success();
    for (String[] more : new String[][] {{}, {"--iterations", "4"}}) {
      String[] command =
          Stream.concat(Stream.of("train", "--resume", path("run")), Stream.of(more))
              .toArray(String[]::new);
      Program.Result again = Program.run(command);
      assertTrue(again.success().contains("is finished, all 4 iterations are made"), again.out());
      assertFalse(again.out().contains("trained for"), again.out());
      assertEquals("", again.errors());
    }
    Program.run("train", "--resume", path("run"), "--iterations", "2")
        .failsWith("has made 4 iterations already", "iteration 2", "--iterations");
    JsonObject json = Program.run("train", "--resume", path("run"), "--json").json();
    assertEquals("finished", json.get("ending").getAsString());
    assertEquals(4, json.get("iteration").getAsLong());
    String listed = Program.run("runs", path("run")).success();
    List<String> lines = listed.lines().toList();
    assertTrue(lines.get(0).startsWith("run  state     iteration  of  per second"), listed);
    assertTrue(lines.get(1).startsWith("run  finished          4   4  "), listed);
    assertTrue(listed.contains("\nenergy loss  "), listed);
    assertTrue(listed.contains("\nlevel  "), listed);
    List<String> all = Program.run("runs", folder.toString()).success().lines().toList();
    assertEquals(lines.subList(0, 2), all, "a line for each run");
  }

  @Test
  void aRunInPartsIsTheSameAsOneInOne() throws IOException {
    train(TINY, "--run", path("whole"), "--iterations", "6").success();
    train(TINY, "--run", path("parts")).success();
    Program.run("train", "--resume", path("parts"), "--iterations", "6").success();
    assertEquals(
        Program.run("sample", path("whole"), "-n", "3", "--seed", "1", "--raw", path("w.npy"))
            .code(),
        Program.run("sample", path("parts"), "-n", "3", "--seed", "1", "--raw", path("p.npy"))
            .code());
    assertEquals(
        -1, Files.mismatch(folder.resolve("w.npy"), folder.resolve("p.npy")), "other samples");
  }

  private static String networks(String classes) {
    return """
        name: images
        data: {kind: images, path: PATH, resolution: 8, channels: 1}
        CLASSES
        model:
          energy: {channels: 4, multipliers: [1], blocks: 1}
          initializer: {channels: 32, multipliers: [1], blocks: 1, attention: []}
        schedule: {levels: 2}
        langevin: {steps: 1}
        training: {iterations: 2, batch: 2}
        output: {sampleEvery: 0}
        """
        .replace("CLASSES", classes);
  }

  @Test
  void aRunStartsFromAnotherModel() throws IOException {
    Path data = Files.createDirectory(folder.resolve("pictures"));
    for (String name : List.of("cat", "dog")) {
      Files.createDirectory(data.resolve(name));
      float[] values = new float[64];
      values[name.charAt(0) % 64] = 1;
      Pictures.write(
          data.resolve(name).resolve("1.png"),
          new HostTensor(new long[] {1, 8, 8}, values),
          Map.of());
    }
    String path = "'" + data + "'";
    train(networks("").replace("PATH", path), "--run", path("first")).success();
    String told = networks("labels: {kind: classes, classes: 2}").replace("PATH", path);
    String start = "training.start=" + path("first");
    Program.Result second = train(told, "--run", path("second"), "--set", start);
    second.success();
    assertTrue(second.errors().contains("those of the model 'images' after 2 iterations"));
    JsonObject info = Program.run("info", path("second"), "--json").json();
    JsonObject origin = info.getAsJsonArray("origins").get(0).getAsJsonObject();
    assertEquals(
        Program.run("info", path("first"), "--json").json().get("checksum"),
        origin.get("checksum"));
    assertEquals(2, origin.get("iterations").getAsLong());
    assertEquals("first", info.getAsJsonObject("settings").get("training.start").getAsString());

    // At iteration 0 the weights are those of the start; classes come in addition.
    StoredModel first = ModelFile.read(folder.resolve("first/model.safetensors"));
    Checkpoint begun = Checkpoint.read(folder.resolve("second/checkpoints/0.safetensors"));
    first
        .weights()
        .forEach(
            (name, tensor) -> {
              assertEquals(tensor, begun.tensors().get("live." + name), name);
              assertEquals(tensor, begun.tensors().get("average." + name), name);
            });
    assertTrue(begun.tensors().containsKey("live.energy.classes.weight"));

    // Once begun, a run needs its start no more.
    train(told, "--run", path("third"), "--set", start, "--iterations", "1").success();
    Files.move(folder.resolve("first"), folder.resolve("moved"));
    Program.run("train", "--resume", path("third"), "--iterations", "2").success();
    assertEquals(
        ModelFile.read(folder.resolve("second/model.safetensors")).weights(),
        ModelFile.read(folder.resolve("third/model.safetensors")).weights());
  }

  @Test
  void aStartThatDoesNotFitIsRefusedBeforeAnythingStarts() throws IOException {
    train(TINY, "--run", path("first")).success();
    String start = "training.start=" + path("first");
    train(TINY, "--run", path("run"), "--set", start, "--set", "model.energy.channels=16")
        .failsWith("cannot start from the model 'tiny'", "energy network has the width 8");
    train(TINY, "--run", path("run"), "--set", "training.start=" + path("none.safetensors"))
        .failsWith("none.safetensors");
    train(TINY, "--run", path("run"), "--set", "training.start=nobody").failsWith("'nobody'");
    Path model = folder.resolve("first/model.safetensors");
    StoredModel stored = ModelFile.read(model);
    Map<String, HostTensor> lacking = new LinkedHashMap<>(stored.weights());
    lacking.remove("energy.stem.bias");
    ModelFile.write(model, stored.description(), lacking);
    train(TINY, "--run", path("run"), "--set", start).failsWith("lacks", "energy.stem.bias");
    assertFalse(Files.exists(folder.resolve("run")));
    ModelFile.write(model, stored.description(), stored.weights());
    train(TINY, "--run", path("run"), "--set", start).success();
    Program.run("train", "--resume", path("run"), "--set", "training.start=faces32")
        .failsWith("cannot change 'training.start'");
  }

  @Test
  void aRunThatWasCutOffBeforeItsFirstCheckpointWantsTheSameStart() throws IOException {
    train(TINY, "--run", path("first")).success();
    String start = "training.start=" + path("first");
    train(TINY, "--run", path("run"), "--set", start, "--iterations", "2").success();
    try (Stream<Path> checkpoints = Files.list(folder.resolve("run/checkpoints"))) {
      for (Path checkpoint : checkpoints.toList()) {
        Files.delete(checkpoint);
      }
    }
    Path model = folder.resolve("first/model.safetensors");
    StoredModel stored = ModelFile.read(model);
    Map<String, HostTensor> expected =
        ModelFile.read(folder.resolve("run/model.safetensors")).weights();
    Program.run("train", "--resume", path("run")).success();
    assertEquals(expected, ModelFile.read(folder.resolve("run/model.safetensors")).weights());
    try (Stream<Path> checkpoints = Files.list(folder.resolve("run/checkpoints"))) {
      for (Path checkpoint : checkpoints.toList()) {
        Files.delete(checkpoint);
      }
    }
    float[] changed = stored.weights().get("energy.stem.bias").values().clone();
    changed[0] += 1;
    Map<String, HostTensor> other = new LinkedHashMap<>(stored.weights());
    other.put("energy.stem.bias", new HostTensor(new long[] {changed.length}, changed));
    ModelFile.write(model, stored.description(), other);
    Program.run("train", "--resume", path("run")).failsWith("not the one that this run began with");
  }

  @Test
  void pointsComeFromShapesFilesAndPictures() throws IOException {
    for (String shape : List.of("rings", "moons", "spirals", "mixture")) {
      train(TINY.replace("checkerboard", shape), "--run", path(shape)).success();
      assertTrue(
          Files.readString(folder.resolve(shape + "/provenance.json")).contains(shape + ", 100"));
    }
    Path csv = Files.writeString(folder.resolve("p.csv"), "x,y\n1,2\n3,4\n-1,0\n");
    String data = "{kind: csv, path: '" + csv + "'}";
    train(TINY.replace("{kind: checkerboard, points: 100}", data), "--run", path("csv")).success();
    float[] grey = new float[64];
    Path picture = folder.resolve("p.png");
    Pictures.write(picture, new HostTensor(new long[] {1, 8, 8}, grey), Map.of());
    data = "{kind: picture, path: '" + picture + "', points: 50}";
    train(TINY.replace("{kind: checkerboard, points: 100}", data), "--run", path("pic")).success();
    assertFalse(
        Program.run("info", path("csv")).success().contains(folder.toString()),
        "models must not tell where their data lay");
    train(TINY.replace("checkerboard", "csv"), "--run", path("none")).failsWith("data.path");
    train(TINY.replace("checkerboard", "ring"), "--run", path("none")).failsWith("rings");
    Program.run("train", "--resume", path("csv"), "--iterations", "5").success();
  }

  @Test
  void wrongSettingsAreNamedBeforeAnythingStarts() throws IOException {
    train(TINY.replace("batch", "bach"), "--run", path("run"))
        .failsWith("c.yaml, line 8", "'training.bach'", "'training.batch'");
    train(TINY, "--run", path("run"), "--set", "training.bach=3")
        .failsWith("--set", "'training.batch'");
    train(TINY, "--run", path("run"), "--set", "training.batch=0")
        .failsWith("training.batch", "from 1 to");
    train(TINY, "--run", path("run"), "--iterations", "0").failsWith("training.iterations");
    train("just words", "--run", path("run")).failsWith("c.yaml");
    Program.run("train", "smoek").failsWith("'smoek'", "'smoke'");
    Program.run("train", "faces32").failsWith("data.path is missing");
    assertFalse(Files.exists(folder.resolve("run")));
  }

  @Test
  void optionsThatDoNotFitAreWrongUsage() {
    Program.run("train").isWrongUsage("configuration");
    Program.run("train", "smoke", "--resume", "x").isWrongUsage("configuration");
    Program.run("train", "--run", "y", "--resume", "x").isWrongUsage("--resume");
    Program.run("train", "smoke", "--time-limit", "soon").isWrongUsage("'soon'");
    Program.run("train", "smoke", "--time-limit", "0s").isWrongUsage("longer");
    Program.run("train", "smoke", "--iterations", "many").isWrongUsage("--iterations");
  }

  @Test
  void unusableDataAreRefused() throws IOException {
    Path data = Files.createDirectory(folder.resolve("pictures"));
    Program.run("train", "faces32", "--set", "data.path=" + path("none")).failsWith("none");
    Program.run("train", "faces32", "--set", "data.path=" + data).failsWith("pictures");
    Files.writeString(data.resolve("a.png"), "no picture");
    Program.run("train", "faces32", "--set", "data.path=" + data).failsWith("pictures");
  }

  @Test
  void damagedPicturesAreLeftOut() throws IOException {
    Path data = Files.createDirectory(folder.resolve("pictures"));
    Files.writeString(data.resolve("bad.png"), "no picture");
    for (int i = 0; i < 3; i++) {
      float[] values = new float[64];
      values[i] = 1;
      Pictures.write(
          data.resolve(i + ".png"), new HostTensor(new long[] {1, 8, 8}, values), Map.of());
    }
    Program.Result result =
        train(
            """
            name: images
            data: {kind: images, path: PATH, resolution: 8, channels: 1}
            model:
              energy: {channels: 4, multipliers: [1], blocks: 1}
              initializer: {channels: 32, multipliers: [1], blocks: 1, attention: []}
            schedule: {levels: 2}
            langevin: {steps: 1}
            training: {iterations: 1, batch: 2}
            """
                .replace("PATH", "'" + data + "'"),
            "--run",
            path("run"));
    result.success();
    assertTrue(result.errors().contains("bad.png"), result.errors());
    assertFalse(
        Program.run("info", path("run")).success().contains(folder.toString()),
        "models must not tell where their data lay");
  }

  @Test
  void runFoldersAreNotMixedUp() throws IOException {
    train(TINY, "--run", path("run")).success();
    train(TINY, "--run", path("run")).failsWith("already holds a run");
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("notes.txt"), "mine");
    train(TINY, "--run", other.toString()).failsWith("not empty");
    Program.run("train", "--resume", other.toString()).failsWith("not that of a run");
    Program.run("train", "--resume", path("nowhere")).failsWith("nowhere");
    Program.run("train", "--resume", path("run"), "--set", "training.batch=9")
        .failsWith("cannot change 'training.batch'");
    Program.run("runs", path("nowhere")).failsWith("nowhere");
    assertTrue(Program.run("runs", other.toString()).success().contains("no training runs"));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void anInterruptionWritesACheckpoint() throws IOException, InterruptedException {
    Process process =
        Program.start("train", config(TINY), "--iterations", "1000000", "--run", path("run"));
    try (BufferedReader output = process.inputReader()) {
      StringBuilder seen = new StringBuilder();
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        seen.append(line).append(File.separatorChar);
        if (line.contains("Starting with")) {
          process.toHandle().destroy(); // SIGTERM, and the output stays open
        }
      }
      assertEquals(Main.CANCELLED, process.waitFor(), seen.toString());
      assertTrue(seen.toString().contains("Stopped on request"), seen.toString());
    }
    assertTrue(Files.exists(folder.resolve("run/model.safetensors")));
    try (Stream<Path> checkpoints = Files.list(folder.resolve("run/checkpoints"))) {
      assertTrue(
          checkpoints.anyMatch(file -> file.toString().endsWith(".safetensors")), "no checkpoint");
    }
    assertTrue(Program.run("runs", path("run")).success().contains("stopped"));
  }
}
