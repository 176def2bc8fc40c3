package cdrl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cdrl.runtime.NativeLibrary;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  private static final List<String> COMMANDS =
      List.of(
          "doctor",
          "models",
          "info",
          "import",
          "sample",
          "compose",
          "inpaint",
          "density",
          "train",
          "ablate",
          "evaluate",
          "ood",
          "presets",
          "runs",
          "parity",
          "bench",
          "completion");

  @Test
  void helpListsTheCommandsThatWork() {
    String help = Program.run("--help").success();
    Matcher names =
        Pattern.compile("(?m)^  ([a-z]+) ").matcher(help.substring(help.indexOf("Commands:")));
    assertEquals(COMMANDS, names.results().map(name -> name.group(1)).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "doctor",
        "models",
        "info",
        "import",
        "sample",
        "compose",
        "inpaint",
        "density",
        "train",
        "ablate",
        "presets",
        "runs",
        "parity",
        "completion"
      })
  void everyCommandExplainsItselfAndTakesTheGeneralOptions(String command) {
    String help = Program.run(command, "--help").success();
    for (String option :
        List.of("--device", "--threads", "--precision", "--kernel", "--json", "--verbose")) {
      assertTrue(help.contains(option), help);
    }
  }

  @Test
  void wrongUsageIsToldFromFailure() {
    Program.run().isWrongUsage("which command");
    Program.run("smaple").isWrongUsage("no command 'smaple'", "sample");
    Program.run("doctor", "--jsn").isWrongUsage("--jsn", "--json");
    Program.run("doctor", "--device", "tpu").isWrongUsage("'tpu'", "auto, cpu, gpu");
    Program.run("doctor", "--threads", "0").isWrongUsage("--threads", "'0'");
    Program.run("doctor", "--kernel", "magic")
        .isWrongUsage("--kernel must be auto, fused or eager, not 'magic'.");
    Program.run("bench", "magic")
        .isWrongUsage(
            "WHAT must be langevin, train, sample, agreement, memory or run, not 'magic'.");
    Program.run("info").isWrongUsage("MODEL");
    Program.run("import", "x").isWrongUsage("--output");
  }

  @Test
  void helpShowsWordsAsTheyAreTyped() {
    String help = Program.run("bench", "--help").success();
    assertTrue(help.contains("langevin, train, sample, agreement, memory, run"), help);
    Program.run("bench", "LANGEVIN", "--rounds", "0").isWrongUsage("--rounds");
  }

  @Test
  void stackTracesAreShownOnRequestOnly() {
    Program.run("info", "no-such-model").failsWith("no-such-model");
    Program.Result verbose = Program.run("info", "no-such-model", "--verbose");
    assertEquals(1, verbose.code());
    assertTrue(verbose.errors().contains("\tat cdrl.store."), verbose.errors());
  }

  @Test
  void completionNamesAllCommands() {
    String script = Program.run("completion", "bash").success();
    for (String command : COMMANDS) {
      assertTrue(script.contains(command), command);
    }
    Program.run("completion", "fish").isWrongUsage("fish");
  }

  @Test
  void doctorDescribesThisMachine() {
    JsonObject json = Program.run("doctor", "--json", "--device", "cpu").json();
    assertEquals(Runtime.getRuntime().availableProcessors(), json.get("cores").getAsInt());
    assertTrue(json.get("pytorch").getAsString().startsWith("2."));
    assertTrue(Program.run("doctor", "--device", "cpu").success().contains("Using the CPU"));
  }

  @Test
  void aGpuThatIsNotThereIsAFailureWhenDemanded(@TempDir Path folder) {
    assumeTrue(NativeLibrary.nvidiaDriver().isEmpty(), "this machine may have a GPU");
    String model = TestModels.points(folder);
    String raw = folder.resolve("x.npy").toString();
    Program.Result refused =
        Program.run("sample", model, "-n", "1", "--raw", raw, "--device", "gpu");
    refused.failsWith("GPU 0 cannot be used because");
    assertEquals("", refused.out());
    Program.run("sample", model, "-n", "1", "--raw", raw, "--device", "auto").success();
  }

  @Test
  void presetsAreListedAndPrinted() {
    String list = Program.run("presets").success();
    assertTrue(list.contains("smoke") && list.contains("paper-cifar10"), list);
    assertTrue(Program.run("presets", "smoke").success().contains("kind: checkerboard"));
    Program.run("presets", "smok").failsWith("'smok'", "smoke");
  }

  @Test
  void contradictingKernelOptionsAreRefused(@TempDir Path folder) {
    String model = TestModels.points(folder);
    Program.run(
            "sample",
            model,
            "-n",
            "1",
            "--raw",
            folder.resolve("x.npy").toString(),
            "--kernel",
            "eager",
            "--precision",
            "bfloat16")
        .failsWith("bfloat16");
  }

  @Test
  void nothingIsPrintedToTheOutputWhenACommandFails() {
    assertFalse(Program.run("info", "nothing").out().contains("nothing"));
  }
}
