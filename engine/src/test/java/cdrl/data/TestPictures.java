package cdrl.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** Pictures made for tests. */
final class TestPictures {
  private TestPictures() {}

  /** A picture whose pixel at (x, y) is given. */
  interface Pixels {
    int rgb(int x, int y);
  }

  static BufferedImage colour(int width, int height, Pixels pixels) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, pixels.rgb(x, y));
      }
    }
    return image;
  }

  static BufferedImage plain(int width, int height, int rgb) {
    return colour(width, height, (x, y) -> rgb);
  }

  /** Smooth, so that JPEG keeps it nearly. */
  static BufferedImage gradient(int width, int height) {
    return colour(
        width,
        height,
        (x, y) -> (255 * x / width) << 16 | (255 * y / height) << 8 | (255 - 255 * x / width));
  }

  static byte[] encode(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalStateException("cannot write " + format);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  static byte[] jpeg(BufferedImage image) throws IOException {
    ImageWriter writer =
        ImageIO.getImageWriters(ImageTypeSpecifier.createFromRenderedImage(image), "jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionQuality(0.98f);
    writer.setOutput(ImageIO.createImageOutputStream(out));
    writer.write(null, new IIOImage(image, null, null), parameters);
    ((javax.imageio.stream.ImageOutputStream) writer.getOutput()).flush();
    writer.dispose();
    return out.toByteArray();
  }

  static Path png(Path file, BufferedImage image) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, encode(image, "png"));
  }

  static Path jpeg(Path file, BufferedImage image) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, jpeg(image));
  }

  /** Puts an Exif segment with an orientation behind the start marker of a JPEG file. */
  static byte[] withOrientation(byte[] jpeg, int orientation) {
    byte[] exif = {
      (byte) 0xff,
      (byte) 0xe1,
      0,
      34, // APP1 and its length
      'E',
      'x',
      'i',
      'f',
      0,
      0, //
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8, // big endian, first directory at 8
      0,
      1, // one entry
      0x01,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0, //
      0,
      0,
      0,
      0 // no further directory
    };
    byte[] result = Arrays.copyOf(jpeg, jpeg.length + exif.length);
    System.arraycopy(exif, 0, result, 2, exif.length);
    System.arraycopy(jpeg, 2, result, 2 + exif.length, jpeg.length - 2);
    return result;
  }

  /** The head of a PNG file that claims to be large. */
  static byte[] pngClaiming(int width, int height) {
    byte[] png = encode(plain(1, 1, 0), "png");
    for (int i = 0; i < 4; i++) {
      png[16 + i] = (byte) (width >>> (24 - 8 * i));
      png[20 + i] = (byte) (height >>> (24 - 8 * i));
    }
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    for (int i = 0; i < 4; i++) {
      png[29 + i] = (byte) (crc.getValue() >>> (24 - 8 * i));
    }
    return png;
  }
}
