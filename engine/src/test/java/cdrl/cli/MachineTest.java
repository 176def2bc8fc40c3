package cdrl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.cli.SystemLibraries.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class MachineTest {
  @Test
  void readsIntelAndArmProcessors() {
    Processor intel =
        Processor.ofCpuInfo(
            List.of(
                "processor\t: 0",
                "model name\t: A processor",
                "flags\t\t: fpu avx2 sse4_2 amx_bf16 hypervisor",
                "power management:"));
    assertEquals(new Processor("A processor", List.of("sse4_2", "avx2", "amx_bf16")), intel);
    Processor arm = Processor.ofCpuInfo(List.of("Features\t: fp asimd bf16 sve"));
    assertEquals(List.of("asimd", "bf16", "sve"), arm.instructionSets());
  }

  @Test
  void readsAppleProcessors() {
    Processor processor =
        Processor.ofSysctl(
            "Apple M2", "hw.optional.neon: 1\nhw.optional.arm.FEAT_BF16: 1\nFEAT_I8MM: 0\n");
    assertEquals(new Processor("Apple M2", List.of("neon", "bf16")), processor);
  }

  @Test
  void namesMissingLibrariesWithTheirPackages(@TempDir Path root) throws IOException {
    assertEquals(9, new SystemLibraries(List.of(root)).missing().size());
    Path inner = Files.createDirectory(root.resolve("x86_64-linux-gnu"));
    Files.createFile(inner.resolve("libgtk-3.so.0"));
    Files.createFile(root.resolve("libgomp.so.1"));
    List<Library> missing = new SystemLibraries(List.of(root)).missing();
    assertEquals(7, missing.size());
    String line = SystemLibraries.aptLine(missing);
    assertTrue(line.startsWith("sudo apt-get install -y "), line);
    assertTrue(line.contains("libxtst6") && !line.contains("libgtk-3-0"), line);
  }

  @Test
  void toolsThatAreNotThereFail() {
    assertThrows(IOException.class, () -> Tool.output("no-such-program-anywhere"));
  }

  @ParameterizedTest
  @CsvSource({"90s,90", "30m,1800", "1h30m,5400", "2h,7200", "1h1m1s,3661"})
  void readsTimes(String text, long seconds) {
    assertEquals(Duration.ofSeconds(seconds), new TimeLimit().convert(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "m", "-5m", "1m1h", "1.5h", "0s"})
  void refusesOtherTimes(String text) {
    assertThrows(TypeConversionException.class, () -> new TimeLimit().convert(text));
  }

  @Test
  void colorsGetLighterSteadily() {
    double previous = -1;
    for (int i = 0; i <= 100; i++) {
      double[] color = PerceptualColors.of(i / 100.0);
      double lightness = 0;
      double[] weights = {0.2126, 0.7152, 0.0722};
      for (int channel = 0; channel < 3; channel++) {
        assertTrue(color[channel] >= 0 && color[channel] <= 1);
        lightness += weights[channel] * Math.pow(color[channel], 2.2);
      }
      assertTrue(lightness > previous, "at " + i);
      previous = lightness;
    }
    assertTrue(PerceptualColors.of(0)[1] < 0.2 && PerceptualColors.of(1)[1] > 0.8);
  }
}
