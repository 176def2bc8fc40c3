package cdrl.data;

import cdrl.runtime.CdrlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Pixels in Java's memory, for what finds no room on the disk. */
final class HeapPixels implements Pixels, PixelStore {
  private static final int IMAGES_PER_CHUNK = 512;

  private final int resolution;
  private final int imageBytes;
  private final List<byte[]> chunks = new ArrayList<>();
  private int size;

  HeapPixels(int resolution, int channels) {
    this.resolution = resolution;
    this.imageBytes = channels * resolution * resolution;
  }

  /**
   * Refuses early what cannot fit.
   *
   * @throws CdrlException when the images would fill most of the memory
   */
  @Override
  public void expect(long images) {
    long most = Runtime.getRuntime().maxMemory() / 10 * 7;
    if (images > Integer.MAX_VALUE || images * (double) imageBytes > most) {
      throw new CdrlException(
          "{0} images of {1}×{1} need {2} MB of memory, but Java may use only {3} MB; use fewer"
              + " images or start Java with a larger -Xmx.",
          grouped(images),
          resolution,
          grouped((long) (images * (double) imageBytes / 1e6)),
          grouped(most / 1_000_000));
    }
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  @Override
  public void add(byte[] pixels) {
    if (size % IMAGES_PER_CHUNK == 0) {
      chunks.add(new byte[IMAGES_PER_CHUNK * imageBytes]);
    }
    System.arraycopy(
        pixels,
        0,
        chunks.get(size / IMAGES_PER_CHUNK),
        size % IMAGES_PER_CHUNK * imageBytes,
        imageBytes);
    size++;
  }

  @Override
  public void copy(int index, byte[] out) {
    System.arraycopy(
        chunks.get(index / IMAGES_PER_CHUNK),
        index % IMAGES_PER_CHUNK * imageBytes,
        out,
        0,
        imageBytes);
  }
}
