package cdrl.evaluate;

import cdrl.model.ImageModelSpec;
import cdrl.model.ModelSpec;
import cdrl.runtime.CdrlException;
import cdrl.schedule.ScheduleSpec;
import cdrl.store.CheckpointImporter;
import cdrl.store.PublishedCheckpoint;
import cdrl.store.StoredModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The published checkpoints of a folder, and which of them belong to a file of expected arrays. */
final class Checkpoints {
  /** The Langevin steps that the published models were trained with. */
  static final int PUBLISHED_STEPS = 15;

  private static final String ENDING = ".pth.tar";

  private final Path folder;
  private final List<String> names;

  /**
   * @throws CdrlException when the folder cannot be read
   */
  Checkpoints(Path folder) {
    this.folder = folder;
    try (Stream<Path> files = Files.list(folder)) {
      names =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(file -> file.endsWith(ENDING))
              .map(file -> file.substring(0, file.length() - ENDING.length()))
              .sorted(Comparator.comparingInt(String::length).thenComparing(name -> name))
              .toList();
    } catch (IOException e) {
      throw new CdrlException(e, "The folder '{0}' cannot be read.", folder);
    }
  }

  boolean has(String name) {
    return names.contains(name);
  }

  /**
   * The checkpoints that can be meant, the likeliest first: the one whose name begins the given
   * one, or where there is none, all whose networks fit the arrays.
   *
   * @param stem the name of the file without its kind and ending
   * @param array the name of an array shaped as the networks' inputs
   */
  List<String> candidates(String stem, ExpectedArrays expected, String array) {
    List<String> named =
        names.stream().filter(name -> stem.equals(name) || stem.startsWith(name + "_")).toList();
    if (!named.isEmpty()) {
      return named.subList(named.size() - 1, named.size());
    }
    List<String> fitting = new ArrayList<>();
    for (String name : names) {
      // Those of training runs have files of their own.
      if (!name.matches(".*_(start|after[0-9]+)") && fits(name, expected, array)) {
        fitting.add(name);
      }
    }
    return fitting;
  }

  private boolean fits(String name, ExpectedArrays expected, String array) {
    long[] shape = expected.get(array).shape();
    int highest = 0;
    for (int label : expected.labels("y")) {
      highest = Math.max(highest, label);
    }
    try {
      ModelSpec spec = read(name, expected, array, PUBLISHED_STEPS).description().spec();
      boolean classes = highest == 0 ? spec.classes() == 0 : spec.classes() >= highest;
      return classes
          && shape.length == spec.itemShape().length + 1
          && shape[1] == spec.itemShape()[0];
    } catch (CdrlException unusable) {
      return false;
    }
  }

  /**
   * Reads a checkpoint.
   *
   * @param expected tells with an array the size of images, and the number of noise levels
   * @param steps the Langevin steps that the model was trained with
   * @throws CdrlException when it cannot be read or does not fit
   */
  StoredModel read(String name, ExpectedArrays expected, String array, int steps) {
    long[] shape = expected.get(array).shape();
    if (shape.length == 4 && shape[2] != shape[3]) {
      throw new CdrlException(
          "The array '{0}' of '{1}' holds images that are not square, and only square ones can be"
              + " compared.",
          array, expected.file());
    }
    int levels = expected.has("T") ? expected.integer("T") : ScheduleSpec.PAPER.levels();
    StoredModel model =
        new CheckpointImporter("parity", Clock.systemUTC())
            .read(
                folder.resolve(name + ENDING),
                new CheckpointImporter.Settings(
                    name,
                    PublishedCheckpoint.Weights.LAST,
                    Math.toIntExact(shape[shape.length - 1]),
                    levels,
                    steps));
    if (model.description().spec() instanceof ImageModelSpec == (shape.length == 2)) {
      throw new CdrlException(
          "The checkpoint '{0}{1}' does not fit '{2}'.", name, ENDING, expected.file());
    }
    return model;
  }
}
