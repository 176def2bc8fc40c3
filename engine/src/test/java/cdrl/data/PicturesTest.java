package cdrl.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PicturesTest {
  @TempDir Path folder;

  private static HostTensor allBytes(int channels) {
    float[] values = new float[channels * 256];
    for (int i = 0; i < values.length; i++) {
      values[i] = PixelValues.toValue(i * (1 + i / 256) + i / 256);
    }
    return new HostTensor(new long[] {channels, 16, 16}, values);
  }

  private static String refusal(org.junit.jupiter.api.function.Executable action) {
    return assertThrows(CdrlException.class, action).getMessage();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void everyByteSurvivesWritingAndReading(int channels) {
    Path file = folder.resolve("a.png");
    HostTensor image = allBytes(channels);
    Pictures.write(file, image, Map.of());
    assertEquals(image, Pictures.read(file, channels));
    assertEquals(image, Pictures.read(file, 16, channels, Fit.EXACT));
    assertEquals(image, Pictures.read(file, 16, channels, Fit.CROP));
  }

  @Test
  void valuesOutsideAreClampedForDisplay() {
    HostTensor image =
        new HostTensor(new long[] {3, 1, 2}, new float[] {-9, 9, 0, Float.NaN, 0.5f, -0.5f});
    int[] argb = PixelValues.toArgb(image);
    assertEquals(0xff008000 | 191, argb[0]);
    assertEquals(0xffff0040, argb[1]);
    int[] grey = PixelValues.toArgb(new HostTensor(new long[] {1, 1, 1}, new float[] {1}));
    assertEquals(0xffffffff, grey[0]);
  }

  @Test
  void anotherSizeIsAnErrorUnlessAsked() throws IOException {
    Path file =
        TestPictures.png(
            folder.resolve("wide.png"),
            TestPictures.colour(96, 32, (x, y) -> x < 32 || x >= 64 ? 0xffffff : 0));
    String message = refusal(() -> Pictures.read(file, 32, 3, Fit.EXACT));
    assertTrue(message.contains("96×32") && message.contains("32×32"), message);
    for (float value : Pictures.read(file, 32, 3, Fit.CROP).values()) {
      assertEquals(-1, value);
    }
    float[] stretched = Pictures.read(file, 32, 1, Fit.STRETCH).values();
    assertEquals(1, stretched[2]);
    assertEquals(-1, stretched[16]);
    assertArrayEquals(new long[] {1, 32, 96}, Pictures.read(file, 1).shape());
  }

  @Test
  void unreadablePicturesGetASentence() throws IOException {
    assertTrue(
        refusal(() -> Pictures.read(folder.resolve("no.png"), 3)).contains("There is no picture"));
    assertTrue(refusal(() -> Pictures.read(folder, 3)).contains("is a folder"));
    Path text = Files.writeString(folder.resolve("text.png"), "no picture");
    assertTrue(refusal(() -> Pictures.read(text, 3)).contains("not a JPEG, PNG"));
  }

  @Test
  void partsOfAnImageCanBeTaken() {
    HostTensor image = allBytes(3);
    HostTensor part = Pictures.scaled(image, new Crop(4, 2, 8, 8), 8, 8);
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < 8; y++) {
        for (int x = 0; x < 8; x++) {
          assertEquals(
              image.values()[c * 256 + (y + 2) * 16 + x + 4], part.values()[c * 64 + y * 8 + x]);
        }
      }
    }
  }

  // Notes

  @Test
  void notesComeBackInOrder() {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("seed", "-9223372036854775808");
    notes.put("model", "Gesichter \"32\" — é, 顔, \uD83D\uDE00\n");
    notes.put("a", "");
    Path file = folder.resolve("a.png");
    Pictures.write(file, allBytes(3), notes);
    Map<String, String> read = Pictures.readNotes(file);
    assertEquals(notes, read);
    assertEquals(notes.keySet().stream().toList(), read.keySet().stream().toList());
    assertEquals(allBytes(3), Pictures.read(file, 3), "the picture is still whole");
  }

  @Test
  void picturesWithoutNotesHaveNone() throws IOException {
    assertTrue(
        Pictures.readNotes(TestPictures.png(folder.resolve("a.png"), TestPictures.plain(3, 3, 9)))
            .isEmpty());
    assertTrue(
        Pictures.readNotes(TestPictures.jpeg(folder.resolve("a.jpg"), TestPictures.plain(3, 3, 9)))
            .isEmpty());
    assertTrue(Pictures.readNotes(Files.write(folder.resolve("empty"), new byte[0])).isEmpty());
    assertTrue(refusal(() -> Pictures.readNotes(folder.resolve("no.png"))).contains("There is no"));
  }

  private static byte[] withChunk(String type, byte[] content) throws IOException {
    byte[] png = TestPictures.encode(TestPictures.plain(2, 2, 0), "png");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(png, 0, 33);
    DataOutputStream data = new DataOutputStream(out);
    data.writeInt(content.length);
    data.writeBytes(type);
    data.write(content);
    data.writeInt(0);
    data.write(png, 33, png.length - 33);
    return out.toByteArray();
  }

  @Test
  void notesAreFoundInTheOtherKindsOfTextToo() throws IOException {
    String json = "{\"seed\":\"1\"}";
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
      out.write(json.getBytes(StandardCharsets.UTF_8));
    }
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    compressed.write("cdrl\0\0".getBytes(StandardCharsets.US_ASCII));
    deflated.writeTo(compressed);
    byte[] international = ("cdrl\0\0\0en\0titre\0" + json).getBytes(StandardCharsets.UTF_8);
    assertEquals(
        json,
        PngText.find(
            new ByteArrayInputStream(withChunk("zTXt", compressed.toByteArray())), "cdrl"));
    assertEquals(
        json, PngText.find(new ByteArrayInputStream(withChunk("iTXt", international)), "cdrl"));
    // Chunks that are cut short or odd are no reason to fail.
    for (String type : new String[] {"tEXt", "zTXt", "iTXt"}) {
      for (String odd :
          new String[] {"", "cdrl", "cdrl\0", "cdrl\0\1", "cdrl\0\0\0en", "other\0x"}) {
        Path file =
            Files.write(
                folder.resolve("odd.png"),
                withChunk(type, odd.getBytes(StandardCharsets.US_ASCII)));
        try {
          assertTrue(Pictures.readNotes(file).isEmpty());
        } catch (CdrlException damaged) {
          assertTrue(damaged.getMessage().contains("odd.png"), damaged.getMessage());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "{\"a\":{}}", "{\"a\":null}", "{\"a\"", "\"text\"", "{\"a\":[]}"})
  void damagedNotesGetASentence(String json) throws IOException {
    Path file =
        Files.write(
            folder.resolve("a.png"),
            withChunk("tEXt", ("cdrl\0" + json).getBytes(StandardCharsets.US_ASCII)));
    assertTrue(refusal(() -> Pictures.readNotes(file)).contains("damaged"));
  }

  // Sheets

  @Test
  void aSheetHoldsEveryImageInItsPlace() throws IOException {
    float[] values = new float[5 * 3 * 4];
    for (int i = 0; i < 5; i++) {
      Arrays.fill(values, i * 12, i * 12 + 12, PixelValues.toValue(10 * i + 100));
    }
    values[0] = 1; // the upper left pixel of the first image is reddish
    Path file = folder.resolve("sheet.png");
    Pictures.writeSheet(
        file,
        new HostTensor(new long[] {5, 3, 2, 2}, values),
        new SheetLayout(3, 1, 4),
        Map.of("seed", "7"));
    BufferedImage sheet = ImageIO.read(file.toFile());
    assertEquals(3 * (8 + 1) + 1, sheet.getWidth());
    assertEquals(2 * (8 + 1) + 1, sheet.getHeight());
    for (int i = 0; i < 5; i++) {
      int grey = 10 * i + 100;
      int rgb = sheet.getRGB(1 + i % 3 * 9 + 7, 1 + i / 3 * 9 + 7) & 0xffffff;
      assertEquals(grey << 16 | grey << 8 | grey, rgb, "image " + i);
    }
    assertEquals(0xff6464, sheet.getRGB(1, 1) & 0xffffff);
    assertEquals(0xff6464, sheet.getRGB(4, 4) & 0xffffff);
    assertEquals(0x646464, sheet.getRGB(5, 1) & 0xffffff);
    assertEquals(0x202020, sheet.getRGB(0, 0) & 0xffffff);
    assertEquals(0x202020, sheet.getRGB(27, 18) & 0xffffff, "the empty place");
    assertEquals(Map.of("seed", "7"), Pictures.readNotes(file));
  }

  @Test
  void aSheetIsAsSquareAsItCan() {
    assertEquals(4, SheetLayout.square(16).columns());
    assertEquals(5, SheetLayout.square(17).columns());
    assertEquals(1, SheetLayout.square(0).columns());
  }

  @Test
  void aSheetBeyondAllMeasureIsRefused() {
    HostTensor images = new HostTensor(new long[] {1, 1, 256, 256}, new float[65536]);
    String message =
        refusal(
            () ->
                Pictures.writeSheet(
                    folder.resolve("a.png"), images, new SheetLayout(1, 0, 1000), Map.of()));
    assertTrue(message.contains("256000×256000"), message);
    assertFalse(Files.exists(folder.resolve("a.png")));
  }

  // Masks

  @Test
  void whiteIsToBeFilled() throws IOException {
    Path file =
        TestPictures.png(
            folder.resolve("mask.png"),
            TestPictures.colour(4, 2, (x, y) -> x == 1 ? 0xffffff : x == 2 ? 0x808080 : 0x7f7f7f));
    assertArrayEquals(
        new boolean[] {false, true, true, false, false, true, true, false},
        Pictures.readMask(file, 4, 2, false));
    BufferedImage strokes = new BufferedImage(4, 2, BufferedImage.TYPE_INT_ARGB);
    strokes.setRGB(3, 1, 0xffffffff);
    Path transparent = TestPictures.png(folder.resolve("strokes.png"), strokes);
    boolean[] expected = new boolean[8];
    expected[7] = true;
    assertArrayEquals(expected, Pictures.readMask(transparent, 4, 2, false));
  }

  @Test
  void aMaskOfAnotherSizeIsAnErrorUnlessScalingIsAsked() throws IOException {
    Path file =
        TestPictures.png(
            folder.resolve("mask.png"),
            TestPictures.colour(8, 8, (x, y) -> x < 4 ? 0xffffff : 0x000000));
    String message = refusal(() -> Pictures.readMask(file, 4, 4, false));
    assertTrue(message.contains("8×8") && message.contains("4×4"), message);
    for (int size : new int[] {4, 16}) {
      boolean[] scaled = Pictures.readMask(file, size, size, true);
      for (int i = 0; i < scaled.length; i++) {
        assertEquals(i % size < size / 2, scaled[i]);
      }
    }
    Path black = TestPictures.png(folder.resolve("black.png"), TestPictures.plain(4, 4, 0));
    assertTrue(refusal(() -> Pictures.readMask(black, 4, 4, false)).contains("no white pixel"));
  }

  @Test
  void maskAndPictureAreCroppedTogether() throws IOException {
    Path picture = TestPictures.png(folder.resolve("picture.png"), TestPictures.gradient(64, 32));
    Path mask =
        TestPictures.png(
            folder.resolve("mask.png"),
            TestPictures.colour(64, 32, (x, y) -> x >= 16 && x < 24 ? 0xffffff : 0));
    InpaintingInput input = InpaintingInput.read(picture, mask, 16, 3, Fit.CROP, false);
    assertArrayEquals(new long[] {3, 16, 16}, input.image().shape());
    for (int i = 0; i < 256; i++) {
      assertEquals(i % 16 < 4, input.mask()[i]);
    }
    Path small =
        TestPictures.png(
            folder.resolve("small.png"),
            TestPictures.colour(16, 16, (x, y) -> y == 3 ? 0xffffff : 0));
    boolean[] own = InpaintingInput.read(picture, small, 16, 3, Fit.CROP, false).mask();
    for (int i = 0; i < 256; i++) {
      assertEquals(i / 16 == 3, own[i]);
    }
    Path other =
        TestPictures.png(
            folder.resolve("other.png"),
            TestPictures.colour(32, 32, (x, y) -> x < 16 ? 0xffffff : 0));
    String message = refusal(() -> InpaintingInput.read(picture, other, 16, 3, Fit.CROP, false));
    assertTrue(message.contains("32×32") && message.contains("64×32"), message);
    boolean[] scaled = InpaintingInput.read(picture, other, 16, 3, Fit.CROP, true).mask();
    for (int i = 0; i < 256; i++) {
      assertEquals(i % 16 < 8, scaled[i]);
    }
  }

  @Test
  void picturesToLookAtAreShrunkOnlyWhenTooLarge() {
    Path file = folder.resolve("wide.png");
    float[] values = shades(3 * 40 * 20);
    HostTensor wide = new HostTensor(new long[] {3, 20, 40}, values);
    Pictures.write(file, wide, Map.of());
    assertEquals(wide, Pictures.readAtMost(file, 40));
    assertArrayEquals(new long[] {3, 10, 20}, Pictures.readAtMost(file, 20).shape());
  }

  @Test
  void aPartOfTheRightSizeIsCopied() {
    float[] values = shades(3 * 6 * 8);
    HostTensor image = new HostTensor(new long[] {3, 6, 8}, values);
    HostTensor part = Pictures.fitted(image, new Crop(2, 1, 4, 4), 4, 3);
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < 4; y++) {
        for (int x = 0; x < 4; x++) {
          assertEquals(values[(c * 6 + y + 1) * 8 + x + 2], part.values()[(c * 4 + y) * 4 + x]);
        }
      }
    }
    assertArrayEquals(
        new long[] {1, 2, 2}, Pictures.fitted(image, new Crop(0, 0, 6, 6), 2, 1).shape());
  }

  private static float[] shades(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = PixelValues.toValue(i);
    }
    return values;
  }
}
