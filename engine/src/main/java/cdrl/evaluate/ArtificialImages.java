package cdrl.evaluate;

import cdrl.model.ImageModelSpec;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import java.util.Locale;
import java.util.Optional;

/** Images that need no files, to tell real ones from. */
public enum ArtificialImages {
  /** Every value uniform in [−1, 1]. */
  NOISE,
  /** One random colour each. */
  CONSTANT,
  /** The mean of two of the images of the model's own kind. */
  INTERPOLATION;

  /** The kind that a word on the command line stands for. */
  public static Optional<ArtificialImages> of(String text) {
    for (ArtificialImages kind : values()) {
      if (kind.word().equals(text)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** What to call such images on the command line and in tables. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Makes images.
   *
   * @param spec tells their size
   * @param own images of the model's own kind, (n, channels, height, width) in [−1, 1]; only
   *     interpolations look at them
   * @param count how many to make
   * @param seed the same seed makes the same images
   * @return (count, channels, height, width) in [−1, 1]
   */
  public HostTensor make(ImageModelSpec spec, HostTensor own, int count, long seed) {
    RandomNumbers numbers = new RandomNumbers(seed);
    int size = Math.toIntExact(HostTensor.elements(spec.itemShape()));
    int pixels = size / spec.imageChannels();
    float[] values = new float[Math.multiplyExact(count, size)];
    for (int i = 0; i < count; i++) {
      switch (this) {
        case NOISE, CONSTANT -> {
          double[] draws = new double[this == NOISE ? size : spec.imageChannels()];
          numbers.uniform(Purpose.DATA, 2L * i + ordinal(), 0, draws);
          for (int j = 0; j < size; j++) {
            values[i * size + j] = (float) (2 * draws[this == NOISE ? j : j / pixels] - 1);
          }
        }
        case INTERPOLATION -> {
          int first = numbers.integer(Purpose.DATA, i, 0, own.count());
          int other = numbers.integer(Purpose.DATA, i, 1, Math.max(1, own.count() - 1));
          int second = (first + 1 + other) % own.count(); // another one
          for (int j = 0; j < size; j++) {
            values[i * size + j] =
                (own.values()[first * size + j] + own.values()[second * size + j]) / 2;
          }
        }
      }
    }
    long[] item = spec.itemShape();
    return new HostTensor(new long[] {count, item[0], item[1], item[2]}, values);
  }
}
