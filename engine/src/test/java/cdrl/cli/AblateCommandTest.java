package cdrl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.data.Pictures;
import cdrl.runtime.HostTensor;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AblateCommandTest {
  private static final String TINY =
      """
      name: tiny
      data: {kind: checkerboard, points: 100}
      model:
        energy: {channels: 8, multipliers: [1]}
        initializer: {channels: 64, embedding: 8}
      schedule: {levels: 3}
      langevin: {steps: 3}
      training: {iterations: 2, batch: 4}
      output: {logEvery: 1, sampleEvery: 0}
      """;

  @TempDir private Path folder;

  private String[] command(String text, String... more) throws IOException {
    String config = Files.writeString(folder.resolve("c.yaml"), text).toString();
    String[] all = new String[more.length + 6];
    all[0] = "ablate";
    all[1] = config;
    all[2] = "--run";
    all[3] = folder.resolve("runs").toString();
    all[4] = "-n";
    all[5] = "20";
    System.arraycopy(more, 0, all, 6, more.length);
    return all;
  }

  private Program.Result ablate(String text, String... more) throws IOException {
    return Program.run(command(text, more));
  }

  @Test
  void allVariantsStandBesideThePublishedFigures() throws IOException {
    JsonObject result = ablate(TINY, "--json").json();
    assertTrue(result.get("finished").getAsBoolean());
    JsonArray rows = result.getAsJsonArray("rows");
    List<String> names =
        rows.asList().stream()
            .map(row -> row.getAsJsonObject().get("variant").getAsString())
            .toList();
    assertEquals(
        List.of(
            "full",
            "drl",
            "no-initializer",
            "no-variance-reduction",
            "predicts-clean",
            "predicts-noise",
            "drl-t8",
            "learns-from-data",
            "levels-2",
            "steps-2",
            "steps-6"),
        names);
    for (int i = 0; i < rows.size(); i++) {
      JsonObject row = rows.get(i).getAsJsonObject();
      double value = row.get("value").getAsDouble();
      assertTrue(value > 0 && value <= 1, row.toString());
      assertEquals(2, row.get("iterations").getAsLong());
      assertTrue(Files.exists(folder.resolve("runs").resolve(names.get(i))), names.get(i));
    }
    assertEquals("9.58", rows.get(1).getAsJsonObject().get("published").getAsString());
    assertTrue(rows.get(8).getAsJsonObject().get("published").isJsonNull(), "T is not the paper's");
    String text = Files.readString(folder.resolve("runs/table.txt"));
    for (String words : List.of("theirs", "CIFAR-10", "total variation", "as in table 10")) {
      assertTrue(text.contains(words), text);
    }
    assertFalse(text.contains("interval"), "the densities are compared exactly");
    assertTrue(text.contains("one seed"), text);
    assertTrue(text.contains("DRL, the method before, 6 levels"), text);
    assertEquals(12, Files.readAllLines(folder.resolve("runs/table.csv")).size());
    if (!result.get("plot").isJsonNull()) {
      HostTensor plot = Pictures.read(folder.resolve("runs/table.png"), 3);
      assertEquals(1100, plot.shape()[2]);
    }
    String drl = Files.readString(folder.resolve("runs/drl/config.yaml"));
    for (String setting :
        List.of("cooperative: false", "varianceReduction: false", "kind: drl", "steps: 6")) {
      assertTrue(drl.contains(setting), drl);
    }

    // Again: nothing is trained, the figures are the same.
    Map<String, Object> before = times();
    JsonObject again = ablate(TINY, "--json").json();
    assertEquals(result.get("rows"), again.get("rows"));
    assertEquals(before, times());
  }

  private Map<String, Object> times() throws IOException {
    return Map.of(
        "full", Files.getLastModifiedTime(folder.resolve("runs/full/model.safetensors")),
        "drl", Files.getLastModifiedTime(folder.resolve("runs/drl/model.safetensors")));
  }

  @Test
  void moreSeedsAreTrainedLaterAndShowHowFarChanceGoes() throws IOException {
    JsonObject one = ablate(TINY, "--variants", "full,steps-2", "--json").json();
    FileTime before = Files.getLastModifiedTime(folder.resolve("runs/full/model.safetensors"));
    JsonObject three = ablate(TINY, "--variants", "full,steps-2", "--seeds", "3", "--json").json();
    assertEquals(before, Files.getLastModifiedTime(folder.resolve("runs/full/model.safetensors")));
    assertEquals(3, three.get("seeds").getAsInt());
    assertEquals(2, three.getAsJsonArray("rows").size());
    for (int i = 0; i < 2; i++) {
      JsonObject row = three.getAsJsonArray("rows").get(i).getAsJsonObject();
      double alone = one.getAsJsonArray("rows").get(i).getAsJsonObject().get("value").getAsDouble();
      double low = row.get("low").getAsDouble();
      double high = row.get("high").getAsDouble();
      assertTrue(low <= alone && alone <= high && low < high, row + " against " + alone);
      assertTrue(row.get("value").getAsDouble() > low, row.toString());
    }
    String log = Files.readString(folder.resolve("runs/steps-2-seed-2/log.txt"));
    assertTrue(log.contains("100 points, seed 2"), log);
    String config = Files.readString(folder.resolve("runs/steps-2-seed-2/config.yaml"));
    assertTrue(config.contains("seed: 2") && config.contains("steps: 2"), config);
    String text = Files.readString(folder.resolve("runs/table.txt"));
    assertTrue(text.contains("lowest to highest of 3 seeds"), text);
    assertFalse(text.contains("one seed"), text);
    ablate(TINY, "--seeds", "0").isWrongUsage("--seeds");
  }

  @Test
  void whatWasCutOffGoesOn() throws IOException {
    Program.Result first =
        ablate(TINY, "--variants", "full,steps-2", "--iterations", "100000", "--time-limit", "1s");
    assertTrue(first.success().contains("the same command goes on"), first.out());
    assertFalse(Files.exists(folder.resolve("runs/table.csv")));
    ablate(TINY, "--variants", "full", "--iterations", "3").failsWith("other settings", "--run");
  }

  @Test
  void theFolderOfASingleRunIsRefused() throws IOException {
    String config = Files.writeString(folder.resolve("c.yaml"), TINY).toString();
    Program.run("train", config, "--run", folder.resolve("runs").toString()).success();
    ablate(TINY, "--variants", "full").failsWith("is that of a single run", "--run");
    assertFalse(Files.exists(folder.resolve("runs/full")));
  }

  @Test
  void imagesAreComparedByFeatures() throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    for (int i = 0; i < 6; i++) {
      float[] values = new float[64];
      values[i] = 1;
      Pictures.write(
          pictures.resolve(i + ".png"), new HostTensor(new long[] {1, 8, 8}, values), Map.of());
    }
    String text =
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
            .replace("PATH", "'" + pictures + "'");
    String out = ablate(text, "--variants", "full,no-initializer").success();
    assertTrue(out.contains("Fréchet distance, small random network"), out);
    assertTrue(out.contains("ours (95 % interval)"), out);
  }

  @Test
  void aVariantThatDivergesIsSaidToHaveDiverged() throws IOException {
    String wild = TINY + "guard: {restarts: 0, patience: 1, driftToNoise: 0.1}\n";
    JsonObject result = ablate(wild, "--variants", "full", "--iterations", "500", "--json").json();
    JsonObject row = result.getAsJsonArray("rows").get(0).getAsJsonObject();
    assertTrue(row.get("diverged").getAsBoolean(), row.toString());
    assertTrue(row.get("value").isJsonNull());
    assertTrue(Files.readString(folder.resolve("runs/full-diverged.txt")).contains("diverged"));
    assertTrue(Files.readString(folder.resolve("runs/table.txt")).contains("diverged"));
  }

  @Test
  void whatCannotBeComparedIsRefused() throws IOException {
    ablate(TINY, "--variants", "ful").failsWith("'ful'", "full");
    ablate(TINY + "\n# \n", "--set", "training.cooperative=false").failsWith("leaves out a part");
    ablate(TINY, "--set", "training.bach=1").failsWith("training.batch");
    ablate(TINY, "-n", "2").isWrongUsage("-n");
    assertFalse(Files.exists(folder.resolve("runs")));
  }
}
