package cdrl.sampling;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs the source of a program for the engine into the archive that the engine loads: a stored zip
 * with the source, an empty table of constants, and one object without attributes.
 */
final class ScriptArchive {
  private ScriptArchive() {}

  /**
   * The archive of a class whose source is a resource beside this class.
   *
   * @param name the name of the class
   * @param resource the file with its source
   */
  static InputStream stream(String name, String resource) throws IOException {
    byte[] source;
    try (InputStream stream = ScriptArchive.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IOException(resource + " is missing");
      }
      source = stream.readAllBytes();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      // Pickles: an empty tuple, and an instance of the class made from an empty dictionary.
      put(zip, name + "/data.pkl", ascii("\u0080\u0002c__torch__\n" + name + "\n)\u0081}b."));
      put(zip, name + "/code/__torch__.py", source);
      put(zip, name + "/constants.pkl", ascii("\u0080\u0002)."));
      put(zip, name + "/version", ascii("3\n"));
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
