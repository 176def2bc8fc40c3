package cdrl.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  private static cdrl.data.Raster decode(byte[] file) throws IOException {
    return ImageDecoder.decode(file, 255, Integer.MAX_VALUE);
  }

  private static float at(cdrl.data.Raster raster, int channel, int x, int y) {
    return raster.values()[(channel * raster.height() + y) * raster.width() + x];
  }

  @Test
  void colourIsTakenAsItIs() throws IOException {
    cdrl.data.Raster raster =
        decode(
            TestPictures.encode(
                TestPictures.colour(5, 3, (x, y) -> x << 16 | y << 8 | (x + y)), "png"));
    assertEquals(5, raster.width());
    assertEquals(3, raster.height());
    assertEquals(3, raster.channels());
    for (int y = 0; y < 3; y++) {
      for (int x = 0; x < 5; x++) {
        assertEquals(x, at(raster, 0, x, y));
        assertEquals(y, at(raster, 1, x, y));
        assertEquals(x + y, at(raster, 2, x, y));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg"})
  void greyIsNotBrightened(String format) throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    int[] samples = new int[256];
    Arrays.fill(samples, 100);
    image.getRaster().setSamples(0, 0, 16, 16, 0, samples);
    cdrl.data.Raster raster = decode(TestPictures.encode(image, format));
    assertEquals(1, raster.channels());
    assertEquals(100, at(raster, 0, 7, 7), 1);
    assertEquals(at(raster, 0, 7, 7), at(raster.withChannels(3), 2, 7, 7));
  }

  @Test
  void sixteenBitsAreScaled() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(0, 0, 0, 65535);
    image.getRaster().setSample(1, 0, 0, 257 * 77);
    cdrl.data.Raster raster = decode(TestPictures.encode(image, "png"));
    assertEquals(255, at(raster, 0, 0, 0), 1e-3);
    assertEquals(77, at(raster, 0, 1, 0), 1e-3);
  }

  @Test
  void transparencyShowsTheBackground() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00123456);
    image.setRGB(1, 0, 0xff102030);
    image.setRGB(2, 0, 0x80000000);
    cdrl.data.Raster raster = decode(TestPictures.encode(image, "png"));
    assertEquals(255, at(raster, 0, 0, 0));
    assertEquals(0x10, at(raster, 0, 1, 0));
    assertEquals(127, at(raster, 2, 2, 0), 1);
    // Grey with alpha is stored with two samples per pixel.
    WritableRaster twoBands = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 1, 1, 2, null);
    twoBands.setPixel(0, 0, new int[] {60, 0});
    BufferedImage grey =
        new BufferedImage(
            new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY),
                true,
                false,
                java.awt.Transparency.TRANSLUCENT,
                DataBuffer.TYPE_BYTE),
            twoBands,
            false,
            null);
    assertEquals(0, at(ImageDecoder.decode(TestPictures.encode(grey, "png"), 0, 1), 0, 0, 0));
  }

  @Test
  void palettesAndBlackAndWhiteAreRead() throws IOException {
    byte[] values = {0, (byte) 200, 50};
    IndexColorModel palette = new IndexColorModel(8, 3, values, values, new byte[] {9, 8, 7});
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
    image.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {0, 1, 2});
    cdrl.data.Raster raster = decode(TestPictures.encode(image, "png"));
    assertEquals(200, at(raster, 0, 1, 0));
    assertEquals(8, at(raster, 2, 1, 0));
    BufferedImage binary = new BufferedImage(9, 1, BufferedImage.TYPE_BYTE_BINARY);
    binary.setRGB(8, 0, 0xffffff);
    cdrl.data.Raster blackAndWhite = decode(TestPictures.encode(binary, "png"));
    assertEquals(255, at(blackAndWhite, 0, 8, 0));
    assertEquals(0, at(blackAndWhite, 0, 7, 0));
  }

  /** The corner that is red in the stored picture must be found where Exif says it belongs. */
  @Test
  void exifTurnsThePicture() throws IOException {
    BufferedImage image =
        TestPictures.colour(32, 16, (x, y) -> x < 8 && y < 8 ? 0xff0000 : 0x0000ff);
    byte[] jpeg = TestPictures.jpeg(image);
    // Where the stored upper left corner ends up, for orientations 1 to 8.
    String[] corner = {"", "UL", "UR", "LR", "LL", "UL", "UR", "LR", "LL"};
    for (int orientation = 1; orientation <= 8; orientation++) {
      cdrl.data.Raster raster = decode(TestPictures.withOrientation(jpeg, orientation));
      boolean turned = orientation >= 5;
      assertEquals(turned ? 16 : 32, raster.width(), "width of " + orientation);
      assertEquals(turned ? 32 : 16, raster.height());
      for (String place : new String[] {"UL", "UR", "LL", "LR"}) {
        int x = place.endsWith("L") ? 2 : raster.width() - 3;
        int y = place.startsWith("U") ? 2 : raster.height() - 3;
        boolean red = at(raster, 0, x, y) > 200;
        assertEquals(place.equals(corner[orientation]), red, orientation + " " + place);
      }
    }
    assertEquals(32, decode(TestPictures.withOrientation(jpeg, 77)).width());
  }

  /** A JPEG file with four components, written as CMYK is by print programs (inverted, Adobe). */
  @Test
  void cmykIsRead() throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 16; x++) {
        raster.setPixel(x, y, new int[] {255, 255, 255, 255});
      }
    }
    byte[] jpeg = cmyk(raster);
    cdrl.data.Raster white = decode(jpeg);
    assertEquals(3, white.channels());
    for (int c = 0; c < 3; c++) {
      assertTrue(at(white, c, 8, 8) > 240, "inverted CMYK of no ink is white");
    }
  }

  private static byte[] cmyk(WritableRaster raster) throws IOException {
    // Java's own writer takes four-band rasters as they are, without a colour space.
    ImageWriter writer = null;
    for (var all = ImageIO.getImageWritersByFormatName("jpeg"); all.hasNext(); ) {
      ImageWriter next = all.next();
      if (next.getClass().getName().startsWith("com.sun")) {
        writer = next;
      }
    }
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new javax.imageio.IIOImage(raster, null, null), null);
    }
    writer.dispose();
    byte[] plain = out.toByteArray();
    byte[] adobe = {
      (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
    };
    byte[] jpeg = new byte[plain.length + adobe.length];
    System.arraycopy(plain, 0, jpeg, 0, 2);
    System.arraycopy(adobe, 0, jpeg, 2, adobe.length);
    System.arraycopy(plain, 2, jpeg, 2 + adobe.length, plain.length - 2);
    return jpeg;
  }

  @Test
  void damagedFilesSayWhatIsWrong() throws IOException {
    byte[] jpeg = TestPictures.jpeg(TestPictures.gradient(100, 80));
    byte[] png = TestPictures.encode(TestPictures.gradient(100, 80), "png");
    for (byte[] whole : new byte[][] {jpeg, png}) {
      for (int part = 1; part < 10; part++) {
        byte[] cut = Arrays.copyOf(whole, whole.length * part / 10);
        assertThrows(IOException.class, () -> decode(cut), part + " tenths of the file");
      }
    }
    assertThrows(IOException.class, () -> decode(new byte[0]));
    assertThrows(IOException.class, () -> decode("<html>".getBytes("UTF-8")));
    IOException claim =
        assertThrows(
            IOException.class, () -> decode(TestPictures.pngClaiming(2_000_000, 1_000_000)));
    assertTrue(claim.getMessage().contains("2000000"), claim.getMessage());
  }

  @Test
  void hugePicturesAreThinnedOutWhileDecoding() throws IOException {
    byte[] png = TestPictures.encode(TestPictures.gradient(3000, 2000), "png");
    cdrl.data.Raster thin = ImageDecoder.decode(png, 255, 32);
    assertTrue(thin.width() < 1000 && thin.height() >= 8 * 32, thin.width() + "×" + thin.height());
    assertEquals(3000, decode(png).width());
  }
}
