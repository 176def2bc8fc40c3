package cdrl.studio.shell;

import cdrl.runtime.CdrlException;
import cdrl.studio.engine.TranslatedException;
import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where people's files go that they remove: the desktop's trash, or a folder that is one. */
public final class Trash {
  private Trash() {}

  /**
   * Takes a file or folder.
   *
   * @param own the folder that is the trash where the desktop has none, on the same disk
   * @return where it is now, when that is not the desktop's trash
   * @throws CdrlException when it cannot be moved; it is then where it was
   */
  public static Optional<Path> take(Path item, Path own) {
    if (!GraphicsEnvironment.isHeadless()
        && Desktop.isDesktopSupported()
        && Desktop.getDesktop().isSupported(Desktop.Action.MOVE_TO_TRASH)
        && Desktop.getDesktop().moveToTrash(item.toFile())) {
      return Optional.empty();
    }
    Path folder = own.toAbsolutePath();
    try {
      Files.createDirectories(folder);
      Path place = folder.resolve(String.valueOf(item.getFileName()));
      for (int number = 2; Files.exists(place); number++) {
        place = folder.resolve(item.getFileName() + "-" + number);
      }
      Files.move(item, place);
      return Optional.of(place);
    } catch (IOException e) {
      throw new TranslatedException(e, "fault.trash", item, String.valueOf(e.getMessage()));
    }
  }
}
