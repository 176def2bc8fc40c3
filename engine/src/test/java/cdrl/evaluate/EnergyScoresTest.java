package cdrl.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cdrl.model.CdrlModel;
import cdrl.model.TestModels;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.TestRuntime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnergyScoresTest {
  private static HostTensor images(CdrlModel model, int count) {
    long[] item = model.description().spec().itemShape();
    float[] values = new float[count * (int) HostTensor.elements(item)];
    new RandomNumbers(4).normal(RandomNumbers.Purpose.DATA, 0, 0, values);
    return new HostTensor(new long[] {count, item[0], item[1], item[2]}, values);
  }

  /** The length of the gradient over the channels of a pixel, against finite differences. */
  @Test
  void heatMapsAreTheSlopeOfTheScore() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.images(8, 3), 3, runtime)) {
            for (int level = 0; level < 2; level++) {
              slopeOfTheScore(new EnergyScores(model, level), images(model, 2));
            }
          }
        });
  }

  private static void slopeOfTheScore(EnergyScores scores, HostTensor images) {
    int side = (int) images.shape()[2];
    int channels = (int) images.shape()[1];
    HostTensor maps = scores.heatMaps(images, new Cancellation());
    assertArrayEquals(new long[] {2, 1, side, side}, maps.shape());
    int item = channels * side * side;
    for (int pixel : new int[] {0, side + 2, side * side - 1}) {
      double square = 0;
      for (int channel = 0; channel < channels; channel++) {
        float[] values = new float[2 * item];
        System.arraycopy(images.values(), item, values, 0, item);
        System.arraycopy(images.values(), item, values, item, item);
        int at = channel * side * side + pixel;
        values[at] -= 0.01f;
        values[item + at] += 0.01f;
        double[] two =
            scores.of(new HostTensor(images.shape(), values), done -> {}, new Cancellation());
        square += Math.pow((two[1] - two[0]) / 0.02, 2);
      }
      double slope = maps.values()[side * side + pixel];
      assertEquals(Math.sqrt(square), slope, 0.03 * (0.1 + slope), "pixel " + pixel);
    }
    double[] lengths =
        scores.of(EnergyScores.Kind.GRADIENT, images, done -> {}, new Cancellation());
    double square = 0;
    for (int i = 0; i < side * side; i++) {
      square += Math.pow(maps.values()[side * side + i], 2);
    }
    assertEquals(Math.sqrt(square), lengths[1], 1e-4 * lengths[1]);
  }

  /** Where there is noise, heat maps are the slope of the mean score over it. */
  @Test
  void heatMapsOfCleanImagesAreAveragedOverNoise() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.images(8, 3), 3, runtime)) {
            HostTensor images = images(model, 2);
            List<Integer> numbers = List.of(7, 3);
            assertEquals(
                new EnergyScores(model).heatMaps(images, new Cancellation()),
                new EnergyScores(model).heatMaps(images, 5, numbers, new Cancellation()));
            EnergyScores scores = new EnergyScores(model, 2);
            HostTensor maps = scores.heatMaps(images, 5, numbers, new Cancellation());
            int pixels = maps.values().length / 2;
            for (int pixel : new int[] {0, 13, pixels - 1}) {
              double square = 0;
              for (int channel = 0; channel < 3; channel++) {
                int place = 3 * pixels + channel * pixels + pixel;
                double rise = meanOfSecond(scores, images, place, 0.02f, numbers);
                double fall = meanOfSecond(scores, images, place, -0.02f, numbers);
                // The score is a function of the image with noise, x_t = ᾱ_t x + σ̄_t ε.
                square += Math.pow((rise - fall) / 0.04 / model.schedule().signalScale(2), 2);
              }
              double slope = maps.values()[pixels + pixel];
              assertEquals(Math.sqrt(square), slope, 0.05 * (0.1 + slope), "pixel " + pixel);
            }
            HostTensor alone =
                scores.heatMaps(
                    new HostTensor(
                        new long[] {1, 3, 8, 8},
                        Arrays.copyOfRange(images.values(), 3 * pixels, 6 * pixels)),
                    5,
                    List.of(3),
                    new Cancellation());
            assertArrayEquals(
                Arrays.copyOfRange(maps.values(), pixels, 2 * pixels), alone.values(), 1e-4f);
          }
        });
  }

  private static double meanOfSecond(
      EnergyScores scores, HostTensor images, int place, float shift, List<Integer> numbers) {
    float[] values = images.values().clone();
    values[place] += shift;
    HostTensor shifted = new HostTensor(images.shape(), values);
    double mean = 0;
    for (int draw = 0; draw < EnergyScores.NOISE_DRAWS; draw++) {
      for (int sign = -1; sign <= 1; sign += 2) {
        HostTensor noisy = scores.noisy(shifted, 5, numbers, draw, sign);
        mean += scores.of(noisy, done -> {}, new Cancellation())[1];
      }
    }
    return mean / (2 * EnergyScores.NOISE_DRAWS);
  }

  @Test
  void scoresDoNotDependOnTheCompany() {
    TestRuntime.onLane(
        runtime -> {
          int tensors = TestRuntime.tensors(runtime.manager());
          try (CdrlModel model = TestModels.create(TestModels.images(8, 3), 3, runtime)) {
            EnergyScores scores = new EnergyScores(model);
            HostTensor images = images(model, 70);
            double[] all = scores.of(images, done -> {}, new Cancellation());
            int item = images.values().length / 70;
            long[] shape = images.shape().clone();
            shape[0] = 1;
            HostTensor last =
                new HostTensor(shape, Arrays.copyOfRange(images.values(), 69 * item, 70 * item));
            double[] alone = scores.of(last, done -> {}, new Cancellation());
            assertEquals(all[69], alone[0], 1e-3 * (1 + Math.abs(alone[0])));
          }
          assertEquals(tensors, TestRuntime.tensors(runtime.manager()));
          try (CdrlModel points = TestModels.create(TestModels.points(), 3, runtime)) {
            assertThrows(CdrlException.class, () -> new EnergyScores(points));
          }
          try (CdrlModel model = TestModels.create(TestModels.images(8, 3), 3, runtime)) {
            assertThrows(
                CdrlException.class, () -> new EnergyScores(model, model.schedule().levels()));
          }
        });
  }
}
