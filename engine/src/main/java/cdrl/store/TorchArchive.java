package cdrl.store;

import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint in PyTorch's zip format. The description of its content is read at once, tensors
 * when they are asked for.
 */
final class TorchArchive implements AutoCloseable {
  private static final String KIND = "PyTorch checkpoint";
  private static final String PICKLE = "/data.pkl";
  private static final int LARGEST_PICKLE = 64 << 20;
  private static final int CHUNK_BYTES = 1 << 16;

  /** How files of PyTorch's format from before version 1.6 begin: a pickled long magic number. */
  private static final byte[] LEGACY = {(byte) 0x80, 2, (byte) 0x8a, 10, 'l', (byte) 0xfc};

  private static final int TAR_MAGIC_OFFSET = 257;

  private final SafeZip zip;
  private final String folder;
  private final ByteOrder order;
  private final TorchValue root;

  /** Elements that may still be read: each belongs to one tensor, and takes at least a byte. */
  private long storedBudget;

  private long viewedBudget;
  private TorchValue.@Nullable Storage lastStorage;
  private float[] lastValues = new float[0];

  private TorchArchive(SafeZip zip) {
    this.zip = zip;
    this.storedBudget = zip.bytes();
    this.viewedBudget = zip.bytes();
    List<String> pickles =
        zip.names().stream().filter(name -> name.matches("[^/]+" + PICKLE)).toList();
    if (pickles.size() != 1) {
      throw zip.wrong("it holds " + pickles.size() + " files named data.pkl where 1 should be");
    }
    String pickle = pickles.get(0);
    this.folder = pickle.substring(0, pickle.length() - PICKLE.length());
    this.order = byteOrder();
    try {
      this.root = PickleReader.read(zip.read(pickle, LARGEST_PICKLE), key -> zip.size(entry(key)));
    } catch (PickleReader.Refusal e) {
      throw zip.wrong(e.reason());
    }
  }

  /**
   * Opens a checkpoint and reads the description of its content.
   *
   * @throws CdrlException when it cannot be read, is no such checkpoint, or holds anything but
   *     tensors and plain containers
   */
  static TorchArchive open(Path path) {
    checkKind(path);
    SafeZip zip = SafeZip.open(path, KIND, SafeZip.Packing.STORED);
    try {
      return new TorchArchive(zip);
    } catch (RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private static void checkKind(Path path) {
    byte[] start;
    if (Files.isDirectory(path)) {
      throw new CdrlException(
          Sentences.quote(path.toString()) + " is a folder; name a PyTorch checkpoint.");
    }
    try (InputStream in = Files.newInputStream(path)) {
      start = in.readNBytes(512);
    } catch (IOException e) {
      throw Sentences.reading(path, e);
    }
    if (start.length > 1 && start[0] == 'P' && start[1] == 'K') {
      return;
    }
    String name = Sentences.quote(path.toString());
    if (startsWith(start, 0, LEGACY)
        || startsWith(start, TAR_MAGIC_OFFSET, "ustar".getBytes(StandardCharsets.US_ASCII))) {
      throw new CdrlException(
          "The file "
              + name
              + " is in PyTorch's format from before version 1.6; load it with a newer PyTorch and"
              + " save it again.");
    }
    throw new CdrlException(
        "The file "
            + name
            + (start.length == 0 ? " is empty" : " is no PyTorch checkpoint")
            + "; name a file that torch.save has written.");
  }

  private static boolean startsWith(byte[] bytes, int offset, byte[] expected) {
    return bytes.length >= offset + expected.length
        && Arrays.equals(bytes, offset, offset + expected.length, expected, 0, expected.length);
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
      default -> throw zip.wrong("its byte order is " + Sentences.quote(word));
    };
  }

  private String entry(String key) {
    return folder + "/data/" + key;
  }

  /** A sentence saying that the checkpoint cannot be used, and why. */
  CdrlException wrong(String reason) {
    return zip.wrong(reason);
  }

  /** The whole content. */
  TorchValue root() {
    return root;
  }

  /**
   * Reads a tensor as float32, whatever its type. Each tensor is to be read once.
   *
   * @throws CdrlException when its storage is damaged, or when the tensors read so far share
   *     storages so often that they are larger than the file
   */
  HostTensor read(TorchValue.Tensor tensor) {
    float[] stored = stored(tensor.storage());
    viewedBudget -= tensor.elements();
    checkBudget(viewedBudget);
    float[] values = new float[tensor.elements()];
    long[] shape = tensor.shape();
    long[] index = new long[shape.length];
    long place = tensor.offset();
    for (int i = 0; i < values.length; i++) {
      values[i] = stored[(int) place];
      // Step to the next element in row-major order.
      for (int d = shape.length - 1; d >= 0; d--) {
        place += tensor.strides()[d];
        if (++index[d] < shape[d]) {
          break;
        }
        place -= shape[d] * tensor.strides()[d];
        index[d] = 0;
      }
    }
    return new HostTensor(shape, values);
  }

  private float[] stored(TorchValue.Storage storage) {
    if (!storage.equals(lastStorage)) {
      storedBudget -= storage.elements();
      checkBudget(storedBudget);
      lastValues = zip.read(entry(storage.key()), in -> readAll(in, storage));
      lastStorage = storage;
    }
    return lastValues;
  }

  private void checkBudget(long left) {
    if (left < 0) {
      throw zip.wrong("its tensors together claim more elements than it has bytes");
    }
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
