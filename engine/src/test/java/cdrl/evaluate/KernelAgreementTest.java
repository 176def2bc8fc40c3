package cdrl.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class KernelAgreementTest {
  private static final int SIZE = 6;
  private static final int COUNT = 400;

  /** Vectors that mostly vary in one direction, as those of images do. */
  private static float[] vectors(long seed, double shift) {
    Random random = new Random(seed);
    float[] vectors = new float[COUNT * SIZE];
    for (int i = 0; i < COUNT; i++) {
      double common = 3 * random.nextGaussian();
      for (int k = 0; k < SIZE; k++) {
        vectors[i * SIZE + k] = (float) (common + random.nextGaussian() + shift);
      }
    }
    return vectors;
  }

  @Test
  void runsOfOneDistributionAgreeAsOftenAsTheLimitSays() {
    int agreed = 0;
    for (int i = 0; i < 40; i++) {
      KernelAgreement agreement =
          KernelAgreement.of(
              vectors(3L * i, 0), vectors(3L * i + 1, 0), vectors(3L * i + 2, 0), SIZE);
      assertEquals(COUNT, agreement.samples());
      agreed += agreement.holds() ? 1 : 0;
    }
    assertTrue(agreed >= 34, agreed + " of 40");
  }

  @Test
  void anotherDistributionStandsOut() {
    KernelAgreement agreement =
        KernelAgreement.of(vectors(1, 1), vectors(2, 0), vectors(3, 0), SIZE);
    assertFalse(agreement.holds(), agreement.toString());
    assertTrue(agreement.reference() <= agreement.limit(), agreement.toString());
  }
}
