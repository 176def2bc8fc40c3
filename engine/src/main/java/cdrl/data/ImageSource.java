package cdrl.data;

import cdrl.runtime.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A place that images come from, recognized but not yet read. */
sealed interface ImageSource permits ImageFolder, CelebaFolder, IdxFile, Cifar {

  /** The file or folder that it is. */
  Path place();

  /** All files that are read, with sizes and times: images of the same files are the same. */
  String state();

  /** A file as {@link #state()} tells it, which need not be there. */
  static String state(Path file) {
    try {
      return Files.size(file)
          + " "
          + Files.getLastModifiedTime(file).toMillis()
          + " "
          + file.getFileName()
          + "\n";
    } catch (IOException missing) {
      return "none " + file.getFileName() + "\n";
    }
  }

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
