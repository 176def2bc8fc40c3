package cdrl.store;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes checkpoints in PyTorch's formats, good ones and bad ones. */
public final class TorchFiles {
  private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  /** The storages of int64 numbers; all others of the older format hold float32. */
  private final Set<String> counters = new HashSet<>();

  /** Begins with nothing. */
  public TorchFiles() {
    bytes(0x80, 2);
  }

  /** Adds instructions as they are. */
  public TorchFiles bytes(int... values) {
    for (int value : values) {
      pickle.write(value);
    }
    return this;
  }

  /** Adds instructions written as ASCII. */
  public TorchFiles code(String ascii) {
    pickle.writeBytes(ascii.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** Adds a text. */
  public TorchFiles text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    code("X");
    pickle.writeBytes(little(utf8.length));
    pickle.writeBytes(utf8);
    return this;
  }

  /** Adds a number. */
  public TorchFiles whole(int value) {
    code("J");
    pickle.writeBytes(little(value));
    return this;
  }

  private static byte[] little(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private TorchFiles tuple(int... values) {
    code("(");
    for (int value : values) {
      whole(value);
    }
    return code("t");
  }

  /** Adds a storage of the given bytes, and a reference to it. */
  TorchFiles storage(String type, String key, byte[] content, int elements) {
    entries.put("data/" + key, content);
    return storageReference(type, key, elements);
  }

  TorchFiles storageReference(String type, String key, int elements) {
    code("(").text("storage").code("ctorch\n" + type + "\n").text(key).text("cpu");
    return whole(elements).code("tQ");
  }

  /** Makes a tensor of the storage that was added last. */
  TorchFiles view(int offset, int[] shape, int[] strides) {
    return whole(offset)
        .tuple(shape)
        .tuple(strides)
        .bytes(0x89)
        .code("ccollections\nOrderedDict\n)R");
  }

  /** Adds a view of float32 values. */
  TorchFiles tensor(String key, float[] values, int offset, int[] shape, int[] strides) {
    return startTensor()
        .storage("FloatStorage", key, floats(values), values.length)
        .view(offset, shape, strides)
        .endTensor();
  }

  TorchFiles startTensor() {
    return code("ctorch._utils\n_rebuild_tensor_v2\n(");
  }

  TorchFiles endTensor() {
    return code("tR");
  }

  static byte[] floats(float... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      buffer.putFloat(value);
    }
    return buffer.array();
  }

  TorchFiles entry(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  Path write(Path path) throws IOException {
    return write(path, pickle.toByteArray(), ZipEntry.STORED);
  }

  /** Writes the format from before version 1.6; see {@link #legacyTensor}. */
  public Path writeLegacy(Path path) throws IOException {
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(path))) {
      legacy(entries, file);
    }
    return path;
  }

  byte[] legacy(Map<String, byte[]> storages) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    legacy(storages, file);
    return file.toByteArray();
  }

  private void legacy(Map<String, byte[]> storages, OutputStream file) throws IOException {
    file.write(TorchStream.MAGIC);
    file.write(new byte[] {(byte) 0x80, 2, 'M', (byte) 0xe9, 3, '.'});
    TorchFiles machine = new TorchFiles().code("}(").text("little_endian").bytes(0x88).code("u.");
    machine.pickle.writeTo(file);
    pickle.writeTo(file);
    TorchFiles keys = new TorchFiles().code("](");
    storages.keySet().forEach(name -> keys.text(name.substring("data/".length())));
    keys.code("e.").pickle.writeTo(file);
    for (Map.Entry<String, byte[]> storage : storages.entrySet()) {
      byte[] content = storage.getValue();
      int elements = content.length / (counters.contains(storage.getKey()) ? Long.BYTES : 4);
      file.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(elements).array());
      file.write(content);
    }
  }

  /** Adds a view of float32 values as the format from before version 1.6 has it. */
  public TorchFiles legacyTensor(String key, float[] values, int[] shape, int[] strides) {
    entries.put("data/" + key, floats(values));
    return legacyView("FloatStorage", key, values.length, shape, strides);
  }

  /** Adds an int64 number without dimensions as the format from before version 1.6 has it. */
  public TorchFiles legacyCounter(String key, long value) {
    entries.put(
        "data/" + key,
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    counters.add("data/" + key);
    return legacyView("LongStorage", key, 1, new int[0], new int[0]);
  }

  private TorchFiles legacyView(String type, String key, int elements, int[] shape, int[] strides) {
    startTensor().code("(").text("storage").code("ctorch\n" + type + "\n").text(key).text("cpu");
    return whole(elements).code("NtQ").view(0, shape, strides).endTensor();
  }

  Path writeCompressed(Path path) throws IOException {
    return write(path, pickle.toByteArray(), ZipEntry.DEFLATED);
  }

  Path write(Path path, byte[] code, int method) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
      put(zip, "archive/data.pkl", code, method);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        put(zip, "archive/" + entry.getKey(), entry.getValue(), method);
      }
    }
    return path;
  }

  private static void put(ZipOutputStream zip, String name, byte[] content, int method)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 checksum = new CRC32();
    checksum.update(content);
    entry.setMethod(method);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
