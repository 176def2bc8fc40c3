package cdrl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void createsAndReplaces() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.write(file, out -> out.write(bytes("one")));
    assertEquals("one", Files.readString(file));
    AtomicFile.write(file, out -> out.write(bytes("two")));
    assertEquals("two", Files.readString(file));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void aFailureKeepsTheOldContentAndLeavesNothingBehind() throws IOException {
    Path file = folder.resolve("a.txt");
    Files.writeString(file, "old");
    CdrlException failure =
        assertThrows(
            CdrlException.class,
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("No space left on device");
                    }));
    assertTrue(failure.getMessage().contains("no space is left on the disk"), failure.getMessage());
    assertTrue(failure.getMessage().contains("a.txt"), failure.getMessage());
    assertThrows(
        IllegalStateException.class,
        () ->
            AtomicFile.write(
                file,
                out -> {
                  throw new IllegalStateException("a mistake in the writer");
                }));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path real = Files.writeString(folder.resolve("real.txt"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.txt"), real.getFileName());
    AtomicFile.write(link, out -> out.write(bytes("new")));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(real));
  }

  @Test
  void aMissingFolderAndAFolderAreNamed() {
    CdrlException missing =
        assertThrows(
            CdrlException.class,
            () -> AtomicFile.write(folder.resolve("no/such/file"), out -> out.write(1)));
    assertTrue(missing.getMessage().contains("does not exist"), missing.getMessage());
    CdrlException isFolder =
        assertThrows(CdrlException.class, () -> AtomicFile.write(folder, out -> out.write(1)));
    assertTrue(isFolder.getMessage().contains("is a folder"), isFolder.getMessage());
  }

  @Test
  void anInterruptedThreadStillWrites() throws IOException {
    Path file = folder.resolve("a.txt");
    Thread.currentThread().interrupt();
    try {
      AtomicFile.write(file, out -> out.write(bytes("kept")));
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertEquals("kept", Files.readString(file));
  }

  @Test
  void aFullDiskIsReported() {
    Path full = Path.of("/dev/full");
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(full), "no /dev/full here");
    // The kernel's own message must be recognized, whatever its wording in Java.
    IOException real =
        assertThrows(
            IOException.class,
            () -> {
              try (java.io.FileOutputStream out = new java.io.FileOutputStream(full.toFile())) {
                out.write(1);
              }
            });
    CdrlException failure =
        assertThrows(
            CdrlException.class,
            () ->
                AtomicFile.write(
                    folder.resolve("a"),
                    out -> {
                      throw real;
                    }));
    assertTrue(failure.getMessage().contains("no space is left"), failure.getMessage());
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
              () -> AtomicFile.write(file, out -> out.write(bytes("fresh")), disk),
              "after " + successes + " operations");
      assertTrue(failure.getMessage().contains("no space is left"), failure.getMessage());
      assertEquals("old", Files.readString(file));
      assertEquals(List.of("a.txt"), names());
    }
    AtomicFile.write(file, out -> out.write(bytes("fresh")), new FailingDisk(operations));
    assertEquals("fresh", Files.readString(file));
  }

  @Test
  void aDeviceIsWrittenToAndStaysOne() {
    Path device = Path.of("/dev/null");
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(device), "no /dev/null here");
    AtomicFile.writeText(device, "gone");
    assertTrue(Files.exists(device) && !Files.isRegularFile(device));
  }
}
