package cdrl.store;

import cdrl.runtime.CdrlException;
import cdrl.runtime.Sentence;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A file in PyTorch's zip format. */
final class TorchArchive extends TorchFile {
  private static final String PICKLE = "/data.pkl";
  private static final int LARGEST_PICKLE = 64 << 20;
  private static final int CHUNK_BYTES = 1 << 16;

  private final SafeZip zip;
  private final String folder;
  private final ByteOrder order;
  private final TorchValue root;

  private TorchArchive(Path path, SafeZip zip) {
    super(zip.bytes());
    this.zip = zip;
    if (zip.names().stream().anyMatch(name -> name.matches("[^/]+/(code/.*|constants\\.pkl)"))) {
      throw new CdrlException(
          "The file '{0}' is a TorchScript program, and programs from files are never run; name a"
              + " file with the weights alone (a state_dict or safetensors).",
          Sentences.shown(path.toString()));
    }
    List<String> pickles =
        zip.names().stream().filter(name -> name.matches("[^/]+" + PICKLE)).toList();
    if (pickles.size() != 1) {
      throw zip.wrong("it holds {0} files named data.pkl where 1 should be", pickles.size());
    }
    String pickle = pickles.get(0);
    this.folder = pickle.substring(0, pickle.length() - PICKLE.length());
    this.order = byteOrder();
    try {
      this.root =
          PickleReader.read(
              zip.read(pickle, LARGEST_PICKLE), (key, claimed) -> zip.size(entry(key)));
    } catch (PickleReader.Refusal e) {
      throw zip.wrong(e.sentence());
    }
  }

  /** Opens a file that begins like a zip archive; see {@link TorchFile#open}. */
  static TorchArchive open(Path path) {
    SafeZip zip = SafeZip.open(path, KIND, SafeZip.Packing.STORED);
    try {
      return new TorchArchive(path, zip);
    } catch (RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private ByteOrder byteOrder() {
    String name = folder + "/byteorder";
    if (zip.size(name) < 0) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    String word = new String(zip.read(name, 100), StandardCharsets.US_ASCII).strip();
    return switch (word) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default -> throw zip.wrong("its byte order is '{0}'", Sentences.shown(word));
    };
  }

  private String entry(String key) {
    return folder + "/data/" + key;
  }

  @Override
  CdrlException wrong(Sentence reason) {
    return zip.wrong(reason);
  }

  @Override
  TorchValue root() {
    return root;
  }

  @Override
  float[] elements(TorchValue.Storage storage) {
    return zip.read(entry(storage.key()), in -> readAll(in, storage));
  }

  private float[] readAll(InputStream in, TorchValue.Storage storage) throws IOException {
    float[] values = new float[storage.elements()];
    int size = storage.type().bytes();
    byte[] chunk = new byte[CHUNK_BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(chunk).order(order);
    for (int done = 0; done < values.length; ) {
      int next = Math.min(CHUNK_BYTES / size, values.length - done);
      if (in.readNBytes(chunk, 0, next * size) < next * size) {
        throw new EOFException();
      }
      buffer.rewind();
      for (int i = 0; i < next; i++) {
        values[done++] = storage.type().next(buffer);
      }
    }
    return values;
  }

  @Override
  public void close() {
    zip.close();
  }
}
