package cdrl.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FrechetDistanceTest {

  private static float[] normal(int count, int step) {
    float[] values = new float[count];
    new RandomNumbers(3).normal(Purpose.DATA, step, 0, values);
    return values;
  }

  private static FeatureStatistics statistics(int size, float[] vectors) {
    FeatureStatistics statistics = new FeatureStatistics(size);
    statistics.add(vectors);
    return statistics;
  }

  @Test
  void meanAndCovarianceAreThoseOfTheDefinition() {
    float[] vectors = {1001, 2, 1003, 4, 1008, 0};
    FeatureStatistics statistics = statistics(2, vectors);
    assertEquals(3, statistics.count());
    assertArrayEquals(new double[] {1004, 2}, statistics.mean(), 1e-12);
    assertArrayEquals(new double[] {13, -5}, statistics.covariance()[0], 1e-12);
    assertArrayEquals(new double[] {-5, 4}, statistics.covariance()[1], 1e-12);
    FeatureStatistics parts = statistics(2, new float[] {1001, 2});
    parts.add(new float[] {1003, 4, 1008, 0});
    assertArrayEquals(statistics.covariance()[0], parts.covariance()[0]);
  }

  @Test
  void eigenvaluesOfKnownMatrices() {
    // The second difference of n points has the eigenvalues 2 − 2 cos(iπ / (n + 1)).
    int n = 40;
    double[][] difference = new double[n][n];
    double[] expected = new double[n];
    for (int i = 0; i < n; i++) {
      difference[i][i] = 2;
      if (i > 0) {
        difference[i][i - 1] = -1;
        difference[i - 1][i] = -1;
      }
      expected[i] = 2 - 2 * Math.cos((i + 1) * Math.PI / (n + 1));
    }
    double[] found = SymmetricMatrices.eigenvalues(difference);
    Arrays.sort(found);
    assertArrayEquals(expected, found, 1e-12);
    double[] flat = SymmetricMatrices.eigenvalues(new double[][] {{1, 1, 1}, {1, 1, 1}, {1, 1, 1}});
    Arrays.sort(flat);
    assertArrayEquals(new double[] {0, 0, 3}, flat, 1e-12);
    assertArrayEquals(new double[] {7}, SymmetricMatrices.eigenvalues(new double[][] {{7}}));
  }

  @Test
  void eigenvaluesKeepTraceAndSquareOfFullMatrices() {
    int n = 60;
    float[] values = normal(n * n, 1);
    double[][] matrix = new double[n][n];
    double trace = 0;
    double square = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        matrix[i][j] = values[i * n + j] + values[j * n + i];
        square += matrix[i][j] * matrix[i][j];
      }
      trace += matrix[i][i];
    }
    double[] found = SymmetricMatrices.eigenvalues(matrix);
    assertEquals(trace, Arrays.stream(found).sum(), 1e-10);
    assertEquals(square, Arrays.stream(found).map(x -> x * x).sum(), 1e-8);
  }

  @Test
  void oneDimensionHasAClosedForm() {
    FeatureStatistics a = statistics(1, new float[] {0, 2}); // mean 1, variance 2
    FeatureStatistics b = statistics(1, new float[] {1, 7}); // mean 4, variance 18
    double spread = Math.sqrt(18) - Math.sqrt(2);
    assertEquals(9 + spread * spread, FrechetDistance.between(a, b), 1e-12);
    assertEquals(FrechetDistance.between(a, b), FrechetDistance.between(b, a), 1e-12);
    assertThrows(
        IllegalArgumentException.class,
        () -> FrechetDistance.between(a, statistics(2, new float[] {0, 2, 1, 1})));
  }

  @Test
  void equalSetsAreNoDistanceApartAndAShiftIsItsSquare() {
    int size = 20;
    float[] vectors = normal(200 * size, 2);
    FeatureStatistics a = statistics(size, vectors);
    assertEquals(0, FrechetDistance.between(a, statistics(size, vectors)), 1e-9);
    float[] shifted = vectors.clone();
    float[] scaled = vectors.clone();
    for (int i = 0; i < vectors.length; i++) {
      shifted[i] += 0.5f;
      scaled[i] *= 3;
    }
    assertEquals(size * 0.25, FrechetDistance.between(a, statistics(size, shifted)), 1e-4 * size);
    // With 3 x, the roots of the covariances commute: the distance is 4 tr C + 4 ‖m‖².
    double expected = 0;
    for (int i = 0; i < size; i++) {
      expected += 4 * a.covariance()[i][i] + 4 * a.mean()[i] * a.mean()[i];
    }
    assertEquals(expected, FrechetDistance.between(a, statistics(size, scaled)), 1e-4 * expected);
  }

  @Test
  void fewerVectorsThanFeaturesAreEnough() {
    int size = 30;
    FeatureStatistics few = statistics(size, normal(8 * size, 4));
    assertEquals(0, FrechetDistance.between(few, few), 1e-6);
    FeatureStatistics others = statistics(size, normal(200 * size, 5));
    assertEquals(FrechetDistance.between(few, others), FrechetDistance.between(others, few), 1e-6);
  }
}
