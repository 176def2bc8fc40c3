package cdrl.studio.detect;

import cdrl.evaluate.ArtificialImages;
import cdrl.studio.raster.Raster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the pictures of a set come from. */
sealed interface SetSource {
  /** A folder or a file of image data of any supported kind. */
  record Place(Path path) implements SetSource {}

  /** Single picture files. */
  record Files(List<Path> files) implements SetSource {
    /** Keeps a copy. */
    public Files {
      files = List.copyOf(files);
    }
  }

  /** Samples of the model. */
  record Samples(long seed) implements SetSource {}

  /** Images that need no files. */
  record Artificial(ArtificialImages kind) implements SetSource {}

  /** Pictures that other workspaces sent, with their names. */
  record Sent(List<String> names, List<Raster> pictures) implements SetSource {
    /** Keeps copies. */
    public Sent {
      names = List.copyOf(names);
      pictures = List.copyOf(pictures);
    }

    Sent with(String name, Raster picture) {
      List<String> allNames = new ArrayList<>(names);
      List<Raster> all = new ArrayList<>(pictures);
      allNames.add(name);
      all.add(picture);
      return new Sent(allNames, all);
    }
  }
}
