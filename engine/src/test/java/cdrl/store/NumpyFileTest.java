package cdrl.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumpyFileTest {
  @TempDir Path folder;

  private static byte[] npy(String header, byte[] data) {
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(10 + text.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) text.length)
        .put(text)
        .put(data)
        .array();
  }

  private static String header(String type, boolean columnsFirst, String shape) {
    return "{'descr': '"
        + type
        + "', 'fortran_order': "
        + (columnsFirst ? "True" : "False")
        + ", 'shape': "
        + shape
        + ", }   \n";
  }

  private NumpyArray read(byte[] bytes) throws IOException {
    Path path = folder.resolve("a.npy");
    Files.write(path, bytes);
    return NumpyFile.read(path);
  }

  private void refused(String reason, byte[] bytes) {
    String sentence = assertThrows(CdrlException.class, () -> read(bytes)).getMessage();
    assertTrue(sentence.contains(reason), sentence);
  }

  @Test
  void comesBackAsItWasWritten() {
    float[] values = new float[20_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 3f;
    }
    Path path = folder.resolve("b.npy");
    for (HostTensor tensor :
        new HostTensor[] {
          new HostTensor(new long[] {2, 100, 100}, values),
          new HostTensor(new long[] {2}, new float[] {1, Float.NaN}),
          new HostTensor(new long[0], new float[] {3}),
          new HostTensor(new long[] {0, 2}, new float[0])
        }) {
      NumpyFile.write(path, tensor);
      assertEquals(tensor, NumpyFile.read(path).tensor());
    }
  }

  @Test
  void readsTheFourTypesInBothByteOrders() throws IOException {
    byte[] eight = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(-5).array();
    assertArrayEquals(new int[] {-5}, read(npy(header("<i8", false, "(1,)"), eight)).integers());
    byte[] four = ByteBuffer.allocate(4).putInt(7).array();
    assertEquals(7, read(npy(header(">i4", false, "()"), four)).values()[0]);
    byte[] real = ByteBuffer.allocate(8).putDouble(0.1).array();
    assertEquals(0.1, read(npy(header(">f8", false, "(1, 1)"), real)).values()[0]);
  }

  @Test
  void turnsColumnsFirstIntoRowsFirst() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 6; i++) {
      data.putInt(i);
    }
    assertArrayEquals(
        new int[] {0, 2, 4, 1, 3, 5},
        read(npy(header("<i4", true, "(2, 3)"), data.array())).integers());
  }

  @Test
  void refusesWhatItCannotRead() {
    refused("does not begin like one", new byte[] {1, 2, 3});
    refused("type is '|O'", npy(header("|O", false, "(1,)"), new byte[8]));
    refused("type is '<f2'", npy(header("<f2", false, "(1,)"), new byte[2]));
    refused("does not fit its 4 bytes", npy(header("<f4", false, "(2,)"), new byte[4]));
    refused("does not fit its 12 bytes", npy(header("<f4", false, "(2,)"), new byte[12]));
    refused(
        "too large to count",
        npy(header("<f4", false, "(100000000000, 100000000000)"), new byte[4]));
    refused("its header is", npy("{'descr': eval('1')}", new byte[4]));
    refused("cut short", new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 9, 0, '{'});
  }

  private Path archive(Map<String, byte[]> entries) throws IOException {
    Path path = folder.resolve("a.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return path;
  }

  @Test
  void readsCompressedArchives() throws IOException {
    byte[] array = npy(header("<f4", false, "(1000,)"), new byte[4000]);
    Map<String, NumpyArray> arrays = NumpyFile.readArchive(archive(Map.of("x.npy", array)));
    assertEquals(1000, arrays.get("x").values().length);
  }

  @Test
  void refusesArchivesThatGrowTooMuch() throws IOException {
    Path path = archive(Map.of("x.npy", new byte[100]));
    byte[] bytes = Files.readAllBytes(path);
    ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int directory = 0;
    while (zip.getInt(directory) != 0x02014b50) {
      directory++;
    }
    zip.putInt(directory + 24, 300_000_000); // the size that the entry claims to grow to
    Files.write(path, bytes);
    String sentence =
        assertThrows(CdrlException.class, () -> NumpyFile.readArchive(path)).getMessage();
    assertTrue(sentence.contains("claim more bytes than it can hold"), sentence);
  }

  @Test
  void damageNeverGivesAnythingButASentenceOrAResult() throws IOException {
    Path path = archive(Map.of("x.npy", npy(header("<f4", false, "(3,)"), new byte[12])));
    byte[] good = Files.readAllBytes(path);
    Random random = new Random(2);
    int refusals = 0;
    for (int trial = 0; trial < 1_000; trial++) {
      byte[] bytes =
          trial % 4 == 0
              ? java.util.Arrays.copyOf(good, random.nextInt(good.length))
              : good.clone();
      if (bytes.length == good.length) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(path, bytes);
      try {
        NumpyFile.readArchive(path);
      } catch (CdrlException expected) {
        refusals++;
      }
    }
    assertTrue(refusals > 500, "only " + refusals + " of 1000 damaged archives were refused");
  }

  @Test
  void readsTheReferenceNumbers() {
    Map<String, NumpyArray> arrays = NumpyFile.readArchive(SharedFiles.parity("ebm_cond.npz"));
    assertArrayEquals(new long[] {4, 3, 32, 32}, arrays.get("x").shape());
    assertEquals(4, arrays.get("y").integers().length);
    assertEquals(4, arrays.get("energy").tensor().count());
  }
}
