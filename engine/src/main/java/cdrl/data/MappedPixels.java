package cdrl.data;

import cdrl.runtime.Cancellation;
import cdrl.runtime.Sha256;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * Pixels in a file, of which the system keeps in memory what there is room for; none are on Java's
 * heap. The file is mapped in segments, because a single buffer ends at 2 GB.
 */
final class MappedPixels implements Pixels {
  static final int SEGMENT = 1 << 30;
  private static final int DIGESTED_AT_ONCE = 4 << 20;

  private final MappedByteBuffer[] segments;
  private final int imagesPerSegment;
  private final int imageBytes;

  private MappedPixels(MappedByteBuffer[] segments, int imagesPerSegment, int imageBytes) {
    this.segments = segments;
    this.imagesPerSegment = imagesPerSegment;
    this.imageBytes = imageBytes;
  }

  /**
   * Maps pixels that lie in a file one image after the other.
   *
   * @param start where the first image begins
   * @param segment the most bytes of a segment; each holds whole images, at least one
   */
  static MappedPixels open(Path file, long start, int images, int imageBytes, int segment)
      throws IOException {
    int perSegment = Math.max(1, segment / imageBytes);
    MappedByteBuffer[] segments = new MappedByteBuffer[(images - 1) / perSegment + 1];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (int i = 0; i < segments.length; i++) {
        long first = (long) i * perSegment;
        long bytes = Math.min(perSegment, images - first) * imageBytes;
        segments[i] = channel.map(MapMode.READ_ONLY, start + first * imageBytes, bytes);
      }
    }
    return new MappedPixels(segments, perSegment, imageBytes);
  }

  @Override
  public void copy(int index, byte[] out) {
    segments[index / imagesPerSegment].get(
        index % imagesPerSegment * imageBytes, out, 0, imageBytes);
  }

  /** SHA-256 of all pixels in order, in hexadecimal. */
  String fingerprint(Cancellation cancellation) {
    MessageDigest digest = Sha256.digest();
    for (MappedByteBuffer segment : segments) {
      for (int place = 0; place < segment.capacity(); place += DIGESTED_AT_ONCE) {
        cancellation.throwIfCancelled();
        digest.update(segment.slice(place, Math.min(DIGESTED_AT_ONCE, segment.capacity() - place)));
      }
    }
    return Sha256.hexadecimal(digest);
  }
}
