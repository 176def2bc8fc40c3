package cdrl.data;

import cdrl.runtime.Cancellation;

/** A place that images come from, recognized but not yet read. */
sealed interface ImageSource permits ImageFolder, CelebaFolder, IdxFile, Cifar {

  /**
   * Reads all images.
   *
   * @param builder takes them; knows the resolution and the channels wanted
   * @return one line for people about what was read
   * @throws cdrl.runtime.CdrlException when nothing usable is there
   * @throws java.util.concurrent.CancellationException when stopped
   */
  String load(ImageDataSet.Builder builder, Progress progress, Cancellation cancellation);

  /** Reads all images into Java's memory. */
  default ImageDataSet load(
      int resolution, int channels, Progress progress, Cancellation cancellation) {
    ImageDataSet.Builder builder = new ImageDataSet.Builder(resolution, channels);
    return builder.build(load(builder, progress, cancellation));
  }
}
