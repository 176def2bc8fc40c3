package cdrl.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeTensorsTest {
  private static final String A = "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";

  @TempDir Path folder;

  private static byte[] file(String header, int dataBytes) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return file(json.length, json, dataBytes);
  }

  private static byte[] file(long length, byte[] json, int dataBytes) {
    return ByteBuffer.allocate(8 + json.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(json)
        .array();
  }

  private static TensorFile read(byte[] bytes) {
    return SafeTensors.read(bytes, "m.safetensors", SafeTensors.NonFinite.REFUSED).file();
  }

  private static void refused(String reason, byte[] bytes) {
    String sentence = assertThrows(CdrlException.class, () -> read(bytes)).getMessage();
    assertTrue(sentence.contains(reason), sentence);
    assertTrue(sentence.contains("m.safetensors"), sentence);
    assertFalse(sentence.contains("\n"), sentence);
  }

  private static TensorFile sample() {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    tensors.put("z.weight", new HostTensor(new long[] {2, 3}, new float[] {1, -2, 3, 4, 5, 6e30f}));
    tensors.put("scalar", new HostTensor(new long[0], new float[] {7}));
    tensors.put("empty", new HostTensor(new long[] {0, 4}, new float[0]));
    float[] many = new float[40_000];
    for (int i = 0; i < many.length; i++) {
      many[i] = i / 7f;
    }
    tensors.put("many", new HostTensor(new long[] {200, 200}, many));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("note", "quotes \" and\nlines, ∇");
    metadata.put("", "");
    return new TensorFile(metadata, tensors);
  }

  @Test
  void comesBackAsItWasWritten() throws IOException {
    Path path = folder.resolve("m.safetensors");
    String checksum = SafeTensors.write(path, sample());
    SafeTensors.Checked back = SafeTensors.read(path, SafeTensors.NonFinite.REFUSED);
    assertEquals(sample(), back.file());
    assertEquals(
        new ArrayList<>(sample().tensors().keySet()),
        new ArrayList<>(back.file().tensors().keySet()));
    assertEquals(checksum, back.checksum());
    byte[] bytes = Files.readAllBytes(path);
    long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertEquals(0, length % 8);
  }

  @Test
  void readsWhatOthersWrite() {
    TensorFile back =
        read(
            file(
                "{\"b\":{\"data_offsets\":[8,8],\"shape\":[0],\"dtype\":\"F32\"}, "
                    + A
                    + ",\"__metadata__\":{\"format\":\"pt\"}}  ",
                8));
    assertEquals(Map.of("format", "pt"), back.metadata());
    assertArrayEquals(new float[2], back.tensors().get("a").values());
  }

  @Test
  void refusesHeadersThatLie() {
    byte[] json = ("{" + A + "}").getBytes(StandardCharsets.UTF_8);
    refused("only 5 bytes", new byte[5]);
    refused("header claims 18446744073709551615 bytes", file(-1, json, 8));
    refused("header claims 9223372036854775807 bytes", file(Long.MAX_VALUE, json, 8));
    refused("header claims 100000001 bytes", file(100_000_001, json, 8));
    refused("header claims 90000000 bytes", file(90_000_000, json, 8));
    refused("does not begin with '{'", file(0, json, 0));
    refused("does not begin with '{'", file(" {" + A + "}", 8));
    refused("does not begin with '{'", file("[]", 0));
  }

  @Test
  void refusesLooseJson() {
    refused("not strict JSON", file("{" + A + ",}", 8));
    refused("not strict JSON", file("{" + A, 8));
    refused("not strict JSON", file("{" + A + "}{}", 8));
    refused("not strict JSON", file("{" + A + "} x", 8));
    refused("not strict JSON", file("{'a':{}}", 0));
    refused("not strict JSON", file("{a:{}}", 0));
    refused("not strict JSON", file("{/**/" + A + "}", 8));
    refused("not strict JSON", file("{\"a\":[]}", 8));
    refused("not strict JSON", file("{\"a\":" + "[".repeat(100_000), 8));
    byte[] broken = file("{" + A.replace('a', '@') + "}", 8);
    broken[10] = (byte) 0xff;
    refused("not strict JSON", broken);
  }

  @Test
  void refusesDuplicates() {
    refused("the name 'a' twice", file("{" + A + "," + A + "}", 8));
    refused("the name 'dtype' twice", file("{" + A.replace("}", ",\"dtype\":\"F32\"}") + "}", 8));
    refused("the name '__metadata__' twice", file("{\"__metadata__\":{},\"__metadata__\":{}}", 0));
    refused("the name 'k' twice", file("{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}", 0));
  }

  @Test
  void refusesUnknownThings() {
    refused("unknown property 'x'", file("{" + A.replace("}", ",\"x\":1}") + "}", 8));
    refused("type 'F16'", file("{" + A.replace("F32", "F16") + "}", 8));
    refused("type that is not text", file("{" + A.replace("\"F32\"", "32") + "}", 8));
    refused("lacks its type", file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", 8));
    refused("lacks its type", file("{" + A.replace("[0,8]", "[0]") + "}", 8));
    refused("metadata entry 'k' is not text", file("{\"__metadata__\":{\"k\":1}}", 0));
  }

  @Test
  void refusesNumbersThatAreNone() {
    for (String number : List.of("-1", "2.0", "2e0", "1e400", "99999999999999999999")) {
      refused("not a whole number", file("{" + A.replace("[2]", "[" + number + "]") + "}", 8));
    }
    refused("not a number", file("{" + A.replace("[2]", "[\"2\"]") + "}", 8));
    refused("not a number", file("{" + A.replace("[2]", "[null]") + "}", 8));
    refused("whole number", file("{" + A.replace("[2]", "[9999999999999999999]") + "}", 8));
    refused("more than 16", file("{" + A.replace("[2]", "[2" + ",1".repeat(16) + "]") + "}", 8));
  }

  @Test
  void refusesSizesThatDoNotFit() {
    refused("12 bytes by its shape and 8", file("{" + A.replace("[2]", "[3]") + "}", 8));
    refused("ends before it begins", file("{" + A.replace("[0,8]", "[8,0]") + "}", 8));
    refused("ends at byte 8", file("{" + A + "}", 4));
    String huge = "4611686018427387904";
    refused("too large to count", file("{" + A.replace("[2]", "[" + huge + ",4]") + "}", 8));
    refused("too large to count", file("{" + A.replace("[2]", "[" + huge + "]") + "}", 8));
    refused(
        "ends at byte 4000000000000",
        file(
            "{"
                + A.replace("[2]", "[1000000]").replace("[0,8]", "[3999996000000,4000000000000]")
                + "}",
            8));
    refused(
        "larger than 8 GB",
        file(
            "{" + A.replace("[2]", "[1000000,1000000]").replace("[0,8]", "[0,4000000000000]") + "}",
            8));
  }

  @Test
  void refusesOverlapsHolesAndRests() {
    String b = "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}";
    refused("the tensors 'a' and 'b' overlap", file("{" + b + "," + A + "}", 12));
    refused("overlap", file("{" + A + "," + A.replace("\"a\"", "\"c\"") + "}", 8));
    refused(
        "hole of 4 bytes before 'b'",
        file("{" + A + "," + b.replace("[4,12]", "[12,20]") + "}", 20));
    refused("hole of 4 bytes before 'b'", file("{" + b + "}", 12));
    refused("3 bytes follow", file("{" + A + "}", 11));
    refused("3 bytes follow", file("{}", 3));
  }

  @Test
  void refusesValuesThatAreNotFinite() {
    byte[] bytes = file("{" + A + "}", 8);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, Float.NaN);
    refused("the tensor 'a' holds values that are not finite", bytes);
    HostTensor allowed =
        SafeTensors.read(bytes, "m", SafeTensors.NonFinite.ALLOWED).file().tensors().get("a");
    assertTrue(allowed != null && Float.isNaN(allowed.values()[1]));
    TensorFile infinite =
        new TensorFile(
            Map.of(),
            Map.of("w", new HostTensor(new long[] {1}, new float[] {Float.NEGATIVE_INFINITY})));
    Path path = folder.resolve("infinite.safetensors");
    String sentence =
        assertThrows(CdrlException.class, () -> SafeTensors.write(path, infinite)).getMessage();
    assertTrue(sentence.contains("'w'"), sentence);
    assertFalse(Files.exists(path));
  }

  @Test
  void namesAreMadeHarmlessInSentences() {
    refused(
        "'a??[31mb'",
        file("{" + A.replace("\"a\"", "\"a\\n\\u001b[31mb\"").replace("F32", "F64") + "}", 8));
  }

  @Test
  void missingFilesAndFoldersAreNamed() {
    Path missing = folder.resolve("missing.safetensors");
    assertTrue(
        assertThrows(CdrlException.class, () -> SafeTensors.read(missing))
            .getMessage()
            .startsWith("There is no file"));
    assertTrue(
        assertThrows(CdrlException.class, () -> SafeTensors.read(folder))
            .getMessage()
            .contains("is not a file"));
  }

  @Test
  void damageNeverGivesAnythingButASentenceOrAResult() throws IOException {
    Path path = folder.resolve("m.safetensors");
    TensorFile small =
        new TensorFile(
            Map.of("note", "text"),
            Map.of(
                "a", new HostTensor(new long[] {2, 2}, new float[] {1, 2, 3, 4}),
                "b", new HostTensor(new long[] {3}, new float[] {5, 6, 7})));
    SafeTensors.write(path, small);
    byte[] good = Files.readAllBytes(path);
    int refusals = 0;
    for (int length = 0; length < good.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(good, length);
      assertThrows(CdrlException.class, () -> read(cut), "cut to " + length);
    }
    Random random = new Random(1);
    for (int trial = 0; trial < 20_000; trial++) {
      byte[] bytes = good.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        read(bytes);
      } catch (CdrlException expected) {
        refusals++;
      }
    }
    assertTrue(refusals > 5_000, "only " + refusals + " of 20000 damaged files were refused");
  }
}
