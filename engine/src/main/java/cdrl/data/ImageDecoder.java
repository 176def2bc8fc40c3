package cdrl.data;

import cdrl.runtime.UnusableException;
import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes picture files. Samples are taken as they are stored, without colour management: a grey
 * value stays the same number (Java's own conversion brightens grey images), 16-bit samples lose
 * their lower half, and transparent parts are laid over a background.
 */
final class ImageDecoder {
  /** Refuses files whose header claims more than any camera delivers. */
  private static final long MOST_PIXELS = 600_000_000;

  /** Above this, pixels are left out while decoding if enough remain for the wanted size. */
  private static final long MANY_PIXELS = 4_000_000;

  private static final long MOST_BYTES = 512L << 20;

  /** How many source pixels per wanted pixel and axis are kept when pixels are left out. */
  private static final int OVERSAMPLING = 8;

  private ImageDecoder() {}

  /** Whether a file begins like a picture of a kind that can be read. */
  static boolean looksLikePicture(byte[] start) {
    return begins(start, 0xff, 0xd8, 0xff)
        || begins(start, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')
        || begins(start, 'G', 'I', 'F', '8')
        || begins(start, 'B', 'M');
  }

  private static boolean begins(byte[] start, int... expected) {
    if (start.length < expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if ((start[i] & 0xff) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Decodes a file, upright.
   *
   * @param background 0 to 255, what transparent parts are laid over
   * @param enough the side in pixels that is wanted in the end, so that huge pictures need not be
   *     decoded whole; {@link Integer#MAX_VALUE} for all pixels
   * @throws IOException whose message says in a few words what is wrong with the file
   */
  static Raster decode(Path file, int background, int enough) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new UnusableException("larger than {0} MB", MOST_BYTES >> 20);
    }
    return decode(Files.readAllBytes(file), background, enough);
  }

  static Raster decode(byte[] content, int background, int enough) throws IOException {
    if (content.length == 0) {
      throw new UnusableException("the file is empty");
    }
    if (!looksLikePicture(content)) {
      throw new UnusableException("not a JPEG, PNG, GIF or BMP picture");
    }
    return samples(read(content, enough), background).oriented(orientation(content));
  }

  private static BufferedImage read(byte[] content, int enough) throws IOException {
    try (ImageInputStream input =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
      if (!readers.hasNext()) {
        throw new UnusableException("no reader for this kind of picture");
      }
      ImageReader reader = readers.next();
      try {
        Warnings warnings = new Warnings();
        reader.addIIOReadWarningListener(warnings);
        reader.setInput(input, true, true);
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        long pixels = (long) width * height;
        if (pixels > MOST_PIXELS) {
          throw new UnusableException("claims to be {0} × {1} pixels large", width, height);
        }
        ImageReadParam parameters = reader.getDefaultReadParam();
        long step =
            pixels > MANY_PIXELS ? Math.min(width, height) / (long) OVERSAMPLING / enough : 1;
        if (step > 1) {
          parameters.setSourceSubsampling((int) step, (int) step, 0, 0);
        }
        BufferedImage image = reader.read(0, parameters);
        if (warnings.damage != null) {
          throw new IOException(warnings.damage);
        }
        return image;
      } finally {
        reader.dispose();
      }
    } catch (EOFException cutShort) {
      throw new UnusableException(cutShort, "the file is cut short");
    } catch (RuntimeException | OutOfMemoryError damaged) {
      // Readers meet damaged headers with all kinds of unchecked exceptions.
      throw new UnusableException(damaged, "damaged: {0}", damaged.toString());
    }
  }

  /** A JPEG file that was cut short is filled up with grey; only a warning tells of it. */
  private static final class Warnings implements IIOReadWarningListener {
    private @Nullable String damage;

    @Override
    public void warningOccurred(ImageReader source, String warning) {
      String lower = warning.toLowerCase(Locale.ROOT);
      boolean harmless =
          lower.contains("extraneous") || lower.contains("icc") || lower.contains("profile");
      if (!harmless && (lower.contains("premature end") || lower.contains("corrupt"))) {
        damage = warning;
      }
    }
  }

  private static Raster samples(BufferedImage image, int background) {
    ColorModel colors = image.getColorModel();
    WritableRaster raster = image.getRaster();
    int bands = raster.getNumBands();
    int space = colors.getColorSpace().getType();
    boolean colour = space == ColorSpace.TYPE_RGB && bands >= 3;
    boolean grey = space == ColorSpace.TYPE_GRAY && bands <= 2;
    boolean direct =
        (colour || grey) && !(colors instanceof IndexColorModel) && !colors.isAlphaPremultiplied();
    return direct ? bands(image, background) : converted(image, background);
  }

  /** Takes the stored samples. */
  private static Raster bands(BufferedImage image, int background) {
    int width = image.getWidth();
    int height = image.getHeight();
    int area = Math.multiplyExact(width, height);
    WritableRaster raster = image.getRaster();
    int bands = raster.getNumBands();
    boolean alpha = bands == 2 || bands == 4;
    int channels = bands >= 3 ? 3 : 1;
    float[] values = new float[Math.multiplyExact(channels, area)];
    float[] factors = new float[bands];
    for (int b = 0; b < bands; b++) {
      int bits = raster.getSampleModel().getSampleSize(b);
      // Exactly 1 for 8 bits; 16 bits map 65535 to 255.
      factors[b] = (float) (255.0 / ((1L << bits) - 1));
    }
    int[] row = new int[width * bands];
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        float opacity = alpha ? row[x * bands + bands - 1] * factors[bands - 1] / 255 : 1;
        for (int c = 0; c < channels; c++) {
          float value = row[x * bands + c] * factors[c];
          values[c * area + y * width + x] =
              opacity == 1 ? value : opacity * value + (1 - opacity) * background;
        }
      }
    }
    return new Raster(width, height, channels, values);
  }

  /** Lets the image convert itself: palettes, and whatever is rare. */
  private static Raster converted(BufferedImage image, int background) {
    int width = image.getWidth();
    int height = image.getHeight();
    int area = Math.multiplyExact(width, height);
    float[] values = new float[Math.multiplyExact(3, area)];
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        float opacity = (row[x] >>> 24) / 255f;
        for (int c = 0; c < 3; c++) {
          int value = row[x] >> (16 - 8 * c) & 0xff;
          values[c * area + y * width + x] = opacity * value + (1 - opacity) * background;
        }
      }
    }
    return new Raster(width, height, 3, values);
  }

  /** The Exif orientation, 1 to 8; 1 when there is none or it makes no sense. */
  private static int orientation(byte[] content) {
    if (content[0] == 'B' || content[0] == 'G') {
      return 1;
    }
    try {
      Metadata metadata = ImageMetadataReader.readMetadata(new ByteArrayInputStream(content));
      for (ExifIFD0Directory exif : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
        Integer orientation = exif.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
        if (orientation != null && orientation >= 1 && orientation <= 8) {
          return orientation;
        }
      }
    } catch (ImageProcessingException | IOException | RuntimeException unreadable) {
      // The pixels could be read; without usable metadata they are taken to be upright.
    }
    return 1;
  }
}
