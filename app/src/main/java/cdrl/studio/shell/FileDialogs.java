package cdrl.studio.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.stage.Window;

/** Asks people for files. */
public interface FileDialogs {
  /** A model file to open; empty when the person thought better of it. */
  Optional<Path> openModel(Window owner);

  /** A published checkpoint to import; empty when the person thought better of it. */
  Optional<Path> openCheckpoint(Window owner);

  /** A picture file to open; empty when the person thought better of it. */
  Optional<Path> openPicture(Window owner);

  /** Picture files to open; none when the person thought better of it. */
  List<Path> openPictures(Window owner);

  /** A file that holds many images; empty when the person thought better of it. */
  Optional<Path> openImageData(Window owner);

  /**
   * Where to save a picture; empty when the person thought better of it.
   *
   * @param suggestion a file name
   */
  Optional<Path> savePng(Window owner, String suggestion);

  /**
   * Where to save an animation; empty when the person thought better of it.
   *
   * @param suggestion a file name
   */
  Optional<Path> saveGif(Window owner, String suggestion);

  /**
   * Where to save a table; empty when the person thought better of it.
   *
   * @param suggestion a file name
   */
  Optional<Path> saveCsv(Window owner, String suggestion);

  /**
   * A folder; empty when the person thought better of it.
   *
   * @param purpose what for, as the preferences remember it
   */
  Optional<Path> chooseFolder(Window owner, String purpose);
}
