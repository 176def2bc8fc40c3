package cdrl.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RasterTest {
  private static Raster ramp(int width, int height) {
    float[] values = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        values[y * width + x] = x + 10 * y;
      }
    }
    return new Raster(width, height, 1, values);
  }

  @Test
  void theSameSizeCopies() {
    Raster image = ramp(7, 5);
    assertArrayEquals(image.values(), image.scaled(Crop.whole(7, 5), 7, 5).values());
    Raster part = image.scaled(new Crop(2, 1, 3, 3), 3, 3);
    assertArrayEquals(new float[] {12, 13, 14, 22, 23, 24, 32, 33, 34}, part.values());
  }

  @Test
  void shrinkingAveragesTheArea() {
    Raster half = ramp(4, 4).scaled(Crop.whole(4, 4), 2, 2);
    assertArrayEquals(new float[] {5.5f, 7.5f, 25.5f, 27.5f}, half.values(), 1e-4f);
    // 3 pixels to 2: each takes one pixel and half of the middle one.
    Raster uneven = new Raster(3, 1, 1, new float[] {0, 30, 90}).scaled(Crop.whole(3, 1), 2, 1);
    assertArrayEquals(new float[] {10, 70}, uneven.values(), 1e-4f);
  }

  @Test
  void aFineCheckerPatternTurnsGreyInsteadOfFlickering() {
    float[] values = new float[64 * 64];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i % 64 + i / 64) % 2 * 255;
    }
    for (float value : new Raster(64, 64, 1, values).scaled(Crop.whole(64, 64), 8, 8).values()) {
      assertEquals(127.5f, value, 1e-3f);
    }
  }

  @Test
  void enlargingKeepsALinearRampAndConstants() {
    float[] constant = new float[9];
    java.util.Arrays.fill(constant, 42);
    for (float value : new Raster(3, 3, 1, constant).scaled(Crop.whole(3, 3), 11, 11).values()) {
      assertEquals(42, value, 1e-3f);
    }
    Raster large = ramp(16, 1).scaled(Crop.whole(16, 1), 32, 1);
    for (int x = 4; x < 28; x++) {
      assertEquals((x + 0.5) / 2 - 0.5, large.values()[x], 1e-3);
    }
  }

  @Test
  void halvingAnImageAndCroppingCelebaGiveTheSame() {
    Crop full = Crop.celeba(178, 218);
    assertEquals(new Crop(19, 43, 140, 140), full);
    Crop half = Crop.celeba(89, 109);
    assertEquals(9.5, half.x(), 1e-9);
    assertEquals(21.5, half.y(), 1e-9);
    assertEquals(70, half.width(), 1e-9);
    assertEquals(70, half.height(), 1e-9);
    float[] values = new float[178 * 218];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (127 + 100 * Math.sin(i % 178 / 9.0) * Math.cos(i / 178 / 13.0));
    }
    Raster large = new Raster(178, 218, 1, values);
    Raster small = large.scaled(Crop.whole(178, 218), 89, 109);
    float[] fromLarge = large.scaled(full, 32, 32).values();
    float[] fromSmall = small.scaled(half, 32, 32).values();
    assertArrayEquals(fromLarge, fromSmall, 1.5f);
  }

  @Test
  void greyIsTheLumaOfColour() {
    Raster grey = new Raster(1, 1, 3, new float[] {100, 200, 50}).withChannels(1);
    assertEquals(0.299 * 100 + 0.587 * 200 + 0.114 * 50, grey.values()[0], 1e-3);
  }

  @Test
  void bytesAndValuesAreExactInverses() {
    for (int b = 0; b < 256; b++) {
      float value = PixelValues.toValue(b);
      assertTrue(value >= -1 && value <= 1);
      assertEquals(b, PixelValues.toByte(value));
    }
    assertEquals(0, PixelValues.toByte(-1.7f));
    assertEquals(255, PixelValues.toByte(Float.POSITIVE_INFINITY));
    assertEquals(0, PixelValues.toByte(Float.NaN));
  }
}
