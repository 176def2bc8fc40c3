package cdrl.cli;

import cdrl.data.Pictures;
import cdrl.data.SheetLayout;
import cdrl.evaluate.ArtificialImages;
import cdrl.evaluate.Auroc;
import cdrl.evaluate.EnergyScores;
import cdrl.evaluate.Interval;
import cdrl.evaluate.ScoreHistogram;
import cdrl.evaluate.ScoreTable;
import cdrl.model.CdrlModel;
import cdrl.model.ImageModelSpec;
import cdrl.runtime.AtomicFile;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorRuntime;
import cdrl.store.StoredModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells images like the training data from others. */
@Command(
    name = "ood",
    sortOptions = false,
    description = {
      "Scores images by their energy, at the lowest noise level unless told otherwise: the higher,"
          + " the less like the training data.",
      "For every other data set the AUROC says how well the scores tell it from the model's own"
          + " kind: 1 always, 0.5 not at all."
    })
final class OodCommand extends SubCommand {
  private static final int BINS = 40;
  private static final String BARS = " ▁▂▃▄▅▆▇█";

  @Parameters(paramLabel = "MODEL", description = MODEL_HELP)
  private String model;

  @Option(
      names = "--in",
      paramLabel = "[NAME:]PATH",
      required = true,
      description = "Images of the model's own kind, best ones it was not trained with.")
  private String own;

  @Option(
      names = "--out",
      paramLabel = "[NAME:]PATH",
      required = true,
      description =
          "Other images; may be repeated. noise, constant and interpolation need no files.")
  private List<String> others = new ArrayList<>();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "The most images of a data set (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = "--score",
      paramLabel = "WHAT",
      defaultValue = "energy",
      description =
          "What images are scored by: energy (the default, as in the paper) or gradient, the length"
              + " of the energy's gradient, which a model learns sooner than its energies far from"
              + " the data.")
  private EnergyScores.Kind score;

  @Option(
      names = "--noise-level",
      paramLabel = "T",
      defaultValue = "0",
      description =
          "The noise level at which images are scored (default: ${DEFAULT-VALUE}, the clean image,"
              + " as in the paper); from 1 up, noise of that level is added to them.")
  private int level;

  @Mixin private SeedOption seed;

  @Option(
      names = "--scores",
      paramLabel = "CSV",
      description = "A file for the columns set,index,score; one row per image.")
  private @Nullable Path scores;

  @Option(
      names = "--histograms",
      paramLabel = "CSV",
      description = "A file for the columns set,from,to,count: the histogram of every data set.")
  private @Nullable Path histograms;

  @Option(
      names = "--heatmaps",
      paramLabel = "DIR",
      description =
          "A folder for a picture per data set: images, and below each the size of the energy's"
              + " gradient at every pixel, averaged over noise where --noise-level adds some, in the"
              + " same colours for all.")
  private @Nullable Path heatmaps;

  /** A data set with its scores and, where wanted, the heat maps of its first images. */
  private record Scored(ImageSet set, double[] energies, @Nullable HostTensor maps) {}

  @Override
  int run(Report report) {
    check("--limit", limit, 2, 1_000_000);
    StoredModel stored = library().open(model);
    if (!(stored.description().spec() instanceof ImageModelSpec spec)) {
      throw new CdrlException(
          "The model '{0}' makes points in the plane; ood needs one for images.", model);
    }
    int levels = stored.description().schedule().levels();
    check("--noise-level", level, 0, levels - 1);
    Path csv = scores == null ? null : OutputFiles.prepareFile(scores);
    Path bins = histograms == null ? null : OutputFiles.prepareFile(histograms);
    Path pictures = heatmaps == null ? null : OutputFiles.prepareFolder(heatmaps);
    long usedSeed = seed.choose();
    List<Scored> all = score(stored, sets(spec, usedSeed), usedSeed, report);
    report(report, all);
    if (csv != null) {
      AtomicFile.writeText(csv, ScoreTable.scores(byName(all)));
      report.line("Wrote " + csv + ".", "scores", csv.toString());
    }
    if (bins != null) {
      AtomicFile.writeText(bins, ScoreTable.histogram(histogram(all), byName(all)));
      report.line("Wrote " + bins + ".", "histograms", bins.toString());
    }
    if (pictures != null) {
      draw(pictures, all, Notes.of(stored));
      report.line("Wrote heat maps to " + pictures + ".", "heatmaps", pictures.toString());
    }
    return 0;
  }

  private List<ImageSet> sets(ImageModelSpec spec, long usedSeed) {
    List<ImageSet> sets = new ArrayList<>();
    try (ProgressBar bar = progress("Reading images")) {
      ImageSet first = ImageSet.open(own, spec, limit, bar, errors());
      sets.add(first);
      for (String other : others) {
        sets.add(
            ArtificialImages.of(other)
                .map(kind -> artificial(kind, spec, first, usedSeed))
                .orElseGet(() -> ImageSet.open(other, spec, limit, bar, errors())));
      }
    }
    return sets;
  }

  private static ImageSet artificial(
      ArtificialImages kind, ImageModelSpec spec, ImageSet own, long usedSeed) {
    int count = own.images().count();
    return new ImageSet(kind.word(), kind.make(spec, own.images(), count, usedSeed), count);
  }

  private List<Scored> score(
      StoredModel stored, List<ImageSet> sets, long usedSeed, Report report) {
    try (TensorRuntime runtime = engine().open();
        ProgressBar bar = progress("Scoring")) {
      Cancellation interruption = cancellation();
      report.line("Seed: " + usedSeed, "seed", usedSeed);
      return runtime.run(
          interruption,
          cancellation -> {
            try (CdrlModel networks =
                CdrlModel.of(stored.description(), stored.weights(), runtime)) {
              EnergyScores energies = new EnergyScores(networks, level);
              List<Scored> scored = new ArrayList<>();
              for (ImageSet set : sets) {
                int count = set.images().count();
                HostTensor images =
                    EnergyScores.noisy(set.images(), networks.schedule(), level, usedSeed, 0);
                double[] values =
                    energies.of(
                        score, images, done -> bar.update(done, count, set.name()), cancellation);
                if (Arrays.stream(values).anyMatch(value -> !Double.isFinite(value))) {
                  throw new CdrlException(
                      "A score of '{0}' is no finite number; use another model.", set.name());
                }
                scored.add(
                    new Scored(
                        set,
                        values,
                        heatmaps == null
                            ? null
                            : heatMaps(energies, first(set.images()), usedSeed, cancellation)));
              }
              return scored;
            }
          });
    }
  }

  private static HostTensor heatMaps(
      EnergyScores energies, HostTensor images, long usedSeed, Cancellation cancellation) {
    List<Integer> numbers = IntStream.range(0, images.count()).boxed().toList();
    return energies.heatMaps(images, usedSeed, numbers, cancellation);
  }

  /** As many images as a picture shows. */
  private static HostTensor first(HostTensor images) {
    int count = Math.min(16, images.count());
    long[] shape = images.shape().clone();
    shape[0] = count;
    int size = images.values().length / images.count();
    return new HostTensor(shape, Arrays.copyOf(images.values(), count * size));
  }

  private void report(Report report, List<Scored> all) {
    ScoreHistogram histogram = histogram(all);
    Scored own = all.get(0);
    List<Map<String, Object>> values = new ArrayList<>();
    report.line(
        String.format(
            "Scores (%s, noise level %d) from %.4g to %.4g, in %d bins; higher is less like the"
                + " training data.",
            score.name().toLowerCase(Locale.ROOT), level, histogram.low(), histogram.high(), BINS));
    for (int i = 0; i < all.size(); i++) {
      Scored scored = all.get(i);
      Map<String, Object> value = new LinkedHashMap<>();
      double mean = Arrays.stream(scored.energies()).average().orElseThrow();
      value.put("set", scored.set().name());
      value.put("images", scored.energies().length);
      value.put("mean", mean);
      value.put("histogram", histogram.counts(scored.energies()));
      String line =
          String.format(
              Locale.ROOT,
              "%-16s %6d images  mean %10.4g  |%s|",
              scored.set().name(),
              scored.energies().length,
              mean,
              bars(histogram.counts(scored.energies())));
      if (i == 0) {
        report.line(line + "  the model's own kind");
      } else {
        double auroc = Auroc.of(own.energies(), scored.energies());
        Interval interval = Auroc.interval(own.energies(), scored.energies());
        value.put("auroc", auroc);
        value.put("aurocLow", interval.low());
        value.put("aurocHigh", interval.high());
        report.line(
            line
                + String.format(
                    Locale.ROOT,
                    "  AUROC %.3f (95 %% interval %.3f to %.3f)",
                    auroc,
                    interval.low(),
                    interval.high()));
      }
      values.add(value);
    }
    report.value("score", score.name().toLowerCase(Locale.ROOT));
    report.value("level", level);
    report.value("histogramEdges", edges(histogram));
    report.value("sets", values);
  }

  /** Where the bins begin, and where the last one ends. */
  private static List<Double> edges(ScoreHistogram histogram) {
    return IntStream.rangeClosed(0, BINS).mapToObj(histogram::edge).toList();
  }

  private static ScoreHistogram histogram(List<Scored> all) {
    return ScoreHistogram.over(all.stream().map(Scored::energies).toList(), BINS);
  }

  private static String bars(int... counts) {
    int most = Arrays.stream(counts).max().orElseThrow();
    StringBuilder bars = new StringBuilder();
    for (int count : counts) {
      int height = count == 0 ? 0 : (int) Math.ceil(count * (BARS.length() - 1.0) / most);
      bars.append(BARS.charAt(height));
    }
    return bars.toString();
  }

  /** Scores by name; a name that comes again gets a number. */
  private static Map<String, double[]> byName(List<Scored> all) {
    Map<String, double[]> named = new LinkedHashMap<>();
    for (Scored scored : all) {
      String name = scored.set().name();
      for (int i = 2; named.containsKey(name); i++) {
        name = scored.set().name() + " " + i;
      }
      named.put(name, scored.energies());
    }
    return named;
  }

  /** Images and, below them, their heat maps; the brightest colour is the same for all sets. */
  private static void draw(Path folder, List<Scored> all, Map<String, String> notes) {
    double[] sizes =
        all.stream()
            .flatMapToDouble(
                scored -> {
                  float[] maps = scored.maps() == null ? new float[0] : scored.maps().values();
                  double[] doubles = new double[maps.length];
                  Arrays.setAll(doubles, i -> maps[i]);
                  return Arrays.stream(doubles);
                })
            .sorted()
            .toArray();
    // A few pixels far above the others would make all of them dark.
    double brightest = sizes[(int) (0.995 * (sizes.length - 1))];
    for (Scored scored : all) {
      HostTensor images = first(scored.set().images());
      HostTensor maps = scored.maps();
      if (maps == null) {
        continue;
      }
      int side = (int) images.shape()[2];
      int pixels = side * side;
      int count = images.count();
      int channels = (int) images.shape()[1];
      float[] values = new float[2 * count * 3 * pixels];
      for (int i = 0; i < count; i++) {
        for (int pixel = 0; pixel < pixels; pixel++) {
          double share = brightest > 0 ? maps.values()[i * pixels + pixel] / brightest : 0;
          double[] color = PerceptualColors.of(share);
          for (int channel = 0; channel < 3; channel++) {
            int from = (i * channels + Math.min(channel, channels - 1)) * pixels + pixel;
            values[(i * 3 + channel) * pixels + pixel] = images.values()[from];
            values[((count + i) * 3 + channel) * pixels + pixel] = (float) (2 * color[channel] - 1);
          }
        }
      }
      String name = scored.set().name().replaceAll("[^A-Za-z0-9._-]+", "-");
      Pictures.writeSheet(
          folder.resolve(name + ".png"),
          new HostTensor(new long[] {2L * count, 3, side, side}, values),
          new SheetLayout(count, 2, 2),
          notes);
    }
  }
}
