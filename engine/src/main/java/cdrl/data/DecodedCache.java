package cdrl.data;

import cdrl.runtime.AtomicFile;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps decoded images in a folder that may be deleted at any time. An entry is used only when the
 * list of files with their sizes and times is the same as when it was written, and when its own
 * checksums are right; else the images are decoded again. The pixels stay in the file and are read
 * from there, so that sets larger than Java's memory can be used.
 */
final class DecodedCache {
  private static final Logger LOGGER = LoggerFactory.getLogger(DecodedCache.class);

  /** Nobody writes any more to an unfinished file that has not changed for so long. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final Path folder;

  DecodedCache(Path folder) {
    this.folder = folder;
  }

  /** {@code cdrl-studio/data} in the folder that the system keeps for caches. */
  static Path standardFolder() {
    String configured = System.getenv("XDG_CACHE_HOME");
    Path caches =
        configured != null && !configured.isBlank() && Path.of(configured).isAbsolute()
            ? Path.of(configured)
            : Path.of(System.getProperty("user.home", "."), ".cache");
    return caches.resolve("cdrl-studio").resolve("data");
  }

  /** What the source itself said while its images were being written, which is no failed disk. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final CdrlException reason;

    Refused(CdrlException reason) {
      super(reason);
      this.reason = reason;
    }
  }

  /** Writes pixels to a file as they come. */
  private final class FileStore implements PixelStore {
    private final OutputStream out;
    private final int imageBytes;

    FileStore(OutputStream out, int imageBytes) {
      this.out = out;
      this.imageBytes = imageBytes;
    }

    @Override
    public void expect(long images) {
      try {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (images * (double) imageBytes > free) {
          throw new IOException("only " + free / 1_000_000 + " MB are left in '" + folder + "'");
        }
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    @Override
    public void add(byte[] pixels) {
      try {
        out.write(pixels);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  /**
   * Takes the images from the cache, or reads them and keeps them. Where they cannot be kept, they
   * are in Java's memory.
   */
  ImageDataSet load(
      ImageSource source,
      int resolution,
      int channels,
      Progress progress,
      Cancellation cancellation) {
    String settings =
        source.getClass().getSimpleName() + " " + channels + "x" + resolution + "x" + resolution;
    String place = source.place().toAbsolutePath().normalize().toString();
    String key = Sha256.of(settings + "\n" + source.state());
    String prefix = Sha256.of(settings + "\n" + place).substring(0, 32);
    // A file that is in use cannot be replaced on every system, so what differs has another name.
    Path file = folder.resolve(prefix + "-" + key.substring(0, 16) + ".cache");
    ImageDataSet kept = DecodedFile.read(file, key, resolution, channels, cancellation);
    if (kept != null) {
      progress.report(kept.size(), kept.size());
      return kept;
    }
    ImageDataSet written = write(file, key, source, resolution, channels, progress, cancellation);
    if (written == null) {
      return source.load(resolution, channels, progress, cancellation);
    }
    removeOthers(file, prefix);
    return written;
  }

  /** Reads the images into a file, or returns null when the file cannot be written. */
  private @Nullable ImageDataSet write(
      Path file,
      String key,
      ImageSource source,
      int resolution,
      int channels,
      Progress progress,
      Cancellation cancellation) {
    ImageFacts[] facts = new ImageFacts[1];
    try {
      Files.createDirectories(folder);
      AtomicFile.write(
          file,
          out -> {
            DecodedFile.begin(out);
            facts[0] =
                decode(
                    source,
                    new ImageDataSet.Builder(
                        resolution,
                        channels,
                        new FileStore(out, channels * resolution * resolution)),
                    progress,
                    cancellation);
            DecodedFile.end(out, key, facts[0]);
          });
      return DecodedFile.open(file, facts[0]);
    } catch (Refused refused) {
      throw refused.reason;
    } catch (IOException | UncheckedIOException | CdrlException failure) {
      LOGGER.warn(
          "The decoded images could not be kept for the next start: {}", failure.toString());
      return null;
    }
  }

  private static ImageFacts decode(
      ImageSource source,
      ImageDataSet.Builder builder,
      Progress progress,
      Cancellation cancellation) {
    try {
      return builder.facts(source.load(builder, progress, cancellation));
    } catch (CdrlException reason) {
      throw new Refused(reason);
    }
  }

  /** Removes what was kept of the same place before, and what a killed program left there. */
  private void removeOthers(Path file, String prefix) {
    List<Path> others;
    try (Stream<Path> listing = Files.list(folder)) {
      others = listing.filter(other -> !other.equals(file)).toList();
    } catch (IOException unreadable) {
      return;
    }
    for (Path other : others) {
      String name = String.valueOf(other.getFileName());
      try {
        if (name.startsWith(prefix) || (name.startsWith("." + prefix) && isAbandoned(other))) {
          Files.deleteIfExists(other);
        }
      } catch (IOException inUse) {
        // The next change of the pictures tries again.
      }
    }
  }

  private static boolean isAbandoned(Path file) throws IOException {
    return Files.getLastModifiedTime(file).compareTo(FileTime.from(Instant.now().minus(ABANDONED)))
        < 0;
  }
}
