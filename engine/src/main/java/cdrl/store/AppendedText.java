package cdrl.store;

import cdrl.runtime.CdrlException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Text at the end of a file: all of it, or none. */
final class AppendedText {
  private AppendedText() {}

  /**
   * Appends a text in UTF-8; makes the file when there is none.
   *
   * @throws CdrlException when it cannot be written; the file is then as it was
   */
  static void append(Path file, String text) {
    long before = size(file);
    try {
      // A plain stream rather than a channel, because interrupting a thread closes channels.
      try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      cut(file, before);
      throw failure(file, e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /** Takes back a part that was written before the disk was full. */
  private static void cut(Path file, long size) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    } catch (IOException e) {
      // A torn line does no harm: it is passed over and cut off when the run goes on.
    }
  }

  static CdrlException failure(Path file, IOException e) {
    return new CdrlException(
        e,
        "The file '{0}' cannot be written ({1}); check the disk.",
        Sentences.shown(file.toString()),
        Sentences.reason(e));
  }
}
