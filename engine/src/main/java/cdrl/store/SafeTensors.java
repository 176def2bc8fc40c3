package cdrl.store;

import cdrl.runtime.AtomicFile;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.Sentence;
import cdrl.runtime.Sha256;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads and writes safetensors files of float32 tensors. The reader is strict: a file that breaks
 * any published rule of the format is refused with one sentence, and nothing is allocated on the
 * mere claim of a header.
 */
public final class SafeTensors {
  private static final int LENGTH_BYTES = Long.BYTES;
  private static final int CHUNK_BYTES = 1 << 16;

  /** What to do about NaN and infinite values. */
  public enum NonFinite {
    /** The file is refused, naming the tensor. */
    REFUSED,
    /** They are read like others. */
    ALLOWED
  }

  /**
   * A file's content with the checksum of the very bytes it was read from.
   *
   * @param file the content
   * @param checksum SHA-256 in hexadecimal
   */
  public record Checked(TensorFile file, String checksum) {}

  private SafeTensors() {}

  /**
   * Reads a file, refusing NaN and infinite values.
   *
   * @return the content; tensors in the order in which their data lie in the file
   * @throws CdrlException when it cannot be read or breaks a rule of the format
   */
  public static TensorFile read(Path path) {
    return read(path, NonFinite.REFUSED).file();
  }

  /**
   * Reads a file.
   *
   * @return the content; tensors in the order in which their data lie in the file
   * @throws CdrlException when it cannot be read or breaks a rule of the format
   */
  public static Checked read(Path path, NonFinite nonFinite) {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new CdrlException(
          "'{0}' is not a file; name a safetensors file.", Sentences.shown(path.toString()));
    }
    try (InputStream in = new BufferedInputStream(new FileInputStream(path.toFile()))) {
      return read(in, Files.size(path), path.toString(), nonFinite);
    } catch (IOException e) {
      throw Sentences.reading(path, e);
    }
  }

  /** Reads a file that lies in memory; {@code source} names it in sentences. */
  static Checked read(byte[] bytes, String source, NonFinite nonFinite) {
    try {
      return read(new ByteArrayInputStream(bytes), bytes.length, source, nonFinite);
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
  }

  private static Checked read(InputStream stream, long size, String source, NonFinite nonFinite)
      throws IOException {
    if (size < LENGTH_BYTES) {
      throw damaged(source, "it has only {0} bytes", size);
    }
    MessageDigest digest = Sha256.digest();
    InputStream in = new DigestInputStream(stream, digest);
    long length = littleEndian(readFully(in, LENGTH_BYTES)).getLong();
    long rest = size - LENGTH_BYTES;
    if (length < 0 || length > SafeTensorsHeader.MOST_BYTES || length > rest) {
      throw damaged(
          source,
          "its header claims {0} bytes, where at most {1} are possible",
          Long.toUnsignedString(length),
          Math.min(rest, SafeTensorsHeader.MOST_BYTES));
    }
    SafeTensorsHeader header =
        SafeTensorsHeader.parse(readFully(in, (int) length), rest - length, source);
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    for (SafeTensorsHeader.Entry entry : header.entries()) {
      float[] values = readFloats(in, entry.elements());
      if (nonFinite == NonFinite.REFUSED && !isFinite(values)) {
        throw damaged(
            source,
            "the tensor '{0}' holds values that are not finite",
            Sentences.shown(entry.name()));
      }
      tensors.put(entry.name(), new HostTensor(entry.shape(), values));
    }
    return new Checked(new TensorFile(header.metadata(), tensors), Sha256.hexadecimal(digest));
  }

  private static float[] readFloats(InputStream in, int count) throws IOException {
    float[] values = new float[count];
    byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, (long) count * Float.BYTES)];
    int read = 0;
    while (read < count) {
      int floats = Math.min(chunk.length / Float.BYTES, count - read);
      if (in.readNBytes(chunk, 0, floats * Float.BYTES) < floats * Float.BYTES) {
        throw new EOFException();
      }
      littleEndian(chunk).asFloatBuffer().get(values, read, floats);
      read += floats;
    }
    return values;
  }

  /** Only for lengths that the size of the file vouches for. */
  private static byte[] readFully(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private static boolean isFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Writes a file in one step: afterwards it is complete, or as it was before. Tensors are laid out
   * in the order of the map.
   *
   * @return SHA-256 of the file in hexadecimal
   * @throws CdrlException when a tensor holds NaN or infinite values, or the file cannot be written
   */
  public static String write(Path path, TensorFile file) {
    file.tensors()
        .forEach(
            (name, tensor) -> {
              if (!isFinite(tensor.values())) {
                throw new CdrlException(
                    "The file '{0}' was not written because the tensor '{1}' holds values that are"
                        + " not finite; go back to an earlier state.",
                    Sentences.shown(path.toString()), Sentences.shown(name));
              }
            });
    byte[] header = SafeTensorsHeader.encode(file);
    MessageDigest digest = Sha256.digest();
    AtomicFile.write(
        path,
        stream -> {
          digest.reset();
          OutputStream out = new DigestOutputStream(stream, digest);
          byte[] length = new byte[LENGTH_BYTES];
          littleEndian(length).putLong(header.length);
          out.write(length);
          out.write(header);
          for (HostTensor tensor : file.tensors().values()) {
            writeFloats(out, tensor.values());
          }
        });
    return Sha256.hexadecimal(digest);
  }

  private static void writeFloats(OutputStream out, float[] values) throws IOException {
    byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, (long) values.length * Float.BYTES)];
    int written = 0;
    while (written < values.length) {
      int floats = Math.min(chunk.length / Float.BYTES, values.length - written);
      littleEndian(chunk).asFloatBuffer().put(values, written, floats);
      out.write(chunk, 0, floats * Float.BYTES);
      written += floats;
    }
  }

  static CdrlException damaged(String source, String pattern, Object... arguments) {
    return new CdrlException(
        "The file '{0}' is not a usable safetensors file because {1}; use another copy of it.",
        Sentences.shown(source), new Sentence(pattern, arguments));
  }
}
