package cdrl.data;

import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * CIFAR-10 in its binary layout: records of one label and 32×32 red, green and blue bytes. Of a
 * folder the training batches are taken; name the file itself for the test batch.
 *
 * @param place what was asked for
 * @param files the batches in order
 */
record Cifar10(Path place, List<Path> files) implements ImageSource {
  private static final int SIDE = 32;
  private static final int RECORD = 1 + 3 * SIDE * SIDE;
  private static final int CLASSES = 10;
  private static final int RECORDS_TO_LOOK_AT = 16;
  private static final String TEST_BATCH = "test_batch.bin";
  private static final String NAMES = "batches.meta.txt";

  /** Whether a file has whole records, the first of which have labels from 0 to 9. */
  static boolean recognizes(Path file) {
    try {
      long size = Files.size(file);
      if (size == 0 || size % RECORD != 0) {
        return false;
      }
    } catch (IOException unreadable) {
      return false;
    }
    byte[] start = PictureFiles.firstBytes(file, RECORDS_TO_LOOK_AT * RECORD);
    for (int i = 0; i < start.length; i += RECORD) {
      if (start[i] < 0 || start[i] >= CLASSES) {
        return false;
      }
    }
    return start.length > 0 && !ImageDecoder.looksLikePicture(start);
  }

  /** The batches in a folder: the training batches if there are any, else all. */
  static List<Path> batches(Path folder) throws IOException {
    try (Stream<Path> listing = Files.list(folder)) {
      List<Path> all =
          listing
              .filter(file -> String.valueOf(file.getFileName()).endsWith(".bin"))
              .filter(Files::isRegularFile)
              .filter(Cifar10::recognizes)
              .sorted()
              .toList();
      List<Path> training = all.stream().filter(file -> !file.endsWith(TEST_BATCH)).toList();
      return training.isEmpty() ? all : training;
    }
  }

  @Override
  public ImageDataSet load(
      int resolution, int channels, Progress progress, Cancellation cancellation) {
    ImageDataSet.Builder builder = new ImageDataSet.Builder(resolution, channels);
    try {
      long total = 0;
      for (Path file : files) {
        total += Files.size(file) / RECORD;
      }
      builder.expect(total);
      progress.report(0, total);
      for (Path file : files) {
        read(file, resolution, channels, builder, total, progress, cancellation);
      }
      progress.report(total, total);
      builder.classNames(classNames());
    } catch (IOException failure) {
      throw new CdrlException(
          "Cannot read the CIFAR-10 data in '" + place + "': " + failure.getMessage() + ".",
          failure);
    }
    return builder.build("CIFAR-10, " + builder.size() + " images");
  }

  private static void read(
      Path file,
      int resolution,
      int channels,
      ImageDataSet.Builder builder,
      long total,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    try (InputStream input = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      byte[] record = input.readNBytes(RECORD);
      for (int i = 0; record.length == RECORD; i++, record = input.readNBytes(RECORD)) {
        if (record[0] < 0 || record[0] >= CLASSES) {
          throw new CdrlException(
              "The CIFAR-10 file '"
                  + file
                  + "' is damaged: record "
                  + i
                  + " has label "
                  + (record[0] & 0xff)
                  + ", but labels go from 0 to 9.");
        }
        builder.add(fit(record, resolution, channels), record[0] + 1);
        if (i % 512 == 0) {
          cancellation.throwIfCancelled();
          progress.report(builder.size(), total);
        }
      }
    }
  }

  private static byte[] fit(byte[] record, int resolution, int channels) {
    if (resolution == SIDE && channels == 3) {
      return Arrays.copyOfRange(record, 1, RECORD);
    }
    float[] values = new float[RECORD - 1];
    for (int i = 0; i < values.length; i++) {
      values[i] = record[i + 1] & 0xff;
    }
    return new Raster(SIDE, SIDE, 3, values)
        .withChannels(channels)
        .scaled(Crop.whole(SIDE, SIDE), resolution, resolution)
        .toBytes();
  }

  /** The names from the text file that comes with the data, or numbers. */
  private List<String> classNames() throws IOException {
    Path first = files.get(0);
    Path names = first.resolveSibling(NAMES);
    if (Files.isRegularFile(names) && Files.size(names) < 4096) {
      List<String> lines =
          new String(Files.readAllBytes(names), StandardCharsets.UTF_8)
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
      if (lines.size() == CLASSES) {
        return lines;
      }
    }
    return IntStream.range(0, CLASSES).mapToObj(String::valueOf).toList();
  }
}
