package cdrl.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.runtime.CdrlException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  /** A disk on which the operation with the given number fails; every byte written is one. */
  private static final class FailingDisk implements AtomicFile.Disk {
    private int left;

    FailingDisk(int successes) {
      this.left = successes;
    }

    private void operate() throws IOException {
      if (left-- <= 0) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public OutputStream create(Path path) throws IOException {
      operate();
      return new FilterOutputStream(Files.newOutputStream(path)) {
        @Override
        public void write(int value) throws IOException {
          operate();
          out.write(value);
        }

        @Override
        public void close() throws IOException {
          out.close();
          operate();
        }
      };
    }

    @Override
    public void force(OutputStream out) throws IOException {
      operate();
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
      operate();
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void writesAndReplaces() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.writeText(file, "one");
    AtomicFile.writeText(file, "twö");
    assertEquals("twö", Files.readString(file));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void everyFailureLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = folder.resolve("a.txt");
    Files.writeString(file, "old");
    int operations = 1 + 5 + 1 + 1 + 1; // create, five bytes, force, close, replace
    for (int successes = 0; successes < operations; successes++) {
      FailingDisk disk = new FailingDisk(successes);
      CdrlException failure =
          assertThrows(
              CdrlException.class,
              () -> AtomicFile.write(file, out -> out.write("fresh".getBytes("UTF-8")), disk),
              "after " + successes + " operations");
      assertTrue(failure.getMessage().startsWith("There is no space left"), failure.getMessage());
      assertEquals("old", Files.readString(file));
      assertEquals(List.of("a.txt"), names());
    }
    AtomicFile.write(
        file, out -> out.write("fresh".getBytes("UTF-8")), new FailingDisk(operations));
    assertEquals("fresh", Files.readString(file));
  }

  @Test
  void aFailingContentLeavesNothing() throws IOException {
    Path file = folder.resolve("a.txt");
    assertThrows(
        IllegalStateException.class,
        () ->
            AtomicFile.write(
                file,
                out -> {
                  out.write(1);
                  throw new IllegalStateException("content");
                }));
    assertEquals(List.of(), names());
  }

  @Test
  void aFolderInTheWayIsNamed() throws IOException {
    Path file = Files.createDirectory(folder.resolve("taken"));
    String sentence =
        assertThrows(CdrlException.class, () -> AtomicFile.writeText(file, "x")).getMessage();
    assertTrue(sentence.contains("a folder has that name"), sentence);
  }

  @Test
  void aMissingFolderIsNamed() {
    Path file = folder.resolve("missing").resolve("a.txt");
    String sentence =
        assertThrows(CdrlException.class, () -> AtomicFile.writeText(file, "x")).getMessage();
    assertTrue(sentence.contains("its folder does not exist"), sentence);
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path real = folder.resolve("real.txt");
    Files.writeString(real, "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.txt"), Path.of("real.txt"));
    AtomicFile.writeText(link, "new");
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(real));
  }
}
