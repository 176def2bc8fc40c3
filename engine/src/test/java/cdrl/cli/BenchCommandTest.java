package cdrl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.model.ImageModelSpec;
import cdrl.model.PointModelSpec;
import cdrl.runtime.CdrlException;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchCommandTest {
  private static final String TINY = "image-8:channels=4,multipliers=1-2";

  @ParameterizedTest
  @ValueSource(strings = {"langevin", "train", "sample"})
  void timesAllKernelsInTurn(String what) {
    JsonObject result =
        Program.run(
                "bench",
                what,
                "--spec",
                TINY,
                "--batch",
                "2",
                "--rounds",
                "2",
                "--seed",
                "1",
                "--json")
            .json();
    assertEquals(what, result.get("what").getAsString());
    assertEquals(1, result.get("seed").getAsLong());
    assertEquals(4, result.getAsJsonArray("kernels").size());
    double first = 0;
    for (JsonElement element : result.getAsJsonArray("kernels")) {
      JsonObject kernel = element.getAsJsonObject();
      double milliseconds = kernel.get("millisecondsPerUnit").getAsDouble();
      first = first == 0 ? milliseconds : first;
      assertEquals(2, kernel.getAsJsonArray("secondsOfRounds").size());
      assertEquals(first / milliseconds, kernel.get("ratio").getAsDouble(), 1e-9);
      assertEquals(what.equals("langevin"), !kernel.get("shareOfPeak").isJsonNull());
    }
  }

  @Test
  void tellsWhatARunCostsBesideItsIterations(@TempDir Path folder) throws IOException {
    String config =
        Files.writeString(
                folder.resolve("c.yaml"),
                """
                data: {kind: rings, points: 100}
                model:
                  energy: {channels: 8, multipliers: [1]}
                  initializer: {channels: 64, embedding: 8}
                schedule: {levels: 2}
                langevin: {steps: 2}
                training: {batch: 4}
                output: {logEvery: 10, sampleEvery: 0, sampleCount: 5, checkpointEvery: 100}
                """)
            .toString();
    JsonObject found =
        Program.run("bench", "run", "--config", config, "--rounds", "2", "--json").json();
    assertEquals(24, found.get("iterations").getAsLong());
    double iteration = found.get("iterationSeconds").getAsDouble();
    double beside =
        found.get("rowSeconds").getAsDouble() / 10
            + found.get("checkpointSeconds").getAsDouble() / 100;
    assertEquals(beside / (iteration + beside), found.get("overhead").getAsDouble(), 1e-9);
    assertTrue(found.get("chainSeconds").getAsDouble() > 0);
    assertTrue(found.get("sheetSeconds").getAsDouble() > 0);
    String out = Program.run("bench", "run", "--config", config, "--rounds", "1").success();
    assertTrue(out.contains("of what the chains alone would allow"), out);
    Program.run("bench", "run").isWrongUsage("--config");
    Program.run("bench", "train", "--config", config).isWrongUsage("--config");
    Program.run("bench", "run", "--config", "nothing").failsWith("'nothing'");
  }

  @Test
  void saysWhetherKernelsAgree() {
    Program.Result result =
        Program.run("bench", "agreement", "--spec", TINY, "--samples", "20", "--seed", "1");
    assertTrue(result.out().contains("over 20 samples"), result.out());
  }

  @Test
  void watchesMemory() {
    String out =
        Program.run(
                "bench",
                "memory",
                "--spec",
                "points:width=8",
                "--runs",
                "51",
                "--iterations",
                "51",
                "--seed",
                "1")
            .success();
    assertTrue(out.contains("51 training iterations"), out);
  }

  @Test
  void refusesWhatItCannotMeasure() {
    Program.run("bench", "everything").isWrongUsage("everything");
    Program.run("bench", "train", "--spec", TINY, "--model", "faces32").isWrongUsage("--spec");
    Program.run("bench", "train", "--rounds", "0").isWrongUsage("--rounds");
    Program.run("bench", "agreement", "--spec", "points").failsWith("images");
    Program.run("bench", "train", "--spec", "image-32:chanels=3").failsWith("chanels");
  }

  @Test
  void networksInOneWord() {
    ImageModelSpec images =
        (ImageModelSpec) NetworkSpec.parse("image-64:channels=16,blocks=2,multipliers=1-2-4");
    assertEquals(64, images.resolution());
    assertEquals(new ImageModelSpec.Energy(16, List.of(1, 2, 4), 2), images.energy());
    assertEquals(48, ((PointModelSpec) NetworkSpec.parse("points:width=48")).width());
    ImageModelSpec paper = (ImageModelSpec) NetworkSpec.parse("cifar10");
    assertEquals(new ImageModelSpec.Energy(128, List.of(1, 2, 2, 2), 8), paper.energy());
    assertEquals(3, paper.initializer().blocks());
    for (String wrong :
        List.of(
            "",
            "image-",
            "image-32:",
            "image-32:blocks",
            "image-32:blocks=",
            "image-32:blocks=1-2",
            "image-32:blocks=1,blocks=2",
            "image-4:blocks=1",
            "points:width=7",
            "image-32:blocks=x")) {
      assertThrows(CdrlException.class, () -> NetworkSpec.parse(wrong), wrong);
    }
  }
}
