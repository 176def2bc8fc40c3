package cdrl.data;

import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.Sentence;
import cdrl.runtime.Sha256;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Square images of one size, decoded once and kept as unsigned bytes (channels, height, width).
 * Values are given out in [−1, 1].
 */
public final class ImageDataSet implements DataSet {
  private static final int SKIPPED_TO_NAME = 5;

  private final ImageFacts facts;
  private final Pixels pixels;
  private final @Nullable ImageAttributes attributes;
  private final String fingerprint;

  ImageDataSet(ImageFacts facts, Pixels pixels) {
    this.facts = facts;
    this.pixels = pixels;
    this.attributes =
        facts.attributeNames().isEmpty()
            ? null
            : new ImageAttributes(facts.attributeNames(), facts.attributeValues());
    this.fingerprint = facts.fingerprint();
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
    return facts.size();
  }

  /** The height and width of every image. */
  public int resolution() {
    return facts.resolution();
  }

  /** 1 for grey images, 3 for red, green and blue. */
  public int channels() {
    return facts.channels();
  }

  @Override
  public long[] itemShape() {
    return new long[] {facts.channels(), facts.resolution(), facts.resolution()};
  }

  @Override
  public void fill(int index, boolean flip, float[] out, int offset) {
    int size = facts.imageBytes();
    int width = facts.resolution();
    byte[] image = new byte[size];
    pixels.copy(index, image);
    if (!flip) {
      for (int i = 0; i < size; i++) {
        out[offset + i] = PixelValues.toValue(image[i]);
      }
      return;
    }
    for (int row = 0; row < size; row += width) {
      for (int x = 0; x < width; x++) {
        out[offset + row + x] = PixelValues.toValue(image[row + width - 1 - x]);
      }
    }
  }

  /** One image as (channels, height, width) in [−1, 1]. */
  public HostTensor image(int index) {
    float[] values = new float[facts.imageBytes()];
    fill(index, false, values, 0);
    return new HostTensor(itemShape(), values);
  }

  @Override
  public int label(int index) {
    return facts.labels()[index];
  }

  /** The names of classes 1 … n; empty when the data has no classes. */
  public List<String> classNames() {
    return facts.classNames();
  }

  /** The attributes of the images, if the data set comes with them. */
  public @Nullable ImageAttributes attributes() {
    return attributes;
  }

  @Override
  public String description() {
    return facts.description();
  }

  /** SHA-256 of all pixels, classes and attributes in order, in hexadecimal. */
  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public boolean isKnownAs(String earlier) {
    return earlier.equals(fingerprint) || earlier.equals(facts.pixelFingerprint());
  }

  /** The files that were left out because they could not be used. */
  public List<Skipped> skipped() {
    return facts.skipped();
  }

  /** Sentences about the data that somebody should read, often none. */
  public List<String> notes() {
    if (facts.skipped().isEmpty()) {
      return facts.notes();
    }
    List<String> all = new ArrayList<>(facts.notes());
    all.add(skippedSentence());
    return all;
  }

  private String skippedSentence() {
    List<Skipped> skipped = facts.skipped();
    StringBuilder sentence = new StringBuilder();
    sentence.append(skipped.size()).append(" of ").append(skipped.size() + size());
    sentence.append(" pictures were left out: ");
    for (int i = 0; i < Math.min(SKIPPED_TO_NAME, skipped.size()); i++) {
      sentence.append(i == 0 ? "" : ", ").append(skipped.get(i).text());
    }
    int more = skipped.size() - SKIPPED_TO_NAME;
    return sentence.append(more > 0 ? " and " + more + " more." : ".").toString();
  }

  /** Collects images one by one. Not for several threads. */
  static final class Builder {
    private final int resolution;
    private final int channels;
    private final PixelStore store;
    private final MessageDigest digest = Sha256.digest();
    private final List<Skipped> skipped = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private @Nullable Sentence firstSkipped;
    private int[] labels = new int[512];
    private int size;
    private List<String> classNames = List.of();
    private List<String> attributeNames = List.of();
    private BitSet attributeValues = new BitSet();

    /** Keeps the pixels in Java's memory. */
    Builder(int resolution, int channels) {
      this(resolution, channels, new HeapPixels(resolution, channels));
    }

    Builder(int resolution, int channels, PixelStore store) {
      this.resolution = resolution;
      this.channels = channels;
      this.store = store;
    }

    int resolution() {
      return resolution;
    }

    int channels() {
      return channels;
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
      store.expect(images);
    }

    /** Adds an image, (channels, height, width), with its class from 1, or 0 for none. */
    void add(byte[] pixels, int label) {
      if (pixels.length != channels * resolution * resolution) {
        throw new IllegalArgumentException(pixels.length + " bytes");
      }
      store.add(pixels);
      digest.update(pixels);
      if (size == labels.length) {
        labels = Arrays.copyOf(labels, 2 * size);
      }
      labels[size++] = label;
    }

    void skip(String name, Sentence reason) {
      if (skipped.isEmpty()) {
        firstSkipped = new Sentence("{0} ({1})", name, reason);
      }
      skipped.add(new Skipped(name, reason.toString()));
    }

    /** The first file that was left out; there must be one. */
    Sentence firstSkipped() {
      return Objects.requireNonNull(firstSkipped);
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

    /** What is known when all images are there, for pixels that lie elsewhere. */
    ImageFacts facts(String description) {
      if (size == 0) {
        throw new IllegalStateException("no images");
      }
      return new ImageFacts(
          resolution,
          channels,
          description,
          Arrays.copyOf(labels, size),
          classNames,
          attributeNames,
          attributeValues,
          Sha256.hexadecimal(digest),
          skipped,
          notes);
    }

    /** The data set, if the pixels are in Java's memory. */
    ImageDataSet build(String description) {
      return new ImageDataSet(facts(description), (HeapPixels) store);
    }
  }
}
