package cdrl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.data.Pictures;
import cdrl.runtime.HostTensor;
import cdrl.store.NumpyFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples that are asked for by class or attribute. */
class ConditionCommandsTest {
  @TempDir private static Path models;
  private static String faces;
  private static String plain;

  @TempDir private Path folder;

  @BeforeAll
  static void writeModels() {
    faces = TestModels.attributes(models);
    plain = TestModels.images(models);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private double[] samples(String... arguments) {
    String[] common = {"-n", "2", "--seed", "3", "--raw", path("raw.npy")};
    Program.run(Stream.of(arguments, common).flatMap(Arrays::stream).toArray(String[]::new))
        .success();
    return NumpyFile.read(folder.resolve("raw.npy")).values();
  }

  @Test
  void aClassChangesTheSamplesAndGuidanceEmphasizesIt() {
    double[] any = samples("sample", faces);
    double[] smiling = samples("sample", faces, "--class", "Smiling");
    double[] guided = samples("sample", faces, "--class", "Smiling", "--guidance", "0.7");
    assertFalse(Arrays.equals(any, smiling));
    assertFalse(Arrays.equals(smiling, guided));
    assertArrayEquals(any, samples("sample", faces, "--class", "0"));
    assertArrayEquals(smiling, samples("sample", faces, "--class", "3"));
    double[] turns = samples("sample", faces, "--class", "smiling,not Male");
    for (int i = 0; i < 64; i++) {
      assertEquals(smiling[i], turns[i], 1e-4 * Math.abs(smiling[i]), "the first is smiling");
    }
    assertArrayEquals(
        samples("sample", faces, "--class", "Male,not Male,Smiling,4"),
        samples("sample", faces, "--class", "all"));
  }

  @Test
  void compositionsAreSampledAndTheirFormulaIsPrinted() {
    double[] smiling = samples("sample", faces, "--class", "Smiling", "--guidance", "0.5");
    assertArrayEquals(smiling, samples("compose", faces, "--attribute", "Smiling=1.5"), 1e-4);
    double[] both = samples("compose", faces, "--attribute", "Smiling=1", "--attribute", "Male=-1");
    double[] product =
        samples(
            "compose",
            faces,
            "--attribute",
            "Smiling=1",
            "--attribute",
            "Male=-1",
            "--product-of-experts");
    assertFalse(Arrays.equals(both, product));
    String text =
        Program.run(
                "compose",
                faces,
                "--attribute",
                "Smiling=1.5",
                "--attribute",
                "Male=-1",
                "-n",
                "1",
                "--seed",
                "1",
                "-o",
                path("faces.png"))
            .success();
    String formula = "F = F(∅) + 1.5 [F(Smiling) − F(∅)] − 1 [F(Male) − F(∅)]";
    assertTrue(text.contains(formula), text);
    Map<String, String> notes = Pictures.readNotes(folder.resolve("faces.png"));
    assertEquals("Smiling=1.5, Male=-1.0", notes.get("cdrl.attributes"));
    assertEquals("false", notes.get("cdrl.product-of-experts"));
    assertEquals(formula, notes.get("cdrl.formula"));
  }

  @Test
  void candidatesForAPictureFollowAClass() {
    Pictures.write(
        folder.resolve("in.png"), new HostTensor(new long[] {1, 8, 8}, new float[64]), Map.of());
    float[] marked = new float[64];
    Arrays.fill(marked, -1);
    Arrays.fill(marked, 16, 48, 1);
    Pictures.write(
        folder.resolve("mask.png"), new HostTensor(new long[] {1, 8, 8}, marked), Map.of());
    String[] common = {
      "inpaint",
      faces,
      "--image",
      path("in.png"),
      "--mask",
      path("mask.png"),
      "-n",
      "1",
      "--seed",
      "5",
      "--json",
      "-o"
    };
    String any = inpaint(common, path("any.png"));
    String smiling = inpaint(common, path("smiling.png"), "--class", "Smiling", "--guidance", "2");
    assertFalse(any.equals(smiling), "the energies are those of the condition");
    Map<String, String> notes = Pictures.readNotes(folder.resolve("smiling.png"));
    assertEquals("Smiling", notes.get("cdrl.class"));
    assertEquals("2.0", notes.get("cdrl.guidance"));
    assertEquals("F = 3 F(Smiling) − 2 F(∅)", notes.get("cdrl.formula"));
  }

  private static String inpaint(String[] common, String... more) {
    String[] all = Stream.of(common, more).flatMap(Arrays::stream).toArray(String[]::new);
    return Program.run(all).json().getAsJsonArray("energies").toString();
  }

  @Test
  void whatCannotBeAskedForIsRefusedInASentence() {
    String[] out = {"-o", path("x.png")};
    run(out, "sample", faces, "--class", "Smilling").failsWith("did you mean 'Smiling'?");
    run(out, "sample", faces, "--class", "5").failsWith("has no class 5", "from 1 to 4");
    run(out, "sample", plain, "--class", "1").failsWith("was trained without classes");
    run(out, "sample", plain, "--class", "all").failsWith("was trained without classes");
    run(out, "sample", faces, "--guidance", "1").isWrongUsage("--guidance needs a class");
    run(out, "sample", faces, "--class", "1", "--guidance", "NaN").isWrongUsage("finite");
    run(out, "compose", faces).isWrongUsage("--attribute");
    run(out, "compose", faces, "--attribute", "Smiling").isWrongUsage("NAME=WEIGHT");
    run(out, "compose", faces, "--attribute", "Smiling=much").isWrongUsage("NAME=WEIGHT");
    run(out, "compose", faces, "--attribute", "Bald=1")
        .failsWith("no class 'Bald'", "known are Male, not Male, Smiling and not Smiling");
    run(out, "compose", faces, "--attribute", "Male=1", "--attribute", "1=2")
        .isWrongUsage("names 'Male' twice");
    run(out, "compose", faces, "--attribute", "Male=0", "--product-of-experts")
        .failsWith("needs at least one concept");
    run(out, "compose", plain, "--attribute", "Male=1").failsWith("was trained without classes");
  }

  private static Program.Result run(String[] out, String... arguments) {
    return Program.run(Stream.of(arguments, out).flatMap(Arrays::stream).toArray(String[]::new));
  }
}
