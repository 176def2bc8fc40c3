package cdrl.store;

import cdrl.runtime.AtomicFile;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.Sentence;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads NumPy's {@code .npy} and {@code .npz} files of float32, float64, int32 and int64 arrays,
 * and writes {@code .npy} files of float32.
 */
public final class NumpyFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST_HEADER = 10_000;
  private static final int CHUNK_BYTES = 1 << 16;
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '([^']{1,20})', 'fortran_order': (True|False),"
              + " 'shape': \\(((?:\\d{1,18}, ?){0,15}(?:\\d{1,18},?)?)\\), *\\} *\n?");

  private NumpyFile() {}

  /**
   * Reads all arrays of an {@code .npz} archive, in its order.
   *
   * @throws CdrlException when it cannot be read or breaks the format
   */
  public static Map<String, NumpyArray> readArchive(Path path) {
    Map<String, NumpyArray> arrays = new LinkedHashMap<>();
    try (SafeZip zip = SafeZip.open(path, "NumPy archive", SafeZip.Packing.COMPRESSED)) {
      for (String name : zip.names()) {
        if (!name.endsWith(".npy")) {
          throw zip.wrong("its entry '{0}' is no array", Sentences.shown(name));
        }
        String place = path + ":" + name;
        arrays.put(
            name.substring(0, name.length() - ".npy".length()),
            zip.read(name, in -> read(in, zip.size(name), place)));
      }
    }
    return arrays;
  }

  /**
   * Reads an {@code .npy} file.
   *
   * @throws CdrlException when it cannot be read or breaks the format
   */
  public static NumpyArray read(Path path) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      return read(in, Files.size(path), path.toString());
    } catch (IOException e) {
      throw Sentences.reading(path, e);
    }
  }

  private static NumpyArray read(InputStream in, long size, String place) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length + 2);
    if (start.length < MAGIC.length + 2
        || !Arrays.equals(MAGIC, Arrays.copyOf(start, MAGIC.length))) {
      throw wrong(place, "it does not begin like one");
    }
    int lengthBytes = start[MAGIC.length] == 1 ? Short.BYTES : Integer.BYTES;
    byte[] lengthField = Arrays.copyOf(readFully(in, lengthBytes), Long.BYTES);
    long length = ByteBuffer.wrap(lengthField).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length > LONGEST_HEADER) {
      throw wrong(place, "its header claims {0} bytes", length);
    }
    String header = new String(readFully(in, (int) length), StandardCharsets.UTF_8);
    Matcher matcher = HEADER.matcher(header);
    if (!matcher.matches()) {
      throw wrong(place, "its header is '{0}'", Sentences.shown(header.strip()));
    }
    String type = matcher.group(1);
    if (!type.matches("[<>][fi][48]")) {
      throw wrong(
          place,
          "its type is '{0}', and only float32, float64, int32 and int64 are read",
          Sentences.shown(type));
    }
    long[] shape =
        Pattern.compile("\\d+")
            .matcher(matcher.group(3))
            .results()
            .mapToLong(digits -> Long.parseLong(digits.group()))
            .toArray();
    int elementBytes = type.charAt(2) - '0';
    long dataBytes = size - start.length - lengthBytes - length;
    long elements;
    try {
      elements = HostTensor.elements(shape);
      if (Math.multiplyExact(elements, (long) elementBytes) != dataBytes) {
        throw wrong(
            place, "its shape {0} does not fit its {1} bytes", Arrays.toString(shape), dataBytes);
      }
    } catch (ArithmeticException e) {
      throw wrong(place, "its shape is too large to count");
    }
    if (elements > Integer.MAX_VALUE - 8) {
      throw wrong(place, "it has more than two thousand million elements");
    }
    double[] values = values(in, (int) elements, type);
    boolean columnsFirst = matcher.group(2).equals("True");
    return new NumpyArray(shape, columnsFirst ? rowsFirst(values, shape) : values);
  }

  private static double[] values(InputStream in, int count, String type) throws IOException {
    double[] values = new double[count];
    int elementBytes = type.charAt(2) - '0';
    byte[] chunk = new byte[CHUNK_BYTES];
    ByteBuffer buffer =
        ByteBuffer.wrap(chunk)
            .order(type.charAt(0) == '<' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    for (int done = 0; done < count; ) {
      int next = Math.min(CHUNK_BYTES / elementBytes, count - done);
      if (in.readNBytes(chunk, 0, next * elementBytes) < next * elementBytes) {
        throw new EOFException();
      }
      buffer.rewind();
      for (int i = 0; i < next; i++) {
        values[done++] =
            switch (type.substring(1)) {
              case "f4" -> buffer.getFloat();
              case "f8" -> buffer.getDouble();
              case "i4" -> buffer.getInt();
              default -> buffer.getLong();
            };
      }
    }
    return values;
  }

  /** Reorders elements from first index fastest to last index fastest. */
  private static double[] rowsFirst(double[] values, long[] shape) {
    double[] reordered = new double[values.length];
    for (int i = 0; i < reordered.length; i++) {
      int rest = i;
      int source = 0;
      int stride = values.length;
      for (int d = shape.length - 1; d >= 0; d--) {
        int size = (int) shape[d];
        stride /= size;
        source += rest % size * stride;
        rest /= size;
      }
      reordered[i] = values[source];
    }
    return reordered;
  }

  private static byte[] readFully(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private static CdrlException wrong(String place, String pattern, Object... arguments) {
    return new CdrlException(
        "The file '{0}' is not a usable NumPy array because {1}; use another copy of it.",
        Sentences.shown(place), new Sentence(pattern, arguments));
  }

  /**
   * Writes an {@code .npy} file of float32 in one step.
   *
   * @throws CdrlException when it cannot be written
   */
  public static void write(Path path, HostTensor tensor) {
    StringBuilder shape = new StringBuilder();
    for (long size : tensor.shape()) {
      shape.append(size).append(", ");
    }
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape.toString().strip() + "), }";
    int prefix = MAGIC.length + 2 + Short.BYTES;
    int padding = 63 - (prefix + header.length()) % 64;
    byte[] text = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    AtomicFile.write(
        path,
        out -> {
          out.write(MAGIC);
          out.write(1);
          out.write(0);
          out.write(text.length & 0xff);
          out.write(text.length >> 8);
          out.write(text);
          writeFloats(out, tensor.values());
        });
  }

  private static void writeFloats(OutputStream out, float[] values) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      buffer.putFloat(value);
      if (!buffer.hasRemaining()) {
        out.write(buffer.array());
        buffer.clear();
      }
    }
    out.write(buffer.array(), 0, buffer.position());
  }
}
