package cdrl.store;

import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A checksum inside a file's metadata over everything else in it: metadata, names, shapes and
 * values. The format alone does not notice a flipped bit in a value.
 */
final class ContentChecksum {
  private static final String KEY = "content_sha256";
  private static final int CHUNK_FLOATS = 1 << 14;

  private ContentChecksum() {}

  /** The same file with its checksum. */
  static TensorFile add(TensorFile file) {
    Map<String, String> metadata = new LinkedHashMap<>(file.metadata());
    metadata.put(KEY, of(file));
    return new TensorFile(metadata, file.tensors());
  }

  /** Whether a file has a checksum. */
  static boolean isIn(TensorFile file) {
    return file.metadata().containsKey(KEY);
  }

  /**
   * Compares the checksum with the content.
   *
   * @throws CdrlException when they do not fit, or there is no checksum
   */
  static void verify(TensorFile file, String source) {
    if (!of(file).equals(file.metadata().get(KEY))) {
      throw SafeTensors.damaged(source, "its content does not fit its checksum");
    }
  }

  private static String of(TensorFile file) {
    MessageDigest digest = Sha256.digest();
    file.metadata()
        .forEach(
            (key, value) -> {
              if (!key.equals(KEY)) {
                update(digest, key);
                update(digest, value);
              }
            });
    file.tensors()
        .forEach(
            (name, tensor) -> {
              update(digest, name);
              update(digest, tensor);
            });
    return Sha256.hexadecimal(digest);
  }

  /** With its length, so that no two sequences of texts look alike. */
  private static void update(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }

  private static void update(MessageDigest digest, HostTensor tensor) {
    ByteBuffer sizes = ByteBuffer.allocate(Integer.BYTES + Long.BYTES * tensor.shape().length);
    sizes.putInt(tensor.shape().length);
    for (long size : tensor.shape()) {
      sizes.putLong(size);
    }
    digest.update(sizes.flip());
    float[] values = tensor.values();
    ByteBuffer chunk =
        ByteBuffer.allocate(Float.BYTES * Math.min(CHUNK_FLOATS, values.length))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int done = 0; done < values.length; ) {
      int next = Math.min(CHUNK_FLOATS, values.length - done);
      chunk.clear();
      chunk.asFloatBuffer().put(values, done, next);
      digest.update(chunk.limit(next * Float.BYTES));
      done += next;
    }
  }
}
