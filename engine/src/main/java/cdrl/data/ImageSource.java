package cdrl.data;

import cdrl.runtime.Cancellation;

/** A place that images come from, recognized but not yet read. */
sealed interface ImageSource permits ImageFolder, CelebaFolder, IdxFile, Cifar {

  /**
   * Reads all images.
   *
   * @param resolution the height and width wanted
   * @param channels 1 or 3
   * @throws cdrl.runtime.CdrlException when nothing usable is there
   * @throws java.util.concurrent.CancellationException when stopped
   */
  ImageDataSet load(int resolution, int channels, Progress progress, Cancellation cancellation);
}
