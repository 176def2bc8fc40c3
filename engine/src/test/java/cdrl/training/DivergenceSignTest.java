package cdrl.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.store.MetricsColumns;
import cdrl.store.MetricsTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DivergenceSignTest {
  @TempDir private Path folder;

  private MetricsColumns metrics(int rows, IntToDoubleFunction difference) throws IOException {
    StringBuilder text = new StringBuilder("iteration,energy_difference\n");
    for (int row = 1; row <= rows; row++) {
      text.append(row).append(',').append(difference.applyAsDouble(row)).append('\n');
    }
    return new MetricsTail(Files.writeString(folder.resolve("metrics.csv"), text)).read();
  }

  @Test
  void ordinaryFluctuationIsNoSign() throws IOException {
    assertTrue(DivergenceSign.find(metrics(500, row -> Math.sin(row))).isEmpty());
  }

  @Test
  void aWildStartIsNoSign() throws IOException {
    assertTrue(
        DivergenceSign.find(metrics(500, row -> row < 20 ? 100 : 0.1 * Math.sin(row))).isEmpty());
  }

  @Test
  void growthFarBeyondTheUsualIsASign() throws IOException {
    DivergenceSign sign =
        DivergenceSign.find(metrics(500, row -> row > 490 ? -30 : Math.sin(row))).orElseThrow();
    assertEquals("energy_difference", sign.quantity());
    assertEquals(500, sign.iteration());
    assertEquals(30, sign.recent());
  }

  @Test
  void aFewRowsAreTooFewToTell() throws IOException {
    assertTrue(DivergenceSign.find(metrics(30, row -> row > 25 ? 1000 : 1)).isEmpty());
  }
}
