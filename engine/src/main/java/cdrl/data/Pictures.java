package cdrl.data;

import cdrl.runtime.AtomicFile;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Single picture files: reads pictures and masks, writes PNG files that tell how they were made.
 *
 * <p>Images are (channels, height, width) with values in [−1, 1]. Bytes become values and values
 * bytes without loss, so a pixel that nobody changed is the same in the file that is written.
 */
public final class Pictures {
  private static final String KEYWORD = "cdrl";
  private static final int BACKGROUND = 0xff202020;
  private static final int MOST_PIXELS = 1 << 28;
  private static final int PAPER = 255;

  private Pictures() {}

  /**
   * Reads a picture in its own size, upright as its Exif data asks for.
   *
   * @param channels 1 or 3; the picture is converted
   * @throws CdrlException when it cannot be read
   */
  public static HostTensor read(Path file, int channels) {
    return decode(file, PAPER, Integer.MAX_VALUE).withChannels(channels).toTensor();
  }

  /**
   * Reads a picture in the size that a model needs.
   *
   * @param resolution height and width of the result
   * @param channels 1 or 3; the picture is converted
   * @param fit what to do when the picture has another size
   * @throws CdrlException when it cannot be read, or has another size and must not
   */
  public static HostTensor read(Path file, int resolution, int channels, Fit fit) {
    Raster raster = decode(file, PAPER, fit == Fit.EXACT ? Integer.MAX_VALUE : resolution);
    return fitted(file, raster, resolution, channels, fit);
  }

  static HostTensor fitted(Path file, Raster raster, int resolution, int channels, Fit fit) {
    int width = raster.width();
    int height = raster.height();
    if (width == resolution && height == resolution && fit != Fit.ALIGNED_FACE) {
      return raster.withChannels(channels).toTensor();
    }
    if (fit == Fit.EXACT) {
      throw new CdrlException(
          "The picture '{0}' has {1}×{2} pixels, but the model needs {3}×{3}; have it cropped or"
              + " scaled (--fit in the command line).",
          file, width, height, resolution);
    }
    return raster
        .withChannels(channels)
        .scaled(fit.crop(width, height), resolution, resolution)
        .toTensor();
  }

  /**
   * Takes a part of an image and brings it to another size.
   *
   * @param image (channels, height, width) in [−1, 1]
   * @param crop the part, inside of the image
   * @return (channels, height, width) in [−1, 1], rounded to what a picture file can hold
   */
  public static HostTensor scaled(HostTensor image, Crop crop, int height, int width) {
    return raster(image).scaled(crop, width, height).toTensor();
  }

  /**
   * Takes a square part of an image and brings it to the size that a model needs.
   *
   * @param image (channels, height, width) in [−1, 1] with 1 or 3 channels
   * @param crop the part, inside of the image
   * @param resolution height and width of the result
   * @param channels 1 or 3; the image is converted
   */
  public static HostTensor fitted(HostTensor image, Crop crop, int resolution, int channels) {
    return raster(image).withChannels(channels).scaled(crop, resolution, resolution).toTensor();
  }

  /**
   * Reads a picture to be looked at. One that is larger is shrunk.
   *
   * @param side the most pixels of its longer side
   * @return (channels, height, width) in [−1, 1], in colour
   * @throws CdrlException when it cannot be read
   */
  public static HostTensor readAtMost(Path file, int side) {
    Raster raster = decode(file, PAPER, Math.max(1, side / 8)).withChannels(3);
    int longer = Math.max(raster.width(), raster.height());
    if (longer <= side) {
      return raster.toTensor();
    }
    double scale = (double) side / longer;
    return raster
        .scaled(
            Crop.whole(raster.width(), raster.height()),
            (int) Math.max(1, Math.round(raster.width() * scale)),
            (int) Math.max(1, Math.round(raster.height() * scale)))
        .toTensor();
  }

  private static Raster raster(HostTensor image) {
    float[] values = new float[image.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = PixelValues.toByte(image.values()[i]);
    }
    return new Raster(
        Math.toIntExact(image.shape()[2]),
        Math.toIntExact(image.shape()[1]),
        Math.toIntExact(image.shape()[0]),
        values);
  }

  /**
   * Reads a mask. White is to be filled, black and transparent parts are known; a pixel counts as
   * white from the middle of the grey scale on.
   *
   * @param width the width of the image that the mask is for
   * @param height the height of that image
   * @param scale whether a mask of another size is scaled to that of the image
   * @return height · width entries in rows, true where pixels are to be filled
   * @throws CdrlException when it cannot be read, has another size and must not, or has no white
   */
  public static boolean[] readMask(Path file, int width, int height, boolean scale) {
    Mask mask = Mask.read(file);
    if (mask.width() != width || mask.height() != height) {
      if (!scale) {
        throw wrongMaskSize(file, mask, width + "×" + height);
      }
      mask = mask.scaled(Crop.whole(mask.width(), mask.height()), width, height);
    }
    return mask.checkedPixels(file);
  }

  static CdrlException wrongMaskSize(Path file, Mask mask, String wanted) {
    return new CdrlException(
        "The mask '{0}' has {1}×{2} pixels, but the image has {3}; draw it in that size or have it"
            + " scaled (--scale-mask in the command line).",
        file, mask.width(), mask.height(), wanted);
  }

  /**
   * Writes one image as a PNG file.
   *
   * @param image (channels, height, width) with 1 or 3 channels; values are clamped to [−1, 1]
   * @param notes what made it, by name: model, checksum, seed, settings
   * @throws CdrlException when it cannot be written
   */
  public static void write(Path file, HostTensor image, Map<String, String> notes) {
    int channels = Math.toIntExact(image.shape()[0]);
    int height = Math.toIntExact(image.shape()[1]);
    int width = Math.toIntExact(image.shape()[2]);
    BufferedImage picture;
    if (channels == 1) {
      picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
      int[] samples = new int[width * height];
      Arrays.setAll(samples, i -> PixelValues.toByte(image.values()[i]));
      picture.getRaster().setSamples(0, 0, width, height, 0, samples);
    } else {
      picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      int[] argb = PixelValues.toArgb(image);
      System.arraycopy(argb, 0, pixels(picture), 0, argb.length);
    }
    writePng(file, picture, notes);
  }

  /**
   * Writes several images as one PNG file, row by row.
   *
   * @param images (count, channels, height, width) with 1 or 3 channels; values are clamped to [−1,
   *     1]
   * @param notes what made them, by name: model, checksum, seed, settings
   * @throws CdrlException when it would be too large or cannot be written
   */
  public static void writeSheet(
      Path file, HostTensor images, SheetLayout layout, Map<String, String> notes) {
    int count = images.count();
    int channels = Math.toIntExact(images.shape()[1]);
    int height = Math.toIntExact(images.shape()[2]);
    int width = Math.toIntExact(images.shape()[3]);
    int columns = Math.max(1, Math.min(layout.columns(), count));
    int rows = (count + columns - 1) / columns;
    long stepX = (long) width * layout.scale() + layout.padding();
    long stepY = (long) height * layout.scale() + layout.padding();
    long sheetWidth = columns * stepX + layout.padding();
    long sheetHeight = rows * stepY + layout.padding();
    if (sheetWidth < 1 || sheetHeight < 1 || sheetWidth > MOST_PIXELS / sheetHeight) {
      throw new CdrlException(
          "A sheet of {0} images would have {1}×{2} pixels; write fewer images or a smaller one.",
          count, sheetWidth, sheetHeight);
    }
    BufferedImage sheet =
        new BufferedImage((int) sheetWidth, (int) sheetHeight, BufferedImage.TYPE_INT_RGB);
    int[] target = pixels(sheet);
    Arrays.fill(target, BACKGROUND);
    int area = width * height;
    int[] argb = new int[area];
    for (int i = 0; i < count; i++) {
      PixelValues.toArgb(images.values(), i * channels * area, channels, area, argb);
      int left = (int) (i % columns * stepX) + layout.padding();
      int top = (int) (i / columns * stepY) + layout.padding();
      for (int y = 0; y < height * layout.scale(); y++) {
        int start = (top + y) * (int) sheetWidth + left;
        for (int x = 0; x < width * layout.scale(); x++) {
          target[start + x] = argb[y / layout.scale() * width + x / layout.scale()];
        }
      }
    }
    writePng(file, sheet, notes);
  }

  private static int[] pixels(BufferedImage image) {
    return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
  }

  private static void writePng(Path file, BufferedImage picture, Map<String, String> notes) {
    AtomicFile.write(file, out -> out.write(PngText.insert(png(picture), KEYWORD, ascii(notes))));
  }

  private static byte[] png(BufferedImage picture) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(output);
      writer.write(picture);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** The notes as a JSON object with everything beyond ASCII escaped. */
  private static String ascii(Map<String, String> notes) {
    JsonObject object = new JsonObject();
    notes.forEach(object::addProperty);
    StringBuilder escaped = new StringBuilder();
    for (char character : object.toString().toCharArray()) {
      if (character < 0x80) {
        escaped.append(character);
      } else {
        escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
      }
    }
    return escaped.toString();
  }

  /**
   * What a picture tells about how it was made.
   *
   * @return the notes that were given when it was written, in their order; empty when the file is
   *     no PNG picture of this program
   * @throws CdrlException when the file cannot be read or its notes are damaged
   */
  public static Map<String, String> readNotes(Path file) {
    try (InputStream input = new BufferedInputStream(Files.newInputStream(file))) {
      String text = PngText.find(input, KEYWORD);
      if (text == null) {
        return Map.of();
      }
      Map<String, String> notes = new LinkedHashMap<>();
      for (Map.Entry<String, JsonElement> entry :
          JsonParser.parseString(text).getAsJsonObject().entrySet()) {
        notes.put(entry.getKey(), entry.getValue().getAsString());
      }
      return Collections.unmodifiableMap(notes);
    } catch (IOException failure) {
      throw unreadable(file, failure);
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException damaged) {
      throw new CdrlException(
          damaged, "The settings inside of the picture '{0}' are damaged.", file);
    }
  }

  static Raster decode(Path file, int background, int enough) {
    try {
      return ImageDecoder.decode(file, background, enough);
    } catch (IOException failure) {
      throw unreadable(file, failure);
    }
  }

  private static CdrlException unreadable(Path file, IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return new CdrlException(failure, "There is no picture '{0}'.", file);
    }
    if (Files.isDirectory(file)) {
      return new CdrlException(failure, "'{0}' is a folder, not a picture.", file);
    }
    return new CdrlException(failure, "Cannot read the picture '{0}': {1}.", file, failure);
  }
}
