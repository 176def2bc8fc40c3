package cdrl.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.runtime.Cancellation;
import cdrl.runtime.TestRuntime;
import cdrl.store.SharedFiles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The numbers of the published implementation. */
class ParityTest {
  @Test
  void everyCaseIsWithinItsTolerance() {
    Path folder = SharedFiles.parity("schedule.json").toAbsolutePath().getParent();
    List<ParityCheck.Row> rows =
        new ParityCheck(TestRuntime.get()).run(folder, row -> {}, new Cancellation());
    List<ParityCheck.Row> failed =
        rows.stream().filter(row -> row.verdict() == ParityCheck.Verdict.FAILED).toList();
    assertEquals(List.of(), failed);
    for (String file :
        List.of(
            "schedule.json", "ebm_uncond", "unet_uncond", "toy2d", "trace_uncond", "train_step")) {
      assertTrue(
          rows.stream()
              .anyMatch(
                  row ->
                      row.file().startsWith(file) && row.verdict() == ParityCheck.Verdict.PASSED),
          file + " was compared");
    }
  }
}
