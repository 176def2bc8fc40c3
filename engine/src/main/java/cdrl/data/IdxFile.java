package cdrl.data;

import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.Sentence;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Grey images in the idx layout of the MNIST family, plain or compressed with gzip. The labels come
 * from the file beside it whose name has "labels-idx1" for "images-idx3", if it is there.
 */
record IdxFile(Path file) implements ImageSource {
  private static final String DAMAGED = "The idx file '{0}' is damaged: {1}.";
  private static final int IMAGES = 0x00000803;
  private static final int LABELS = 0x00000801;
  private static final int MOST_PIXELS_PER_SIDE = 4096;

  static boolean recognizes(Path file) {
    try (DataInputStream input = open(file)) {
      return input.readInt() == IMAGES;
    } catch (IOException other) {
      return false;
    }
  }

  /** Whether the file holds labels, which somebody may have taken for the images. */
  static boolean holdsLabels(Path file) {
    try (DataInputStream input = open(file)) {
      return input.readInt() == LABELS;
    } catch (IOException other) {
      return false;
    }
  }

  private static DataInputStream open(Path file) throws IOException {
    byte[] start = PictureFiles.firstBytes(file, 2);
    boolean compressed =
        start.length == 2 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b;
    InputStream raw = Files.newInputStream(file);
    try {
      InputStream plain = compressed ? new GZIPInputStream(raw, 1 << 16) : raw;
      return new DataInputStream(new BufferedInputStream(plain, 1 << 16));
    } catch (IOException failure) {
      raw.close();
      throw failure;
    }
  }

  @Override
  public Path place() {
    return file;
  }

  @Override
  public String state() {
    return ImageSource.state(file) + ImageSource.state(labels());
  }

  @Override
  public String load(ImageDataSet.Builder builder, Progress progress, Cancellation cancellation) {
    try (DataInputStream input = open(file)) {
      if (input.readInt() != IMAGES) {
        throw damaged(file, "it does not begin like an idx file of images");
      }
      int count = input.readInt();
      int height = input.readInt();
      int width = input.readInt();
      if (count < 1
          || height < 1
          || width < 1
          || height > MOST_PIXELS_PER_SIDE
          || width > MOST_PIXELS_PER_SIDE) {
        throw damaged(file, "it claims to hold {0} images of {1}×{2}", count, height, width);
      }
      checkSize(count, (long) height * width);
      builder.expect(count);
      byte @Nullable [] labels = labels(builder, count);
      byte[] pixels = new byte[height * width];
      progress.report(0, count);
      for (int i = 0; i < count; i++) {
        try {
          input.readFully(pixels);
        } catch (EOFException early) {
          throw damaged(file, "it claims to hold {0} images but ends after {1}", count, i);
        }
        byte[] image = fit(pixels, height, width, builder.resolution(), builder.channels());
        builder.add(image, labels == null ? 0 : (labels[i] & 0xff) + 1);
        if (i % 1024 == 0) {
          cancellation.throwIfCancelled();
          progress.report(i, count);
        }
      }
      if (input.read() >= 0) {
        throw damaged(file, "it goes on after the {0} images that it claims to hold", count);
      }
      progress.report(count, count);
    } catch (IOException failure) {
      throw new CdrlException(failure, DAMAGED, file, failure);
    }
    return "idx file '" + file.getFileName() + "', " + builder.size() + " images";
  }

  /** A plain file tells its size beforehand; a compressed one only while it is read. */
  private void checkSize(long count, long area) throws IOException {
    byte[] start = PictureFiles.firstBytes(file, 2);
    if (start[0] == 0 && Files.size(file) != 16 + count * area) {
      throw damaged(
          file,
          "{0} bytes were expected from its header, but it has {1}",
          String.format(Locale.ROOT, "%,d", 16 + count * area),
          String.format(Locale.ROOT, "%,d", Files.size(file)));
    }
  }

  /** Where the labels are, if there are any. */
  private Path labels() {
    String name = String.valueOf(file.getFileName());
    return file.resolveSibling(name.replace("images", "labels").replace("idx3", "idx1"));
  }

  private byte @Nullable [] labels(ImageDataSet.Builder builder, int images) {
    Path beside = labels();
    if (beside.equals(file) || !Files.isRegularFile(beside)) {
      return null;
    }
    byte[] labels;
    try (DataInputStream input = open(beside)) {
      if (input.readInt() != LABELS) {
        throw damaged(beside, "it does not begin like an idx file of labels");
      }
      int count = input.readInt();
      if (count != images) {
        throw damaged(beside, "it has {0} labels for {1} images", count, images);
      }
      labels = input.readNBytes(count);
      if (labels.length != count || input.read() >= 0) {
        throw damaged(beside, "it does not hold the {0} labels that it claims to hold", count);
      }
    } catch (IOException failure) {
      throw new CdrlException(failure, DAMAGED, beside, failure);
    }
    int most = 0;
    for (byte label : labels) {
      most = Math.max(most, label & 0xff);
    }
    builder.classNames(IntStream.rangeClosed(0, most).mapToObj(String::valueOf).toList());
    return labels;
  }

  /** Adds a black margin where little is missing, so that 28 pixels become 32; else scales. */
  private static byte[] fit(byte[] pixels, int height, int width, int resolution, int channels) {
    byte[] grey;
    if (height <= resolution
        && width <= resolution
        && 4 * Math.max(height, width) >= 3 * resolution) {
      grey = new byte[resolution * resolution];
      int top = (resolution - height) / 2;
      int left = (resolution - width) / 2;
      for (int y = 0; y < height; y++) {
        System.arraycopy(pixels, y * width, grey, (top + y) * resolution + left, width);
      }
    } else {
      float[] values = new float[pixels.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = pixels[i] & 0xff;
      }
      grey =
          new Raster(width, height, 1, values)
              .scaled(Crop.centreSquare(width, height), resolution, resolution)
              .toBytes();
    }
    if (channels == 1) {
      return grey;
    }
    byte[] colour = new byte[3 * grey.length];
    for (int c = 0; c < 3; c++) {
      System.arraycopy(grey, 0, colour, c * grey.length, grey.length);
    }
    return colour;
  }

  private static CdrlException damaged(Path file, String pattern, Object... arguments) {
    return new CdrlException(DAMAGED, file, new Sentence(pattern, arguments));
  }
}
