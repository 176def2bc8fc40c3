package cdrl.cli;

import cdrl.model.ImageModelSpec;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import java.util.Locale;
import java.util.Optional;

/** Images that need no files, to tell real ones from. */
enum ArtificialImages {
  /** Every value uniform in [−1, 1]. */
  NOISE,
  /** One random colour each. */
  CONSTANT,
  /** The mean of two of the images of the model's own kind. */
  INTERPOLATION;

  static Optional<ArtificialImages> of(String text) {
    for (ArtificialImages kind : values()) {
      if (kind.word().equals(text)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Makes images.
   *
   * @param own images of the model's own kind
   */
  ImageSet make(ImageModelSpec spec, HostTensor own, int count, long seed) {
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
    return new ImageSet(word(), ImageSet.shaped(spec, count, values), count);
  }
}
