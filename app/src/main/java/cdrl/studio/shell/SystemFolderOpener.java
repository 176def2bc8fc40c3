package cdrl.studio.shell;

import cdrl.studio.engine.TranslatedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Asks the desktop to open folders. */
public final class SystemFolderOpener implements FolderOpener {
  /** Asks whatever desktop this is. */
  public SystemFolderOpener() {}

  @Override
  public void show(Path folder) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String program =
        system.contains("mac") ? "open" : system.contains("win") ? "explorer" : "xdg-open";
    try {
      new ProcessBuilder(program, folder.toAbsolutePath().toString())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new TranslatedException(e, "fault.desktop", program, folder);
    }
  }
}
