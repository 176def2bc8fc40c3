package cdrl.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cdrl.runtime.Cancellation;
import cdrl.runtime.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedPixelsTest {
  private static final int START = 5;
  private static final int IMAGES = 11;
  private static final int BYTES = 6;

  @TempDir Path folder;

  private byte[] content() {
    byte[] content = new byte[START + IMAGES * BYTES + 3];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (7 * i + 130);
    }
    return content;
  }

  /** From less than an image to more than the file, so that whole and partly filled ones occur. */
  @Test
  void imagesAreTheSameWhateverTheSegments() throws IOException {
    byte[] content = content();
    Path file = Files.write(folder.resolve("pixels"), content);
    byte[] all = Arrays.copyOfRange(content, START, START + IMAGES * BYTES);
    for (int segment : new int[] {1, 6, 7, 13, 24, 65, 66, 67, 1000, MappedPixels.SEGMENT}) {
      MappedPixels pixels = MappedPixels.open(file, START, IMAGES, BYTES, segment);
      byte[] image = new byte[BYTES];
      for (int i = IMAGES - 1; i >= 0; i--) {
        pixels.copy(i, image);
        assertArrayEquals(Arrays.copyOfRange(all, i * BYTES, (i + 1) * BYTES), image);
      }
      assertEquals(
          Sha256.of(new ByteArrayInputStream(all)), pixels.fingerprint(new Cancellation()));
      assertThrows(IndexOutOfBoundsException.class, () -> pixels.copy(IMAGES, image));
    }
  }

  @Test
  void checkingCanBeStopped() throws IOException {
    Path file = Files.write(folder.resolve("pixels"), content());
    MappedPixels pixels = MappedPixels.open(file, START, IMAGES, BYTES, 12);
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    assertThrows(CancellationException.class, () -> pixels.fingerprint(cancellation));
  }
}
