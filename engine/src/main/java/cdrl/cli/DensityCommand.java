package cdrl.cli;

import cdrl.data.Checkerboard;
import cdrl.data.Pictures;
import cdrl.evaluate.DensityGrid;
import cdrl.model.CdrlModel;
import cdrl.model.PointModelSpec;
import cdrl.runtime.AtomicFile;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorRuntime;
import cdrl.store.StoredModel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the density of a two-dimensional model. */
@Command(
    name = "density",
    sortOptions = false,
    description = "Writes the normalized density of a model of points on a grid over [-8, 8]².")
final class DensityCommand extends SubCommand {
  private static final double EXTENT = 8;

  /** Distributions whose density is known. */
  enum Reference {
    CHECKERBOARD
  }

  @Parameters(paramLabel = "MODEL", description = MODEL_HELP)
  private String model;

  @Option(
      names = "--level",
      paramLabel = "T",
      defaultValue = "0",
      description = "The noise level, 0 (the default) being almost clean.")
  private int level;

  @Option(
      names = "--grid",
      paramLabel = "N",
      defaultValue = "200",
      description = "Cells per side (default: ${DEFAULT-VALUE}).")
  private int grid;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "CSV",
      description = "A file for the columns x,y,density,energy; one row per cell.")
  private @Nullable Path output;

  @Option(
      names = "--png",
      paramLabel = "P",
      description = "A picture of the density, in colours that look evenly spaced.")
  private @Nullable Path picture;

  @Option(
      names = "--against",
      paramLabel = "DISTRIBUTION",
      description = "Prints the total variation distance to a known distribution: checkerboard.")
  private @Nullable Reference reference;

  @Override
  int run(Report report) {
    if (output == null && picture == null && reference == null) {
      throw wrongUsage("Say what to make of the density with -o, --png or --against");
    }
    check("--grid", grid, 2, 4000);
    StoredModel stored = library().open(model);
    if (!(stored.description().spec() instanceof PointModelSpec)) {
      throw new CdrlException(
          "The model '" + model + "' makes images; densities can be shown of points in the plane.");
    }
    int highest = stored.description().schedule().levels();
    if (level < 0 || level > highest) {
      throw new CdrlException(
          "The model has the noise levels 0 to "
              + highest
              + ", so --level cannot be "
              + level
              + ".");
    }
    Path csv = output == null ? null : OutputFiles.prepareFile(output);
    Path png = picture == null ? null : OutputFiles.prepareFile(picture);
    DensityGrid density = evaluate(stored);
    if (csv != null) {
      AtomicFile.writeText(csv, csv(density));
      report.line("Wrote " + csv + ".");
    }
    if (png != null) {
      Map<String, String> notes = Notes.of(stored);
      notes.put("cdrl.level", Integer.toString(level));
      Pictures.write(png, picture(density), notes);
      report.line("Wrote " + png + ".");
    }
    report.value("model", stored.description().name());
    report.value("level", level);
    report.value("grid", grid);
    report.value("output", csv == null ? null : csv.toString());
    report.value("png", png == null ? null : png.toString());
    if (reference != null) {
      double distance = totalVariation(density);
      report.line(
          String.format(
              Locale.ROOT, "Total variation distance to the checkerboard: %.4f", distance),
          "totalVariation",
          distance);
    }
    return 0;
  }

  private DensityGrid evaluate(StoredModel stored) {
    try (TensorRuntime runtime = engine().open()) {
      return runtime.run(
          new Cancellation(),
          cancellation -> {
            try (CdrlModel networks =
                CdrlModel.of(stored.description(), stored.weights(), runtime)) {
              return DensityGrid.of(networks, level, grid, EXTENT);
            }
          });
    }
  }

  private static String csv(DensityGrid grid) {
    StringBuilder text = new StringBuilder("x,y,density,energy\n");
    for (int row = 0; row < grid.size(); row++) {
      for (int column = 0; column < grid.size(); column++) {
        int cell = row * grid.size() + column;
        text.append((float) centre(grid, column))
            .append(',')
            .append((float) centre(grid, row))
            .append(',')
            .append(grid.density()[cell])
            .append(',')
            .append(grid.energy()[cell])
            .append('\n');
      }
    }
    return text.toString();
  }

  /** The centre of a column or row of cells. */
  private static double centre(DensityGrid grid, int index) {
    return -grid.extent() + (index + 0.5) * 2 * grid.extent() / grid.size();
  }

  /** The largest density has the last colour; the highest y is at the top. */
  private static HostTensor picture(DensityGrid grid) {
    int size = grid.size();
    double highest = 0;
    for (double density : grid.density()) {
      highest = Math.max(highest, density);
    }
    float[] values = new float[3 * size * size];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        double density = grid.density()[(size - 1 - row) * size + column];
        double[] color = PerceptualColors.of(highest > 0 ? density / highest : 0);
        for (int channel = 0; channel < 3; channel++) {
          values[(channel * size + row) * size + column] = (float) (2 * color[channel] - 1);
        }
      }
    }
    return new HostTensor(new long[] {3, size, size}, values);
  }

  /** Half the integral of |model − checkerboard| over the grid. */
  private static double totalVariation(DensityGrid grid) {
    double cell = 2 * grid.extent() / grid.size();
    double sum = 0;
    for (int row = 0; row < grid.size(); row++) {
      for (int column = 0; column < grid.size(); column++) {
        double expected = Checkerboard.density(centre(grid, column), centre(grid, row));
        sum += Math.abs(grid.density()[row * grid.size() + column] - expected);
      }
    }
    return sum * cell * cell / 2;
  }
}
