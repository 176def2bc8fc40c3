package cdrl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.training.Ablation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AblationTableTest {
  private static final Ablation.Variant VARIANT =
      new Ablation.Variant("full", "the whole", 9, List.of(), Optional.of("4.31"));

  private static AblationTable.Row trained(double value, int restarts) {
    return new AblationTable.Row(
        VARIANT, value, Double.NaN, Double.NaN, value / 2, 0, restarts, 100);
  }

  private static String text(AblationTable.Row... seeds) {
    AblationTable table =
        new AblationTable(
            "tiny", "a distance", seeds.length, List.of(AblationTable.Row.over(List.of(seeds))));
    return String.join("\n", table.lines());
  }

  @Test
  void seedsBecomeTheirMeanAndTheirRange() {
    String text = text(trained(0.2, 1), trained(0.4, 0), trained(0.3, 1));
    assertTrue(text.contains("0.300 (0.200 to 0.400), 2 restarts"), text);
    assertTrue(text.contains("0.1500"), text);
    assertTrue(text.contains("ours (lowest to highest of 3 seeds)"), text);
  }

  @Test
  void runsThatDivergedAreCountedAndNotAveraged() {
    AblationTable.Row lost = AblationTable.Row.diverged(VARIANT, 3, 40);
    String text = text(trained(0.2, 0), lost);
    assertTrue(text.contains("0.200 (0.200 to 0.200), 1 of 2 diverged, 3 restarts"), text);
    AblationTable.Row none = AblationTable.Row.over(List.of(lost, lost));
    assertTrue(none.diverged());
    assertEquals(2, none.divergedRuns());
    assertTrue(text(lost, lost).contains("  diverged"), text(lost, lost));
  }
}
