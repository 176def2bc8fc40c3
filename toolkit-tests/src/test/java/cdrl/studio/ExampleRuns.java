package cdrl.studio;

import cdrl.data.Pictures;
import cdrl.model.Provenance;
import cdrl.runtime.HostTensor;
import cdrl.store.MetricsWriter;
import cdrl.store.RunFolder;
import cdrl.training.ConfigFile;
import cdrl.training.Presets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Run folders with made-up curves, to have something to look at in pictures of the window. */
final class ExampleRuns {
  private static final int LEVELS = 6;
  private static final int ROWS = 1500;
  private static final int EVERY = 10;

  private ExampleRuns() {}

  /** Writes four runs; "faces" is the newest, and "fast" goes astray. */
  static void write(Path folder) {
    write(folder.resolve("narrow"), 1, 1.0, 1.3, false);
    write(folder.resolve("wide"), 2, 0.7, 0.8, false);
    write(folder.resolve("fast"), 3, 2.5, 1.1, true);
    write(folder.resolve("faces"), 4, 1.2, 1, false);
  }

  private static void write(Path place, int seed, double speed, double size, boolean astray) {
    String config = ConfigFile.write(Presets.find("smoke").orElseThrow().config(List.of()));
    Provenance provenance =
        new Provenance("test", "2026-01-01T00:00:00Z", "made up", "", 0, seed, "", Map.of());
    try (RunFolder run = RunFolder.create(place, config, provenance)) {
      run.start(20_000);
      MetricsWriter metrics = run.metrics(columns(), 0);
      Random chance = new Random(seed);
      for (int row = 1; row <= ROWS; row++) {
        metrics.append(row(row, chance, speed, size, astray));
      }
      run.log("Starting with 10,000 made-up images.");
      for (int sheet = 1; sheet <= 5; sheet++) {
        Pictures.write(run.samples(3000L * sheet), picture(6 * sheet, sheet), Map.of());
        Pictures.write(run.levels(3000L * sheet), picture(3, sheet), Map.of());
      }
      run.log("Stopped on request after iteration 15000.");
    }
  }

  private static List<String> columns() {
    List<String> columns =
        new ArrayList<>(
            List.of("iteration", "iterations_per_second", "energy_loss", "energy_difference"));
    for (int level = 1; level <= LEVELS; level++) {
      columns.add("energy_difference_level_" + level);
      columns.add("displacement_level_" + level);
    }
    return columns;
  }

  private static double[] row(int row, Random chance, double speed, double size, boolean astray) {
    double[] values = new double[4 + 2 * LEVELS];
    double time = speed * row / ROWS;
    double wild = astray && row > ROWS - 60 ? (row - ROWS + 60) * 2.0 : 0;
    values[0] = (double) EVERY * row;
    values[1] = 2 + 0.05 * chance.nextGaussian();
    values[2] = -size * Math.exp(-8 * time) + 0.1 * chance.nextGaussian();
    values[3] = -6 * size * Math.exp(-12 * time) * time * 10 + 0.15 * chance.nextGaussian() + wild;
    for (int level = 1; level <= LEVELS; level++) {
      values[2 + 2 * level] = values[3] / level + 0.1 * chance.nextGaussian();
      values[3 + 2 * level] =
          Math.pow(4, level) * size * Math.exp(-2 * time) * (1 + 0.1 * chance.nextGaussian());
    }
    return values;
  }

  /** Colour that runs smoothly, finer from sheet to sheet. */
  private static HostTensor picture(int waves, int sheet) {
    int side = 192;
    float[] values = new float[3 * side * side];
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          double angle = Math.PI * waves * (x * (channel + 1) + y * sheet) / side / 6;
          values[(channel * side + y) * side + x] = (float) Math.sin(angle);
        }
      }
    }
    return new HostTensor(new long[] {3, side, side}, values);
  }
}
