package cdrl.studio.shell;

import java.nio.file.Path;

/** Shows people where their files are. */
@FunctionalInterface
public interface FolderOpener {
  /**
   * Opens a folder in the desktop's own program for that.
   *
   * @throws cdrl.runtime.CdrlException when there is no such program
   */
  void show(Path folder);
}
