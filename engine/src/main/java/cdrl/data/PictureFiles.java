package cdrl.data;

import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The picture files in a folder and its sub-folders, in an order that depends on names alone. */
final class PictureFiles {
  private static final Set<String> ENDINGS =
      Set.of("jpg", "jpeg", "jpe", "jfif", "png", "gif", "bmp");
  private static final int FILES_PER_BLOCK = 64;
  private static final int BLOCKS_AHEAD = 6;
  private static final int MOST_THREADS = 2;

  /**
   * A picture file.
   *
   * @param name the path relative to the folder, with slashes
   * @param bytes the size of the file
   * @param modified milliseconds since 1970
   */
  record Entry(String name, Path path, long bytes, long modified) {}

  /** Receives the outcome for every file in order. */
  interface Receiver {
    void decoded(Entry entry, byte[] pixels);

    void damaged(Entry entry, Sentence reason);
  }

  private record Outcome(byte @Nullable [] pixels, Sentence reason) {}

  private final Path folder;
  private final List<Entry> entries;

  private PictureFiles(Path folder, List<Entry> entries) {
    this.folder = folder;
    this.entries = entries;
  }

  /**
   * Lists the picture files. Hidden files and folders are ignored, and so are files that neither
   * end nor begin like a picture. Links are followed.
   *
   * @throws CdrlException when the folder cannot be read
   */
  static PictureFiles in(Path folder) {
    List<Entry> entries = new ArrayList<>();
    try {
      Files.walkFileTree(
          folder,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          32,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path place, BasicFileAttributes attributes) {
              return !place.equals(folder) && hidden(place)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile() && !hidden(file) && isPicture(file)) {
                entries.add(
                    new Entry(
                        folder.relativize(file).toString().replace('\\', '/'),
                        file,
                        attributes.size(),
                        attributes.lastModifiedTime().toMillis()));
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure)
                throws IOException {
              if (file.equals(folder)) {
                throw failure;
              }
              // A broken link or a sub-folder without permission must not end it all.
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException failure) {
      throw new CdrlException(
          failure, "Cannot read the folder '{0}'; check that it exists and is readable.", folder);
    }
    entries.sort(Comparator.comparing(Entry::name, NaturalOrder.INSTANCE));
    return new PictureFiles(folder, List.copyOf(entries));
  }

  private static boolean hidden(Path file) {
    Path name = file.getFileName();
    return name != null && name.toString().startsWith(".");
  }

  private static boolean isPicture(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1))
        || ImageDecoder.looksLikePicture(firstBytes(file, 8));
  }

  /** The beginning of a file; shorter or empty when there is not as much or it is not readable. */
  static byte[] firstBytes(Path file, int count) {
    try (InputStream input = Files.newInputStream(file)) {
      return input.readNBytes(count);
    } catch (IOException unreadable) {
      return new byte[0];
    }
  }

  Path folder() {
    return folder;
  }

  List<Entry> entries() {
    return entries;
  }

  /** All files with their sizes and times, one a line. */
  String state() {
    StringBuilder text = new StringBuilder();
    for (Entry entry : entries) {
      text.append(entry.bytes()).append(' ').append(entry.modified()).append(' ');
      text.append(entry.name()).append('\n');
    }
    return text.toString();
  }

  /** Decodes on at most two threads and hands over in order on the calling thread. */
  void decode(
      Crop.Rule rule,
      int resolution,
      int channels,
      Progress progress,
      Cancellation cancellation,
      Receiver receiver) {
    int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    ExecutorService executor =
        Executors.newFixedThreadPool(
            threads,
            body -> {
              Thread thread = new Thread(body, "picture-decoder");
              thread.setDaemon(true);
              return thread;
            });
    try {
      ArrayDeque<Future<List<Outcome>>> blocks = new ArrayDeque<>();
      int submitted = 0;
      int done = 0;
      progress.report(0, entries.size());
      while (done < entries.size()) {
        cancellation.throwIfCancelled();
        while (submitted < entries.size() && blocks.size() < BLOCKS_AHEAD) {
          List<Entry> block =
              entries.subList(submitted, Math.min(entries.size(), submitted + FILES_PER_BLOCK));
          submitted += block.size();
          blocks.add(
              executor.submit(() -> decodeBlock(block, rule, resolution, channels, cancellation)));
        }
        for (Outcome outcome : blocks.remove().get()) {
          Entry entry = entries.get(done++);
          if (outcome.pixels() != null) {
            receiver.decoded(entry, outcome.pixels());
          } else {
            receiver.damaged(entry, outcome.reason());
          }
        }
        progress.report(done, entries.size());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof CancellationException cancelled) {
        throw cancelled;
      }
      throw new IllegalStateException("decoding pictures failed", failure.getCause());
    } finally {
      executor.shutdownNow();
    }
  }

  private static List<Outcome> decodeBlock(
      List<Entry> block, Crop.Rule rule, int resolution, int channels, Cancellation cancellation) {
    List<Outcome> outcomes = new ArrayList<>(block.size());
    for (Entry entry : block) {
      cancellation.throwIfCancelled();
      outcomes.add(decodeOne(entry, rule, resolution, channels));
    }
    return outcomes;
  }

  private static Outcome decodeOne(Entry entry, Crop.Rule rule, int resolution, int channels) {
    try {
      Raster raster = ImageDecoder.decode(entry.path(), 255, resolution);
      Crop crop = rule.of(raster.width(), raster.height());
      return new Outcome(
          raster.withChannels(channels).scaled(crop, resolution, resolution).toBytes(),
          new Sentence(""));
    } catch (IOException damaged) {
      return new Outcome(
          null, new Sentence("{0}", damaged.getMessage() == null ? damaged.toString() : damaged));
    }
  }
}
