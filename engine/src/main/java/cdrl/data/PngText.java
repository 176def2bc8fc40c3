package cdrl.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** Named texts inside of PNG files. */
final class PngText {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int HEADER_END = SIGNATURE.length + 4 + 4 + 13 + 4;
  private static final int MOST_TEXT_BYTES = 4 << 20;

  private PngText() {}

  /**
   * Adds a text behind the header.
   *
   * @param png a whole PNG file
   * @param text ASCII only, so that every reader understands it
   */
  static byte[] insert(byte[] png, String keyword, String text) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write("tEXt".getBytes(StandardCharsets.US_ASCII));
    content.write(keyword.getBytes(StandardCharsets.US_ASCII));
    content.write(0);
    content.write(text.getBytes(StandardCharsets.US_ASCII));
    CRC32 checksum = new CRC32();
    checksum.update(content.toByteArray());
    ByteArrayOutputStream result = new ByteArrayOutputStream(png.length + content.size() + 8);
    DataOutputStream out = new DataOutputStream(result);
    out.write(png, 0, HEADER_END);
    out.writeInt(content.size() - 4);
    content.writeTo(out);
    out.writeInt((int) checksum.getValue());
    out.write(png, HEADER_END, png.length - HEADER_END);
    return result.toByteArray();
  }

  /**
   * Finds a text, whichever of the three kinds of text chunks holds it.
   *
   * @return null when the file is no PNG or has no such text
   */
  static @Nullable String find(InputStream input, String keyword) throws IOException {
    DataInputStream data = new DataInputStream(input);
    if (!Arrays.equals(data.readNBytes(SIGNATURE.length), SIGNATURE)) {
      return null;
    }
    try {
      while (true) {
        int length = data.readInt();
        String type = new String(data.readNBytes(4), StandardCharsets.US_ASCII);
        if (length < 0 || type.equals("IEND")) {
          return null;
        }
        boolean text = type.equals("tEXt") || type.equals("zTXt") || type.equals("iTXt");
        if (text && length <= MOST_TEXT_BYTES) {
          byte[] content = data.readNBytes(length);
          String found = content.length == length ? text(type, content, keyword) : null;
          if (found != null) {
            return found;
          }
        } else {
          data.skipNBytes(length);
        }
        data.readInt();
      }
    } catch (EOFException cutShort) {
      return null;
    }
  }

  private static @Nullable String text(String type, byte[] content, String keyword)
      throws IOException {
    byte[] name = keyword.getBytes(StandardCharsets.ISO_8859_1);
    int end = zero(content, 0);
    if (end < 0 || !Arrays.equals(Arrays.copyOf(content, end), name)) {
      return null;
    }
    int start = end + 1;
    switch (type) {
      case "tEXt":
        return decode(content, start, false, StandardCharsets.ISO_8859_1);
      case "zTXt":
        return decode(content, start + 1, true, StandardCharsets.ISO_8859_1);
      default:
        boolean compressed = start < content.length && content[start] == 1;
        int language = zero(content, start + 2);
        int translated = language < 0 ? -1 : zero(content, language + 1);
        return translated < 0
            ? null
            : decode(content, translated + 1, compressed, StandardCharsets.UTF_8);
    }
  }

  private static int zero(byte[] content, int from) {
    for (int i = from; i < content.length; i++) {
      if (content[i] == 0) {
        return i;
      }
    }
    return -1;
  }

  private static String decode(byte[] content, int start, boolean compressed, Charset charset)
      throws IOException {
    byte[] text = Arrays.copyOfRange(content, Math.min(start, content.length), content.length);
    if (compressed) {
      try (InputStream inflated = new InflaterInputStream(new ByteArrayInputStream(text))) {
        text = inflated.readNBytes(MOST_TEXT_BYTES);
      }
    }
    return new String(text, charset);
  }
}
