package cdrl.studio;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class path of the tests with folders of classes made into jars, as archives of loaded classes
 * ask for.
 */
final class JarClassPath {
  private JarClassPath() {}

  /**
   * Makes it.
   *
   * @param folder for the jars that are made
   */
  static String make(Path folder) throws IOException {
    String own =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> all = new ArrayList<>();
    for (String place : own.split(File.pathSeparator, -1)) {
      if (Files.isDirectory(Path.of(place))) {
        all.add(jar(Path.of(place), folder.resolve("part" + all.size() + ".jar")).toString());
      } else if (Files.exists(Path.of(place))) {
        all.add(place);
      }
    }
    return String.join(File.pathSeparator, all);
  }

  private static Path jar(Path classes, Path jar) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(classes)) {
      files = found.filter(Files::isRegularFile).collect(Collectors.toList());
    }
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.setLevel(0);
      for (Path file : files) {
        String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
        entries.putNextEntry(new JarEntry(name));
        try (InputStream in = Files.newInputStream(file)) {
          in.transferTo(entries);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        entries.closeEntry();
      }
    }
    return jar;
  }
}
