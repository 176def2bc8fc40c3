package cdrl.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks for the shared libraries that the window, its tests and PyTorch need on Linux. */
final class SystemLibraries {
  /**
   * A shared library.
   *
   * @param file its name, with the version that is needed
   * @param aptPackage the Debian and Ubuntu package that holds it
   * @param purpose what needs it
   */
  record Library(String file, String aptPackage, String purpose) {}

  private static final List<Library> NEEDED =
      List.of(
          new Library("libgomp.so.1", "libgomp1", "PyTorch"),
          new Library("libstdc++.so.6", "libstdc++6", "PyTorch"),
          new Library("libgtk-3.so.0", "libgtk-3-0", "the window"),
          new Library("libXtst.so.6", "libxtst6", "the window"),
          new Library("libGL.so.1", "libgl1", "drawing with the graphics card"),
          new Library("libXxf86vm.so.1", "libxxf86vm1", "drawing with the graphics card"),
          new Library("libpangoft2-1.0.so.0", "libpangoft2-1.0-0", "text in the window"),
          new Library("libfreetype.so.6", "libfreetype6", "text in the window"),
          new Library("libfontconfig.so.1", "libfontconfig1", "text in the window"));

  private final List<Path> roots;

  /**
   * @param roots the folders to search, with the folders directly in them
   */
  SystemLibraries(List<Path> roots) {
    this.roots = List.copyOf(roots);
  }

  /** The folders that the loader of a Linux system searches, and those it was told to search. */
  static SystemLibraries ofThisSystem() {
    List<Path> roots = new ArrayList<>();
    String told = System.getenv("LD_LIBRARY_PATH");
    if (told != null) {
      for (String folder : told.split(":", -1)) {
        if (!folder.isBlank()) {
          roots.add(Path.of(folder));
        }
      }
    }
    for (String folder : List.of("/lib", "/usr/lib", "/lib64", "/usr/lib64", "/usr/local/lib")) {
      roots.add(Path.of(folder));
    }
    return new SystemLibraries(roots);
  }

  /** The libraries that are not there. */
  List<Library> missing() {
    return NEEDED.stream().filter(library -> !isThere(library.file())).toList();
  }

  /** The line that installs what is missing, on systems with apt. */
  static String aptLine(List<Library> missing) {
    return missing.stream()
        .map(Library::aptPackage)
        .distinct()
        .collect(Collectors.joining(" ", "sudo apt-get install -y ", ""));
  }

  private boolean isThere(String file) {
    return roots.stream().anyMatch(root -> isIn(root, file));
  }

  private static boolean isIn(Path root, String file) {
    if (!Files.isDirectory(root)) {
      return false;
    }
    if (Files.exists(root.resolve(file))) {
      return true;
    }
    // Debian keeps the libraries of each architecture in a folder of its own.
    try (Stream<Path> folders = Files.list(root)) {
      return folders.anyMatch(
          folder -> Files.isDirectory(folder) && Files.exists(folder.resolve(file)));
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }
}
