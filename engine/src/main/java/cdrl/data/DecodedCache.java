package cdrl.data;

import cdrl.runtime.AtomicFile;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.Sha256;
import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps decoded pictures in a folder that may be deleted at any time. An entry is used only when
 * the list of files with their sizes and times is the same as when it was written, and when its own
 * checksum is right; else the pictures are decoded again.
 */
final class DecodedCache {
  private static final Logger LOGGER = LoggerFactory.getLogger(DecodedCache.class);
  private static final long MAGIC = 0x4344524c44415431L; // "CDRLDAT1"
  private static final int MOST_HEADER_BYTES = 64 << 20;

  private final Path folder;
  private final Gson gson = new Gson();

  DecodedCache(Path folder) {
    this.folder = folder;
  }

  /** {@code cdrl-studio/data} in the folder that the system keeps for caches. */
  static Path standardFolder() {
    String configured = System.getenv("XDG_CACHE_HOME");
    Path caches =
        configured != null && !configured.isBlank() && Path.of(configured).isAbsolute()
            ? Path.of(configured)
            : Path.of(System.getProperty("user.home", "."), ".cache");
    return caches.resolve("cdrl-studio").resolve("data");
  }

  /** The header as JSON. Fields may be missing in a damaged file, so they are checked. */
  private record Header(
      @Nullable String key,
      @Nullable String description,
      int size,
      @Nullable List<String> classNames,
      @Nullable List<String> attributeNames,
      @Nullable List<Skipped> skipped,
      @Nullable List<String> notes) {

    boolean isComplete() {
      return description != null
          && size >= 1
          && classNames != null
          && attributeNames != null
          && skipped != null
          && notes != null;
    }
  }

  /** Takes the images from the cache, or reads them and keeps them. */
  ImageDataSet load(
      ImageSource source,
      PictureFiles files,
      int resolution,
      int channels,
      Progress progress,
      Cancellation cancellation) {
    String settings =
        source.getClass().getSimpleName() + " " + channels + "x" + resolution + "x" + resolution;
    String place = files.folder().toAbsolutePath().normalize().toString();
    Path file = folder.resolve(Sha256.of(settings + "\n" + place).substring(0, 32) + ".cache");
    String key = key(source, files, settings);
    ImageDataSet kept = read(file, key, resolution, channels);
    if (kept != null) {
      progress.report(kept.size(), kept.size());
      return kept;
    }
    ImageDataSet decoded = source.load(resolution, channels, progress, cancellation);
    write(file, key, decoded);
    return decoded;
  }

  private static String key(ImageSource source, PictureFiles files, String settings) {
    StringBuilder text = new StringBuilder(settings).append('\n');
    if (source instanceof CelebaFolder celeba) {
      Path list = celeba.root().resolve(CelebaFolder.ATTRIBUTES);
      try {
        text.append(Files.size(list))
            .append(' ')
            .append(Files.getLastModifiedTime(list).toMillis());
      } catch (IOException unreadable) {
        text.append("unreadable");
      }
      text.append('\n');
    }
    for (PictureFiles.Entry entry : files.entries()) {
      text.append(entry.bytes()).append(' ').append(entry.modified()).append(' ');
      text.append(entry.name()).append('\n');
    }
    return Sha256.of(text.toString());
  }

  private @Nullable ImageDataSet read(Path file, String key, int resolution, int channels) {
    if (!Files.isRegularFile(file)) {
      return null;
    }
    try (DigestInputStream digested =
            new DigestInputStream(
                new BufferedInputStream(Files.newInputStream(file), 1 << 16), Sha256.digest());
        DataInputStream input = new DataInputStream(digested)) {
      if (input.readLong() != MAGIC) {
        return null;
      }
      int length = input.readInt();
      if (length < 2 || length > MOST_HEADER_BYTES || length > Files.size(file)) {
        return null;
      }
      String json = new String(input.readNBytes(length), StandardCharsets.UTF_8);
      Header header = gson.fromJson(json, Header.class);
      if (header == null || !header.isComplete() || !key.equals(header.key())) {
        return null;
      }
      ImageDataSet.Builder builder = new ImageDataSet.Builder(resolution, channels);
      readImages(input, header, builder);
      byte[] checksum = digested.getMessageDigest().digest();
      boolean whole =
          MessageDigest.isEqual(checksum, input.readNBytes(checksum.length)) && input.read() < 0;
      return whole ? builder.build(String.valueOf(header.description())) : null;
    } catch (IOException | JsonParseException unusable) {
      return null;
    }
  }

  private static void readImages(DataInputStream input, Header header, ImageDataSet.Builder builder)
      throws IOException {
    List<String> classNames = Objects.requireNonNull(header.classNames());
    List<String> attributeNames = Objects.requireNonNull(header.attributeNames());
    builder.expect(header.size());
    builder.classNames(classNames);
    Objects.requireNonNull(header.skipped()).forEach(builder::skip);
    Objects.requireNonNull(header.notes()).forEach(builder::note);
    int attributes = attributeNames.size();
    BitSet values = new BitSet();
    byte[] pixels = new byte[builder.imageBytes()];
    byte[] bits = new byte[(attributes + 7) / 8];
    for (int i = 0; i < header.size(); i++) {
      int label = input.readInt();
      if (label < 0 || label > classNames.size()) {
        throw new IOException("label " + label);
      }
      input.readFully(bits);
      BitSet own = BitSet.valueOf(bits);
      for (int a = own.nextSetBit(0); a >= 0 && a < attributes; a = own.nextSetBit(a + 1)) {
        values.set(i * attributes + a);
      }
      input.readFully(pixels);
      builder.add(pixels, label);
    }
    builder.attributes(attributeNames, values);
  }

  private void write(Path file, String key, ImageDataSet data) {
    try {
      Files.createDirectories(folder);
      AtomicFile.write(file, out -> write(out, key, data));
    } catch (IOException | CdrlException failure) {
      LOGGER.warn(
          "The decoded images could not be kept for the next start: {}", failure.toString());
    }
  }

  private void write(OutputStream out, String key, ImageDataSet data) throws IOException {
    DigestOutputStream digested = new DigestOutputStream(out, Sha256.digest());
    DataOutputStream output = new DataOutputStream(digested);
    ImageAttributes attributes = data.attributes();
    List<String> attributeNames = attributes == null ? List.of() : attributes.names();
    Header header =
        new Header(
            key,
            data.description(),
            data.size(),
            data.classNames(),
            attributeNames,
            data.skipped(),
            data.notesOfSource());
    byte[] json = gson.toJson(header).getBytes(StandardCharsets.UTF_8);
    output.writeLong(MAGIC);
    output.writeInt(json.length);
    output.write(json);
    byte[] pixels = new byte[data.channels() * data.resolution() * data.resolution()];
    for (int i = 0; i < data.size(); i++) {
      output.writeInt(data.label(i));
      byte[] bits = new byte[(attributeNames.size() + 7) / 8];
      for (int a = 0; attributes != null && a < attributeNames.size(); a++) {
        if (attributes.holds(i, a)) {
          bits[a / 8] |= (byte) (1 << (a % 8));
        }
      }
      output.write(bits);
      data.copyPixels(i, pixels);
      output.write(pixels);
    }
    output.flush();
    out.write(digested.getMessageDigest().digest());
  }
}
