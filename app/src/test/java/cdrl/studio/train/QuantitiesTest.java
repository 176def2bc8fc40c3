package cdrl.studio.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cdrl.store.MetricsColumns;
import cdrl.store.MetricsTail;
import cdrl.studio.charts.Curve;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuantitiesTest {
  @TempDir private Path folder;

  private MetricsColumns metrics(String text) throws IOException {
    return new MetricsTail(Files.writeString(folder.resolve("metrics.csv"), text)).read();
  }

  @Test
  void levelsAreToldFromTheRest() throws IOException {
    MetricsColumns metrics =
        metrics("iteration,loss,shift_level_1,shift_level_2,drift_level_2\n1,2,3,4,5\n");
    assertEquals(List.of("loss"), Quantities.overall(metrics));
    assertEquals(List.of("shift", "drift"), Quantities.perLevel(metrics));
    assertEquals(2, Quantities.levels(metrics));
    assertEquals(4, Quantities.curve(metrics, "shift", 2).y(0));
    assertEquals(0, Quantities.curve(metrics, "drift", 1).size());
  }

  @Test
  void runsThatDidNotLogTheDifferencePerLevelHaveItAllTheSame() throws IOException {
    MetricsColumns metrics =
        metrics("iteration,energy_data_level_1,energy_samples_level_1\n10,5,3\n20,,1\n");
    assertEquals("energy_difference", Quantities.perLevel(metrics).get(0));
    Curve curve = Quantities.curve(metrics, "energy_difference", 1);
    assertEquals(1, curve.size());
    assertEquals(2, curve.y(0));
  }
}
