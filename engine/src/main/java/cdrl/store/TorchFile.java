package cdrl.store;

import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file that torch.save has written, in either of its formats. The description of its content is
 * read at once, tensors when they are asked for.
 */
abstract class TorchFile implements AutoCloseable {
  /** What to call such files in sentences. */
  static final String KIND = "PyTorch checkpoint";

  private static final int TAR_MAGIC_OFFSET = 257;

  /** Elements that may still be read: each belongs to one tensor, and takes at least a byte. */
  private long storedBudget;

  private long viewedBudget;
  private TorchValue.@Nullable Storage lastStorage;
  private float[] lastValues = new float[0];

  /**
   * @param bytes the size of the file
   */
  TorchFile(long bytes) {
    storedBudget = bytes;
    viewedBudget = bytes;
  }

  /**
   * Opens a file and reads the description of its content.
   *
   * @throws CdrlException when it cannot be read, is no such file, or holds anything but tensors
   *     and plain containers
   */
  static TorchFile open(Path path) {
    byte[] start;
    if (Files.isDirectory(path)) {
      throw new CdrlException(
          "'{0}' is a folder; name a PyTorch checkpoint.", Sentences.shown(path.toString()));
    }
    try (InputStream in = Files.newInputStream(path)) {
      start = in.readNBytes(512);
    } catch (IOException e) {
      throw Sentences.reading(path, e);
    }
    if (start.length > 1 && start[0] == 'P' && start[1] == 'K') {
      return TorchArchive.open(path);
    }
    if (startsWith(start, 0, TorchStream.MAGIC)) {
      return TorchStream.open(path);
    }
    String name = Sentences.shown(path.toString());
    if (startsWith(start, TAR_MAGIC_OFFSET, "ustar".getBytes(StandardCharsets.US_ASCII))) {
      throw new CdrlException(
          "The file '{0}' is in PyTorch's format from before version 0.1.10; load it with a newer"
              + " PyTorch and save it again.",
          name);
    }
    throw new CdrlException(
        start.length == 0
            ? "The file '{0}' is empty; name a file that torch.save has written."
            : "The file '{0}' is no PyTorch checkpoint; name a file that torch.save has written.",
        name);
  }

  private static boolean startsWith(byte[] bytes, int offset, byte[] expected) {
    return bytes.length >= offset + expected.length
        && Arrays.equals(bytes, offset, offset + expected.length, expected, 0, expected.length);
  }

  /** A sentence saying that the file cannot be used, and why. */
  abstract CdrlException wrong(Sentence reason);

  /** The same for a reason that is told here. */
  final CdrlException wrong(String pattern, Object... arguments) {
    return wrong(new Sentence(pattern, arguments));
  }

  /** The whole content. */
  abstract TorchValue root();

  /** All elements of a storage. */
  abstract float[] elements(TorchValue.Storage storage);

  @Override
  public abstract void close();

  /**
   * Reads a tensor as float32, whatever its type. Each tensor is to be read once.
   *
   * @throws CdrlException when its storage is damaged, or when the tensors read so far share
   *     storages so often that they are larger than the file
   */
  final HostTensor read(TorchValue.Tensor tensor) {
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
      lastValues = elements(storage);
      lastStorage = storage;
    }
    return lastValues;
  }

  private void checkBudget(long left) {
    if (left < 0) {
      throw wrong("its tensors together claim more elements than it has bytes");
    }
  }
}
