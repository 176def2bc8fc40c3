package cdrl.studio.engine;

import cdrl.data.Progress;
import cdrl.evaluate.EnergyScores;
import cdrl.evaluate.ImageSample;
import cdrl.runtime.Cancellation;
import cdrl.runtime.HostTensor;
import cdrl.runtime.TensorLane;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Tells how unlike its training data a model finds images. */
public interface ScoringService {
  /** The noise that is added to images follows from it and from their numbers. */
  long NOISE_SEED = 0;

  /**
   * What images are scored by.
   *
   * @param kind the energy or the length of its gradient
   * @param level the noise level, 0 … T − 1
   */
  record Method(EnergyScores.Kind kind, int level) {}

  /** Is told scores as soon as they are there, away from the JavaFX thread. */
  @FunctionalInterface
  interface Receiver {
    /**
     * @param scores of the images that follow those told before
     */
    void scored(double[] scores);
  }

  /**
   * Reads image data of any supported kind. It may take a while.
   *
   * @param most how many images to take, spread over all
   * @throws cdrl.runtime.CdrlException when nothing usable is there
   * @throws java.util.concurrent.CancellationException when stopped
   */
  ImageSample readData(
      Path place, LoadedModel model, int most, Progress progress, Cancellation cancellation);

  /**
   * Reads the central square of a picture file in the model's size.
   *
   * @return (channels, height, width) in [−1, 1]
   * @throws cdrl.runtime.CdrlException when it cannot be read
   */
  HostTensor readPicture(Path file, LoadedModel model);

  /**
   * Scores images; higher is less like the training data.
   *
   * @param images (n, channels, height, width) in [−1, 1]
   * @param first the number of the first one in its set, from which its noise follows
   * @return how many were scored; ends with a {@link java.util.concurrent.CancellationException}
   *     soon after a cancel
   */
  TensorLane.Task<Integer> score(
      LoadedModel model, Method method, HostTensor images, int first, Receiver receiver);

  /**
   * The size of the energy's gradient at every pixel, averaged over the noise of the level, before
   * work that nobody waits for.
   *
   * @param images (n, channels, height, width) in [−1, 1]
   * @param numbers of the images in their sets, as for {@link #score}
   * @return (n, 1, height, width), each at least 0
   */
  TensorLane.Task<HostTensor> heatMaps(
      LoadedModel model, int level, HostTensor images, List<Integer> numbers);

  /**
   * Writes a table with the columns set, index, score; an older file of that name is replaced only
   * by a complete new one. It may take a while.
   *
   * @param sets scores by the names of their sets
   * @throws cdrl.runtime.CdrlException when the file cannot be written
   */
  void saveScores(Path file, Map<String, double[]> sets);
}
