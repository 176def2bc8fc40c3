package cdrl.cli;

import cdrl.data.DataSet;
import cdrl.data.ImageDataSet;
import cdrl.data.ImageSources;
import cdrl.data.PaintedDensity;
import cdrl.data.PointFile;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.Suggestions;
import cdrl.training.TrainingConfig;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;

/** Opens the data that a configuration names, and says what was wrong with them. */
final class TrainingData {
  private final PrintWriter messages;

  TrainingData(PrintWriter messages) {
    this.messages = messages;
  }

  DataSet open(TrainingConfig config, ProgressBar bar, Cancellation cancellation) {
    TrainingConfig.Data data = config.data();
    long seed = config.training().seed();
    if (data instanceof TrainingConfig.Shape shape) {
      return shape.shape().points(shape.points(), seed);
    }
    if (data instanceof TrainingConfig.Picture picture) {
      return PaintedDensity.read(picture.path()).points(picture.points(), seed);
    }
    if (data instanceof TrainingConfig.PointsFile file) {
      return PointFile.read(file.path(), file.points());
    }
    return images((TrainingConfig.Images) data, bar, cancellation);
  }

  private DataSet images(TrainingConfig.Images images, ProgressBar bar, Cancellation cancellation) {
    requireAttributes(images);
    ImageDataSet data =
        new ImageSources()
            .open(
                images.path(),
                images.resolution(),
                images.channels(),
                (done, total) -> bar.update(done, total, ""),
                cancellation);
    bar.clear();
    data.notes().forEach(messages::println);
    return data;
  }

  /** Names what the images do not have before all of them are decoded. */
  private static void requireAttributes(TrainingConfig.Images images) {
    TrainingConfig.Labels labels = images.labels();
    if (labels.kind() != TrainingConfig.LabelKind.ATTRIBUTES || !Files.isDirectory(images.path())) {
      return;
    }
    List<String> known = ImageSources.attributeNames(images.path());
    if (known.isEmpty()) {
      throw new CdrlException(
          "The data in '{0}' have no attributes; set labels.kind to none or classes, or use a"
              + " CelebA folder.",
          images.path());
    }
    for (String attribute : labels.attributes()) {
      if (!known.contains(attribute)) {
        throw new CdrlException(
            "The data have no attribute '{0}', which labels.attributes names{1}",
            attribute, Suggestions.sentenceEnd(attribute, known));
      }
    }
  }
}
