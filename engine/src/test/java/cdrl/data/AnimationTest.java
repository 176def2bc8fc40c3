package cdrl.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.runtime.HostTensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AnimationTest {
  @TempDir private Path folder;

  private static HostTensor shade(float value) {
    float[] values = new float[3 * 4 * 6];
    Arrays.fill(values, value);
    return new HostTensor(new long[] {3, 4, 6}, values);
  }

  @Test
  void everyFrameIsThereEnlargedAndTimed() throws IOException {
    Path file = folder.resolve("levels.gif");
    Animation.write(file, List.of(shade(-1), shade(0), shade(1)), 3, 200);
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream input = ImageIO.createImageInputStream(file.toFile())) {
      reader.setInput(input);
      assertEquals(3, reader.getNumImages(true));
      int[] expected = {0x000000, 0x808080, 0xffffff};
      for (int i = 0; i < 3; i++) {
        BufferedImage frame = reader.read(i);
        assertEquals(18, frame.getWidth());
        assertEquals(12, frame.getHeight());
        assertEquals(expected[i], frame.getRGB(17, 11) & 0xffffff);
      }
    } finally {
      reader.dispose();
    }
    String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    assertTrue(bytes.contains("NETSCAPE2.0"), "it loops");
  }
}
