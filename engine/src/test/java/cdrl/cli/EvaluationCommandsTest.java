package cdrl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.data.Pictures;
import cdrl.evaluate.FeatureSet;
import cdrl.evaluate.NearestNeighbours;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationCommandsTest {
  @TempDir private Path folder;

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  /** Eight grey pictures with noise around a level. */
  private String pictures(String name, double level) throws IOException {
    Path place = Files.createDirectory(folder.resolve(name));
    for (int i = 0; i < 8; i++) {
      float[] values = new float[64];
      new RandomNumbers(i).normal(RandomNumbers.Purpose.DATA, 0, 0, values);
      for (int j = 0; j < values.length; j++) {
        values[j] = (float) (level + 0.2 * values[j]);
      }
      Pictures.write(
          place.resolve(i + ".png"), new HostTensor(new long[] {1, 8, 8}, values), Map.of());
    }
    return place.toString();
  }

  @Test
  void oodTellsDataSetsApart() throws IOException {
    String model = TestModels.images(folder);
    String own = pictures("own", -0.6);
    String other = pictures("other", 0.6);
    String[] command = {
      "ood",
      model,
      "--in",
      own,
      "--out",
      "bright:" + other,
      "--out",
      own,
      "--out",
      "noise",
      "--out",
      "constant",
      "--out",
      "interpolation",
      "--seed",
      "3",
      "--scores",
      path("s.csv"),
      "--histograms",
      path("h.csv"),
      "--heatmaps",
      path("maps"),
      "--json"
    };
    JsonObject json = Program.run(command).json();
    JsonArray sets = json.getAsJsonArray("sets");
    assertEquals(6, sets.size());
    JsonArray edges = json.getAsJsonArray("histogramEdges");
    assertEquals(
        sets.get(0).getAsJsonObject().getAsJsonArray("histogram").size() + 1, edges.size());
    for (int i = 1; i < edges.size(); i++) {
      assertTrue(edges.get(i).getAsDouble() > edges.get(i - 1).getAsDouble());
    }
    assertFalse(sets.get(0).getAsJsonObject().has("auroc"));
    JsonObject bright = sets.get(1).getAsJsonObject();
    assertEquals("bright", bright.get("set").getAsString());
    double auroc = bright.get("auroc").getAsDouble();
    assertTrue(auroc < 0.01 || auroc > 0.99, "a sum over pixels must tell these: " + auroc);
    assertTrue(bright.get("aurocLow").getAsDouble() <= auroc);
    assertTrue(bright.get("aurocHigh").getAsDouble() >= auroc);
    assertEquals(0.5, sets.get(2).getAsJsonObject().get("auroc").getAsDouble(), 1e-12);
    List<String> scores = Files.readAllLines(folder.resolve("s.csv"));
    assertEquals("set,index,score", scores.get(0));
    assertEquals(1 + 6 * 8, scores.size());
    int counted =
        Files.readAllLines(folder.resolve("h.csv")).stream()
            .skip(1)
            .mapToInt(line -> Integer.parseInt(line.substring(line.lastIndexOf(',') + 1)))
            .sum();
    assertEquals(6 * 8, counted);
    for (String name : List.of("own", "bright", "noise", "constant", "interpolation")) {
      assertTrue(Files.size(folder.resolve("maps").resolve(name + ".png")) > 0, name);
    }
    String text = Program.run("ood", model, "--in", own, "--out", other).success();
    assertTrue(text.contains("AUROC"), text);
    String slopes =
        Program.run("ood", model, "--in", own, "--out", other, "--score", "gradient").success();
    assertTrue(slopes.contains("Scores (gradient, noise level 0)"), slopes);
    JsonObject noisier =
        Program.run("ood", model, "--in", own, "--out", other, "--noise-level", "2", "--json")
            .json();
    assertEquals(2, noisier.get("level").getAsInt());
    assertNotEquals(
        sets.get(0).getAsJsonObject().get("mean").getAsDouble(),
        noisier.getAsJsonArray("sets").get(0).getAsJsonObject().get("mean").getAsDouble());
    Program.run("ood", model, "--in", own, "--out", other, "--noise-level", "9")
        .isWrongUsage("--noise-level");
    assertEquals(
        Program.run(command).json().getAsJsonArray("sets"),
        sets,
        "the same seed, the same figures");
  }

  @Test
  void evaluateComparesSamplesWithData() throws IOException {
    String model = TestModels.images(folder);
    String own = pictures("own", -0.6);
    JsonObject result =
        Program.run(
                "evaluate",
                model,
                "--data",
                "train:" + own,
                "-n",
                "6",
                "--seed",
                "1",
                "--neighbours",
                path("n.png"),
                "--json")
            .json();
    assertTrue(result.get("features").getAsString().contains("not comparable"));
    JsonObject set = result.getAsJsonArray("sets").get(0).getAsJsonObject();
    assertEquals("train", set.get("set").getAsString());
    assertEquals(8, set.get("images").getAsInt());
    double distance = set.get("frechetDistance").getAsDouble();
    assertTrue(distance > 0);
    assertTrue(set.get("frechetLow").getAsDouble() < distance);
    for (String share : List.of("precision", "recall", "copies")) {
      double value = set.get(share).getAsDouble();
      assertTrue(value >= 0 && value <= 1, share + " " + value);
      assertTrue(set.get(share + "Low").getAsDouble() <= value, share + " " + set);
      assertTrue(set.get(share + "High").getAsDouble() >= value, share + " " + set);
    }
    double ratio = set.get("neighbourRatio").getAsDouble();
    assertTrue(ratio > 0);
    assertTrue(set.get("neighbourRatioLow").getAsDouble() <= ratio, set.toString());
    assertTrue(set.get("neighbourRatioHigh").getAsDouble() >= ratio, set.toString());
    assertTrue(Files.size(folder.resolve("n.png")) > 0);

    Program.run("sample", model, "-n", "6", "--seed", "1", "--raw", path("s.npy")).success();
    JsonObject again =
        Program.run("evaluate", model, "--data", own, "--samples", path("s.npy"), "--json").json();
    assertEquals(
        distance,
        again.getAsJsonArray("sets").get(0).getAsJsonObject().get("frechetDistance").getAsDouble(),
        1e-6 * distance);
    String text =
        Program.run("evaluate", model, "--data", own, "--samples", path("s.npy")).success();
    assertTrue(text.contains("Samples: 6, from '" + path("s.npy") + "'"), text);
    text = Program.run("evaluate", model, "--data", own, "-n", "4").success();
    assertTrue(text.contains("Samples: 4, drawn from the model"), text);
    assertFalse(text.contains("-0.0"), text);
  }

  /** Many features are those of the Inception network, whose weights are not at hand. */
  @Test
  void aFigureWithoutIntervalSaysWhy() {
    int size = 513;
    float[] values = new float[4 * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * i % 17;
    }
    FeatureSet features = new FeatureSet(values, size);
    StringWriter out = new StringWriter();
    Map<String, Object> figures =
        EvaluationFigures.report(
            new ImageSet("own", new HostTensor(new long[] {4, 1, 1, 1}, new float[4]), 4),
            features,
            features,
            NearestNeighbours.of(features, features),
            new Report(new PrintWriter(out), false));
    assertFalse(figures.containsKey("frechetLow"));
    assertTrue(out.toString().contains("no interval: it would have to be computed 30 times"));
    assertTrue(out.toString().contains("with 513 features"), out.toString());
  }

  @Test
  void whatCannotBeComparedIsRefused() throws IOException {
    String model = TestModels.images(folder);
    String points = TestModels.points(folder);
    String own = pictures("own", 0);
    Program.run("ood", points, "--in", own, "--out", "noise").failsWith("points in the plane");
    Program.Result nowhere = Program.run("ood", model, "--in", path("nowhere"), "--out", "noise");
    nowhere.failsWith("nowhere");
    assertEquals("", nowhere.out());
    Program.run("ood", model, "--in", own).isWrongUsage("--out");
    Program.run("evaluate", points, "--data", own).failsWith("points in the plane");
    Program.run("evaluate", model, "--data", own, "-n", "2").isWrongUsage("-n");
    Program.run("sample", model, "-n", "2", "--raw", path("two.npy")).success();
    Program.run("evaluate", model, "--data", own, "--samples", path("two.npy"))
        .failsWith("at least 4 images");
  }

  @Test
  void weightsOfOtherNetworksAreRefusedBeforeAnythingIsDrawn() throws IOException {
    String model = TestModels.images(folder);
    String own = pictures("own", 0);
    String[] command = {"evaluate", model, "--data", own, "-n", "4", "--features", ""};
    command[7] = path("nothing");
    Program.run(command).failsWith("There is no file");
    command[7] = model;
    Program.run(command).failsWith("lacks the weight 'Conv2d_1a_3x3.conv.weight'", "pt_inception");
    String help = Program.run("evaluate", "--help").success();
    assertTrue(help.contains("pt_inception-2015-12-05-6726825d.pth"), help);
    assertTrue(help.contains("TorchScript"), help);
  }
}
