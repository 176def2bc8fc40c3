package cdrl.store;

import cdrl.runtime.CdrlException;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes files that are either the old one or the complete new one, whatever happens in between:
 * the content goes to a temporary name in the same folder, is forced to the disk, and then takes
 * the target's place. When anything fails the temporary file is removed and the old file is as it
 * was.
 */
public final class AtomicFile {
  private static final AtomicLong COUNTER = new AtomicLong();
  private static final int BUFFER_BYTES = 1 << 16;

  /** What to write. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything; need not flush or close. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** The operations on the disk that can fail. */
  interface Disk {
    /** Makes a new file and opens it. */
    OutputStream create(Path path) throws IOException;

    /** Waits until everything written to the stream is on the disk. */
    void force(OutputStream out) throws IOException;

    /** Gives a file the name of another one, which it replaces. */
    void replace(Path from, Path to) throws IOException;
  }

  private static final Disk REAL =
      new Disk() {
        @Override
        public OutputStream create(Path path) throws IOException {
          Files.createFile(path);
          // Unlike a channel, this stream is not closed under us when the thread is interrupted.
          return new FileOutputStream(path.toFile());
        }

        @Override
        public void force(OutputStream out) throws IOException {
          ((FileOutputStream) out).getFD().sync();
        }

        @Override
        public void replace(Path from, Path to) throws IOException {
          try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
          } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
          }
          forceFolder(to);
        }
      };

  private AtomicFile() {}

  /**
   * Writes a file in one step.
   *
   * @param target the file; its folder must exist
   * @throws CdrlException when it cannot be written; the old file, if any, is unharmed
   */
  public static void write(Path target, Content content) {
    write(target, content, REAL);
  }

  /** Writes a text file in UTF-8 in one step; see {@link #write(Path, Content)}. */
  public static void writeText(Path target, String text) {
    write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  static void write(Path target, Content content, Disk disk) {
    if (Files.isDirectory(target)) {
      throw new CdrlException(
          "The file "
              + Sentences.quote(target.toString())
              + " cannot be written because a folder has that name; choose another name.");
    }
    try {
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        writeToDevice(target, content);
        return;
      }
      // A link stays a link; the file it points to is replaced.
      replace(Files.isSymbolicLink(target) ? linked(target) : target, content, disk);
    } catch (IOException e) {
      throw Sentences.writing(target, e);
    }
  }

  private static Path linked(Path link) throws IOException {
    Path goal = Files.readSymbolicLink(link);
    Path folder = link.toAbsolutePath().getParent();
    Path resolved = folder == null ? goal : folder.resolve(goal);
    return Files.exists(resolved) ? resolved.toRealPath() : resolved;
  }

  private static void replace(Path target, Content content, Disk disk) throws IOException {
    Path temporary = temporaryName(target);
    boolean done = false;
    try {
      try (OutputStream out = disk.create(temporary)) {
        OutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
        content.writeTo(buffered);
        buffered.flush();
        disk.force(out);
      }
      disk.replace(temporary, target);
      done = true;
    } finally {
      if (!done) {
        Files.deleteIfExists(temporary);
      }
    }
  }

  /** Devices and pipes, such as /dev/null, are written to and never replaced. */
  private static void writeToDevice(Path target, Content content) throws IOException {
    try (OutputStream out = new BufferedOutputStream(new FileOutputStream(target.toFile()))) {
      content.writeTo(out);
    }
  }

  private static Path temporaryName(Path target) {
    String unique = ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet();
    return target.resolveSibling("." + target.getFileName() + "." + unique + ".tmp");
  }

  /** Makes the new name itself survive a power cut, where the system offers that for folders. */
  private static void forceFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows does not open folders. The file itself is complete in any case.
    }
  }
}
