package cdrl.cli;

import cdrl.runtime.CdrlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prepares places for results before anything is computed. */
final class OutputFiles {
  private OutputFiles() {}

  /**
   * Checks that a file can be written where it is to be.
   *
   * @return the file
   * @throws CdrlException when its folder is not there, or the name is that of a folder
   */
  static Path prepareFile(Path file) {
    if (Files.isDirectory(file)) {
      throw new CdrlException("'{0}' is a folder; name a file to write.", file);
    }
    requireParent(file);
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      requireWritable(parent);
    }
    return file;
  }

  /**
   * Makes a folder unless it is there.
   *
   * @return the folder
   * @throws CdrlException when the one around it is not there, or it cannot be made or written to
   */
  static Path prepareFolder(Path folder) {
    requireParent(folder);
    return prepareFolders(folder);
  }

  /**
   * Makes a folder and those around it unless they are there.
   *
   * @return the folder
   * @throws CdrlException when it cannot be made or written to
   */
  static Path prepareFolders(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new CdrlException(e, "The folder '{0}' cannot be made ({1}).", folder, e);
    }
    requireWritable(folder);
    return folder;
  }

  /** A folder with a wrong name would be made somewhere without a word. */
  private static void requireParent(Path place) {
    Path parent = place.toAbsolutePath().getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      throw new CdrlException("There is no folder '{0}'; make it or correct '{1}'.", parent, place);
    }
  }

  private static void requireWritable(Path folder) {
    if (!Files.isWritable(folder)) {
      throw new CdrlException(
          "Nothing may be written to the folder '{0}'; choose another one.", folder);
    }
  }
}
