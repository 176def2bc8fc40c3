package cdrl.evaluate;

import cdrl.evaluate.ParityCheck.Row;
import cdrl.model.CdrlModel;
import cdrl.model.ImageModelSpec;
import cdrl.model.ModelDescription;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.TensorRuntime;
import cdrl.schedule.ScheduleSpec;
import cdrl.store.CheckpointImporter;
import cdrl.store.PublishedCheckpoint;
import cdrl.store.StoredModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Finds the checkpoint that belongs to a file of expected arrays, and compares. */
final class TensorParity {
  private static final String CHECKPOINT = ".pth.tar";

  private final TensorRuntime runtime;
  private final Path folder;
  private final String name;

  /**
   * @param name the file with the expected arrays
   */
  TensorParity(TensorRuntime runtime, Path folder, String name) {
    this.runtime = runtime;
    this.folder = folder;
    this.name = name;
  }

  /** Compares everything in the file; a file that is none of the known cases gives no rows. */
  void check(Consumer<Row> rows, Cancellation cancellation) {
    String stem = name.substring(0, name.length() - ".npz".length());
    ExpectedArrays expected = ExpectedArrays.read(folder.resolve(name));
    if (expected.has("it0_x0")) {
      checkTraining(stem, expected, rows, cancellation);
    } else if (stem.startsWith("trace_")) {
      checkTrace(stem.substring("trace_".length()), expected, rows, cancellation);
    } else if (stem.startsWith("ebm_")) {
      StoredModel model = checkpoint(stem.substring("ebm_".length()), expected, "x");
      with(
          model.description(),
          model,
          cancellation,
          networks -> new NetworkParity(networks, expected, rows).checkEnergy());
    } else if (stem.startsWith("unet_")) {
      StoredModel model = checkpoint(stem.substring("unet_".length()), expected, "x");
      with(
          model.description(),
          model,
          cancellation,
          networks -> new NetworkParity(networks, expected, rows).checkInitializer("out"));
    } else if (expected.has("init_out")) {
      StoredModel model = checkpoint(stem, expected, "x");
      with(
          model.description(),
          model,
          cancellation,
          networks -> {
            NetworkParity parity = new NetworkParity(networks, expected, rows);
            parity.checkEnergy();
            parity.checkInitializer("init_out");
          });
    }
  }

  private void checkTrace(
      String stem, ExpectedArrays expected, Consumer<Row> rows, Cancellation cancellation) {
    if (expected.has("guidance") || expected.has("y")) {
      rows.accept(Row.notChecked(name, "guidance"));
      return;
    }
    StoredModel model = checkpoint(longestCheckpointIn(stem), expected, "noise_000");
    with(
        model.description(),
        model,
        cancellation,
        networks -> new TraceParity(networks, expected, rows).check(cancellation));
  }

  private void checkTraining(
      String stem, ExpectedArrays expected, Consumer<Row> rows, Cancellation cancellation) {
    if (expected.has("y") || expected.has("it0_y")) {
      rows.accept(Row.notChecked(name, "classes"));
      return;
    }
    StoredModel start = checkpoint(stem + "_start", expected, "it0_x0");
    StoredModel after =
        checkpoint(stem + "_after" + TrainingParity.iterations(expected), expected, "it0_x0");
    with(
        withoutDropout(start.description()),
        start,
        cancellation,
        networks ->
            new TrainingParity(networks, expected, rows).check(after.weights(), cancellation));
  }

  private void with(
      ModelDescription description,
      StoredModel model,
      Cancellation cancellation,
      Consumer<CdrlModel> check) {
    runtime.run(
        cancellation,
        ignored -> {
          try (CdrlModel networks = CdrlModel.of(description, model.weights(), runtime)) {
            check.accept(networks);
          }
          return true;
        });
  }

  /** Expected numbers of training cannot hold dropout, whose masks nobody could know. */
  private static ModelDescription withoutDropout(ModelDescription description) {
    if (!(description.spec() instanceof ImageModelSpec spec)) {
      return description;
    }
    ImageModelSpec.Unet unet = spec.initializer();
    return new ModelDescription(
        description.name(),
        new ImageModelSpec(
            spec.resolution(),
            spec.imageChannels(),
            spec.classes(),
            spec.conditionalInitializer(),
            spec.energy(),
            new ImageModelSpec.Unet(
                unet.channels(), unet.multipliers(), unet.blocks(), unet.attention(), 0)),
        description.schedule(),
        description.langevinSteps(),
        description.classNames(),
        description.attributeNames(),
        description.provenance());
  }

  /** The model with the given name, for images of the size in an array of the file. */
  private StoredModel checkpoint(String stem, ExpectedArrays expected, String array) {
    Path file = folder.resolve(stem + CHECKPOINT);
    if (!Files.exists(file)) {
      throw new CdrlException(
          "The checkpoint '" + stem + CHECKPOINT + "' that belongs to '" + name + "' is missing.");
    }
    long[] shape = expected.get(array).shape();
    int resolution = Math.toIntExact(shape[shape.length - 1]);
    int levels = expected.has("T") ? expected.integer("T") : ScheduleSpec.PAPER.levels();
    int steps = expected.has("K") ? expected.integer("K") : 15;
    return new CheckpointImporter("parity", Clock.systemUTC())
        .read(
            file,
            new CheckpointImporter.Settings(
                stem, PublishedCheckpoint.Weights.LAST, resolution, levels, steps));
  }

  /** A trace may carry a remark behind the name of its checkpoint. */
  private String longestCheckpointIn(String stem) {
    try (Stream<Path> files = Files.list(folder)) {
      Optional<String> longest =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(file -> file.endsWith(CHECKPOINT))
              .map(file -> file.substring(0, file.length() - CHECKPOINT.length()))
              .filter(checkpoint -> stem.equals(checkpoint) || stem.startsWith(checkpoint + "_"))
              .max(Comparator.comparingInt(String::length));
      return longest.orElse(stem);
    } catch (IOException e) {
      throw new CdrlException("The folder '" + folder + "' cannot be read.", e);
    }
  }
}
