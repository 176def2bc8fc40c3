package cdrl.cli;

import cdrl.data.DataSet;
import cdrl.data.ImageDataSet;
import cdrl.data.ImageSources;
import cdrl.data.PaintedDensity;
import cdrl.data.PointFile;
import cdrl.data.Skipped;
import cdrl.runtime.Cancellation;
import cdrl.training.TrainingConfig;
import java.io.PrintWriter;

/** Opens the data that a configuration names, and says what was wrong with them. */
final class TrainingData {
  private static final int MOST_NAMED = 5;

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
    int skipped = data.skipped().size();
    if (skipped > 0) {
      messages.println(
          skipped + (skipped == 1 ? " file was" : " files were") + " left out, for example:");
      for (Skipped file : data.skipped().subList(0, Math.min(MOST_NAMED, skipped))) {
        messages.println("  " + file.name() + ": " + file.reason());
      }
    }
    return data;
  }
}
