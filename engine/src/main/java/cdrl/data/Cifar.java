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
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * CIFAR-10 and CIFAR-100 in their binary layout: records of labels and 32×32 red, green and blue
 * bytes. Of a folder the training images are taken; name the file itself for the test images.
 *
 * @param place what was asked for
 * @param files the batches in order
 * @param layout which of the two
 */
record Cifar(Path place, List<Path> files, Layout layout) implements ImageSource {
  /** The layouts of records. */
  enum Layout {
    /** One label from 0 to 9. */
    CIFAR_10("CIFAR-10", "batches.meta.txt", 10),
    /** A coarse label from 0 to 19 and a fine one from 0 to 99; the fine one is the class. */
    CIFAR_100("CIFAR-100", "fine_label_names.txt", 20, 100);

    private final String title;
    private final String names;
    private final int[] classes;

    Layout(String title, String names, int... classes) {
      this.title = title;
      this.names = names;
      this.classes = classes;
    }

    int labels() {
      return classes.length;
    }

    int classes() {
      return classes[classes.length - 1];
    }

    int record() {
      return classes.length + IMAGE;
    }

    /** Which label of the record that begins at a place is out of range; −1 for none. */
    int wrongLabel(byte[] bytes, int start) {
      for (int i = 0; i < classes.length; i++) {
        if ((bytes[start + i] & 0xff) >= classes[i]) {
          return i;
        }
      }
      return -1;
    }
  }

  private static final int SIDE = 32;
  private static final int IMAGE = 3 * SIDE * SIDE;
  private static final int RECORDS_TO_LOOK_AT = 16;
  private static final List<String> TEST_FILES = List.of("test_batch.bin", "test.bin");

  /** The layout of a file that has whole records, the first of which have possible labels. */
  static Optional<Layout> recognize(Path file) {
    for (Layout layout : Layout.values()) {
      if (fits(file, layout)) {
        return Optional.of(layout);
      }
    }
    return Optional.empty();
  }

  private static boolean fits(Path file, Layout layout) {
    int record = layout.record();
    try {
      long size = Files.size(file);
      if (size == 0 || size % record != 0) {
        return false;
      }
    } catch (IOException unreadable) {
      return false;
    }
    byte[] start = PictureFiles.firstBytes(file, RECORDS_TO_LOOK_AT * record);
    for (int i = 0; i + record <= start.length; i += record) {
      if (layout.wrongLabel(start, i) >= 0) {
        return false;
      }
    }
    return start.length > 0 && !ImageDecoder.looksLikePicture(start);
  }

  /** The data in a folder: the training images if there are any, else all; nothing without any. */
  static Optional<Cifar> in(Path folder) throws IOException {
    List<Path> candidates;
    try (Stream<Path> listing = Files.list(folder)) {
      candidates =
          listing
              .filter(file -> String.valueOf(file.getFileName()).endsWith(".bin"))
              .filter(Files::isRegularFile)
              .sorted()
              .toList();
    }
    for (Layout layout : Layout.values()) {
      List<Path> all = candidates.stream().filter(file -> fits(file, layout)).toList();
      List<Path> training =
          all.stream().filter(file -> TEST_FILES.stream().noneMatch(file::endsWith)).toList();
      if (!all.isEmpty()) {
        return Optional.of(new Cifar(folder, training.isEmpty() ? all : training, layout));
      }
    }
    return Optional.empty();
  }

  @Override
  public String state() {
    return Stream.concat(files.stream(), Stream.of(names()))
        .map(ImageSource::state)
        .collect(Collectors.joining());
  }

  private Path names() {
    return files.get(0).resolveSibling(layout.names);
  }

  @Override
  public String load(ImageDataSet.Builder builder, Progress progress, Cancellation cancellation) {
    try {
      long total = 0;
      for (Path file : files) {
        total += Files.size(file) / layout.record();
      }
      builder.expect(total);
      progress.report(0, total);
      for (Path file : files) {
        read(file, builder, total, progress, cancellation);
      }
      progress.report(total, total);
      builder.classNames(classNames());
    } catch (IOException failure) {
      throw new CdrlException(
          failure, "Cannot read the {0} data in '{1}': {2}.", layout.title, place, failure);
    }
    return layout.title + ", " + builder.size() + " images";
  }

  private void read(
      Path file,
      ImageDataSet.Builder builder,
      long total,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    try (InputStream input = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      int length = layout.record();
      byte[] record = input.readNBytes(length);
      for (int i = 0; record.length == length; i++, record = input.readNBytes(length)) {
        int wrong = layout.wrongLabel(record, 0);
        if (wrong >= 0) {
          throw new CdrlException(
              "The {0} file '{1}' is damaged: record {2} has label {3}, but labels go from 0 to"
                  + " {4}.",
              layout.title, file, i, record[wrong] & 0xff, layout.classes[wrong] - 1);
        }
        builder.add(
            fit(record, builder.resolution(), builder.channels()), record[layout.labels() - 1] + 1);
        if (i % 512 == 0) {
          cancellation.throwIfCancelled();
          progress.report(builder.size(), total);
        }
      }
    }
  }

  private byte[] fit(byte[] record, int resolution, int channels) {
    if (resolution == SIDE && channels == 3) {
      return Arrays.copyOfRange(record, layout.labels(), record.length);
    }
    float[] values = new float[IMAGE];
    for (int i = 0; i < values.length; i++) {
      values[i] = record[i + layout.labels()] & 0xff;
    }
    return new Raster(SIDE, SIDE, 3, values)
        .withChannels(channels)
        .scaled(Crop.whole(SIDE, SIDE), resolution, resolution)
        .toBytes();
  }

  /** The names from the text file that comes with the data, or numbers. */
  private List<String> classNames() throws IOException {
    Path names = names();
    if (Files.isRegularFile(names) && Files.size(names) < 4096) {
      List<String> lines =
          new String(Files.readAllBytes(names), StandardCharsets.UTF_8)
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
      if (lines.size() == layout.classes()) {
        return lines;
      }
    }
    return IntStream.range(0, layout.classes()).mapToObj(String::valueOf).toList();
  }
}
