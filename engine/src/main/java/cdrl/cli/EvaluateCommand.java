package cdrl.cli;

import cdrl.data.Pictures;
import cdrl.data.SheetLayout;
import cdrl.evaluate.FeatureSet;
import cdrl.evaluate.ImageFeatures;
import cdrl.evaluate.InceptionFeatures;
import cdrl.evaluate.NearestNeighbours;
import cdrl.evaluate.SmallFeatures;
import cdrl.model.CdrlModel;
import cdrl.model.ImageModelSpec;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorRuntime;
import cdrl.sampling.Sampler;
import cdrl.sampling.SamplingSettings;
import cdrl.store.NamedWeights;
import cdrl.store.NumpyFile;
import cdrl.store.StoredModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares samples of a model with data. */
@Command(
    name = "evaluate",
    sortOptions = false,
    description = {
      "Compares samples of a model with data: Fréchet distance, precision and recall, nearest"
          + " neighbours among the data.",
      "Without --features a small built-in network compares the images. Its figures serve to"
          + " compare"
          + " models with each other; they are not comparable with published FID."
    })
final class EvaluateCommand extends SubCommand {
  private static final int NEIGHBOURS_SHOWN = 16;

  @Parameters(paramLabel = "MODEL", description = MODEL_HELP)
  private String model;

  @Option(
      names = "--data",
      paramLabel = "[NAME:]PATH",
      required = true,
      description =
          "Images to compare with; may be repeated. Those that the model was trained with tell"
              + " whether it copies them.")
  private List<String> data = new ArrayList<>();

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "500",
      description = "How many samples to draw (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "2000",
      description = "The most images of a data set (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Mixin private SeedOption seed;

  @Option(
      names = "--steps",
      paramLabel = "K",
      description = "Langevin steps per noise level (default: as many as in training).")
  private @Nullable Integer steps;

  @Mixin private ConditionOptions condition;

  @Option(
      names = "--samples",
      paramLabel = "NPY",
      description = "Takes samples that 'cdrl sample --raw' has written instead of drawing some.")
  private @Nullable Path drawn;

  @Option(
      names = "--features",
      paramLabel = "FILE",
      description = {
        "Compares images by the Inception network of published FID figures, whose weights you must"
            + " fetch yourself:",
        InceptionFeatures.ORIGIN,
        "(a state_dict of PyTorch, or the same as safetensors; TorchScript is refused). Figures"
            + " can be compared with published ones only with as many samples (50,000) and the"
            + " same data."
      })
  private @Nullable Path weights;

  @Option(
      names = "--neighbours",
      paramLabel = "PNG",
      description =
          "A picture of the samples that are nearest to the first data set, and below each the"
              + " image it is nearest to.")
  private @Nullable Path neighbours;

  @Override
  int run(Report report) {
    check("-n", count, 4, 1_000_000);
    check("--limit", limit, 4, 1_000_000);
    check("--steps", steps, 1, 1000);
    StoredModel stored = library().open(model);
    if (!(stored.description().spec() instanceof ImageModelSpec spec)) {
      throw new CdrlException(
          "The model '{0}' makes points in the plane; 'cdrl density' measures those, evaluate needs"
              + " images.",
          model);
    }
    Path picture = neighbours == null ? null : OutputFiles.prepareFile(neighbours);
    SamplingSettings settings =
        new SamplingSettings(
                count,
                seed.choose(),
                steps != null ? steps : stored.description().langevinSteps(),
                false,
                stored.description().schedule().levels())
            .withCondition(condition.of(stored.description()));
    report.line("Seed: " + settings.seed(), "seed", settings.seed());
    NamedWeights inception = weights == null ? null : NamedWeights.read(weights);
    List<ImageSet> sets = new ArrayList<>();
    try (ProgressBar bar = progress("Reading images")) {
      for (String path : data) {
        ImageSet set = ImageSet.open(path, spec, limit, bar, errors());
        if (set.images().count() < 4) {
          throw new CdrlException("'{0}' has fewer than 4 images; name more.", set.name());
        }
        sets.add(set);
      }
    }
    try (TensorRuntime runtime = engine().open()) {
      runtime.run(
          cancellation(),
          cancellation -> {
            // Opened first, so that weights that do not fit are refused before samples are drawn.
            try (ImageFeatures features =
                inception == null
                    ? new SmallFeatures(runtime)
                    : new InceptionFeatures(inception, runtime)) {
              HostTensor samples =
                  drawn != null ? read(drawn, spec) : draw(stored, settings, runtime);
              report.line("Features: " + features.name(), "features", features.name());
              compare(samples, sets, features, picture, report);
              return samples.count();
            }
          });
    }
    if (picture != null) {
      report.line("Wrote " + picture + ".", "neighbours", picture.toString());
    }
    return 0;
  }

  private static HostTensor read(Path file, ImageModelSpec spec) {
    HostTensor samples = NumpyFile.read(file).tensor();
    long[] shape = samples.shape();
    if (shape.length != 4
        || shape[0] < 4
        || !Arrays.equals(Arrays.copyOfRange(shape, 1, 4), spec.itemShape())) {
      throw new CdrlException(
          "'{0}' holds an array shaped {1}, not at least 4 images of this model.",
          file, Arrays.toString(shape));
    }
    return samples;
  }

  private HostTensor draw(StoredModel stored, SamplingSettings settings, TensorRuntime runtime) {
    try (ProgressBar bar = progress("Sampling");
        CdrlModel networks = CdrlModel.of(stored.description(), stored.weights(), runtime)) {
      return new SampleSeries(new Sampler(networks, engine().kernel(runtime)), settings, null, bar)
          .draw(HostTensor.elements(stored.description().spec().itemShape()), cancellation());
    }
  }

  private void compare(
      HostTensor samples,
      List<ImageSet> sets,
      ImageFeatures features,
      @Nullable Path picture,
      Report report) {
    report.line(
        "Samples: "
            + samples.count()
            + (drawn == null ? ", drawn from the model" : ", from '" + drawn + "'"),
        "samples",
        samples.count());
    FeatureSet own = features(features, samples, "samples");
    List<Map<String, Object>> values = new ArrayList<>();
    for (int i = 0; i < sets.size(); i++) {
      ImageSet set = sets.get(i);
      FeatureSet other = features(features, set.images(), set.name());
      NearestNeighbours nearest = NearestNeighbours.of(other, own);
      values.add(EvaluationFigures.report(set, other, own, nearest, report));
      if (picture != null && i == 0) {
        draw(picture, samples, set.images(), nearest);
      }
    }
    report.value("sets", values);
  }

  private FeatureSet features(ImageFeatures features, HostTensor images, String name) {
    try (ProgressBar bar = progress("Comparing")) {
      float[] vectors =
          features.of(images, done -> bar.update(done, images.count(), name), cancellation());
      return new FeatureSet(vectors, features.size());
    }
  }

  /** The samples nearest to the data in the upper row, what they are near to in the lower one. */
  private static void draw(
      Path file, HostTensor samples, HostTensor data, NearestNeighbours nearest) {
    int[] order =
        IntStream.range(0, samples.count())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> nearest.distances()[i]))
            .limit(NEIGHBOURS_SHOWN)
            .mapToInt(Integer::intValue)
            .toArray();
    int size = samples.values().length / samples.count();
    float[] values = new float[2 * order.length * size];
    for (int i = 0; i < order.length; i++) {
      System.arraycopy(samples.values(), order[i] * size, values, i * size, size);
      int neighbour = nearest.indexes()[order[i]];
      System.arraycopy(data.values(), neighbour * size, values, (order.length + i) * size, size);
    }
    long[] shape = samples.shape().clone();
    shape[0] = 2L * order.length;
    Pictures.writeSheet(
        file, new HostTensor(shape, values), new SheetLayout(order.length, 2, 2), Map.of());
  }
}
