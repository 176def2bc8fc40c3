package cdrl.cli;

import cdrl.data.ImageDataSet;
import cdrl.data.ImageSources;
import cdrl.evaluate.ImageSample;
import cdrl.model.ImageModelSpec;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Images that a user has named, brought to a model's size.
 *
 * @param name what to call them
 * @param images (n, channels, height, width) in [−1, 1]
 * @param total how many there were to choose from
 */
record ImageSet(String name, HostTensor images, int total) {
  // A single letter before the colon is a drive.
  private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9_. -]{2,}):(.+)");

  /**
   * Reads images.
   *
   * @param text {@code PATH} or {@code NAME:PATH}
   * @param most how many to take, spread over all
   * @throws CdrlException when there are none
   */
  static ImageSet open(
      String text, ImageModelSpec spec, int most, ProgressBar bar, PrintWriter messages) {
    Matcher matcher = NAMED.matcher(text);
    boolean named = !Files.exists(Path.of(text)) && matcher.matches();
    Path path = Path.of(named ? matcher.group(2) : text);
    Path last = path.toAbsolutePath().normalize().getFileName();
    String name = named ? matcher.group(1) : last == null ? text : last.toString();
    ImageDataSet data =
        new ImageSources()
            .open(
                path,
                spec.resolution(),
                spec.imageChannels(),
                (done, total) -> bar.update(done, total, name),
                new Cancellation());
    bar.clear();
    ImageSample sample = ImageSample.of(data, most);
    sample.notes().forEach(messages::println);
    return new ImageSet(name, sample.images(), sample.total());
  }
}
