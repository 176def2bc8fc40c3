package cdrl.store;

import cdrl.runtime.CdrlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The checkpoints of a run, one file per iteration, of which the newest few are kept. */
public final class CheckpointFolder {
  private static final String EXTENSION = ".safetensors";
  private static final String DAMAGED = ".damaged";

  private final Path folder;

  /**
   * A checkpoint with the iteration it was written at.
   *
   * @param iteration the number of iterations made
   * @param checkpoint its content
   */
  public record Numbered(long iteration, Checkpoint checkpoint) {}

  CheckpointFolder(Path folder) {
    this.folder = folder;
  }

  /** The file for an iteration, whether it is there or not. */
  public Path file(long iteration) {
    return folder.resolve(iteration + EXTENSION);
  }

  /** The iterations for which there are checkpoints, ascending. */
  public List<Long> iterations() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.matches("\\d{1,18}" + "\\" + EXTENSION))
          .map(name -> Long.parseLong(name.substring(0, name.length() - EXTENSION.length())))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw Sentences.reading(folder, e);
    }
  }

  /**
   * Writes a checkpoint and then removes old ones.
   *
   * @param iteration the number of iterations made
   * @param keep how many of the newest to keep, at least 1
   * @param best the iteration of another one to keep; −1 for none
   * @return the file
   * @throws CdrlException when it cannot be written; older ones are all still there then
   */
  public Path write(long iteration, Checkpoint checkpoint, int keep, long best) {
    Path file = file(iteration);
    RunFolder.makeFolder(folder);
    checkpoint.write(file);
    List<Long> older = iterations().stream().filter(other -> other < iteration).toList();
    for (long other : older.subList(0, Math.max(0, older.size() - (keep - 1)))) {
      if (other != best) {
        remove(other);
      }
    }
    return file;
  }

  /** Moves the checkpoint of an iteration to another folder of the run. */
  public void setAside(long iteration, Path place) {
    Path file = file(iteration);
    try {
      Files.move(file, place.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CdrlException(
          e,
          "The checkpoint '{0}' cannot be moved to '{1}'; check the permissions.",
          Sentences.shown(file.toString()),
          Sentences.shown(place.toString()));
    }
  }

  /**
   * Gives a damaged checkpoint a name under which it is none; a copy may still tell somebody why.
   */
  private void rename(long iteration) {
    Path file = file(iteration);
    try {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + DAMAGED),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CdrlException(
          e,
          "The damaged checkpoint '{0}' cannot be renamed; remove it by hand.",
          Sentences.shown(file.toString()));
    }
  }

  private void remove(long iteration) {
    try {
      Files.deleteIfExists(file(iteration));
    } catch (IOException e) {
      throw new CdrlException(
          e,
          "The checkpoint '{0}' cannot be removed; remove it by hand.",
          Sentences.shown(file(iteration).toString()));
    }
  }

  /**
   * The newest checkpoint that can be read. A damaged one is passed over and gets another name, so
   * that it counts no more.
   *
   * @param complaints told one sentence for each checkpoint that was passed over
   * @return empty when there is none at all
   * @throws CdrlException when there are some, but all are damaged
   */
  public Optional<Numbered> newest(Consumer<String> complaints) {
    return newestBefore(Long.MAX_VALUE, complaints);
  }

  /** Like {@link #newest}, among those of earlier iterations than the given one. */
  public Optional<Numbered> newestBefore(long end, Consumer<String> complaints) {
    List<Long> newestFirst = new ArrayList<>(iterations());
    newestFirst.removeIf(iteration -> iteration >= end);
    Collections.reverse(newestFirst);
    List<Long> damaged = new ArrayList<>();
    for (long iteration : newestFirst) {
      try {
        Checkpoint checkpoint = Checkpoint.read(file(iteration));
        // Only now: a folder without any usable one must not look like that of a fresh run.
        damaged.forEach(this::rename);
        return Optional.of(new Numbered(iteration, checkpoint));
      } catch (CdrlException e) {
        damaged.add(iteration);
        complaints.accept(
            "The checkpoint of iteration " + iteration + " is passed over: " + e.getMessage());
      }
    }
    if (newestFirst.isEmpty()) {
      return Optional.empty();
    }
    String place = Sentences.shown(folder.toString());
    throw newestFirst.size() == 1
        ? new CdrlException(
            "Not even the only checkpoint in '{0}' can be used; start the run again in another"
                + " folder.",
            place)
        : new CdrlException(
            "None of the {0} checkpoints in '{1}' can be used; start the run again in another"
                + " folder.",
            newestFirst.size(), place);
  }
}
