package cdrl.studio.engine;

import cdrl.data.Fit;
import cdrl.data.ImageSources;
import cdrl.data.Pictures;
import cdrl.data.Progress;
import cdrl.evaluate.EnergyScores;
import cdrl.evaluate.ImageSample;
import cdrl.evaluate.ScoreTable;
import cdrl.model.CdrlModel;
import cdrl.model.ImageModelSpec;
import cdrl.runtime.AtomicFile;
import cdrl.runtime.Cancellation;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Scores images with the networks that the engine has loaded. */
public final class EngineScoring implements ScoringService {
  /** Few enough for urgent work to pass soon. */
  private static final int IMAGES_PER_PART = 32;

  private final TensorEngine engine;
  private final ImageSources sources;

  /**
   * @param engine has the networks
   */
  public EngineScoring(TensorEngine engine) {
    this(engine, new ImageSources());
  }

  /**
   * @param sources read image data
   */
  public EngineScoring(TensorEngine engine, ImageSources sources) {
    this.engine = engine;
    this.sources = sources;
  }

  @Override
  public ImageSample readData(
      Path place, LoadedModel model, int most, Progress progress, Cancellation cancellation) {
    ImageModelSpec spec = spec(model);
    return ImageSample.of(
        sources.open(place, spec.resolution(), spec.imageChannels(), progress, cancellation), most);
  }

  @Override
  public HostTensor readPicture(Path file, LoadedModel model) {
    ImageModelSpec spec = spec(model);
    return Pictures.read(file, spec.resolution(), spec.imageChannels(), Fit.CROP);
  }

  private static ImageModelSpec spec(LoadedModel model) {
    if (model.description().spec() instanceof ImageModelSpec spec) {
      return spec;
    }
    throw new TranslatedException(null, "fault.score.points", model.description().name());
  }

  @Override
  public TensorLane.Task<Integer> score(
      LoadedModel model, Method method, HostTensor images, int first, Receiver receiver) {
    return engine.withNetworks(
        model,
        TensorLane.Priority.NORMAL,
        (networks, pause, cancellation) -> {
          EnergyScores scores = new EnergyScores(networks, method.level());
          for (int from = 0; from < images.count(); from += IMAGES_PER_PART) {
            cancellation.throwIfCancelled();
            int count = Math.min(IMAGES_PER_PART, images.count() - from);
            HostTensor part =
                noisy(networks, method.level(), part(images, from, count), first + from);
            double[] values = scores.of(method.kind(), part, done -> {}, cancellation);
            if (!Arrays.stream(values).allMatch(Double::isFinite)) {
              throw new TranslatedException(
                  null, "fault.score.infinite", model.description().name());
            }
            receiver.scored(values);
            pause.run();
          }
          return images.count();
        });
  }

  @Override
  public TensorLane.Task<HostTensor> heatMaps(
      LoadedModel model, int level, HostTensor images, List<Integer> numbers) {
    return engine.withNetworks(
        model,
        TensorLane.Priority.INTERACTIVE,
        (networks, pause, cancellation) ->
            new EnergyScores(networks, level).heatMaps(images, NOISE_SEED, numbers, cancellation));
  }

  private static HostTensor noisy(CdrlModel networks, int level, HostTensor images, int first) {
    return EnergyScores.noisy(images, networks.schedule(), level, NOISE_SEED, first);
  }

  private static HostTensor part(HostTensor images, int from, int count) {
    int size = images.values().length / images.count();
    long[] shape = images.shape().clone();
    shape[0] = count;
    return new HostTensor(
        shape, Arrays.copyOfRange(images.values(), from * size, (from + count) * size));
  }

  @Override
  public void saveScores(Path file, Map<String, double[]> sets) {
    AtomicFile.writeText(file, ScoreTable.scores(sets));
  }
}
