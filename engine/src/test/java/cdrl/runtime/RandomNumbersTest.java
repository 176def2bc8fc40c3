package cdrl.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.runtime.RandomNumbers.Purpose;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomNumbersTest {

  /** The generator's published answer for a counter and a key of zero. */
  @Test
  void agreesWithThePublishedKnownAnswer() {
    RandomNumbers numbers = new RandomNumbers(0);
    assertEquals(0x6627e8d5e169c58dL, numbers.word(Purpose.START, 0));
    double[] uniform = new double[4];
    numbers.uniform(Purpose.START, 0, 0, uniform);
    long[] words = {0x6627e8d5L, 0xe169c58dL, 0xbc57ac4cL, 0x9b00dbd8L};
    for (int i = 0; i < 4; i++) {
      assertEquals((words[i] + 0.5) / 4294967296.0, uniform[i]);
    }
  }

  @Test
  void normalNumbersAreQuantilesOfTheirUniformNumbers() {
    RandomNumbers numbers = new RandomNumbers(5);
    int count = 200_000;
    double[] uniform = new double[count];
    float[] normal = new float[count];
    numbers.uniform(Purpose.LANGEVIN, 3, 0, uniform);
    numbers.normal(Purpose.LANGEVIN, 3, 0, normal);
    double largest = 0;
    for (int i = 0; i < count; i++) {
      double tail = Math.min(uniform[i], 1 - uniform[i]);
      double error = upperTail(Math.abs((double) normal[i])) - tail;
      // A small relative error of the quantile is a relative error x² times as large of the tail.
      assertEquals(0, error / tail, 1e-5, "at " + uniform[i]);
      assertEquals(uniform[i] < 0.5, normal[i] < 0);
      largest = Math.max(largest, Math.abs(normal[i]));
    }
    assertTrue(largest > 4, "the tails are reached: " + largest);
  }

  /** 1 − Φ(x) for x ≥ 0, by the series near zero and the continued fraction beyond. */
  private static double upperTail(double x) {
    double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    if (x < 2.5) {
      double term = x;
      double sum = x;
      for (int n = 3; n < 120; n += 2) {
        term *= x * x / n;
        sum += term;
      }
      return 0.5 - density * sum;
    }
    double fraction = x;
    for (int n = 200; n >= 1; n--) {
      fraction = x + n / fraction;
    }
    return density / fraction;
  }

  @Test
  void momentsAreThoseOfAStandardNormal() {
    float[] values = new float[400_000];
    new RandomNumbers(1).normal(Purpose.START, 0, 0, values);
    double[] moments = new double[5];
    for (float value : values) {
      for (int k = 1; k < 5; k++) {
        moments[k] += Math.pow(value, k) / values.length;
      }
    }
    assertEquals(0, moments[1], 0.01);
    assertEquals(1, moments[2], 0.02);
    assertEquals(0, moments[3], 0.04);
    assertEquals(3, moments[4], 0.15);
  }

  @Test
  void partsGiveTheNumbersOfTheWhole() {
    RandomNumbers numbers = new RandomNumbers(-7);
    float[] whole = new float[103];
    numbers.normal(Purpose.PROPOSAL, 9, 40, whole);
    for (int first = 0; first < whole.length; first += 20) {
      float[] part = new float[Math.min(20, whole.length - first)];
      numbers.normal(Purpose.PROPOSAL, 9, 40 + first, part);
      assertArrayEquals(Arrays.copyOfRange(whole, first, first + part.length), part);
    }
    float[] inside = new float[30];
    numbers.normal(Purpose.PROPOSAL, 9, 44, inside, 10, 7);
    assertArrayEquals(Arrays.copyOfRange(whole, 4, 11), Arrays.copyOfRange(inside, 10, 17));
    assertEquals(0, inside[9]);
    assertEquals(0, inside[17]);
  }

  /** An address inside a block of four would silently give the numbers of the block's start. */
  @Test
  void addressesInsideABlockAreRefused() {
    RandomNumbers numbers = new RandomNumbers(0);
    for (long address : new long[] {1, 2, 3, 6, -4, 1L << 40}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> numbers.normal(Purpose.START, 0, address, new float[4]));
      assertThrows(
          IllegalArgumentException.class,
          () -> numbers.uniform(Purpose.START, 0, address, new double[4]));
    }
  }

  @Test
  void seedsPurposesStepsAndElementsDiffer() {
    RandomNumbers numbers = new RandomNumbers(1);
    long word = numbers.word(Purpose.START, 0);
    assertEquals(word, new RandomNumbers(1).word(Purpose.START, 0));
    assertNotEquals(word, new RandomNumbers(2).word(Purpose.START, 0));
    assertNotEquals(word, new RandomNumbers(1L + (1L << 32)).word(Purpose.START, 0));
    assertNotEquals(word, numbers.word(Purpose.PROPOSAL, 0));
    assertNotEquals(word, numbers.word(Purpose.START, 1));
    assertNotEquals(word, numbers.word(Purpose.START, 1L << 32));
  }

  @Test
  void integersAreUniformBelowTheirBound() {
    RandomNumbers numbers = new RandomNumbers(3);
    int[] counts = new int[7];
    for (int i = 0; i < 70_000; i++) {
      counts[numbers.integer(Purpose.LEVEL, 2, i, 7)]++;
    }
    for (int count : counts) {
      assertEquals(10_000, count, 500);
    }
    assertEquals(0, numbers.integer(Purpose.LEVEL, 0, 0, 1));
  }
}
