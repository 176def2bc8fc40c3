package cdrl.store;

import cdrl.runtime.CdrlException;
import cdrl.runtime.Sentence;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A zip archive that cannot grow beyond what its size on the disk vouches for: entries have unique
 * names, and their sizes and checksums are verified while they are read.
 */
final class SafeZip implements AutoCloseable {
  /** How entries may be packed. */
  enum Packing {
    /** As they are: together they are no larger than the file. */
    STORED,
    /** Also compressed, at most twentyfold where the archive is large. */
    COMPRESSED
  }

  private static final long SMALL_BYTES = 256L << 20;
  private static final long MOST_GROWTH = 20;
  private static final int MOST_ENTRIES = 200_000;

  private final Path path;
  private final String kind;
  private final ZipFile zip;
  private final Map<String, ZipEntry> entries;

  private SafeZip(Path path, String kind, ZipFile zip, Map<String, ZipEntry> entries) {
    this.path = path;
    this.kind = kind;
    this.zip = zip;
    this.entries = Collections.unmodifiableMap(entries);
  }

  /**
   * Opens an archive.
   *
   * @param kind what the file should be, for sentences, such as "NumPy archive"
   * @throws CdrlException when it cannot be read or is no such archive
   */
  static SafeZip open(Path path, String kind, Packing packing) {
    try {
      ZipFile zip = new ZipFile(path.toFile());
      try {
        return new SafeZip(path, kind, zip, entries(path, kind, zip, packing));
      } catch (RuntimeException | IOException e) {
        zip.close();
        throw e;
      }
    } catch (ZipException | IllegalArgumentException e) {
      throw new CdrlException(
          e,
          "The {0} '{1}' is cut short or damaged; use another copy of it.",
          kind,
          Sentences.shown(path.toString()));
    } catch (IOException e) {
      throw Sentences.reading(path, e);
    }
  }

  private static Map<String, ZipEntry> entries(Path path, String kind, ZipFile zip, Packing packing)
      throws IOException {
    long fileBytes = Files.size(path);
    long most =
        packing == Packing.STORED ? fileBytes : Math.max(SMALL_BYTES, fileBytes * MOST_GROWTH);
    Map<String, ZipEntry> entries = new LinkedHashMap<>();
    List<? extends ZipEntry> listed = Collections.list(zip.entries());
    if (listed.size() > MOST_ENTRIES) {
      throw wrong(path, kind, new Sentence("it has more than {0} entries", MOST_ENTRIES));
    }
    long total = 0;
    for (ZipEntry entry : listed) {
      String name = entry.getName();
      if (entries.put(name, entry) != null) {
        throw wrong(
            path, kind, new Sentence("it has the entry '{0}' twice", Sentences.shown(name)));
      }
      if (packing == Packing.STORED
          && (entry.getMethod() != ZipEntry.STORED
              || entry.getSize() != entry.getCompressedSize())) {
        throw wrong(
            path, kind, new Sentence("its entry '{0}' is compressed", Sentences.shown(name)));
      }
      if (entry.getSize() < 0 || entry.getSize() > most - total) {
        throw wrong(path, kind, new Sentence("its entries claim more bytes than it can hold"));
      }
      total += entry.getSize();
    }
    return entries;
  }

  private static CdrlException wrong(Path path, String kind, Sentence reason) {
    return new CdrlException(
        "The {0} '{1}' cannot be used because {2}; use another copy of it.",
        kind, Sentences.shown(path.toString()), reason);
  }

  /** A sentence saying that the archive cannot be used, and why. */
  CdrlException wrong(String pattern, Object... arguments) {
    return wrong(new Sentence(pattern, arguments));
  }

  /** The same with the reason as a sentence. */
  CdrlException wrong(Sentence reason) {
    return wrong(path, kind, reason);
  }

  /** The names of all entries, in the archive's order. */
  Set<String> names() {
    return entries.keySet();
  }

  /** The size of an entry in bytes, or -1 when there is none. */
  long size(String name) {
    ZipEntry entry = entries.get(name);
    return entry == null ? -1 : entry.getSize();
  }

  /** The sizes of all entries together. */
  long bytes() {
    return entries.values().stream().mapToLong(ZipEntry::getSize).sum();
  }

  /** Does something with the content of an entry. */
  interface Reading<T> {
    /** Reads all bytes of the stream. */
    T read(InputStream in) throws IOException;
  }

  /**
   * Reads an entry and verifies its size and checksum.
   *
   * @throws CdrlException when it is missing, cut short, or damaged
   */
  <T> T read(String name, Reading<T> reading) {
    ZipEntry entry = entries.get(name);
    if (entry == null) {
      throw wrong("it has no entry '{0}'", Sentences.shown(name));
    }
    try (Verified in = new Verified(zip.getInputStream(entry))) {
      T result = reading.read(in);
      if (in.read() >= 0 || in.count != entry.getSize()) {
        throw wrong("its entry '{0}' has another size than it claims", Sentences.shown(name));
      }
      if (in.checksum.getValue() != entry.getCrc()) {
        throw wrong("the checksum of its entry '{0}' does not match", Sentences.shown(name));
      }
      return result;
    } catch (ZipException | EOFException e) {
      throw wrong("its entry '{0}' is cut short or damaged", Sentences.shown(name));
    } catch (IOException e) {
      throw Sentences.reading(path, e);
    }
  }

  /** Reads a small entry. */
  byte[] read(String name, int mostBytes) {
    if (size(name) > mostBytes) {
      throw wrong("its entry '{0}' is larger than {1} bytes", Sentences.shown(name), mostBytes);
    }
    return read(name, in -> in.readNBytes(mostBytes));
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw Sentences.reading(path, e);
    }
  }

  /** Counts and sums up what passes through. */
  private static final class Verified extends FilterInputStream {
    private final CRC32 checksum = new CRC32();
    private long count;

    Verified(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      if (value >= 0) {
        checksum.update(value);
        count++;
      }
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      if (read > 0) {
        checksum.update(bytes, offset, read);
        count += read;
      }
      return read;
    }
  }
}
