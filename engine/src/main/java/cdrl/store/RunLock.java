package cdrl.store;

import cdrl.runtime.CdrlException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The lock that keeps two processes from writing to one run. It goes when its process goes. */
final class RunLock {
  static final String FILE = "run.lock";

  private RunLock() {}

  /**
   * Takes the lock.
   *
   * @return holds the lock until it is closed
   * @throws CdrlException when another process has it
   */
  static FileChannel take(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        if (tryLock(channel) == null) {
          throw taken(folder);
        }
        return channel;
      } catch (RuntimeException | IOException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new CdrlException(
          e,
          "The run '{0}' cannot be locked ({1}); put it on another disk or check the permissions.",
          Sentences.shown(folder.toString()),
          Sentences.reason(e));
    }
  }

  /** Gives the lock up. */
  static void release(FileChannel lock) {
    try {
      lock.close();
    } catch (IOException e) {
      // The system gives it up at the latest when the process ends.
    }
  }

  /** What to say when somebody else has the lock. */
  static CdrlException taken(Path folder) {
    return new CdrlException(
        "The run '{0}' is being trained already; wait for that or stop it first.",
        Sentences.shown(folder.toString()));
  }

  /** Whether another process has the lock. Not to be asked about runs of this process. */
  static boolean isTaken(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return tryLock(channel) == null;
    } catch (IOException e) {
      return false;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }
}
