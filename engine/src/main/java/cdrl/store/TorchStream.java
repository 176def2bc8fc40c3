package cdrl.store;

import cdrl.runtime.CdrlException;
import cdrl.runtime.Sentence;
import cdrl.store.TorchValue.Dictionary;
import cdrl.store.TorchValue.Sequence;
import cdrl.store.TorchValue.Text;
import cdrl.store.TorchValue.Truth;
import cdrl.store.TorchValue.Whole;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * A file in PyTorch's format from before version 1.6: pickles of a magic number, a version, the
 * machine, the content, and the keys of its storages, and then the storages themselves, each its
 * number of elements and the elements.
 */
final class TorchStream extends TorchFile {
  /** The pickle of the magic number. */
  static final byte[] MAGIC = {
    (byte) 0x80,
    2,
    (byte) 0x8a,
    10,
    0x6c,
    (byte) 0xfc,
    (byte) 0x9c,
    0x46,
    (byte) 0xf9,
    0x20,
    0x6a,
    (byte) 0xa8,
    0x50,
    0x19,
    '.'
  };

  private static final Whole VERSION = new Whole(1001);

  private final String name;
  private final ByteBuffer file;
  private final TorchValue root;
  private final Map<String, Long> sizes = new HashMap<>();
  private final Map<String, Integer> places = new HashMap<>();

  private TorchStream(String name, ByteBuffer file) {
    super(file.limit());
    this.name = name;
    this.file = file;
    file.position(MAGIC.length);
    try {
      if (!next().equals(VERSION)) {
        throw wrong("it has another version than {0}", VERSION.value());
      }
      if (!(next() instanceof Dictionary machine)
          || !new Truth(true).equals(machine.entries().get(new Text("little_endian")))) {
        throw wrong("it was written by a machine with another order of bytes");
      }
      root = next();
      findStorages();
    } catch (PickleReader.Refusal e) {
      throw wrong(e.sentence());
    } catch (BufferUnderflowException e) {
      throw wrong("it is cut short");
    }
  }

  /** Opens a file that begins with {@link #MAGIC}; see {@link TorchFile#open}. */
  static TorchStream open(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new CdrlException(
            "The file '{0}' is in PyTorch's format from before version 1.6 and larger than 2 GB;"
                + " load it with a newer PyTorch and save it again.",
            Sentences.shown(path.toString()));
      }
      ByteBuffer file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      return new TorchStream(path.toString(), file.order(ByteOrder.LITTLE_ENDIAN));
    } catch (IOException e) {
      throw Sentences.reading(path, e);
    }
  }

  private TorchValue next() throws PickleReader.Refusal {
    return PickleReader.readNext(file, this::claim);
  }

  /** What a pickle claims is believed up to the size of the file, and compared later on. */
  private long claim(String key, long bytes) {
    if (bytes < 0 || bytes > file.limit()) {
      return -1;
    }
    return sizes.computeIfAbsent(key, ignored -> bytes);
  }

  private void findStorages() throws PickleReader.Refusal {
    if (!(next() instanceof Sequence keys) || keys.items().size() != sizes.size()) {
      throw wrong("its list of storages does not fit its content");
    }
    for (TorchValue item : keys.items()) {
      Long bytes = item instanceof Text key ? sizes.get(key.value()) : null;
      if (bytes == null) {
        throw wrong("its list of storages does not fit its content");
      }
      String key = ((Text) item).value();
      long elements = file.getLong();
      // The type of its elements is known to those who ask for them.
      if (elements < 0 || bytes > file.remaining() || !fits(elements, bytes)) {
        throw wrong("its storage '{0}' has another size than it claims", Sentences.shown(key));
      }
      if (places.put(key, file.position()) != null) {
        throw wrong("it has the storage '{0}' twice", Sentences.shown(key));
      }
      file.position(file.position() + bytes.intValue());
    }
    if (file.hasRemaining()) {
      throw wrong("it does not end where it should");
    }
  }

  private static boolean fits(long elements, long bytes) {
    return elements == 0 ? bytes == 0 : bytes % elements == 0 && bytes / elements <= Long.BYTES;
  }

  @Override
  CdrlException wrong(Sentence reason) {
    return new CdrlException(
        "The {0} '{1}' cannot be used because {2}; use another copy of it.",
        KIND, Sentences.shown(name), reason);
  }

  @Override
  TorchValue root() {
    return root;
  }

  @Override
  float[] elements(TorchValue.Storage storage) {
    Integer place = places.get(storage.key());
    if (place == null) {
      throw wrong("its storage '{0}' is missing", Sentences.shown(storage.key()));
    }
    ByteBuffer data =
        file.slice(place, Math.multiplyExact(storage.elements(), storage.type().bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[storage.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = storage.type().next(data);
    }
    return values;
  }

  /** The memory that mirrors the file is given back with the buffer. */
  @Override
  public void close() {}
}
