package cdrl.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cdrl.evaluate.ParityCheck.Row;
import cdrl.evaluate.ParityCheck.Verdict;
import cdrl.runtime.Cancellation;
import cdrl.runtime.DeviceChoice;
import cdrl.runtime.TensorRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with the published implementation where its numbers lie beside the checkout. */
class ParityCheckTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schedule.json",
        "ebm_uncond.npz uncond.pth.tar",
        "unet_uncond.npz uncond.pth.tar",
        "ebm_cond.npz cond.pth.tar",
        "unet_cond.npz cond.pth.tar",
        "toy2d.npz toy2d.pth.tar",
        "trace_uncond.npz uncond.pth.tar",
        "trace_guided_w0.7.npz cond.pth.tar",
        "train_step.npz train_step_start.pth.tar train_step_after3.pth.tar"
      })
  void agreesWithThePublishedImplementation(String files) throws IOException {
    Path parity = parity();
    for (String file : files.split(" ")) {
      assumeTrue(Files.exists(parity.resolve(file)), () -> "skipped: there is no " + file);
      Files.createSymbolicLink(folder.resolve(file), parity.resolve(file).toAbsolutePath());
    }
    List<Row> rows;
    try (TensorRuntime runtime = TensorRuntime.open(DeviceChoice.CPU, 1)) {
      rows = new ParityCheck(runtime).run(folder, row -> {}, new Cancellation());
    }
    assertNotEquals(List.of(), rows);
    assertEquals(List.of(), rows.stream().filter(row -> row.verdict() != Verdict.PASSED).toList());
  }

  private static Path parity() {
    String named = System.getProperty("cdrl.shared", System.getenv("CDRL_SHARED"));
    // The build runs in the project's root or in one of its modules.
    Stream<String> places =
        named != null ? Stream.of(named) : Stream.of("../shared", "../../shared");
    Path parity =
        places
            .map(place -> Path.of(place, "parity"))
            .filter(Files::isDirectory)
            .findFirst()
            .orElse(null);
    assumeTrue(parity != null, "skipped: there is no folder shared/parity beside the checkout");
    return parity;
  }
}
