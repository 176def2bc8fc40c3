package cdrl.cli;

import cdrl.runtime.CdrlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prepares places for results before anything is computed. */
final class OutputFiles {
  private OutputFiles() {}

  /**
   * Makes the folder of a file that is to be written.
   *
   * @return the file
   * @throws CdrlException when the folder cannot be made or the name is that of a folder
   */
  static Path prepareFile(Path file) {
    if (Files.isDirectory(file)) {
      throw new CdrlException("'" + file + "' is a folder; name a file to write.");
    }
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      prepareFolder(parent);
    }
    return file;
  }

  /**
   * Makes a folder unless it is there.
   *
   * @return the folder
   * @throws CdrlException when it cannot be made or written to
   */
  static Path prepareFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new CdrlException(
          "The folder '" + folder + "' cannot be made (" + e.getMessage() + ").", e);
    }
    if (!Files.isWritable(folder)) {
      throw new CdrlException(
          "Nothing may be written to the folder '" + folder + "'; choose another one.");
    }
    return folder;
  }
}
