package cdrl.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.runtime.Cancellation;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.TestRuntime;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FeatureFiguresTest {
  private static FeatureSet normal(long seed, int count, double shift) {
    float[] values = new float[2 * count];
    new RandomNumbers(seed).normal(RandomNumbers.Purpose.DATA, 0, 0, values);
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) shift;
    }
    return new FeatureSet(values, 2);
  }

  /** On a line at 0, 1, 2, … every ball around an inner point reaches to distance 2. */
  @Test
  void precisionAndRecallCountWhatLiesInBalls() {
    FeatureSet data = new FeatureSet(new float[] {0, 1, 2, 3, 4, 5}, 1);
    FeatureSet samples = new FeatureSet(new float[] {2.5f, 2.6f, 2.7f, 2.8f, 100}, 1);
    PrecisionRecall figures = PrecisionRecall.of(data, samples);
    assertEquals(0.8, figures.precision());
    // The balls of the four samples hold no whole number, that of the far one begins at 2.6.
    assertEquals(0.5, figures.recall());
  }

  @Test
  void alikeSetsAreAlikeAndApartSetsAreApart() {
    FeatureSet data = normal(1, 300, 0);
    PrecisionRecall alike = PrecisionRecall.of(data, normal(2, 300, 0));
    assertTrue(alike.precision() > 0.9 && alike.recall() > 0.9, alike.toString());
    PrecisionRecall apart = PrecisionRecall.of(data, normal(2, 300, 50));
    assertEquals(new PrecisionRecall(0, 0), apart);
  }

  @Test
  void copiesAreFound() {
    FeatureSet data = normal(1, 200, 0);
    NearestNeighbours copied = NearestNeighbours.of(data, data.select(7, 3, 3));
    assertArrayEquals(new int[] {7, 3, 3}, copied.indexes());
    assertEquals(1, copied.copies());
    assertEquals(0, copied.ratio());
    NearestNeighbours fresh = NearestNeighbours.of(data, normal(2, 200, 0));
    assertEquals(1, fresh.ratio(), 0.3);
    assertTrue(fresh.copies() < 0.2, fresh.copies() + " copies");
  }

  @Test
  void theRatioOfDistancesHasAnInterval() {
    FeatureSet data = normal(1, 400, 0);
    Interval few = NearestNeighbours.of(data, normal(2, 40, 0)).ratioInterval(200);
    NearestNeighbours fresh = NearestNeighbours.of(data, normal(2, 400, 0));
    Interval many = fresh.ratioInterval(200);
    assertTrue(many.low() <= fresh.ratio() && fresh.ratio() <= many.high(), many.toString());
    assertTrue(many.low() < 1 && 1 < many.high(), many.toString());
    assertTrue(many.high() - many.low() < few.high() - few.low(), many + ", " + few);
  }

  @Test
  void intervalsStayWhereTheFigureCanBe() {
    for (int of = 1; of < 300; of++) {
      Interval none = Interval.ofShare(0, of);
      assertEquals(0, none.low(), 1e-9);
      assertTrue(none.low() >= 0);
      assertTrue(none.high() > 0 && none.high() < 1);
      Interval all = Interval.ofShare(1, of);
      assertTrue(all.low() > 0 && all.low() < 1);
      assertEquals(1, all.high(), 1e-9);
      assertTrue(all.high() <= 1);
    }
    Interval around = Interval.around(0.1, 4, 4, 50, (first, second) -> first[0]);
    assertTrue(around.low() < 0);
    assertEquals(new Interval(0, around.high()), around.notNegative());
  }

  @Test
  void intervalsCoverAndShrink() {
    FeatureSet data = normal(1, 400, 0);
    double mean = Arrays.stream(data.statistics().mean()).sum();
    Interval.Figure figure =
        (first, second) -> Arrays.stream(data.select(first).statistics().mean()).sum();
    Interval wide = Interval.around(mean, 100, 1, 100, figure);
    Interval narrow = Interval.around(mean, 400, 1, 100, figure);
    assertEquals(mean, (narrow.low() + narrow.high()) / 2, 1e-9);
    assertTrue(narrow.high() - narrow.low() < wide.high() - wide.low());
    // Two independent means of 400 numbers of variance 1.
    assertEquals(2 * 1.96 * Math.sqrt(2 / 400.0), narrow.high() - narrow.low(), 0.08);
  }

  @Test
  void theSmallNetworkTellsImagesApart() {
    TestRuntime.onLane(
        runtime -> {
          int tensors = TestRuntime.tensors(runtime.manager());
          float[] values = new float[150 * 3 * 64];
          new RandomNumbers(1).normal(RandomNumbers.Purpose.DATA, 0, 0, values);
          HostTensor images = new HostTensor(new long[] {150, 3, 8, 8}, values);
          float[] dark = values.clone();
          for (int i = 0; i < dark.length; i++) {
            dark[i] -= 0.5f;
          }
          try (ImageFeatures features = new SmallFeatures(runtime)) {
            float[] first = features.of(images, done -> {}, new Cancellation());
            assertEquals(150 * features.size(), first.length);
            // The same image gives the same vector wherever it stands.
            float[] alone =
                features.of(
                    new HostTensor(
                        new long[] {1, 3, 8, 8}, Arrays.copyOfRange(values, 149 * 192, 150 * 192)),
                    done -> {},
                    new Cancellation());
            assertArrayEquals(
                Arrays.copyOfRange(first, 149 * features.size(), first.length), alone, 1e-4f);
            float[] second =
                features.of(
                    new HostTensor(new long[] {150, 3, 8, 8}, dark),
                    done -> {},
                    new Cancellation());
            FeatureSet a = new FeatureSet(first, features.size());
            FeatureSet b = new FeatureSet(second, features.size());
            double same = FrechetDistance.between(a.statistics(), a.statistics());
            double other = FrechetDistance.between(a.statistics(), b.statistics());
            assertTrue(other > 100 * (same + 1e-6), same + ", " + other);
          }
          assertEquals(tensors, TestRuntime.tensors(runtime.manager()));
        });
  }
}
