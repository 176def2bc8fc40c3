package cdrl.cli;

import cdrl.data.PaintedDensity;
import cdrl.data.Pictures;
import cdrl.data.PlaneDistribution;
import cdrl.data.PlaneShape;
import cdrl.data.PointDataSet;
import cdrl.data.PointFile;
import cdrl.evaluate.AnnealedImportance;
import cdrl.evaluate.AnnealedLikelihood;
import cdrl.evaluate.DensityGrid;
import cdrl.evaluate.LogLikelihood;
import cdrl.model.CdrlModel;
import cdrl.model.ImageModelSpec;
import cdrl.model.ModelSpec;
import cdrl.model.PointModelSpec;
import cdrl.runtime.AtomicFile;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.Suggestions;
import cdrl.runtime.TensorRuntime;
import cdrl.store.StoredModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the density of a two-dimensional model. */
@Command(
    name = "density",
    sortOptions = false,
    description = "Writes the normalized density of a model of points on a grid over [-8, 8]².")
final class DensityCommand extends SubCommand {
  private static final double EXTENT = 8;

  /** Wide enough for points whose noise carries them over the edge. */
  private static final double WIDE_EXTENT = 12;

  private static final int WIDE_GRID = 480;
  private static final int USUAL_CHAINS = 64;
  private static final int USUAL_DISTRIBUTIONS = 100;

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
      description =
          "Prints the total variation distance to a known distribution: checkerboard, rings, moons,"
              + " spirals, mixture, or a grey picture.")
  private @Nullable String reference;

  @Option(
      names = "--likelihood",
      paramLabel = "POINTS",
      description =
          "Prints the mean log-likelihood of points, in nats: a CSV file (x,y), or one of these"
              + " distributions, from which points are drawn. They are given the noise of the"
              + " level, and the density is normalized over [-12, 12]².")
  private @Nullable String likelihood;

  @Option(
      names = "--annealed",
      description = {
        "Estimates the normalization for --likelihood by annealed importance sampling along the"
            + " noise levels, and reports its variance. The only way for models of images, whose"
            + " POINTS are a folder or file of images."
      })
  private boolean annealed;

  @Option(
      names = "--chains",
      paramLabel = "N",
      description = "Chains for --annealed (default: " + USUAL_CHAINS + ").")
  private @Nullable Integer chains;

  @Option(
      names = "--distributions",
      paramLabel = "N",
      description =
          "Steps of --annealed from each noise level to the next (default: "
              + USUAL_DISTRIBUTIONS
              + "); more make the variance smaller.")
  private @Nullable Integer distributions;

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "10000",
      description = "The most points or images for --likelihood (default: ${DEFAULT-VALUE}).")
  private int count;

  @Mixin private SeedOption seed;

  @Override
  int run(Report report) {
    if (annealed && likelihood == null) {
      throw wrongUsage(
          "--annealed is a way to find --likelihood; name POINTS, or images for a model of images");
    }
    if (!annealed && (chains != null || distributions != null)) {
      throw wrongUsage(
          (chains != null ? "--chains" : "--distributions") + " is for --annealed alone");
    }
    if (output == null && picture == null && reference == null && likelihood == null) {
      throw wrongUsage("Say what to make of the density with -o, --png, --against or --likelihood");
    }
    check("--grid", grid, 2, 4000);
    check("-n", count, 2, 10_000_000);
    check("--chains", chains, 2, 1_000_000);
    check("--distributions", distributions, 1, 1_000_000);
    StoredModel stored = library().open(model);
    if (annealed) {
      return annealed(stored, Objects.requireNonNull(likelihood), report);
    }
    if (!(stored.description().spec() instanceof PointModelSpec)) {
      throw new CdrlException(
          "The model '{0}' makes images; densities can be shown of points in the plane, and"
              + " likelihoods of images be estimated with --annealed.",
          model);
    }
    int highest = stored.description().schedule().levels();
    if (level < 0 || level > highest) {
      throw new CdrlException(
          "The model has the noise levels 0 to {0}, so --level cannot be {1}.", highest, level);
    }
    Path csv = output == null ? null : OutputFiles.prepareFile(output);
    Path png = picture == null ? null : OutputFiles.prepareFile(picture);
    PlaneDistribution known = reference == null ? null : distribution(reference);
    long usedSeed = likelihood == null ? 0 : seed.choose();
    PointDataSet points = likelihood == null ? null : points(likelihood, usedSeed);
    Cancellation interruption = cancellation();
    Evaluation evaluation = evaluate(stored, points, usedSeed, interruption);
    DensityGrid density = evaluation.grid();
    if (csv != null) {
      AtomicFile.writeText(csv, csv(density, interruption));
      report.line("Wrote " + csv + ".");
    }
    if (png != null) {
      interruption.throwIfCancelled();
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
    if (known != null) {
      double distance = density.totalVariation(known::density);
      report.line(
          String.format(
              Locale.ROOT, "Total variation distance to '%s': %.4f", known.title(), distance),
          "totalVariation",
          distance);
    }
    LogLikelihood found = evaluation.likelihood();
    if (points != null && found != null) {
      report.line("Seed: " + usedSeed, "seed", usedSeed);
      report.line(
          String.format(
              Locale.ROOT,
              "Mean log-likelihood of %d points (%s): %.4f nats (95 %% interval %.4f to %.4f)",
              points.size(),
              points.description(),
              found.mean(),
              found.low(),
              found.high()),
          "logLikelihood",
          found.mean());
      report.value("logLikelihoodLow", found.low());
      report.value("logLikelihoodHigh", found.high());
    }
    return 0;
  }

  private int annealed(StoredModel stored, String items, Report report) {
    if (output != null || picture != null || reference != null) {
      throw wrongUsage("--annealed goes with --likelihood alone, without -o, --png and --against");
    }
    int highest = stored.description().schedule().levels() - 1;
    check("--level", level, 0, highest);
    long usedSeed = seed.choose();
    HostTensor data = items(stored.description().spec(), items, usedSeed);
    AnnealedImportance.Settings settings =
        new AnnealedImportance.Settings(
            chains != null ? chains : USUAL_CHAINS,
            distributions != null ? distributions : USUAL_DISTRIBUTIONS,
            usedSeed);
    AnnealedLikelihood found;
    try (TensorRuntime runtime = engine().open();
        ProgressBar bar = progress("Annealing")) {
      Cancellation interruption = cancellation();
      report.line("Seed: " + usedSeed, "seed", usedSeed);
      found =
          runtime.run(
              interruption,
              cancellation -> {
                try (CdrlModel networks =
                    CdrlModel.of(stored.description(), stored.weights(), runtime)) {
                  return AnnealedLikelihood.of(
                      networks,
                      level,
                      data,
                      settings,
                      (done, total) -> bar.update(done, total, ""),
                      cancellation);
                }
              });
    }
    AnnealedFigures.report(found, data.count(), stored.description().spec(), report);
    return 0;
  }

  /** Points or images to find the likelihood of. */
  private HostTensor items(ModelSpec model, String text, long usedSeed) {
    if (model instanceof ImageModelSpec images) {
      try (ProgressBar bar = progress("Reading images")) {
        return ImageSet.open(text, images, count, bar, errors()).images();
      }
    }
    PointDataSet points = points(text, usedSeed);
    float[] values = new float[2 * points.size()];
    for (int i = 0; i < points.size(); i++) {
      points.fill(i, false, values, 2 * i);
    }
    return new HostTensor(new long[] {points.size(), 2}, values);
  }

  /** What the tensor engine is needed for. */
  private record Evaluation(DensityGrid grid, @Nullable LogLikelihood likelihood) {}

  private static Optional<PlaneShape> shape(String text) {
    return Arrays.stream(PlaneShape.values())
        .filter(shape -> shape.title().equalsIgnoreCase(text))
        .findFirst();
  }

  private static PlaneDistribution distribution(String text) {
    return shape(text).map(PlaneDistribution.class::cast).orElseGet(() -> picture(text));
  }

  private static PaintedDensity picture(String text) {
    if (!Files.exists(Path.of(text))) {
      throw new CdrlException(
          "There is neither a file nor a distribution '{0}'{1}",
          text,
          Suggestions.sentenceEnd(
              text, Arrays.stream(PlaneShape.values()).map(PlaneShape::title).toList()));
    }
    return PaintedDensity.read(Path.of(text));
  }

  private PointDataSet points(String text, long usedSeed) {
    Optional<PlaneShape> shape = shape(text);
    if (shape.isPresent()) {
      return shape.get().points(count, usedSeed);
    }
    return text.toLowerCase(Locale.ROOT).endsWith(".png")
        ? picture(text).points(count, usedSeed)
        : PointFile.read(Path.of(text), count);
  }

  private Evaluation evaluate(
      StoredModel stored, @Nullable PointDataSet points, long usedSeed, Cancellation interruption) {
    try (TensorRuntime runtime = engine().open()) {
      return runtime.run(
          interruption,
          cancellation -> {
            try (CdrlModel networks =
                CdrlModel.of(stored.description(), stored.weights(), runtime)) {
              return new Evaluation(
                  DensityGrid.of(networks, level, grid, EXTENT, cancellation),
                  points == null
                      ? null
                      : LogLikelihood.of(
                          networks, level, points, usedSeed, WIDE_GRID, WIDE_EXTENT, cancellation));
            }
          });
    }
  }

  private static String csv(DensityGrid grid, Cancellation interruption) {
    StringBuilder text = new StringBuilder("x,y,density,energy\n");
    for (int row = 0; row < grid.size(); row++) {
      interruption.throwIfCancelled();
      for (int column = 0; column < grid.size(); column++) {
        int cell = row * grid.size() + column;
        text.append((float) grid.centre(column))
            .append(',')
            .append((float) grid.centre(row))
            .append(',')
            .append(grid.density()[cell])
            .append(',')
            .append(grid.energy()[cell])
            .append('\n');
      }
    }
    return text.toString();
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
}
