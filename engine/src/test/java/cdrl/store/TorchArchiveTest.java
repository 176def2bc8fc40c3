package cdrl.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchArchiveTest {
  @TempDir Path folder;

  private Path path() {
    return folder.resolve("c.pth.tar");
  }

  private TorchValue root(TorchFiles file) throws IOException {
    try (TorchFile archive = TorchFile.open(file.write(path()))) {
      return archive.root();
    }
  }

  private HostTensor tensor(TorchFiles file) throws IOException {
    try (TorchFile archive = TorchFile.open(file.code(".").write(path()))) {
      return archive.read(assertInstanceOf(TorchValue.Tensor.class, archive.root()));
    }
  }

  private void refused(String reason, TorchFiles file) throws IOException {
    file.write(path());
    refused(reason);
  }

  private void refused(String reason) {
    String sentence =
        assertThrows(CdrlException.class, () -> TorchFile.open(path()).close()).getMessage();
    assertTrue(sentence.contains(reason), sentence);
    assertTrue(sentence.contains("c.pth.tar"), sentence);
    assertFalse(sentence.contains("\n"), sentence);
  }

  @Test
  void buildsPlainContainers() throws IOException {
    TorchFiles file = new TorchFiles().code("}(").text("list").code("](").whole(-3);
    file.bytes('K', 200).bytes('M', 0, 1).bytes(0x8a, 2, 0xff, 0xfe).bytes(0x88, 'N').code("e");
    file.text("real").bytes('G', 0x3f, 0xe0, 0, 0, 0, 0, 0, 0);
    file.text("tuple").text("x").bytes('q', 0, 'h', 0, 0x86);
    file.text("bytes").bytes('C', 2, 1, 2).text("ordered").code("ccollections\nOrderedDict\n)R");
    file.code("}").text("_metadata").whole(1).code("sb").code("u.");
    TorchValue.Dictionary root = assertInstanceOf(TorchValue.Dictionary.class, root(file));
    assertEquals(
        new TorchValue.Sequence(
            List.of(
                new TorchValue.Whole(-3),
                new TorchValue.Whole(200),
                new TorchValue.Whole(256),
                new TorchValue.Whole(-257),
                new TorchValue.Truth(true),
                new TorchValue.Nothing()),
            false),
        root.entries().get(new TorchValue.Text("list")));
    assertEquals(new TorchValue.Real(0.5), root.entries().get(new TorchValue.Text("real")));
    assertEquals(
        new TorchValue.Sequence(List.of(new TorchValue.Text("x"), new TorchValue.Text("x")), true),
        root.entries().get(new TorchValue.Text("tuple")));
    assertEquals(5, root.entries().size());
  }

  @Test
  void readsViews() throws IOException {
    float[] values = {0, 1, 2, 3, 4, 5, 6};
    assertEquals(
        new HostTensor(new long[] {2, 3}, new float[] {1, 2, 3, 4, 5, 6}),
        tensor(new TorchFiles().tensor("0", values, 1, new int[] {2, 3}, new int[] {3, 1})));
    assertEquals(
        new HostTensor(new long[] {3, 2}, new float[] {1, 4, 2, 5, 3, 6}),
        tensor(new TorchFiles().tensor("0", values, 1, new int[] {3, 2}, new int[] {1, 3})));
    assertEquals(
        new HostTensor(new long[0], new float[] {6}),
        tensor(new TorchFiles().tensor("0", values, 6, new int[0], new int[0])));
    assertEquals(
        new HostTensor(new long[] {0, 2}, new float[0]),
        tensor(new TorchFiles().tensor("0", values, 0, new int[] {0, 2}, new int[] {2, 1})));
    assertEquals(
        new HostTensor(new long[] {1, 3, 2}, new float[] {2, 2, 2, 2, 2, 2}),
        tensor(
            new TorchFiles()
                .tensor("0", values, 2, new int[] {1, 3, 2}, new int[] {1 << 30, 0, 0})));
  }

  @Test
  void readsEveryTypeOfElement() throws IOException {
    byte[] eight = {0, 0, 0, 0, 0, 0, (byte) 0xf0, (byte) 0xbf};
    assertEquals(-1, element("DoubleStorage", eight));
    assertEquals(-2, element("HalfStorage", new byte[] {0, (byte) 0xc0}));
    assertEquals(1.5f, element("BFloat16Storage", new byte[] {(byte) 0xc0, 0x3f}));
    assertEquals(258, element("LongStorage", new byte[] {2, 1, 0, 0, 0, 0, 0, 0}));
    assertEquals(-1, element("IntStorage", new byte[] {-1, -1, -1, -1}));
    assertEquals(513, element("ShortStorage", new byte[] {1, 2}));
    assertEquals(-128, element("CharStorage", new byte[] {-128}));
    assertEquals(128, element("ByteStorage", new byte[] {-128}));
    assertEquals(1, element("BoolStorage", new byte[] {1}));
  }

  private float element(String type, byte[] content) throws IOException {
    return tensor(
            new TorchFiles()
                .startTensor()
                .storage(type, "0", content, 1)
                .view(0, new int[] {1}, new int[] {1})
                .endTensor())
        .values()[0];
  }

  @Test
  void readsHalfPrecision() {
    assertEquals(0x1p-24f, TorchElement.half((short) 1));
    assertEquals(-0x1p-14f, TorchElement.half((short) 0x8400));
    assertEquals(65504f, TorchElement.half((short) 0x7bff));
    assertEquals(Float.POSITIVE_INFINITY, TorchElement.half((short) 0x7c00));
    assertTrue(Float.isNaN(TorchElement.half((short) 0x7e00)));
    assertEquals(-0f, TorchElement.half((short) 0x8000));
  }

  @Test
  void readsBigEndianArchives() throws IOException {
    TorchFiles file =
        new TorchFiles()
            .entry("byteorder", "big".getBytes(StandardCharsets.US_ASCII))
            .startTensor()
            .storage("IntStorage", "0", new byte[] {0, 0, 1, 0}, 1)
            .view(0, new int[] {1}, new int[] {1})
            .endTensor();
    assertEquals(256, tensor(file).values()[0]);
    refused(
        "byte order is 'middle'",
        new TorchFiles()
            .entry("byteorder", "middle".getBytes(StandardCharsets.US_ASCII))
            .code("N."));
  }

  @Test
  void refusesEveryOtherNameByName() throws IOException {
    refused(
        "asks for 'os.system'", new TorchFiles().code("cos\nsystem\n").text("ls").code("\u0085R."));
    refused("asks for 'builtins.eval'", new TorchFiles().code("cbuiltins\neval\n."));
    refused(
        "asks for 'torch._utils._rebuild_tensor'",
        new TorchFiles().code("ctorch._utils\n_rebuild_tensor\n."));
    refused("asks for 'torch.FloatStorage.x'", new TorchFiles().code("ctorch.FloatStorage\nx\n."));
    refused("asks for '__torch__.Net'", new TorchFiles().code("c__torch__\nNet\n)\u0081."));
    refused(
        "its pickle calls 'torch.FloatStorage'",
        new TorchFiles().code("ctorch\nFloatStorage\n)R."));
    refused("more than 200 characters", new TorchFiles().code("c" + "a".repeat(1000) + "\n\n."));
  }

  @Test
  void refusesInstructionsThatBuildObjects() throws IOException {
    refused("instruction 0x69", new TorchFiles().code("(ios\nsystem\n."));
    refused("instruction 0x6f", new TorchFiles().code("(o."));
    refused("instruction 0x81", new TorchFiles().code("ccollections\nOrderedDict\n)\u0081."));
    refused("instruction 0x82", new TorchFiles().bytes(0x82, 1));
    refused("instruction 0x93", new TorchFiles().text("os").text("system").bytes(0x93));
    refused("attributes to something", new TorchFiles().code("]}b."));
    refused("protocol 4", new TorchFiles().bytes(0x80, 4));
  }

  @Test
  void refusesBrokenPickles() throws IOException {
    refused("cut short", new TorchFiles());
    refused("cut short", new TorchFiles().bytes('J', 1, 2));
    refused("claims a text of 4294967295 bytes", new TorchFiles().bytes('X', -1, -1, -1, -1));
    refused("claims a text of 100000000 bytes", new TorchFiles().bytes('B', 0, 0xe1, 0xf5, 5));
    refused("more from its stack", new TorchFiles().code("t."));
    refused("more from its stack", new TorchFiles().code("."));
    refused("more from its stack", new TorchFiles().code("](a."));
    refused("not there", new TorchFiles().bytes('h', 7));
    refused("does not end where it should", new TorchFiles().code("NN."));
    refused("does not end where it should", new TorchFiles().code("N.N"));
    refused("not a list", new TorchFiles().code(")Na."));
    refused("not a dictionary", new TorchFiles().code("]NNs."));
    refused("not a dictionary", new TorchFiles().code("}(Nu."));
    refused("neither texts nor", new TorchFiles().code("}]Ns."));
    refused("key 'a' twice", new TorchFiles().code("}").text("a").code("Ns").text("a").code("Ns."));
    refused("not UTF-8", new TorchFiles().bytes('X', 1, 0, 0, 0, 0xff));
    refused("a number of 9 bytes", new TorchFiles().bytes(0x8a, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1));
    refused(
        "something else than pairs",
        new TorchFiles().code("ccollections\nOrderedDict\n](Ne\u0085R."));
    refused("more than 2000000 instructions", new TorchFiles().code("(".repeat(2_000_001)));
    refused("not a storage", new TorchFiles().code("NQ."));
  }

  @Test
  void selfReferencesDoNoHarm() throws IOException {
    assertInstanceOf(TorchValue.Sequence.class, root(new TorchFiles().code("]q\0h\0a.")));
  }

  @Test
  void refusesStoragesThatLie() throws IOException {
    refused(
        "storage '1' is missing",
        new TorchFiles().storageReference("FloatStorage", "1", 1).code("."));
    refused(
        "claims 2 elements of 4 bytes and has 4 bytes",
        new TorchFiles().storage("FloatStorage", "0", new byte[4], 2).code("."));
    refused(
        "claims 2147483647 elements",
        new TorchFiles().storage("FloatStorage", "0", new byte[4], Integer.MAX_VALUE).code("."));
    refused(
        "claims -1 elements",
        new TorchFiles().storage("FloatStorage", "0", new byte[4], -1).code("."));
    refused(
        "asks for 'torch.QUInt8Storage'",
        new TorchFiles().storage("QUInt8Storage", "0", new byte[4], 4).code("."));
  }

  @Test
  void refusesTensorsBeyondTheirStorage() throws IOException {
    int[][][] views = {
      {{0}, {8}, {1}},
      {{1}, {7}, {1}},
      {{8}, {}, {}},
      {{0}, {2, 2}, {7, 1}},
      {{0}, {3, 3}, {0, 0}},
      {{0}, {2}, {Integer.MAX_VALUE}},
      {{Integer.MAX_VALUE}, {1}, {1}},
    };
    for (int[][] view : views) {
      refused(
          "reaches beyond its storage '0' of 7 elements",
          new TorchFiles().tensor("0", new float[7], view[0][0], view[1], view[2]).code("."));
    }
    int huge = Integer.MAX_VALUE;
    refused(
        "too large to count",
        new TorchFiles()
            .tensor("0", new float[7], 0, new int[] {huge, huge, huge}, new int[3])
            .code("."));
    refused(
        "not whole numbers",
        new TorchFiles().tensor("0", new float[7], 0, new int[] {-1}, new int[] {1}).code("."));
    refused(
        "not whole numbers",
        new TorchFiles().tensor("0", new float[7], 6, new int[] {2}, new int[] {-1}).code("."));
    refused(
        "not described like one",
        new TorchFiles().tensor("0", new float[7], 0, new int[] {2}, new int[0]).code("."));
    refused(
        "more than 16 dimensions",
        new TorchFiles().tensor("0", new float[7], 0, new int[17], new int[17]).code("."));
    refused("not described like one", new TorchFiles().startTensor().endTensor().code("."));
  }

  @Test
  void refusesTensorsThatShareStoragesTooOften() throws IOException {
    TorchFiles file = new TorchFiles().code("]");
    file.tensor("0", new float[1000], 0, new int[] {1000}, new int[] {1}).code("q\0");
    for (int i = 0; i < 100; i++) {
      file.code("ah\0");
    }
    file.code("a.").write(path());
    try (TorchFile archive = TorchFile.open(path())) {
      TorchValue.Sequence list = assertInstanceOf(TorchValue.Sequence.class, archive.root());
      String sentence =
          assertThrows(
                  CdrlException.class,
                  () -> list.items().forEach(t -> archive.read((TorchValue.Tensor) t)))
              .getMessage();
      assertTrue(sentence.contains("more elements than it has bytes"), sentence);
    }
  }

  @Test
  void refusesWhatIsNoArchive() throws IOException {
    Files.write(path(), new byte[0]);
    refused("is empty");
    Files.writeString(path(), "hello");
    refused("is no PyTorch checkpoint");
    byte[] tar = new byte[512];
    System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
    Files.write(path(), tar);
    refused("before version 0.1.10");
    new TorchFiles().entry("constants.pkl", new byte[1]).code(".").write(path());
    refused("is a TorchScript program");
    new TorchFiles().entry("code/__torch__.py", new byte[1]).code(".").write(path());
    refused("programs from files are never run");
    new TorchFiles().code("N.").writeCompressed(path());
    refused("is compressed");
    new TorchFiles().entry("sub/data.pkl", new byte[1]).code("N.").write(path());
    assertEquals(new TorchValue.Nothing(), root(new TorchFiles().code("N.")));
    Files.delete(path());
    refused("There is no file");
    Files.createDirectory(path());
    refused("is a folder");
  }

  @Test
  void noticesDamagedStorages() throws IOException {
    byte[] marker = TorchFiles.floats(1234.5f, 6789.25f);
    new TorchFiles()
        .tensor("0", new float[] {1234.5f, 6789.25f}, 0, new int[] {2}, new int[] {1})
        .code(".")
        .write(path());
    byte[] bytes = Files.readAllBytes(path());
    for (int i = 0; i + marker.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + marker.length, marker, 0, marker.length)) {
        bytes[i] ^= 1;
        break;
      }
    }
    Files.write(path(), bytes);
    try (TorchFile archive = TorchFile.open(path())) {
      String sentence =
          assertThrows(CdrlException.class, () -> archive.read((TorchValue.Tensor) archive.root()))
              .getMessage();
      assertTrue(sentence.contains("checksum"), sentence);
    }
  }

  @Test
  void damageNeverGivesAnythingButASentenceOrAResult() throws IOException {
    TorchFiles file = new TorchFiles().code("}(").text("a");
    file.tensor("0", new float[] {1, 2, 3, 4}, 0, new int[] {2, 2}, new int[] {2, 1}).text("b");
    file.code("](").whole(1).text("x").code("eu.");
    byte[] good = Files.readAllBytes(file.write(path()));
    Random random = new Random(3);
    int refusals = 0;
    for (int trial = 0; trial < 1_000; trial++) {
      byte[] bytes =
          trial % 4 == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
      if (bytes.length == good.length) {
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      Files.write(path(), bytes);
      refusals += readsAll() ? 0 : 1;
    }
    assertTrue(refusals > 500, "only " + refusals + " of 1000 damaged files were refused");
  }

  @Test
  void randomPicklesNeverGiveAnythingButASentenceOrAResult() throws IOException {
    TorchFiles file = new TorchFiles().code("}(").text("a");
    file.tensor("0", new float[] {1, 2, 3, 4}, 0, new int[] {2, 2}, new int[] {2, 1}).text("b");
    file.code("](").whole(1).text("x").code("eu.");
    file.write(path());
    byte[] code;
    try (SafeZip zip = SafeZip.open(path(), "x", SafeZip.Packing.STORED)) {
      code = zip.read("archive/data.pkl", 10_000);
    }
    Random random = new Random(4);
    int refusals = 0;
    for (int trial = 0; trial < 50_000; trial++) {
      byte[] changed = code.clone();
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        changed[random.nextInt(changed.length)] =
            random.nextBoolean() ? (byte) random.nextInt(256) : code[random.nextInt(code.length)];
      }
      try {
        PickleReader.read(changed, (key, claimed) -> key.equals("0") ? 16 : -1);
      } catch (PickleReader.Refusal expected) {
        refusals++;
      }
    }
    assertTrue(refusals > 25_000, "only " + refusals + " of 50000 changed pickles were refused");
  }

  private boolean readsAll() {
    try (TorchFile archive = TorchFile.open(path())) {
      if (archive.root() instanceof TorchValue.Dictionary dictionary) {
        for (TorchValue value : dictionary.entries().values()) {
          if (value instanceof TorchValue.Tensor tensor) {
            assertArrayEquals(tensor.shape(), archive.read(tensor).shape());
          }
        }
      }
      return true;
    } catch (CdrlException expected) {
      return false;
    }
  }
}
