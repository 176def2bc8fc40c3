package cdrl.data;

import cdrl.runtime.Cancellation;
import cdrl.runtime.Sha256;
import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file of decoded images: the pixels of all, which can be written before it is known how many
 * there are, then the labels (4 bytes each), the bits of the attributes, a header as JSON, its
 * length in 4 bytes, and the SHA-256 of all that follows the pixels. That of the pixels is in the
 * header.
 */
final class DecodedFile {
  private static final long MAGIC = 0x4344524c44415432L; // "CDRLDAT2"
  private static final int CHECKSUM = 32;
  private static final Gson GSON = new Gson();

  private DecodedFile() {}

  /** The header. Fields may be missing in a damaged file, so they are checked. */
  private record Header(
      @Nullable String key,
      @Nullable String description,
      int size,
      int attributeBytes,
      @Nullable String pixels,
      @Nullable List<String> classNames,
      @Nullable List<String> attributeNames,
      @Nullable List<Skipped> skipped,
      @Nullable List<String> notes) {

    boolean isComplete() {
      return description != null
          && pixels != null
          && size >= 1
          && attributeBytes >= 0
          && classNames != null
          && attributeNames != null
          && skipped != null
          && notes != null;
    }

    /** What lies between the pixels and the header. */
    long bytesBefore() {
      return (long) Integer.BYTES * size + attributeBytes;
    }
  }

  /** Begins a file; the pixels follow. */
  static void begin(OutputStream out) throws IOException {
    out.write(ByteBuffer.allocate(Long.BYTES).putLong(MAGIC).array());
  }

  /**
   * Ends a file behind the pixels.
   *
   * @param key tells what the images were made from
   */
  static void end(OutputStream out, String key, ImageFacts facts) throws IOException {
    byte[] attributes = facts.attributeValues().toByteArray();
    Header header =
        new Header(
            key,
            facts.description(),
            facts.size(),
            attributes.length,
            facts.pixelFingerprint(),
            facts.classNames(),
            facts.attributeNames(),
            facts.skipped(),
            facts.notes());
    byte[] json = GSON.toJson(header).getBytes(StandardCharsets.UTF_8);
    ByteBuffer tail =
        ByteBuffer.allocate(
            Math.toIntExact(header.bytesBefore() + json.length + Integer.BYTES + CHECKSUM));
    for (int label : facts.labels()) {
      tail.putInt(label);
    }
    tail.put(attributes).put(json).putInt(json.length);
    tail.put(checksum(tail.array()));
    out.write(tail.array());
  }

  /** The checksum of a tail, whose own last bytes it is. */
  private static byte[] checksum(byte[] tail) {
    MessageDigest digest = Sha256.digest();
    digest.update(tail, 0, tail.length - CHECKSUM);
    return digest.digest();
  }

  /** Gives the pixels of a file that was just written. */
  static ImageDataSet open(Path file, ImageFacts facts) throws IOException {
    return new ImageDataSet(facts, pixels(file, facts));
  }

  private static MappedPixels pixels(Path file, ImageFacts facts) throws IOException {
    return MappedPixels.open(
        file, Long.BYTES, facts.size(), facts.imageBytes(), MappedPixels.SEGMENT);
  }

  /** The images of a file, or null when it is damaged or was made from something else. */
  static @Nullable ImageDataSet read(
      Path file, String key, int resolution, int channels, Cancellation cancellation) {
    if (!Files.isRegularFile(file)) {
      return null;
    }
    try {
      ImageFacts facts = facts(file, key, resolution, channels);
      if (facts == null) {
        return null;
      }
      MappedPixels pixels = pixels(file, facts);
      return pixels.fingerprint(cancellation).equals(facts.pixelFingerprint())
          ? new ImageDataSet(facts, pixels)
          : null;
    } catch (IOException | JsonParseException unusable) {
      return null;
    }
  }

  private static @Nullable ImageFacts facts(Path file, String key, int resolution, int channels)
      throws IOException {
    try (RandomAccessFile input = new RandomAccessFile(file.toFile(), "r")) {
      long end = input.length() - CHECKSUM - Integer.BYTES;
      if (end < Long.BYTES || input.readLong() != MAGIC) {
        return null;
      }
      input.seek(end);
      int length = input.readInt();
      if (length < 2 || length > end - Long.BYTES) {
        return null;
      }
      String json = new String(bytes(input, end - length, length), StandardCharsets.UTF_8);
      Header header = GSON.fromJson(json, Header.class);
      if (header == null || !header.isComplete() || !key.equals(header.key())) {
        return null;
      }
      long start = end - length - header.bytesBefore();
      if (start != Long.BYTES + (long) header.size() * channels * resolution * resolution) {
        return null;
      }
      byte[] tail = bytes(input, start, Math.toIntExact(input.length() - start));
      byte[] found = bytes(input, input.length() - CHECKSUM, CHECKSUM);
      return MessageDigest.isEqual(checksum(tail), found)
          ? facts(header, ByteBuffer.wrap(tail), resolution, channels)
          : null;
    }
  }

  private static byte[] bytes(RandomAccessFile input, long place, int count) throws IOException {
    byte[] bytes = new byte[count];
    input.seek(place);
    input.readFully(bytes);
    return bytes;
  }

  private static ImageFacts facts(Header header, ByteBuffer tail, int resolution, int channels) {
    int[] labels = new int[header.size()];
    tail.asIntBuffer().get(labels);
    return new ImageFacts(
        resolution,
        channels,
        Objects.requireNonNull(header.description()),
        labels,
        Objects.requireNonNull(header.classNames()),
        Objects.requireNonNull(header.attributeNames()),
        BitSet.valueOf(tail.slice(Integer.BYTES * labels.length, header.attributeBytes())),
        Objects.requireNonNull(header.pixels()),
        Objects.requireNonNull(header.skipped()),
        Objects.requireNonNull(header.notes()));
  }
}
