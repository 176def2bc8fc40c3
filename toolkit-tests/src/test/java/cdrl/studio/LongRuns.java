package cdrl.studio;

import cdrl.model.Provenance;
import cdrl.store.RunFolder;
import cdrl.training.ConfigFile;
import cdrl.training.Presets;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Folders of runs with very long curves. */
final class LongRuns {
  private LongRuns() {}

  /** Writes runs "run01" to the last one. */
  static void write(Path folder, int runs, int rows) throws IOException {
    String config = ConfigFile.write(Presets.find("smoke").orElseThrow().config(List.of()));
    for (int run = 1; run <= runs; run++) {
      Path place = folder.resolve(String.format(Locale.ROOT, "run%02d", run));
      Provenance provenance =
          new Provenance("test", "2026-01-01T00:00:00Z", "made up", "", 0, run, "", Map.of());
      try (RunFolder made = RunFolder.create(place, config, provenance)) {
        made.start(rows);
        made.metrics(List.of("iteration", "energy_difference"), 0);
      }
      append(place.resolve("metrics.csv"), rows, run);
    }
  }

  /** Much faster than a row at a time. */
  private static void append(Path table, int rows, int seed) throws IOException {
    Random random = new Random(seed);
    String head = Files.readAllLines(table).get(0);
    try (BufferedWriter out = Files.newBufferedWriter(table)) {
      out.write(head);
      out.newLine();
      for (int row = 1; row <= rows; row++) {
        double time = (double) row / rows;
        double value =
            -(4 + seed % 7) * Math.exp(-5 * time) * Math.sin(9 * time)
                + 0.3 * random.nextGaussian();
        out.write(Integer.toString(row));
        out.write(',');
        out.write(Float.toString((float) value));
        out.newLine();
      }
    }
  }
}
