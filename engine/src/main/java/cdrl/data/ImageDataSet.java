package cdrl.data;

import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Square images of one size, decoded once and kept as unsigned bytes (channels, height, width).
 * Values are given out in [−1, 1].
 */
public final class ImageDataSet implements DataSet {
  private static final int IMAGES_PER_CHUNK = 512;
  private static final int SKIPPED_TO_NAME = 5;

  private final int resolution;
  private final int channels;
  private final List<byte[]> chunks;
  private final int[] labels;
  private final List<String> classNames;
  private final @Nullable ImageAttributes attributes;
  private final String description;
  private final String pixelFingerprint;
  private final String fingerprint;
  private final List<Skipped> skipped;
  private final List<String> notes;

  private ImageDataSet(Builder builder, String description) {
    this.resolution = builder.resolution;
    this.channels = builder.channels;
    this.chunks = builder.chunks;
    this.labels = Arrays.copyOf(builder.labels, builder.size);
    this.classNames = List.copyOf(builder.classNames);
    this.attributes =
        builder.attributeNames.isEmpty()
            ? null
            : new ImageAttributes(builder.attributeNames, builder.attributeValues);
    this.description = description;
    this.pixelFingerprint = Sha256.hexadecimal(builder.digest);
    this.fingerprint =
        classNames.isEmpty() && attributes == null
            ? pixelFingerprint
            : withLabels(pixelFingerprint, labels, classNames, builder);
    this.skipped = List.copyOf(builder.skipped);
    this.notes = List.copyOf(builder.notes);
  }

  /** Classes and attributes change what is learned just as pixels do. */
  private static String withLabels(
      String pixels, int[] labels, List<String> classNames, Builder builder) {
    MessageDigest digest = Sha256.digest();
    String names =
        String.join("\n", classNames) + "\n\n" + String.join("\n", builder.attributeNames);
    digest.update((pixels + "\n" + names + "\n\n").getBytes(StandardCharsets.UTF_8));
    ByteBuffer numbers = ByteBuffer.allocate(Integer.BYTES * labels.length);
    numbers.asIntBuffer().put(labels);
    digest.update(numbers);
    digest.update(builder.attributeValues.toByteArray());
    return Sha256.hexadecimal(digest);
  }

  /**
   * A data set from pixels in memory, without classes.
   *
   * @param resolution height and width
   * @param channels 1 or 3
   * @param pixels (images, channels, height, width) in row-major order
   * @param description one line for people
   */
  public static ImageDataSet of(int resolution, int channels, byte[] pixels, String description) {
    int[] none = new int[pixels.length / (channels * resolution * resolution)];
    return of(resolution, channels, pixels, none, List.of(), description);
  }

  /**
   * A data set from pixels in memory, with classes.
   *
   * @param labels the class of each image, from 1; 0 where it has none
   * @param classNames the names of classes 1 … n
   */
  public static ImageDataSet of(
      int resolution,
      int channels,
      byte[] pixels,
      int[] labels,
      List<String> classNames,
      String description) {
    Builder builder = new Builder(resolution, channels);
    int size = channels * resolution * resolution;
    if (pixels.length == 0 || pixels.length != (long) labels.length * size) {
      throw new IllegalArgumentException(pixels.length + " bytes are no images of " + size);
    }
    builder.classNames(classNames);
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] > classNames.size()) {
        throw new IllegalArgumentException("no class " + labels[i] + " in " + classNames);
      }
      builder.add(Arrays.copyOfRange(pixels, i * size, (i + 1) * size), labels[i]);
    }
    return builder.build(description);
  }

  @Override
  public int size() {
    return labels.length;
  }

  /** The height and width of every image. */
  public int resolution() {
    return resolution;
  }

  /** 1 for grey images, 3 for red, green and blue. */
  public int channels() {
    return channels;
  }

  @Override
  public long[] itemShape() {
    return new long[] {channels, resolution, resolution};
  }

  @Override
  public void fill(int index, boolean flip, float[] out, int offset) {
    byte[] chunk = chunks.get(index / IMAGES_PER_CHUNK);
    int size = channels * resolution * resolution;
    int start = index % IMAGES_PER_CHUNK * size;
    if (!flip) {
      for (int i = 0; i < size; i++) {
        out[offset + i] = PixelValues.toValue(chunk[start + i]);
      }
      return;
    }
    for (int row = 0; row < size; row += resolution) {
      for (int x = 0; x < resolution; x++) {
        out[offset + row + x] = PixelValues.toValue(chunk[start + row + resolution - 1 - x]);
      }
    }
  }

  /** One image as (channels, height, width) in [−1, 1]. */
  public HostTensor image(int index) {
    float[] values = new float[channels * resolution * resolution];
    fill(index, false, values, 0);
    return new HostTensor(itemShape(), values);
  }

  /** Copies the bytes of one image, (channels, height, width). */
  void copyPixels(int index, byte[] out) {
    int size = channels * resolution * resolution;
    System.arraycopy(
        chunks.get(index / IMAGES_PER_CHUNK), index % IMAGES_PER_CHUNK * size, out, 0, size);
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  /** The names of classes 1 … n; empty when the data has no classes. */
  public List<String> classNames() {
    return classNames;
  }

  /** The attributes of the images, if the data set comes with them. */
  public @Nullable ImageAttributes attributes() {
    return attributes;
  }

  @Override
  public String description() {
    return description;
  }

  /** SHA-256 of all pixels, classes and attributes in order, in hexadecimal. */
  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public boolean isKnownAs(String earlier) {
    return earlier.equals(fingerprint) || earlier.equals(pixelFingerprint);
  }

  /** The files that were left out because they could not be used. */
  public List<Skipped> skipped() {
    return skipped;
  }

  /** Sentences about the data that somebody should read, often none. */
  public List<String> notes() {
    if (skipped.isEmpty()) {
      return notes;
    }
    List<String> all = new ArrayList<>(notes);
    all.add(skippedSentence());
    return all;
  }

  private String skippedSentence() {
    StringBuilder sentence = new StringBuilder();
    sentence.append(skipped.size()).append(" of ").append(skipped.size() + size());
    sentence.append(" pictures were left out: ");
    for (int i = 0; i < Math.min(SKIPPED_TO_NAME, skipped.size()); i++) {
      Skipped file = skipped.get(i);
      sentence.append(i == 0 ? "" : ", ").append(file.name());
      sentence.append(" (").append(file.reason()).append(')');
    }
    int more = skipped.size() - SKIPPED_TO_NAME;
    return sentence.append(more > 0 ? " and " + more + " more." : ".").toString();
  }

  /** The notes without the sentence about files that were left out. */
  List<String> notesOfSource() {
    return notes;
  }

  /** Collects images one by one. Not for several threads. */
  static final class Builder {
    private final int resolution;
    private final int channels;
    private final List<byte[]> chunks = new ArrayList<>();
    private final MessageDigest digest = Sha256.digest();
    private final List<Skipped> skipped = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int[] labels = new int[IMAGES_PER_CHUNK];
    private int size;
    private List<String> classNames = List.of();
    private List<String> attributeNames = List.of();
    private BitSet attributeValues = new BitSet();

    Builder(int resolution, int channels) {
      this.resolution = resolution;
      this.channels = channels;
    }

    int imageBytes() {
      return channels * resolution * resolution;
    }

    int size() {
      return size;
    }

    /**
     * Refuses early what cannot fit.
     *
     * @throws CdrlException when the images would fill most of the memory
     */
    void expect(long images) {
      long most = Runtime.getRuntime().maxMemory() / 10 * 7;
      if (images > Integer.MAX_VALUE || images * (double) imageBytes() > most) {
        throw new CdrlException(
            String.format(
                Locale.ROOT,
                "%,d images of %d×%d need %,d MB of memory, but Java may use only %,d MB;"
                    + " use fewer images or start Java with a larger -Xmx.",
                images,
                resolution,
                resolution,
                (long) (images * (double) imageBytes() / 1e6),
                most / 1_000_000));
      }
    }

    /** Adds an image, (channels, height, width), with its class from 1, or 0 for none. */
    void add(byte[] pixels, int label) {
      if (pixels.length != imageBytes()) {
        throw new IllegalArgumentException(pixels.length + " bytes, not " + imageBytes());
      }
      if (size % IMAGES_PER_CHUNK == 0) {
        chunks.add(new byte[IMAGES_PER_CHUNK * imageBytes()]);
      }
      System.arraycopy(
          pixels,
          0,
          chunks.get(size / IMAGES_PER_CHUNK),
          size % IMAGES_PER_CHUNK * imageBytes(),
          imageBytes());
      digest.update(pixels);
      if (size == labels.length) {
        labels = Arrays.copyOf(labels, 2 * size);
      }
      labels[size++] = label;
    }

    void skip(Skipped file) {
      skipped.add(file);
    }

    void note(String sentence) {
      notes.add(sentence);
    }

    void classNames(List<String> names) {
      classNames = names;
    }

    void attributes(List<String> names, BitSet values) {
      attributeNames = names;
      attributeValues = values;
    }

    ImageDataSet build(String description) {
      if (size == 0) {
        throw new IllegalStateException("no images");
      }
      return new ImageDataSet(this, description);
    }
  }
}
