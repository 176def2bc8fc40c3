package cdrl.runtime;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;

/**
 * Writes whole files so that a reader sees either the old content or all of the new one, never a
 * part, also when the program or the machine stops in between.
 */
public final class AtomicFile {
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
          // A plain stream rather than a channel, because interrupting a thread closes channels.
          return new FileOutputStream(path.toFile());
        }

        @Override
        public void force(OutputStream out) throws IOException {
          ((FileOutputStream) out).getFD().sync();
        }

        @Override
        public void replace(Path from, Path to) throws IOException {
          rename(from, to);
        }
      };

  private AtomicFile() {}

  /** Something that writes and may fail to. */
  @FunctionalInterface
  public interface IoConsumer<T> {
    /** Uses the value. */
    void accept(T value) throws IOException;
  }

  /**
   * Creates or replaces a file. The content goes to a temporary file in the same folder, reaches
   * the disk, and is then renamed. When anything fails, the temporary file is removed and the
   * target stays as it was. A symbolic link stays a link; what it points to is replaced. A device
   * or pipe is written to and stays what it is.
   *
   * @param target the file to write; its folder must exist
   * @param body writes the content to a buffered stream, which is closed for it
   * @throws CdrlException when the file cannot be written, for example on a full disk
   */
  public static void write(Path target, IoConsumer<OutputStream> body) {
    write(target, body, REAL);
  }

  /**
   * Creates or replaces a text file in UTF-8.
   *
   * @see #write(Path, IoConsumer)
   */
  public static void writeText(Path target, String text) {
    write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  static void write(Path target, IoConsumer<OutputStream> body, Disk disk) {
    Path temporary = null;
    try {
      Path place = Files.isSymbolicLink(target) ? target.toRealPath() : target.toAbsolutePath();
      Path folder = place.getParent();
      Path name = place.getFileName();
      if (folder == null || name == null || Files.isDirectory(place)) {
        throw new CdrlException("Cannot write '{0}': it is a folder, not a file.", target);
      }
      if (!Files.isDirectory(folder)) {
        throw new CdrlException(
            "Cannot write '{0}': the folder '{1}' does not exist.", target, folder);
      }
      if (Files.exists(place) && !Files.isRegularFile(place)) {
        writeToDevice(place, body);
        return;
      }
      temporary = folder.resolve("." + name + "." + UUID.randomUUID() + ".tmp");
      writeThrough(temporary, body, disk);
      disk.replace(temporary, place);
      temporary = null;
      flushFolder(folder);
    } catch (IOException failure) {
      throw refused(target, failure);
    } finally {
      if (temporary != null) {
        removeQuietly(temporary);
      }
    }
  }

  private static void writeThrough(Path file, IoConsumer<OutputStream> body, Disk disk)
      throws IOException {
    try (OutputStream stream = disk.create(file)) {
      OutputStream buffered = new BufferedOutputStream(stream, 1 << 16);
      body.accept(buffered);
      buffered.flush();
      disk.force(stream);
    }
  }

  private static void writeToDevice(Path device, IoConsumer<OutputStream> body) throws IOException {
    try (OutputStream out = new BufferedOutputStream(new FileOutputStream(device.toFile()))) {
      body.accept(out);
    }
  }

  private static void rename(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException unsupported) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Makes the rename itself durable where the system can do that (Windows cannot). */
  private static void flushFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException unsupported) {
      // The content is on the disk; only the moment of the rename is left to the system.
    }
  }

  private static void removeQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException ignored) {
      // The failure that led here is the one to report.
    }
  }

  private static CdrlException refused(Path target, IOException failure) {
    String reason = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    String lower = reason.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left") || lower.contains("not enough space")) {
      return new CdrlException(
          failure,
          "Cannot write '{0}': no space is left on the disk; free some and try again.",
          target);
    }
    if (lower.contains("quota exceeded")) {
      return new CdrlException(
          failure,
          "Cannot write '{0}': the disk quota is used up; free some space and try again.",
          target);
    }
    if (failure instanceof AccessDeniedException || lower.contains("permission denied")) {
      return new CdrlException(
          failure, "Cannot write '{0}': permission is denied; choose another place.", target);
    }
    if (lower.contains("read-only file system")) {
      return new CdrlException(
          failure,
          "Cannot write '{0}': the file system is read-only; choose another place.",
          target);
    }
    if (failure instanceof FileSystemException system && system.getReason() != null) {
      reason = system.getReason();
    }
    return new CdrlException(failure, "Cannot write '{0}': {1}.", target, reason);
  }
}
