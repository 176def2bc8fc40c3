package cdrl.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSourcesTest {
  @TempDir Path folder;
  @TempDir Path cache;
  private ImageSources sources;

  @BeforeEach
  void makeSources() {
    sources = new ImageSources(cache);
  }

  private String refusal(Path path) {
    return assertThrows(CdrlException.class, () -> sources.open(path, 32, 3)).getMessage();
  }

  private static float mean(ImageDataSet data, int index, int channel) {
    float[] values = data.image(index).values();
    int area = data.resolution() * data.resolution();
    double sum = 0;
    for (int i = 0; i < area; i++) {
      sum += values[channel * area + i];
    }
    return (float) (sum / area);
  }

  // Folders of pictures

  @Test
  void picturesOfAllKindsAreReadInNaturalOrderAndDamagedOnesAreNamed() throws IOException {
    TestPictures.png(folder.resolve("10.png"), TestPictures.plain(40, 50, 0x0a0a0a));
    TestPictures.jpeg(folder.resolve("9.JPG"), TestPictures.plain(333, 77, 0x090909));
    TestPictures.png(folder.resolve("sub/deeper/1.png"), TestPictures.plain(1, 1, 0x646464));
    byte[] jpeg = TestPictures.jpeg(TestPictures.gradient(100, 100));
    Files.write(folder.resolve("broken.jpg"), java.util.Arrays.copyOf(jpeg, jpeg.length / 2));
    Files.write(folder.resolve("empty.png"), new byte[0]);
    Files.writeString(folder.resolve("notes.txt"), "not a picture");
    Files.write(
        folder.resolve("no-ending"),
        TestPictures.encode(TestPictures.plain(8, 8, 0xc8c8c8), "png"));
    TestPictures.png(folder.resolve(".hidden.png"), TestPictures.plain(4, 4, 0));
    TestPictures.png(folder.resolve(".trash/1.png"), TestPictures.plain(4, 4, 0));
    ImageDataSet data = sources.open(folder, 32, 3);
    assertEquals(4, data.size());
    assertEquals(9 / 127.5 - 1, mean(data, 0, 0), 0.02);
    assertEquals(10 / 127.5 - 1, mean(data, 1, 1), 1e-5);
    assertEquals(200 / 127.5 - 1, mean(data, 2, 2), 1e-5);
    assertEquals(100 / 127.5 - 1, mean(data, 3, 2), 1e-5);
    assertEquals(
        List.of("broken.jpg", "empty.png"), data.skipped().stream().map(Skipped::name).toList());
    assertTrue(data.skipped().get(1).reason().contains("empty"));
    assertEquals(1, data.notes().size());
    assertTrue(data.notes().get(0).startsWith("2 of 6 pictures were left out: broken.jpg ("));
    assertTrue(data.description().contains("4 images"), data.description());
    assertTrue(data.classNames().isEmpty());
    assertEquals(0, data.label(3));
  }

  @Test
  void theCentralSquareIsTakenAndTurnedUpright() throws IOException {
    // Left third red, centre green, right third blue: only green remains.
    TestPictures.png(
        folder.resolve("wide.png"),
        TestPictures.colour(90, 30, (x, y) -> 0xff << (16 - 8 * (x / 30))));
    Files.write(
        folder.resolve("turned.jpg"),
        TestPictures.withOrientation(
            TestPictures.jpeg(TestPictures.colour(64, 64, (x, y) -> y < 32 ? 0xffffff : 0x000000)),
            6));
    ImageDataSet data = sources.open(folder, 16, 3);
    // Turned clockwise, the bright upper half comes to the right.
    float[] turned = data.image(0).values();
    assertTrue(turned[8 * 16 + 15] > 0.9 && turned[8 * 16] < -0.9);
    assertEquals(-1, mean(data, 1, 0));
    assertEquals(1, mean(data, 1, 1));
    assertEquals(-1, mean(data, 1, 2));
  }

  @Test
  void subFoldersAreClasses() throws IOException {
    for (String name : List.of("cats/a", "cats/b", "dogs/deep/a")) {
      TestPictures.png(folder.resolve(name + ".png"), TestPictures.plain(4, 4, name.length()));
    }
    ImageDataSet data = sources.open(folder, 8, 1);
    assertEquals(List.of("cats", "dogs"), data.classNames());
    assertEquals(List.of(1, 1, 2), List.of(data.label(0), data.label(1), data.label(2)));
  }

  @Test
  void flippingMirrorsEveryChannel() throws IOException {
    TestPictures.png(folder.resolve("a.png"), TestPictures.gradient(8, 8));
    ImageDataSet data = sources.open(folder, 8, 3);
    float[] plain = data.image(0).values();
    float[] flipped = new float[plain.length + 5];
    data.fill(0, true, flipped, 5);
    for (int row = 0; row < 24; row++) {
      for (int x = 0; x < 8; x++) {
        assertEquals(plain[row * 8 + x], flipped[5 + row * 8 + 7 - x]);
      }
    }
  }

  @Test
  void unusablePlacesGetASentence() throws IOException {
    assertTrue(refusal(folder.resolve("missing")).contains("There is no file or folder"));
    assertTrue(refusal(folder).contains("There are no pictures in"));
    Files.writeString(folder.resolve("a.jpg"), "no picture at all");
    assertTrue(refusal(folder).contains("' could not be read"));
    assertTrue(refusal(folder).contains("damaged: a.jpg (not a JPEG"), refusal(folder));
    Files.write(folder.resolve("b.jpg"), new byte[0]);
    assertTrue(refusal(folder).startsWith("None of the 2 pictures"), refusal(folder));
    assertTrue(refusal(folder).contains("The first is a.jpg (not a JPEG"), refusal(folder));
    Path text = Files.writeString(folder.resolve("a.txt"), "text");
    assertTrue(refusal(text).contains("no image data"));
    Path picture = TestPictures.png(folder.resolve("b.png"), TestPictures.plain(4, 4, 0));
    assertTrue(refusal(picture).contains("single picture"));
  }

  @Test
  void decodingStopsWhenAsked() throws IOException {
    for (int i = 0; i < 200; i++) {
      TestPictures.png(folder.resolve(i + ".png"), TestPictures.plain(4, 4, i));
    }
    Cancellation cancellation = new Cancellation();
    assertThrows(
        CancellationException.class,
        () -> sources.open(folder, 8, 3, (done, total) -> cancellation.cancel(), cancellation));
    try (Stream<Path> kept = Files.list(cache)) {
      assertEquals(0, kept.count(), "nothing half done may be kept");
    }
  }

  // The cache

  private List<Path> cacheFiles() throws IOException {
    try (Stream<Path> kept = Files.list(cache)) {
      return kept.toList();
    }
  }

  private List<Long> reports(ImageDataSet[] result) {
    List<Long> reports = new ArrayList<>();
    result[0] = sources.open(folder, 8, 3, (done, total) -> reports.add(done), new Cancellation());
    return reports;
  }

  @Test
  void theSecondStartDoesNotDecode() throws IOException {
    for (int i = 0; i < 5; i++) {
      TestPictures.png(
          folder.resolve((i % 2 == 0 ? "x/" : "y/") + i + ".png"), TestPictures.plain(4, 4, i));
    }
    Files.write(folder.resolve("x/broken.png"), new byte[3]);
    ImageDataSet[] result = new ImageDataSet[1];
    assertEquals(List.of(0L, 6L), reports(result));
    ImageDataSet first = result[0];
    assertEquals(List.of(5L), reports(result), "taken from the cache in one go");
    ImageDataSet second = result[0];
    assertEquals(first.fingerprint(), second.fingerprint());
    assertEquals(first.skipped(), second.skipped());
    assertEquals(first.classNames(), second.classNames());
    assertEquals(first.description(), second.description());
    for (int i = 0; i < 5; i++) {
      assertEquals(first.image(i), second.image(i));
      assertEquals(first.label(i), second.label(i));
    }
  }

  @Test
  void imagesInSingleFilesAreKeptAsWell() throws IOException {
    Path images = folder.resolve("x-images-idx3-ubyte");
    Path labels = folder.resolve("x-labels-idx1-ubyte");
    Files.write(images, idx(0x803, new int[] {5, 8, 8}, 5 * 64));
    Files.write(labels, idx(0x801, new int[] {5}, 5));
    Path batch = Files.write(folder.resolve("batch.bin"), cifar(4, 2));
    for (Path file : List.of(images, batch)) {
      ImageDataSet first = sources.open(file, 8, 1);
      List<Path> kept = cacheFiles();
      List<Long> reports = new ArrayList<>();
      ImageDataSet second =
          sources.open(file, 8, 1, (done, total) -> reports.add(done), new Cancellation());
      assertEquals(List.of((long) first.size()), reports, "taken from the cache in one go");
      assertEquals(kept, cacheFiles());
      assertEquals(first.fingerprint(), second.fingerprint());
      assertEquals(first.description(), second.description());
    }
    assertEquals(2, cacheFiles().size());
    Files.delete(labels);
    assertEquals(List.of(), sources.open(images, 8, 1).classNames(), "the labels are gone");
  }

  @Test
  void aChangedFolderIsDecodedAgainAndReplacesTheOldEntry() throws IOException {
    Path picture = TestPictures.png(folder.resolve("a.png"), TestPictures.plain(4, 4, 1));
    ImageDataSet[] result = new ImageDataSet[1];
    reports(result);
    String before = result[0].fingerprint();
    TestPictures.png(picture, TestPictures.plain(4, 4, 2));
    Files.setLastModifiedTime(picture, FileTime.fromMillis(1_000_000));
    assertEquals(List.of(0L, 1L), reports(result));
    assertNotEquals(before, result[0].fingerprint());
    assertEquals(1, cacheFiles().size());
  }

  @Test
  void aDamagedEntryIsNotBelieved() throws IOException {
    for (int i = 0; i < 3; i++) {
      TestPictures.png(folder.resolve(i + ".png"), TestPictures.plain(4, 4, 50 * i));
    }
    ImageDataSet[] result = new ImageDataSet[1];
    reports(result);
    String good = result[0].fingerprint();
    Path entry = cacheFiles().get(0);
    byte[] whole = Files.readAllBytes(entry);
    List<byte[]> damaged = new ArrayList<>();
    for (int position = 0; position < whole.length; position += 37) {
      byte[] changed = whole.clone();
      changed[position] ^= 0x20;
      damaged.add(changed);
    }
    damaged.add(java.util.Arrays.copyOf(whole, whole.length - 1));
    damaged.add(java.util.Arrays.copyOf(whole, whole.length + 1));
    damaged.add(java.util.Arrays.copyOf(whole, 20));
    damaged.add(new byte[0]);
    for (byte[] content : damaged) {
      Files.write(entry, content);
      assertEquals(List.of(0L, 3L), reports(result), "must be decoded again");
      assertEquals(good, result[0].fingerprint());
    }
  }

  @Test
  void aCacheThatCannotBeWrittenIsNoFailure() throws IOException {
    TestPictures.png(folder.resolve("a.png"), TestPictures.plain(4, 4, 1));
    Path file = Files.writeString(cache.resolve("file"), "in the way");
    assertEquals(1, new ImageSources(file).open(folder, 8, 3).size());
  }

  /** Sets larger than Java's memory depend on it. */
  @Test
  void pixelsStayInTheFile() throws IOException {
    TestPictures.png(folder.resolve("a.png"), TestPictures.plain(4, 4, 0));
    for (int round = 0; round < 2; round++) { // decoded, then from the cache
      ImageDataSet data = sources.open(folder, 8, 3);
      assertEquals(-1f, data.image(0).values()[0]);
      try (RandomAccessFile file = new RandomAccessFile(cacheFiles().get(0).toFile(), "rw")) {
        file.seek(8);
        file.write(255);
        assertEquals(1f, data.image(0).values()[0]);
        file.seek(8);
        file.write(0);
      }
    }
  }

  @Test
  void anUnfinishedFileOfAKilledProgramIsRemovedInTheEnd() throws IOException {
    Path picture = TestPictures.png(folder.resolve("a.png"), TestPictures.plain(4, 4, 1));
    sources.open(folder, 8, 3);
    String name = String.valueOf(cacheFiles().get(0).getFileName());
    Path old = Files.write(cache.resolve("." + name + ".1.tmp"), new byte[3]);
    Path young = Files.write(cache.resolve("." + name + ".2.tmp"), new byte[3]);
    Files.setLastModifiedTime(old, FileTime.fromMillis(1_000_000));
    Files.setLastModifiedTime(picture, FileTime.fromMillis(1_000_000));
    sources.open(folder, 8, 3);
    assertFalse(Files.exists(old));
    assertTrue(Files.exists(young), "somebody may be writing it");
    assertFalse(Files.exists(cache.resolve(name)), "the pictures have changed");
  }

  @Test
  void whatTheSourceRefusesIsNotReadTwice() throws IOException {
    Files.write(folder.resolve("a.png"), new byte[3]);
    List<Long> reports = new ArrayList<>();
    assertThrows(
        CdrlException.class,
        () -> sources.open(folder, 8, 3, (done, total) -> reports.add(done), new Cancellation()));
    assertEquals(List.of(0L, 1L), reports);
    assertEquals(List.of(), cacheFiles());
  }

  // CelebA

  private static String row(String name, int... values) {
    StringBuilder text = new StringBuilder(name);
    for (int value : values) {
      text.append(value < 0 ? " " : "  ").append(value);
    }
    return text.append("\r\n").toString();
  }

  private void celeba(String list) throws IOException {
    Path images = folder.resolve("img_align_celeba");
    for (int i = 1; i <= 3; i++) {
      TestPictures.jpeg(
          images.resolve("00000" + i + ".jpg"),
          TestPictures.colour(
              178, 218, (x, y) -> x >= 19 && x < 159 && y >= 43 && y < 183 ? 0x00ff00 : 0xff0000));
    }
    Files.writeString(folder.resolve("list_attr_celeba.txt"), list);
  }

  @Test
  void celebaAttributesAreJoinedByFileName() throws IOException {
    celeba(
        "4\r\nMale Smiling Young \r\n"
            + row("000003.jpg", 1, -1, 1)
            + row("000001.jpg", -1, 1, -1)
            + row("999999.jpg", 1, 1, 1));
    for (int round = 0; round < 2; round++) { // decoded, then from the cache
      ImageDataSet data = sources.open(folder, 28, 3);
      assertEquals(2, data.size());
      ImageAttributes attributes = data.attributes();
      assertNotNull(attributes);
      assertEquals(List.of("Male", "Smiling", "Young"), attributes.names());
      int male = attributes.indexOf("Male");
      int smiling = attributes.indexOf("Smiling");
      assertFalse(attributes.holds(0, male));
      assertTrue(attributes.holds(0, smiling));
      assertTrue(attributes.holds(1, male));
      assertTrue(attributes.holds(1, 2));
      assertFalse(attributes.holds(1, smiling));
      assertEquals(List.of("000002.jpg"), data.skipped().stream().map(Skipped::name).toList());
      assertEquals(3, data.notes().size(), data.notes().toString());
      assertTrue(data.notes().get(0).contains("announces 4 rows but has 3"));
      assertTrue(data.notes().get(1).contains("1 of the 3 rows"));
      assertEquals(
          "1 of 3 pictures were left out: 000002.jpg (no row in list_attr_celeba.txt).",
          data.notes().get(2));
      String unknown =
          assertThrows(CdrlException.class, () -> attributes.indexOf("Happy")).getMessage();
      assertTrue(unknown.contains("Male, Smiling, Young"), unknown);
      String mistyped =
          assertThrows(CdrlException.class, () -> attributes.indexOf("smilng")).getMessage();
      assertEquals("The data has no attribute 'smilng'; did you mean 'Smiling'?", mistyped);
      // The crop holds the green square and nothing of the red rest.
      assertTrue(mean(data, 0, 1) > 0.9 && mean(data, 0, 0) < -0.9);
    }
  }

  @Test
  void theNamesOfAttributesAreKnownBeforeAnyImageIsRead() throws IOException {
    assertEquals(List.of(), ImageSources.attributeNames(folder));
    celeba("1\r\nMale   Smiling \r\nthis line is not read\r\n");
    assertEquals(List.of("Male", "Smiling"), ImageSources.attributeNames(folder));
    celeba("1\r\n\r\n");
    assertTrue(
        assertThrows(CdrlException.class, () -> ImageSources.attributeNames(folder))
            .getMessage()
            .contains("line 2"));
  }

  @Test
  void damagedAttributeListsNameTheLine() throws IOException {
    celeba("3\r\nMale Smiling\r\n" + row("000001.jpg", 1));
    assertTrue(refusal(folder).contains("line 3"), refusal(folder));
    celeba("3\nMale Smiling\n000001.jpg 1 1\n000001.jpg 1 1\n");
    assertTrue(refusal(folder).contains("line 4"), refusal(folder));
    celeba("Male Smiling\n");
    assertTrue(refusal(folder).contains("line 1"), refusal(folder));
    celeba("3\nMale\n000001.jpg yes\n");
    assertTrue(refusal(folder).contains("'yes'"), refusal(folder));
    celeba("0\nMale\n");
    assertTrue(refusal(folder).contains("nothing to train on"), refusal(folder));
  }

  @Test
  void anEmptyCelebaFolderIsNamed() throws IOException {
    Files.createDirectories(folder.resolve("img_align_celeba"));
    Files.writeString(folder.resolve("list_attr_celeba.txt"), "0\nMale\n");
    assertTrue(refusal(folder).contains("img_align_celeba"), refusal(folder));
  }

  // idx

  private static byte[] idx(int magic, int[] sizes, int content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(magic);
    for (int size : sizes) {
      out.writeInt(size);
    }
    for (int i = 0; i < content; i++) {
      out.writeByte(i % 10);
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  @Test
  void idxIsReadPlainAndCompressedWithItsLabels() throws IOException {
    byte[] images = idx(0x803, new int[] {12, 28, 28}, 12 * 28 * 28);
    Path plain = Files.write(folder.resolve("some-images-idx3-ubyte"), images);
    Files.write(folder.resolve("some-labels-idx1-ubyte"), idx(0x801, new int[] {12}, 12));
    Path unnamed = Files.write(folder.resolve("anything.bin"), gzip(images));
    ImageDataSet data = sources.open(plain, 28, 1);
    assertEquals(12, data.size());
    assertEquals(10, data.classNames().size());
    assertEquals("0", data.classNames().get(data.label(0) - 1));
    assertEquals("1", data.classNames().get(data.label(11) - 1));
    assertEquals(7 / 127.5f - 1, data.image(0).values()[7]);
    ImageDataSet compressed = sources.open(unnamed, 28, 1);
    assertTrue(data.isKnownAs(compressed.fingerprint()), "other pixels");
    assertTrue(compressed.classNames().isEmpty());
  }

  @Test
  void ofAFolderOfIdxFilesTheTrainingImagesAreTaken() throws IOException {
    for (int count : new int[] {3, 5}) {
      String name = count == 3 ? "t10k" : "train";
      byte[] images = gzip(idx(0x803, new int[] {count, 8, 8}, count * 64));
      byte[] labels = gzip(idx(0x801, new int[] {count}, count));
      Files.write(folder.resolve(name + "-images-idx3-ubyte.gz"), images);
      Files.write(folder.resolve(name + "-labels-idx1-ubyte.gz"), labels);
    }
    ImageDataSet data = sources.open(folder, 8, 1);
    assertEquals(5, data.size());
    assertEquals(5, data.classNames().size());
    Files.move(
        folder.resolve("train-images-idx3-ubyte.gz"), folder.resolve("more-images-idx3-ubyte.gz"));
    assertThrows(CdrlException.class, () -> sources.open(folder, 8, 1));
  }

  @Test
  void idxIsPaddedTo32AndScaledOtherwise() throws IOException {
    Path file = folder.resolve("images");
    byte[] images = idx(0x803, new int[] {1, 28, 28}, 28 * 28);
    java.util.Arrays.fill(images, 16, images.length, (byte) 255);
    Files.write(file, images);
    float[] padded = sources.open(file, 32, 3).image(0).values();
    for (int c = 0; c < 3; c++) {
      assertEquals(-1, padded[c * 1024 + 32 + 5]);
      assertEquals(1, padded[c * 1024 + 2 * 32 + 2]);
      assertEquals(1, padded[c * 1024 + 29 * 32 + 29]);
      assertEquals(-1, padded[c * 1024 + 30 * 32 + 5]);
    }
    for (float value : sources.open(file, 64, 1).image(0).values()) {
      assertEquals(1, value);
    }
    assertEquals(14 * 14, sources.open(file, 14, 1).image(0).values().length);
  }

  @Test
  void damagedIdxFilesGetASentence() throws IOException {
    Path file = folder.resolve("x-images-idx3-ubyte");
    Files.write(file, idx(0x803, new int[] {2_000_000_000, 4096, 4096}, 100));
    assertTrue(refusal(file).contains("bytes were expected"), refusal(file));
    Files.write(file, gzip(idx(0x803, new int[] {2_000_000_000, 28, 28}, 100)));
    assertTrue(refusal(file).contains("memory"), refusal(file));
    Files.write(file, gzip(idx(0x803, new int[] {5, 28, 28}, 28 * 28 * 3 + 5)));
    assertTrue(refusal(file).contains("ends after 3"), refusal(file));
    Files.write(file, gzip(idx(0x803, new int[] {2, 28, 28}, 28 * 28 * 3)));
    assertTrue(refusal(file).contains("goes on after"), refusal(file));
    Files.write(file, idx(0x803, new int[] {-1, 28, 28}, 100));
    assertTrue(refusal(file).contains("claims"), refusal(file));
    Files.write(file, idx(0x803, new int[] {1, 1 << 30, 1 << 30}, 100));
    assertTrue(refusal(file).contains("claims"), refusal(file));
    byte[] compressed = gzip(idx(0x803, new int[] {50, 28, 28}, 50 * 28 * 28));
    Files.write(file, java.util.Arrays.copyOf(compressed, compressed.length - 20));
    assertTrue(refusal(file).contains("damaged"), refusal(file));
    Files.write(file, idx(0x803, new int[] {1, 28, 28}, 28 * 28));
    Path labels = folder.resolve("x-labels-idx1-ubyte");
    Files.write(labels, idx(0x801, new int[] {2}, 2));
    assertTrue(refusal(file).contains("2 labels for 1 images"), refusal(file));
    assertTrue(refusal(labels).contains("holds labels"), refusal(labels));
  }

  @Test
  void aFolderOfOneIdxFileIsOpenedAndOneOfSeveralAsks() throws IOException {
    byte[] images = idx(0x803, new int[] {1, 28, 28}, 28 * 28);
    Files.write(folder.resolve("a.gz"), gzip(images));
    assertEquals(1, sources.open(folder, 28, 1).size());
    Files.write(folder.resolve("b.gz"), gzip(images));
    assertTrue(refusal(folder).contains("a.gz, b.gz"), refusal(folder));
  }

  // CIFAR-10

  private static byte[] cifar(int records, int firstLabel) {
    byte[] content = new byte[records * 3073];
    for (int i = 0; i < records; i++) {
      content[i * 3073] = (byte) ((firstLabel + i) % 10);
      java.util.Arrays.fill(content, i * 3073 + 1, i * 3073 + 1025, (byte) 200);
      java.util.Arrays.fill(content, i * 3073 + 1025, i * 3073 + 2049, (byte) 100);
    }
    return content;
  }

  @Test
  void cifarFoldersGiveTheTrainingBatchesAndFilesThemselves() throws IOException {
    Files.write(folder.resolve("data_batch_1.bin"), cifar(20, 0));
    Files.write(folder.resolve("data_batch_2.bin"), cifar(3, 7));
    Path test = Files.write(folder.resolve("test_batch.bin"), cifar(5, 0));
    Files.writeString(folder.resolve("batches.meta.txt"), "a\r\nb\r\nc\nd\ne\nf\ng\nh\ni\nj\n\n");
    ImageDataSet data = sources.open(folder, 32, 3);
    assertEquals(23, data.size());
    assertEquals("h", data.classNames().get(data.label(20) - 1));
    assertEquals(200 / 127.5f - 1, mean(data, 0, 0), 1e-4);
    assertEquals(100 / 127.5f - 1, mean(data, 0, 1), 1e-4);
    assertEquals(-1, mean(data, 0, 2));
    assertEquals(5, sources.open(test, 32, 3).size());
    ImageDataSet small = sources.open(test, 16, 1);
    assertEquals((0.299 * 200 + 0.587 * 100) / 127.5 - 1, mean(small, 0, 0), 0.005);
    assertNull(small.attributes());
  }

  @Test
  void cifar100HasFineClasses() throws IOException {
    Path data = Files.createDirectory(folder.resolve("cifar-100-binary"));
    byte[] records = new byte[3 * 3074];
    for (int i = 0; i < 3; i++) {
      records[3074 * i] = (byte) (19 - i); // the coarse label
      records[3074 * i + 1] = (byte) (99 - i);
      records[3074 * i + 2] = (byte) 255;
    }
    Files.write(data.resolve("train.bin"), records);
    Files.write(data.resolve("test.bin"), java.util.Arrays.copyOf(records, 3074));
    ImageDataSet images = sources.open(data, 32, 3);
    assertEquals(3, images.size());
    assertEquals(100, images.classNames().size());
    assertEquals("CIFAR-100, 3 images", images.description());
    assertEquals(100, images.label(0));
    assertEquals(98, images.label(2));
    assertEquals(1f, images.image(1).values()[0]);
    assertEquals(-1f, images.image(1).values()[1]);
    assertEquals(1, sources.open(data.resolve("test.bin"), 32, 3).size());
    records[2 * 3074 + 1] = 100;
    Files.write(data.resolve("train.bin"), records);
    Files.delete(data.resolve("test.bin"));
    assertTrue(
        assertThrows(CdrlException.class, () -> sources.open(data, 32, 3))
            .getMessage()
            .contains("There are no pictures"));
  }

  @Test
  void damagedCifarFilesGetASentence() throws IOException {
    byte[] content = cifar(20, 0);
    content[18 * 3073] = 77;
    Path file = Files.write(folder.resolve("a.bin"), content);
    assertTrue(refusal(file).contains("record 18 has label 77"), refusal(file));
    Files.write(file, java.util.Arrays.copyOf(content, content.length - 1));
    assertTrue(refusal(file).contains("no image data"), refusal(file));
  }

  @Test
  void moreThanMemoryHoldsIsRefusedBeforehand() {
    ImageDataSet.Builder builder = new ImageDataSet.Builder(1024, 3);
    String message =
        assertThrows(CdrlException.class, () -> builder.expect(100_000_000)).getMessage();
    assertTrue(message.contains("-Xmx"), message);
  }

  @Test
  void labelsAndAttributesArePartOfTheFingerprint() {
    byte[] pixels = {1, 2, 3, 4};
    List<String> names = List.of("a", "b");
    ImageDataSet plain = ImageDataSet.of(1, 1, pixels, "data");
    ImageDataSet one = ImageDataSet.of(1, 1, pixels, new int[] {1, 2, 1, 2}, names, "data");
    ImageDataSet same = ImageDataSet.of(1, 1, pixels, new int[] {1, 2, 1, 2}, names, "others");
    ImageDataSet other = ImageDataSet.of(1, 1, pixels, new int[] {1, 2, 2, 2}, names, "data");
    ImageDataSet named =
        ImageDataSet.of(1, 1, pixels, new int[] {1, 2, 1, 2}, List.of("a", "c"), "data");
    assertEquals(one.fingerprint(), same.fingerprint());
    assertNotEquals(one.fingerprint(), plain.fingerprint());
    assertNotEquals(one.fingerprint(), other.fingerprint());
    assertNotEquals(one.fingerprint(), named.fingerprint());
    assertTrue(one.fingerprint().matches("[0-9a-f]{64}"));
    assertTrue(one.isKnownAs(one.fingerprint()));
    assertTrue(one.isKnownAs(plain.fingerprint()), "runs of earlier versions go on");
    assertFalse(one.isKnownAs(other.fingerprint()));
    assertFalse(plain.isKnownAs(one.fingerprint()));
    BitSet values = new BitSet();
    assertNotEquals(
        attributed(pixels, values).fingerprint(), attributed(pixels, bit(2)).fingerprint());
  }

  private static BitSet bit(int index) {
    BitSet bits = new BitSet();
    bits.set(index);
    return bits;
  }

  private static ImageDataSet attributed(byte[] pixels, BitSet values) {
    ImageDataSet.Builder builder = new ImageDataSet.Builder(1, 1);
    for (byte pixel : pixels) {
      builder.add(new byte[] {pixel}, 0);
    }
    builder.attributes(List.of("Smiling"), values);
    return builder.build("data");
  }
}
