package cdrl.store;

import cdrl.runtime.CdrlException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Words for what goes wrong with files. */
final class Sentences {
  private static final int LONGEST_QUOTE = 100;

  private Sentences() {}

  /** A name from a file, to stand in quotes: shortened, and without control characters. */
  static String shown(String name) {
    StringBuilder text = new StringBuilder();
    (name.length() > LONGEST_QUOTE ? name.substring(0, LONGEST_QUOTE - 1) + "…" : name)
        .codePoints()
        .map(
            c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c)
        .forEach(text::appendCodePoint);
    return text.toString();
  }

  /** What to say when a file cannot be read. */
  static CdrlException reading(Path path, IOException failure) {
    String name = shown(path.toString());
    if (failure instanceof NoSuchFileException
        || failure instanceof FileNotFoundException && !Files.exists(path)) {
      return new CdrlException(failure, "There is no file '{0}'; check the path.", name);
    }
    if (failure instanceof AccessDeniedException || !Files.isReadable(path)) {
      return new CdrlException(
          failure, "The file '{0}' may not be read; check its permissions.", name);
    }
    if (failure instanceof EOFException) {
      return new CdrlException(
          failure, "The file '{0}' is cut short; use another copy of it.", name);
    }
    return new CdrlException(
        failure, "The file '{0}' could not be read ({1}); check the disk.", name, reason(failure));
  }

  /** The operating system's reason in a few words. */
  static String reason(IOException failure) {
    @Nullable String reason =
        failure instanceof FileSystemException system && system.getReason() != null
            ? system.getReason()
            : failure.getMessage();
    return reason == null ? failure.getClass().getSimpleName() : reason;
  }
}
