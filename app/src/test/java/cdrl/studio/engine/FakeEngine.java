package cdrl.studio.engine;

import cdrl.data.Crop;
import cdrl.data.Pictures;
import cdrl.data.PlaneShape;
import cdrl.evaluate.DensityGrid;
import cdrl.evaluate.ScoreField;
import cdrl.model.ImageModelSpec;
import cdrl.model.ModelDescription;
import cdrl.model.ModelSpec;
import cdrl.model.PointModelSpec;
import cdrl.model.Provenance;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import cdrl.sampling.Inpainter;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.SamplingSettings;
import cdrl.schedule.ScheduleSpec;
import cdrl.studio.raster.Raster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** An engine whose every answer is given by the test. */
public final class FakeEngine
    implements ModelService, SamplingService, InpaintingService, DensityService, PictureService {
  /** A sampling run that the test plays. */
  public record Run(
      LoadedModel model,
      SamplingSettings settings,
      SampleObserver observer,
      TensorLane.Task<HostTensor> task) {}

  /** An inpainting run that the test plays. */
  public record Filling(
      HostTensor image,
      boolean[] mask,
      int rounds,
      SamplingSettings settings,
      SampleObserver observer,
      TensorLane.Task<Inpainter.Result> task) {}

  /** A density that the test computes. */
  public record DensityRequest(
      LoadedModel model, int level, int size, TensorLane.Task<DensityGrid> task) {
    /** Answers with one density everywhere. */
    public void answer(double density) {
      float[] values = new float[size * size];
      float[] energies = new float[size * size];
      Arrays.fill(values, (float) density);
      Arrays.fill(energies, level);
      task.result().complete(new DensityGrid(size, 8, values, energies));
    }
  }

  /** Scores that the test computes. */
  public record ScoreRequest(int level, int size, Square square, TensorLane.Task<ScoreField> task) {
    /** Answers with one score everywhere. */
    public void answer(float dx, float dy) {
      float[] x = new float[size * size];
      float[] y = new float[size * size];
      Arrays.fill(x, dx);
      Arrays.fill(y, dy);
      task.result()
          .complete(new ScoreField(size, square.centreX(), square.centreY(), square.half(), x, y));
    }
  }

  private static final NoisyDensity TRUTH = new NoisyDensity(PlaneShape.CHECKERBOARD);

  public final List<ScoreRequest> scores = new ArrayList<>();

  /** Models by reference; null values are still being loaded. */
  public final Map<String, CompletableFuture<LoadedModel>> models = new LinkedHashMap<>();

  public final List<Run> runs = new ArrayList<>();

  /** What runs went on from. */
  public final List<HostTensor> starts = new ArrayList<>();

  public final Map<Path, List<Raster>> gifs = new LinkedHashMap<>();
  public final List<Filling> fillings = new ArrayList<>();

  /** What is in picture files. */
  public final Map<Path, HostTensor> pictures = new LinkedHashMap<>();

  public final List<DensityRequest> densities = new ArrayList<>();
  public final Map<Path, Raster> saved = new LinkedHashMap<>();
  public final Map<Path, Map<String, String>> metadata = new LinkedHashMap<>();
  public boolean diskIsFull;

  /** A model of 2 × 2 grey images with three levels. */
  public static LoadedModel images(String name) {
    return images(name, 15);
  }

  /** Such a model that was trained with a number of Langevin steps. */
  public static LoadedModel images(String name, int steps) {
    return model(
        name,
        new ImageModelSpec(
            8,
            1,
            0,
            false,
            new ImageModelSpec.Energy(4, List.of(1), 1),
            new ImageModelSpec.Unet(32, List.of(1), 1, List.of(), 0)),
        "faces",
        steps);
  }

  /** A model of images with classes, which have names up to three. */
  public static LoadedModel classes(String name, int count) {
    return conditional(
        name, count, List.of("one", "two", "three", "four").subList(0, count), List.of());
  }

  /** A model of images whose classes are the values of attributes. */
  public static LoadedModel attributes(String name, String... attributes) {
    List<String> names = new ArrayList<>();
    for (String attribute : attributes) {
      names.add(attribute);
      names.add("not " + attribute);
    }
    return conditional(name, names.size(), names, List.of(attributes));
  }

  private static LoadedModel conditional(
      String name, int classes, List<String> classNames, List<String> attributes) {
    return new LoadedModel(
        name,
        new ModelDescription(
            name,
            new ImageModelSpec(
                8,
                1,
                classes,
                false,
                new ImageModelSpec.Energy(4, List.of(1), 1),
                new ImageModelSpec.Unet(32, List.of(1), 1, List.of(), 0)),
            ScheduleSpec.cosine(3),
            15,
            classNames,
            attributes,
            new Provenance("test", "2026-01-01T00:00:00Z", "faces", "", 1, 1, "", Map.of())),
        "c0ffee");
  }

  /** A model of points with three levels. */
  public static LoadedModel points(String name) {
    return model(name, new PointModelSpec(8, List.of(1), 64, 8), "checkerboard, 50000 points", 15);
  }

  private static LoadedModel model(String name, ModelSpec spec, String data, int steps) {
    return new LoadedModel(
        name,
        new ModelDescription(
            name,
            spec,
            ScheduleSpec.cosine(3),
            steps,
            List.of(),
            List.of(),
            new Provenance("test", "2026-01-01T00:00:00Z", data, "", 1, 1, "", Map.of())),
        "c0ffee");
  }

  /** Adds a model that is ready. */
  public FakeEngine with(LoadedModel model) {
    models.put(model.reference(), CompletableFuture.completedFuture(model));
    return this;
  }

  /** The newest run. */
  public Run run() {
    return runs.get(runs.size() - 1);
  }

  /** The newest inpainting run. */
  public Filling filling() {
    return fillings.get(fillings.size() - 1);
  }

  /** The newest density request. */
  public DensityRequest density() {
    return densities.get(densities.size() - 1);
  }

  @Override
  public CompletableFuture<List<ModelChoice>> shipped(ModelKind kind) {
    return CompletableFuture.completedFuture(
        models.keySet().stream()
            .map(name -> new ModelChoice(name, name, kind, isAttributed(name), null, ""))
            .toList());
  }

  private boolean isAttributed(String name) {
    LoadedModel model = models.get(name).getNow(null);
    return model != null && !model.description().attributeNames().isEmpty();
  }

  @Override
  public TensorLane.Task<LoadedModel> open(String reference) {
    CompletableFuture<LoadedModel> model =
        models.getOrDefault(
            reference,
            CompletableFuture.failedFuture(new CdrlException("There is no " + reference + ".")));
    return new TensorLane.Task<>(model, new Cancellation());
  }

  @Override
  public TensorLane.Task<HostTensor> sample(
      LoadedModel model, SamplingSettings settings, SampleObserver observer) {
    TensorLane.Task<HostTensor> task =
        new TensorLane.Task<>(new CompletableFuture<>(), new Cancellation());
    runs.add(new Run(model, settings, observer, task));
    return task;
  }

  @Override
  public TensorLane.Task<DensityGrid> density(
      LoadedModel model, int level, int size, double extent) {
    TensorLane.Task<DensityGrid> task =
        new TensorLane.Task<>(new CompletableFuture<>(), new Cancellation());
    densities.add(new DensityRequest(model, level, size, task));
    return task;
  }

  @Override
  public boolean knowsTrueDensity(LoadedModel model) {
    return model.description().provenance().data().startsWith("checkerboard");
  }

  @Override
  public DensityGrid trueDensity(LoadedModel model, int level, int size, double extent) {
    return TRUTH.at(
        model.schedule().signalScale(level), model.schedule().noiseScale(level), size, extent);
  }

  @Override
  public TensorLane.Task<ScoreField> scores(LoadedModel model, int level, int size, Square square) {
    TensorLane.Task<ScoreField> task =
        new TensorLane.Task<>(new CompletableFuture<>(), new Cancellation());
    scores.add(new ScoreRequest(level, size, square, task));
    return task;
  }

  /** The newest request for scores. */
  public ScoreRequest scores() {
    return scores.get(scores.size() - 1);
  }

  @Override
  public void savePng(Path file, Raster picture, Map<String, String> notes) {
    if (diskIsFull) {
      throw new CdrlException("No space is left on the disk.");
    }
    saved.put(file, picture);
    metadata.put(file, notes);
  }

  @Override
  public TensorLane.Task<Inpainter.Result> inpaint(
      LoadedModel model,
      HostTensor image,
      boolean[] mask,
      int rounds,
      SamplingSettings settings,
      SampleObserver observer) {
    TensorLane.Task<Inpainter.Result> task =
        new TensorLane.Task<>(new CompletableFuture<>(), new Cancellation());
    fillings.add(new Filling(image, mask, rounds, settings, observer, task));
    return task;
  }

  @Override
  public TensorLane.Task<HostTensor> previewFrom(
      LoadedModel model, HostTensor start, SamplingSettings settings) {
    starts.add(start);
    return preview(model, settings);
  }

  @Override
  public TensorLane.Task<HostTensor> goOn(
      LoadedModel model, HostTensor start, SamplingSettings settings, SampleObserver observer) {
    starts.add(start);
    return sample(model, settings, observer);
  }

  /** The mean of each state. */
  @Override
  public TensorLane.Task<float[]> energies(
      LoadedModel model, SamplingSettings settings, int sample, int level, HostTensor states) {
    float[] energies = new float[states.count()];
    for (int i = 0; i < energies.length; i++) {
      energies[i] = states.get(i).values()[0];
    }
    return new TensorLane.Task<>(CompletableFuture.completedFuture(energies), new Cancellation());
  }

  @Override
  public void saveGif(Path file, List<Raster> frames, int scale, int milliseconds) {
    gifs.put(file, frames);
  }

  @Override
  public HostTensor readPicture(Path file) {
    HostTensor picture = pictures.get(file);
    if (picture == null) {
      throw new CdrlException("There is no picture '" + file + "'.");
    }
    return picture;
  }

  @Override
  public Map<String, String> readNotes(Path file) {
    return metadata.getOrDefault(file, Map.of());
  }

  @Override
  public HostTensor fitted(HostTensor image, Crop part, int resolution, int channels) {
    return Pictures.fitted(image, part, resolution, channels);
  }

  /** A batch of images, all of one shade in [−1, 1]. */
  public static HostTensor shade(int count, double value) {
    float[] values = new float[count * 64];
    Arrays.fill(values, (float) value);
    return new HostTensor(new long[] {count, 1, 8, 8}, values);
  }

  /** Points, all at one place. */
  public static HostTensor at(int count, double x, double y) {
    float[] values = new float[2 * count];
    for (int i = 0; i < count; i++) {
      values[2 * i] = (float) x;
      values[2 * i + 1] = (float) y;
    }
    return new HostTensor(new long[] {count, 2}, values);
  }
}
