package cdrl.studio.engine;

import cdrl.data.Progress;
import cdrl.evaluate.ImageSample;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Scores images only when the test says so: by their first value. */
public final class FakeScoring implements ScoringService {
  /** Images that wait for their scores. */
  public record Request(
      Method method,
      HostTensor images,
      int first,
      Receiver receiver,
      TensorLane.Task<Integer> task) {
    /** Scores some of the images. */
    public void score(int from, int count) {
      double[] scores = new double[count];
      for (int i = 0; i < count; i++) {
        scores[i] = images.get(from + i).values()[0];
      }
      receiver.scored(scores);
    }

    /** Scores all images that are left. */
    public void finish(int from) {
      score(from, images.count() - from);
      task.result().complete(images.count());
    }
  }

  /** A heat map that the test computes. */
  public record HeatRequest(
      int level, HostTensor images, List<Integer> numbers, TensorLane.Task<HostTensor> task) {}

  public final List<Request> requests = new ArrayList<>();
  public final List<HeatRequest> maps = new ArrayList<>();

  /** What is in folders, and in picture files with one image each. */
  public final Map<Path, HostTensor> data = new LinkedHashMap<>();

  public final Map<Path, Map<String, double[]>> saved = new LinkedHashMap<>();

  /** Whether requests are answered at once. */
  public boolean quick;

  /** The newest request. */
  public Request request() {
    return requests.get(requests.size() - 1);
  }

  private HostTensor open(Path place) {
    HostTensor found = data.get(place);
    if (found == null) {
      throw new CdrlException("There is nothing to read at '" + place + "'.");
    }
    return found;
  }

  @Override
  public ImageSample readData(
      Path place, LoadedModel model, int most, Progress progress, Cancellation cancellation) {
    HostTensor found = open(place);
    progress.report(found.count(), found.count());
    return new ImageSample(found, 10 * found.count(), List.of());
  }

  @Override
  public HostTensor readPicture(Path file, LoadedModel model) {
    return open(file).get(0);
  }

  @Override
  public TensorLane.Task<Integer> score(
      LoadedModel model, Method method, HostTensor images, int first, Receiver receiver) {
    TensorLane.Task<Integer> task =
        new TensorLane.Task<>(new CompletableFuture<>(), new Cancellation());
    Request request = new Request(method, images, first, receiver, task);
    requests.add(request);
    if (quick) {
      request.finish(0);
    }
    return task;
  }

  @Override
  public TensorLane.Task<HostTensor> heatMaps(
      LoadedModel model, int level, HostTensor images, List<Integer> numbers) {
    TensorLane.Task<HostTensor> task =
        new TensorLane.Task<>(new CompletableFuture<>(), new Cancellation());
    maps.add(new HeatRequest(level, images, numbers, task));
    return task;
  }

  @Override
  public void saveScores(Path file, Map<String, double[]> sets) {
    saved.put(file, sets);
  }
}
