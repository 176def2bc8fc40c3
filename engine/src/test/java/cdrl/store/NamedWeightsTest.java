package cdrl.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedWeightsTest {
  private static final float[] VALUES = {1, 2, 3, 4, 5, 6};

  @TempDir private Path folder;

  private Path path() {
    return folder.resolve("weights");
  }

  private static TorchFiles legacy() {
    return new TorchFiles()
        .code("ccollections\nOrderedDict\n)R(")
        .text("a.weight")
        .legacyTensor("94", VALUES, new int[] {2, 3}, new int[] {3, 1})
        .text("b")
        .legacyTensor("17", new float[] {7, 8}, new int[] {2}, new int[] {1})
        .code("u.");
  }

  private void refused(String... words) {
    String sentence =
        assertThrows(CdrlException.class, () -> NamedWeights.read(path())).getMessage();
    for (String word : words) {
      assertTrue(sentence.contains(word), sentence);
    }
    assertTrue(sentence.contains("weights'") && sentence.endsWith("."), sentence);
  }

  @Test
  void allThreeFormatsHoldTheSame() throws IOException {
    Map<String, HostTensor> expected = new LinkedHashMap<>();
    expected.put("a.weight", new HostTensor(new long[] {2, 3}, VALUES));
    expected.put("b", new HostTensor(new long[] {2}, new float[] {7, 8}));
    SafeTensors.write(path(), new TensorFile(Map.of(), expected));
    NamedWeights safe = NamedWeights.read(path());
    assertEquals(expected, safe.tensors());
    assertTrue(safe.checksum().matches("[0-9a-f]{64}"));
    legacy().writeLegacy(path());
    assertEquals(expected, NamedWeights.read(path()).tensors());
    new TorchFiles()
        .code("ccollections\nOrderedDict\n)R(")
        .text("a.weight")
        .tensor("0", VALUES, 0, new int[] {2, 3}, new int[] {3, 1})
        .text("b")
        .tensor("1", new float[] {7, 8}, 0, new int[] {2}, new int[] {1})
        .code("u.")
        .write(path());
    NamedWeights zip = NamedWeights.read(path());
    assertEquals(expected, zip.tensors());
    assertEquals(path().toString(), zip.source());
  }

  @Test
  void otherContentIsRefused() throws IOException {
    new TorchFiles().code("N.").write(path());
    refused("not a dictionary of weights");
    new TorchFiles().code("}(").text("a").whole(3).code("u.").write(path());
    refused("something but tensors by name");
    new TorchFiles()
        .code("}(")
        .text("a")
        .tensor("0", new float[] {Float.NaN}, 0, new int[] {1}, new int[] {1})
        .code("u.")
        .write(path());
    refused("'a' holds values that are not finite");
    new TorchFiles().entry("constants.pkl", new byte[1]).code("}.").write(path());
    refused("TorchScript program");
    Files.writeString(path(), "hello");
    refused("no PyTorch checkpoint");
    Files.delete(path());
    refused("There is no file");
  }

  @Test
  void damagedFilesOfTheOlderFormatAreRefused() throws IOException {
    Map<String, byte[]> storages = new LinkedHashMap<>();
    storages.put("data/94", TorchFiles.floats(VALUES));
    Files.write(path(), legacy().legacy(storages));
    refused("list of storages");
    storages.put("data/18", TorchFiles.floats(7, 8));
    Files.write(path(), legacy().legacy(storages));
    refused("list of storages");
    storages.remove("data/18");
    storages.put("data/17", TorchFiles.floats(7, 8, 9));
    Files.write(path(), legacy().legacy(storages));
    refused("'17' has another size than it claims");
    storages.put("data/17", TorchFiles.floats(7, 8));
    byte[] whole = legacy().legacy(storages);
    Files.write(path(), Arrays.copyOf(whole, whole.length + 1));
    refused("does not end where it should");
    for (int length = TorchStream.MAGIC.length; length < whole.length; length++) {
      Files.write(path(), Arrays.copyOf(whole, length));
      refused("cannot be used because");
    }
  }

  @Test
  void changedBytesNeverDoMoreThanBeRefused() throws IOException {
    Map<String, byte[]> storages = new LinkedHashMap<>();
    storages.put("data/94", TorchFiles.floats(VALUES));
    storages.put("data/17", TorchFiles.floats(7, 8));
    byte[] whole = legacy().legacy(storages);
    Random random = new Random(2);
    int refusals = 0;
    for (int trial = 0; trial < 2000; trial++) {
      byte[] changed = whole.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        int place =
            TorchStream.MAGIC.length + random.nextInt(whole.length - TorchStream.MAGIC.length);
        changed[place] = (byte) random.nextInt(256);
      }
      Files.write(path(), changed);
      try {
        List<HostTensor> read = List.copyOf(NamedWeights.read(path()).tensors().values());
        assertTrue(read.size() <= 2);
      } catch (CdrlException expected) {
        refusals++;
      }
    }
    assertTrue(refusals > 1000, "only " + refusals + " of 2000 changed files were refused");
  }

  @Test
  void theOlderFormatIsReadWithStrides() throws IOException {
    new TorchFiles()
        .code("}(")
        .text("t")
        .legacyTensor("0", VALUES, new int[] {3, 2}, new int[] {1, 3})
        .code("u.")
        .writeLegacy(path());
    HostTensor tensor = NamedWeights.read(path()).tensors().get("t");
    assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, tensor.values());
  }
}
