package cdrl.studio.detect;

import cdrl.data.Crop;
import cdrl.data.Progress;
import cdrl.evaluate.ArtificialImages;
import cdrl.evaluate.ImageSample;
import cdrl.model.ImageModelSpec;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import cdrl.sampling.SampleObserver;
import cdrl.sampling.SamplingSettings;
import cdrl.studio.detect.PictureSet.Chunk;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.PictureService;
import cdrl.studio.engine.SamplingService;
import cdrl.studio.engine.ScoringService;
import cdrl.studio.engine.TranslatedException;
import cdrl.studio.raster.Raster;
import cdrl.studio.workspace.WorkspaceContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Gets the pictures of a set, a part at a time where each takes long. */
final class SetLoader {
  /** The most samples of a set, as drawing them takes long. */
  static final int MOST_SAMPLES = 256;

  private static final int FILES_PER_CHUNK = 64;
  private static final int SAMPLES_PER_CHUNK = 16;
  private static final long ARTIFICIAL_SEED = 1;

  private final WorkspaceContext context;
  private final ScoringService scoring;
  private final SamplingService sampling;
  private final PictureService pictures;
  private final Supplier<@Nullable HostTensor> own;

  /**
   * @param own pictures of the model's own kind, or null
   */
  SetLoader(
      WorkspaceContext context,
      ScoringService scoring,
      SamplingService sampling,
      PictureService pictures,
      Supplier<@Nullable HostTensor> own) {
    this.context = context;
    this.scoring = scoring;
    this.sampling = sampling;
    this.pictures = pictures;
    this.own = own;
  }

  /**
   * How many pictures of its source a set takes, so far as that is known.
   *
   * @param most of a set
   */
  private static int wanted(PictureSet set, int most) {
    SetSource source = set.source();
    if (source instanceof SetSource.Samples) {
      return Math.min(most, MOST_SAMPLES);
    }
    if (source instanceof SetSource.Files files) {
      return Math.min(most, files.files().size());
    }
    if (source instanceof SetSource.Sent sent) {
      return sent.pictures().size();
    }
    return set.taken() == 0 ? most : set.taken();
  }

  /** Whether there are more pictures to get. */
  static boolean hasMore(PictureSet set, int most) {
    return set.taken() < wanted(set, most);
  }

  /**
   * Gets the next pictures of a set.
   *
   * @param progress of this part, told on another thread
   */
  TensorLane.Task<Chunk> next(PictureSet set, LoadedModel model, int most, Progress progress) {
    int from = set.taken();
    int left = wanted(set, most) - from;
    SetSource source = set.source();
    if (source instanceof SetSource.Samples samples) {
      return draw(samples, model, from, Math.min(left, SAMPLES_PER_CHUNK));
    }
    Cancellation cancellation = new Cancellation();
    HostTensor ownKind = own.get();
    Supplier<Chunk> work;
    if (source instanceof SetSource.Place place) {
      work = () -> read(place.path(), model, most, progress, cancellation);
    } else if (source instanceof SetSource.Files files) {
      List<Path> part = files.files().subList(from, from + Math.min(left, FILES_PER_CHUNK));
      work = () -> read(part, files.files().size(), model, cancellation);
    } else if (source instanceof SetSource.Sent sent) {
      work = () -> fit(sent, from, model);
    } else {
      ArtificialImages kind = ((SetSource.Artificial) source).kind();
      work = () -> make(kind, ownKind, model, most);
    }
    return new TensorLane.Task<>(
        CompletableFuture.supplyAsync(work, context.background()), cancellation);
  }

  private TensorLane.Task<Chunk> draw(
      SetSource.Samples samples, LoadedModel model, int from, int count) {
    SamplingSettings settings =
        new SamplingSettings(
                count,
                samples.seed(),
                model.description().langevinSteps(),
                false,
                model.schedule().levels())
            .part(from, count);
    TensorLane.Task<HostTensor> task = sampling.sample(model, settings, new SampleObserver() {});
    return new TensorLane.Task<>(
        task.result().thenApply(images -> numbered(images, from, from + images.count())),
        task.cancellation());
  }

  private Chunk numbered(HostTensor images, int from, int total) {
    return new Chunk(
        images,
        IntStream.range(0, images.count()).mapToObj(i -> number(from + i)).toList(),
        images.count(),
        total,
        "");
  }

  private String number(int index) {
    return context.messages().text("detect.picture", index + 1);
  }

  private Chunk read(
      Path place, LoadedModel model, int most, Progress progress, Cancellation cancellation) {
    ImageSample sample = scoring.readData(place, model, most, progress, cancellation);
    List<String> names =
        IntStream.range(0, sample.images().count()).mapToObj(i -> number(sample.place(i))).toList();
    return new Chunk(
        sample.images(),
        names,
        sample.images().count(),
        sample.total(),
        String.join(" ", sample.notes()));
  }

  /** One that cannot be read is left out, and said so. */
  private Chunk read(List<Path> files, int total, LoadedModel model, Cancellation cancellation) {
    List<HostTensor> images = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Path file : files) {
      cancellation.throwIfCancelled();
      try {
        images.add(scoring.readPicture(file, model));
        names.add(String.valueOf(file.getFileName()));
      } catch (CdrlException unreadable) {
        notes.add(TranslatedException.sentence(unreadable, context.messages()));
      }
    }
    return new Chunk(
        images.isEmpty() ? null : stacked(images),
        names,
        files.size(),
        total,
        String.join(" ", notes));
  }

  private Chunk fit(SetSource.Sent sent, int from, LoadedModel model) {
    ImageModelSpec spec = (ImageModelSpec) model.description().spec();
    List<HostTensor> images = new ArrayList<>();
    for (Raster picture : sent.pictures().subList(from, sent.pictures().size())) {
      images.add(
          pictures.fitted(
              picture.toTensor(),
              Crop.centreSquare(picture.width(), picture.height()),
              spec.resolution(),
              spec.imageChannels()));
    }
    return new Chunk(
        stacked(images),
        sent.names().subList(from, sent.names().size()),
        images.size(),
        sent.pictures().size(),
        "");
  }

  private Chunk make(ArtificialImages kind, @Nullable HostTensor own, LoadedModel model, int most) {
    if (kind == ArtificialImages.INTERPOLATION && (own == null || own.count() < 2)) {
      throw new TranslatedException(null, "detect.interpolation.none");
    }
    int count = own == null ? most : own.count();
    HostTensor none = new HostTensor(new long[] {0}, new float[0]);
    ImageModelSpec spec = (ImageModelSpec) model.description().spec();
    return numbered(kind.make(spec, own == null ? none : own, count, ARTIFICIAL_SEED), 0, count);
  }

  /** Images of one size as a batch. */
  static HostTensor stacked(List<HostTensor> images) {
    int size = images.get(0).values().length;
    float[] values = new float[images.size() * size];
    for (int i = 0; i < images.size(); i++) {
      System.arraycopy(images.get(i).values(), 0, values, i * size, size);
    }
    long[] item = images.get(0).shape();
    return new HostTensor(new long[] {images.size(), item[0], item[1], item[2]}, values);
  }
}
