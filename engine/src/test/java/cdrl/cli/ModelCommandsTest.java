package cdrl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cdrl.data.Fit;
import cdrl.data.Pictures;
import cdrl.runtime.HostTensor;
import cdrl.store.NumpyFile;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ModelCommandsTest {
  @TempDir private static Path models;
  private static String points;
  private static String images;

  @TempDir private Path folder;

  @BeforeAll
  static void writeModels() {
    points = TestModels.points(models);
    images = TestModels.images(models);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void infoDescribesModels() {
    JsonObject info = Program.run("info", images, "--json").json();
    assertEquals("8×8 grey images", info.get("shape").getAsString());
    assertEquals(4, info.getAsJsonArray("schedule").size());
    assertTrue(info.get("energyParameters").getAsLong() > 0);
    assertEquals(64, info.get("checksum").getAsString().length());
    String text = Program.run("info", points).success();
    assertTrue(text.contains("points in the plane"), text);
  }

  @Test
  void missingAndDamagedModelsAreRefused() throws IOException {
    Program.run("info", path("none.safetensors")).failsWith("none.safetensors");
    Path cut = folder.resolve("cut.safetensors");
    byte[] bytes = Files.readAllBytes(Path.of(points));
    Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
    Program.run("info", cut.toString()).failsWith("cut.safetensors");
    Files.writeString(cut, "this is no model at all");
    Program.run("sample", cut.toString(), "-o", path("x.csv")).failsWith("cut.safetensors");
    Program.run("info", folder.toString()).failsWith("model.safetensors");
  }

  @Test
  void theSameSeedGivesTheSamePoints() throws IOException {
    String[] common = {"sample", points, "-n", "9", "--steps", "1", "--seed", "3", "-o"};
    String first = Program.run(with(common, path("a.csv"))).success();
    Program.run(with(common, path("b.csv"))).success();
    assertTrue(first.contains("Seed: 3"), first);
    List<String> rows = Files.readAllLines(folder.resolve("a.csv"));
    assertEquals("x,y", rows.get(0));
    assertEquals(10, rows.size());
    assertEquals(rows, Files.readAllLines(folder.resolve("b.csv")));
  }

  @Test
  void aSeedThatWasDrawnIsPrinted() {
    JsonObject json =
        Program.run("sample", points, "-n", "2", "--raw", path("x.npy"), "--json").json();
    long seed = json.get("seed").getAsLong();
    Program.run("sample", points, "-n", "2", "--raw", path("y.npy"), "--seed", Long.toString(seed))
        .success();
    assertArrayEquals(
        NumpyFile.read(folder.resolve("x.npy")).values(),
        NumpyFile.read(folder.resolve("y.npy")).values());
  }

  @Test
  void picturesAreWrittenTogetherSinglyAndAsATrace() throws IOException {
    Program.run(
            "sample",
            images,
            "-n",
            "3",
            "--seed",
            "1",
            "-o",
            path("grid.png"),
            "--trace",
            path("trace"),
            "--raw",
            path("raw.npy"))
        .success();
    Map<String, String> notes = Pictures.readNotes(folder.resolve("grid.png"));
    assertEquals("1", notes.get("cdrl.seed"));
    assertEquals("tiny", notes.get("cdrl.model"));
    assertEquals(
        new TreeSet<>(
            List.of(
                "final.png",
                "level-0-proposal.png",
                "level-0-refined.png",
                "level-1-proposal.png",
                "level-1-refined.png",
                "level-2-proposal.png",
                "level-2-refined.png",
                "level-3-start.png")),
        names(folder.resolve("trace")));
    assertArrayEquals(new long[] {3, 1, 8, 8}, NumpyFile.read(folder.resolve("raw.npy")).shape());

    Program.run("sample", images, "-n", "2", "--seed", "1", "-o", path("single") + "/").success();
    assertEquals(
        new TreeSet<>(List.of("sample-00000.png", "sample-00001.png")),
        names(folder.resolve("single")));
  }

  /** The output of a command that is sent SIGTERM as soon as it has printed its seed. */
  private static String interrupted(String... command) throws IOException, InterruptedException {
    Process process = Program.start(command);
    StringBuilder seen = new StringBuilder();
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        seen.append(line).append('\n');
        if (line.startsWith("Seed: ")) {
          process.toHandle().destroy(); // SIGTERM, and the output stays open
        }
      }
    }
    assertEquals(Main.CANCELLED, process.waitFor(), seen.toString());
    return seen.toString();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void anInterruptionIsSaidInASentence() throws IOException, InterruptedException {
    Pictures.write(folder.resolve("in.png"), picture(8, 8), Map.of());
    Pictures.write(folder.resolve("mask.png"), mask(8, 8), Map.of());
    String in = path("in.png");
    for (String[] command :
        new String[][] {
          {"sample", images, "-n", "64", "--steps", "1000", "-o", path("x.png")},
          {
            "inpaint",
            images,
            "--image",
            in,
            "--mask",
            path("mask.png"),
            "-n",
            "64",
            "--steps",
            "1000",
            "-o",
            path("y.png")
          },
          {"density", points, "--annealed", "--likelihood", "moons", "--distributions", "100000"}
        }) {
      String seen = interrupted(command);
      assertTrue(seen.endsWith("cdrl: Cancelled.\n"), seen);
    }
    assertFalse(Files.exists(folder.resolve("x.png")));
  }

  @Test
  void samplesDoNotDependOnHowManyAreDrawn() {
    Program.run("sample", images, "-n", "1", "--seed", "5", "--raw", path("one.npy")).success();
    Program.run("sample", images, "-n", "4", "--seed", "5", "--raw", path("four.npy")).success();
    HostTensor one = NumpyFile.read(folder.resolve("one.npy")).tensor();
    HostTensor four = NumpyFile.read(folder.resolve("four.npy")).tensor();
    for (int i = 0; i < one.values().length; i++) {
      float value = one.values()[i];
      assertEquals(value, four.values()[i], 1e-4 * Math.abs(value) + 1e-4);
    }
  }

  @Test
  void sampleRefusesWhatCannotBe() {
    Program.run("sample", points).isWrongUsage("-o, --trace or --raw");
    Program.run("sample", points, "-n", "0", "-o", path("x.csv")).isWrongUsage("-n");
    Program.run("sample", points, "--steps", "0", "-o", path("x.csv")).isWrongUsage("--steps");
    Program.run("sample", points, "-o", path("x.png")).failsWith(".csv", "x.png");
    Program.run("sample", images, "-o", path("x.csv")).failsWith(".png", "x.csv");
    Program.run("sample", points, "--noise-level-from", "4", "-o", path("x.csv"))
        .failsWith("at most 3", "not 4");
    Program.run("sample", points, "--seed", "x", "-o", path("x.csv"))
        .isWrongUsage("--seed", "'x' is not a whole number");
    Program.run("sample", points, "-n", "99999999999", "-o", path("x.csv"))
        .isWrongUsage("-n", "'99999999999' is too large");
    Program.run("sample", points, "--steps", "1.5", "-o", path("x.csv"))
        .isWrongUsage("'1.5' is not a whole number");
  }

  @Test
  void foldersThatAreNotThereAreNotMadeSilently() {
    for (String[] place :
        new String[][] {
          {"-o", path("none/x.png")},
          {"--raw", path("none/x.npy")},
          {"-o", path("none/deep") + "/"},
          {"--trace", path("none/trace")}
        }) {
      Program.Result result = Program.run("sample", images, "-n", "1", place[0], place[1]);
      result.failsWith("There is no folder '" + path("none") + "'");
      assertEquals("", result.out());
    }
    Program.run("density", points, "-o", path("none/d.csv")).failsWith("no folder", "none");
    assertFalse(Files.exists(folder.resolve("none")));
  }

  @Test
  void inpaintingKeepsKnownPixels() {
    HostTensor picture = picture(8, 8);
    Pictures.write(folder.resolve("in.png"), picture, Map.of());
    Pictures.write(folder.resolve("mask.png"), mask(8, 8), Map.of());
    JsonObject json =
        Program.run(
                "inpaint",
                images,
                "--image",
                path("in.png"),
                "--mask",
                path("mask.png"),
                "-n",
                "3",
                "--seed",
                "2",
                "-o",
                path("out") + "/",
                "--json")
            .json();
    double previous = Double.NEGATIVE_INFINITY;
    for (var energy : json.getAsJsonArray("energies")) {
      assertTrue(energy.getAsDouble() >= previous);
      previous = energy.getAsDouble();
    }
    boolean[] filled = Pictures.readMask(folder.resolve("mask.png"), 8, 8, false);
    for (int i = 0; i < 3; i++) {
      HostTensor result =
          Pictures.read(folder.resolve("out/sample-0000" + i + ".png"), 8, 1, Fit.EXACT);
      boolean changed = false;
      for (int pixel = 0; pixel < filled.length; pixel++) {
        boolean same = result.values()[pixel] == picture.values()[pixel];
        assertTrue(filled[pixel] || same, "pixel " + pixel);
        changed |= !same;
      }
      assertTrue(changed);
    }
  }

  @Test
  void inpaintingRefusesWhatDoesNotFit() {
    Pictures.write(folder.resolve("in.png"), picture(8, 8), Map.of());
    Pictures.write(folder.resolve("large.png"), picture(12, 10), Map.of());
    Pictures.write(folder.resolve("mask.png"), mask(8, 8), Map.of());
    Pictures.write(folder.resolve("wide.png"), mask(16, 16), Map.of());
    Pictures.write(folder.resolve("black.png"), black(8, 8), Map.of());
    inpaint(images, "in.png", "wide.png").failsWith("16×16", "8×8", "--scale-mask");
    inpaint(images, "in.png", "wide.png", "--scale-mask").success();
    inpaint(images, "large.png", "mask.png").failsWith("large.png", "8×8", "--fit");
    inpaint(images, "large.png", "mask.png", "--fit", "crop").success();
    inpaint(images, "in.png", "black.png").failsWith("black.png");
    inpaint(images, "none.png", "mask.png").failsWith("none.png");
    inpaint(points, "in.png", "mask.png").failsWith("points in the plane");
    inpaint(images, "in.png", "mask.png", "--fit", "somehow").isWrongUsage("--fit");
  }

  @Test
  void inpaintingCanStartFromThePictureItself() {
    Pictures.write(folder.resolve("in.png"), picture(8, 8), Map.of());
    Pictures.write(folder.resolve("mask.png"), mask(8, 8), Map.of());
    inpaint(images, "in.png", "mask.png", "--start-level", "1", "--seed", "1").success();
    HostTensor gentle = Pictures.read(folder.resolve("out.png"), 1);
    assertEquals("1", Pictures.readNotes(folder.resolve("out.png")).get("cdrl.start-level"));
    inpaint(images, "in.png", "mask.png", "--seed", "1").success();
    assertNotEquals(gentle, Pictures.read(folder.resolve("out.png"), 1));
    inpaint(images, "in.png", "mask.png", "--start-level", "0").isWrongUsage("--start-level");
    inpaint(images, "in.png", "mask.png", "--start-level", "99").isWrongUsage("--start-level");
  }

  private Program.Result inpaint(String model, String image, String mask, String... more) {
    String[] common = {
      "inpaint",
      model,
      "--image",
      path(image),
      "--mask",
      path(mask),
      "-n",
      "1",
      "--steps",
      "1",
      "-o",
      path("out.png")
    };
    return Program.run(with(common, more));
  }

  @Test
  void densitiesAddUpToOne() throws IOException {
    JsonObject json =
        Program.run(
                "density",
                points,
                "--level",
                "1",
                "--grid",
                "20",
                "-o",
                path("d.csv"),
                "--png",
                path("d.png"),
                "--against",
                "checkerboard",
                "--json")
            .json();
    List<String> rows = Files.readAllLines(folder.resolve("d.csv"));
    assertEquals("x,y,density,energy", rows.get(0));
    assertEquals(401, rows.size());
    assertTrue(rows.get(1).startsWith("-7.6,-7.6,"), rows.get(1));
    double sum =
        rows.stream().skip(1).mapToDouble(row -> Double.parseDouble(row.split(",")[2])).sum();
    assertEquals(1, sum * 0.8 * 0.8, 1e-6);
    double distance = json.get("totalVariation").getAsDouble();
    assertTrue(distance > 0 && distance <= 1, "distance " + distance);
    assertEquals("1", Pictures.readNotes(folder.resolve("d.png")).get("cdrl.level"));
  }

  @Test
  void likelihoodsArePrintedWithTheirInterval() throws IOException {
    String[] command = {
      "density", points, "--likelihood", "moons", "-n", "500", "--seed", "3", "--json"
    };
    JsonObject json = Program.run(command).json();
    double mean = json.get("logLikelihood").getAsDouble();
    assertTrue(mean < 0, "a fresh network is broad: " + mean);
    assertTrue(json.get("logLikelihoodLow").getAsDouble() < mean);
    assertTrue(json.get("logLikelihoodHigh").getAsDouble() > mean);
    assertEquals(mean, Program.run(command).json().get("logLikelihood").getAsDouble());
    Path csv = Files.writeString(folder.resolve("p.csv"), "x,y\n1,2\n3,4\n");
    String text = Program.run("density", points, "--likelihood", csv.toString()).success();
    assertTrue(text.contains("of 2 points"), text);
    Program.run("density", points, "--against", "ring").failsWith("'rings'");
    Program.run("density", points, "--likelihood", path("none.csv")).failsWith("none.csv");
    String against = Program.run("density", points, "--against", "spirals").success();
    assertTrue(against.contains("distance to 'spirals'"), against);
  }

  @Test
  void densitiesRefuseWhatCannotBe() {
    Program.run("density", points).isWrongUsage("-o, --png, --against or --likelihood");
    Program.run("density", images, "-o", path("d.csv")).failsWith("makes images");
    Program.run("density", points, "--level", "4", "-o", path("d.csv")).failsWith("0 to 3");
    Program.run("density", points, "--grid", "1", "-o", path("d.csv")).isWrongUsage("--grid");
    Program.run("density", points, "--chains", "3", "-o", path("d.csv"))
        .isWrongUsage("--chains is for --annealed alone");
    Program.run("density", points, "--distributions", "3", "-o", path("d.csv"))
        .isWrongUsage("--distributions is for --annealed alone");
    Program.run("density", images, "--annealed")
        .isWrongUsage("--annealed is a way to find --likelihood", "images");
    Program.Result unknown = Program.run("density", points, "--against", "foo");
    unknown.failsWith("'foo'", "known are checkerboard");
    assertEquals(unknown.errors().indexOf("moons"), unknown.errors().lastIndexOf("moons"));
  }

  @Test
  void aFullDiskIsToldInASentence() {
    assumeTrue(Files.isWritable(Path.of("/dev/full")), "this system has no /dev/full");
    Program.run("density", points, "--grid", "100", "-o", "/dev/full")
        .failsWith("no space", "/dev/full");
  }

  @Test
  void importRefusesWhatIsNoCheckpoint() throws IOException {
    Path file = folder.resolve("x.pth.tar");
    Files.writeString(file, "not a checkpoint");
    Program.run("import", file.toString(), "-o", path("m.safetensors")).failsWith("x.pth.tar");
    Program.run("import", path("none"), "-o", path("m.safetensors")).failsWith("none");
    Program.run("import", file.toString(), "-o", path("m.txt")).failsWith(".safetensors");
    assertFalse(Files.exists(folder.resolve("m.safetensors")));
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }

  private static TreeSet<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static HostTensor picture(int height, int width) {
    float[] values = new float[height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = ((i * 37) % 256) / 127.5f - 1;
    }
    return new HostTensor(new long[] {1, height, width}, values);
  }

  /** White in the middle. */
  private static HostTensor mask(int height, int width) {
    float[] values = new float[height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean middle =
            Math.abs(2 * y - height) < height / 2 && Math.abs(2 * x - width) < width / 2;
        values[y * width + x] = middle ? 1 : -1;
      }
    }
    return new HostTensor(new long[] {1, height, width}, values);
  }

  private static HostTensor black(int height, int width) {
    float[] values = new float[height * width];
    Arrays.fill(values, -1);
    return new HostTensor(new long[] {1, height, width}, values);
  }

  @Test
  void annealingEstimatesLikelihoodsOfPointsAndImages() throws IOException {
    String points = TestModels.points(folder);
    String images = TestModels.images(folder);
    Path pictures = Files.createDirectory(folder.resolve("faces"));
    for (int i = 0; i < 3; i++) {
      float[] values = new float[64];
      values[i] = 1;
      Pictures.write(
          pictures.resolve(i + ".png"), new HostTensor(new long[] {1, 8, 8}, values), Map.of());
    }
    for (String[] subject : new String[][] {{points, "moons"}, {images, pictures.toString()}}) {
      String[] command = {
        "density",
        subject[0],
        "--likelihood",
        subject[1],
        "--annealed",
        "-n",
        "50",
        "--seed",
        "3",
        "--chains",
        "4",
        "--distributions",
        "3",
        "--json"
      };
      JsonObject found = Program.run(command).json();
      double mean = found.get("logLikelihood").getAsDouble();
      assertTrue(found.get("logLikelihoodLow").getAsDouble() < mean);
      assertTrue(found.get("logLikelihoodHigh").getAsDouble() > mean);
      assertTrue(found.get("logWeightVariance").getAsDouble() > 0);
      assertEquals(subject[0].equals(images), found.has("bitsPerDimension"));
      assertEquals(found, Program.run(command).json());
    }
    Program.run("density", images, "--likelihood", "moons").failsWith("--annealed");
    Program.run("density", images, "--annealed").isWrongUsage("--likelihood");
    Program.run("density", points, "--annealed", "--likelihood", "moons", "--level", "3")
        .isWrongUsage("--level must be from 0 to 2");
    Program.run("density", points, "--annealed", "--likelihood", "moons", "--chains", "1")
        .isWrongUsage("--chains");
    Program.run("density", points, "--annealed", "--likelihood", "moons", "--png", path("p.png"))
        .isWrongUsage("--png");
  }
}
