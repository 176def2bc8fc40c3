package cdrl.runtime;

/**
 * Random numbers addressed by counters: the same seed, purpose, step and element give the same
 * number on every run, in every order and for every batch size. The generator is Philox 4×32 with
 * ten rounds (Salmon et al. 2011); normal numbers come from the inverse of the normal distribution
 * function (Wichura's algorithm AS 241), so that each 32-bit word gives one number.
 */
public final class RandomNumbers {
  private static final int MULTIPLIER_0 = 0xD2511F53;
  private static final int MULTIPLIER_1 = 0xCD9E8D57;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final int ROUNDS = 10;
  private static final double UNIT = 0x1p-32;

  /** What a number is for; streams of different purposes are independent. */
  public enum Purpose {
    /** x_T, the start of a sampling run. */
    START,
    /** The noise of the initializer's proposal. */
    PROPOSAL,
    /** The noise of Langevin steps. */
    LANGEVIN,
    /** The noise ε of noisy training data. */
    DATA_NOISE,
    /** The noise of the posterior q(x_{t−1} | x_t, x) without variance reduction. */
    POSTERIOR_NOISE,
    /** The noise level of a training example. */
    LEVEL,
    /** The order of the training data. */
    SHUFFLE,
    /** Horizontal flips. */
    FLIP,
    /** Dropout masks. */
    DROPOUT,
    /** Initial weights. */
    WEIGHTS,
    /** Generated data sets. */
    DATA,
    /** The noise of known pixels in inpainting. */
    KNOWN_PIXELS,
    /** Which training examples are shown without their class. */
    LABEL_DROPPING,
    /** The attribute whose value is the class of a training example. */
    ATTRIBUTE,
    /** The seed after a restart of training. */
    RESTART,
    /** The noise that takes an image back to a higher noise level. */
    RENEWAL,
    /** Whether a proposed step of a chain is taken. */
    ACCEPTANCE
  }

  private final int key0;
  private final int key1;

  /** The streams of a seed. */
  public RandomNumbers(long seed) {
    key0 = (int) seed;
    key1 = (int) (seed >>> 32);
  }

  /**
   * Fills an array with standard normal numbers.
   *
   * @param step distinguishes draws for the same purpose
   * @param firstElement the address of the first number; a multiple of 4 from 0 to below 2^40
   * @throws IllegalArgumentException for any other address
   */
  public void normal(Purpose purpose, long step, long firstElement, float[] out) {
    normal(purpose, step, firstElement, out, 0, out.length);
  }

  /** Like {@link #normal(Purpose, long, long, float[])}, into a part of an array. */
  public void normal(
      Purpose purpose, long step, long firstElement, float[] out, int offset, int length) {
    requireBlock(firstElement);
    int[] block = new int[4];
    for (int i = 0; i < length; i += 4) {
      block(purpose, step, (firstElement + i) >>> 2, block);
      int end = Math.min(4, length - i);
      for (int j = 0; j < end; j++) {
        out[offset + i + j] = inverseNormal(block[j]);
      }
    }
  }

  /**
   * Fills an array with numbers uniform in the open interval (0, 1).
   *
   * @param firstElement as for {@link #normal(Purpose, long, long, float[])}
   */
  public void uniform(Purpose purpose, long step, long firstElement, double[] out) {
    requireBlock(firstElement);
    int[] block = new int[4];
    for (int i = 0; i < out.length; i += 4) {
      block(purpose, step, (firstElement + i) >>> 2, block);
      int end = Math.min(4, out.length - i);
      for (int j = 0; j < end; j++) {
        out[i + j] = (Integer.toUnsignedLong(block[j]) + 0.5) * UNIT;
      }
    }
  }

  /** One number, uniform among 0 … bound − 1; bound is at least 1. */
  public int integer(Purpose purpose, long step, long element, int bound) {
    int[] block = new int[4];
    block(purpose, step, element, block);
    return (int) ((Integer.toUnsignedLong(block[0]) * bound) >>> 32);
  }

  /** One 64-bit word, for example as a seed of another generator. */
  public long word(Purpose purpose, long step) {
    int[] block = new int[4];
    block(purpose, step, 0, block);
    return Integer.toUnsignedLong(block[0]) << 32 | Integer.toUnsignedLong(block[1]);
  }

  /** Numbers come in blocks of four; an address inside a block would repeat its numbers. */
  private static void requireBlock(long firstElement) {
    if (firstElement < 0 || firstElement % 4 != 0 || firstElement >= 1L << 40) {
      throw new IllegalArgumentException("no block of random numbers starts at " + firstElement);
    }
  }

  private void block(Purpose purpose, long step, long counter, int[] out) {
    // Elements stay below 2^40 and purposes below 2^8, so both fit beside each other.
    int c0 = (int) counter;
    int c1 = ((int) (counter >>> 32) & 0x00FFFFFF) | purpose.ordinal() << 24;
    int c2 = (int) step;
    int c3 = (int) (step >>> 32);
    int k0 = key0;
    int k1 = key1;
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = Integer.toUnsignedLong(MULTIPLIER_0) * Integer.toUnsignedLong(c0);
      long product1 = Integer.toUnsignedLong(MULTIPLIER_1) * Integer.toUnsignedLong(c2);
      c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
      c1 = (int) product1;
      c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
      c3 = (int) product0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
  }

  /** PPND7 of algorithm AS 241: relative accuracy about 1e-7. */
  private static float inverseNormal(int word) {
    double p = (Integer.toUnsignedLong(word) + 0.5) * UNIT;
    double q = p - 0.5;
    if (Math.abs(q) <= 0.425) {
      double r = 0.180625 - q * q;
      return (float)
          (q
              * (((5.9109374720e+01 * r + 1.5929113202e+02) * r + 5.0434271938e+01) * r
                  + 3.3871327179e+00)
              / (((6.7187563600e+01 * r + 7.8757757664e+01) * r + 1.7895169469e+01) * r + 1));
    }
    double r = Math.sqrt(-StrictMath.log(q < 0 ? p : 1 - p));
    double magnitude;
    if (r <= 5) {
      r -= 1.6;
      magnitude =
          (((1.7023821103e-01 * r + 1.3067284816e+00) * r + 2.7568153900e+00) * r
                  + 1.4234372777e+00)
              / ((1.2021132975e-01 * r + 7.3700164250e-01) * r + 1);
    } else {
      r -= 5;
      magnitude =
          (((1.7337203997e-02 * r + 4.2868294337e-01) * r + 3.0812263860e+00) * r
                  + 6.6579051150e+00)
              / ((1.2258202635e-02 * r + 2.4197894225e-01) * r + 1);
    }
    return (float) (q < 0 ? -magnitude : magnitude);
  }
}
