package cdrl.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.data.ImageDataSet;
import cdrl.model.ImageModelSpec;
import cdrl.model.TestModels;
import cdrl.runtime.HostTensor;
import cdrl.schedule.NoiseSchedule;
import cdrl.schedule.ScheduleSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is made of the scores of several sets of images. */
class ScoreFiguresTest {
  @Test
  void theAreaBelowTheCurveIsTheAuroc() {
    Random random = new Random(5);
    for (int spread : new int[] {4, 1000}) {
      double[] low = random.ints(30, 0, spread).asDoubleStream().toArray();
      double[] high = random.ints(41, spread / 3, spread + spread / 3).asDoubleStream().toArray();
      List<RocCurve.Point> points = RocCurve.of(low, high).points();
      assertEquals(new RocCurve.Point(0, 0), points.get(0));
      assertEquals(new RocCurve.Point(1, 1), points.get(points.size() - 1));
      double area = 0;
      for (int i = 1; i < points.size(); i++) {
        RocCurve.Point before = points.get(i - 1);
        RocCurve.Point after = points.get(i);
        area += (after.falseAlarms() - before.falseAlarms()) * (after.hits() + before.hits()) / 2;
      }
      assertEquals(Auroc.of(low, high), area, 1e-12);
    }
    assertThrows(
        IllegalArgumentException.class, () -> RocCurve.of(new double[0], new double[] {1}));
    assertThrows(
        IllegalArgumentException.class,
        () -> RocCurve.of(new double[] {Double.NaN}, new double[] {1}));
  }

  @Test
  void theIntervalOfAnAurocHoldsIt() {
    double[] low = new Random(1).doubles(60).toArray();
    double[] high = new Random(2).doubles(60).map(value -> value + 0.3).toArray();
    Interval interval = Auroc.interval(low, high);
    double area = Auroc.of(low, high);
    assertTrue(interval.low() < area && area < interval.high(), interval + " " + area);
    assertTrue(interval.low() > 0.5 && interval.high() <= 1, interval.toString());
  }

  @Test
  void everyScoreCountsInOneBin() {
    double[] first = {0, 1, 2, 3, 4};
    double[] second = {10, 4};
    ScoreHistogram histogram = ScoreHistogram.over(List.of(first, second), 5);
    assertArrayEquals(new int[] {2, 2, 1, 0, 0}, histogram.counts(first));
    assertArrayEquals(new int[] {0, 0, 1, 0, 1}, histogram.counts(second));
    assertEquals(4, histogram.edge(2));
    ScoreHistogram one = ScoreHistogram.over(List.of(new double[] {7, 7}), 3);
    assertArrayEquals(new int[] {2, 0, 0}, one.counts(new double[] {7, 7}));
  }

  @Test
  void outliersCountInTheOutermostBins() {
    double[] scores = new double[100];
    Arrays.setAll(scores, i -> i);
    scores[99] = 1e6;
    ScoreHistogram histogram = ScoreHistogram.without(List.of(scores), 10, 0.01);
    assertEquals(1, histogram.low());
    assertEquals(98, histogram.high());
    assertEquals(100, Arrays.stream(histogram.counts(scores)).sum());
    assertEquals(9, histogram.bin(1e6));
    assertEquals(0, histogram.bin(-1e6));
  }

  @Test
  void tablesKeepStrangeNames() {
    Map<String, double[]> sets = new LinkedHashMap<>();
    sets.put("a,b \"c\"", new double[] {1.5});
    sets.put("plain", new double[] {-2, 3});
    assertEquals(
        "set,index,score\n\"a,b \"\"c\"\"\",0,1.5\nplain,0,-2.0\nplain,1,3.0\n",
        ScoreTable.scores(sets));
    assertEquals(
        "set,from,to,count\n\"a,b \"\"c\"\"\",-2.0,3.0,1\nplain,-2.0,3.0,2\n",
        ScoreTable.histogram(new ScoreHistogram(-2, 3, 1), sets));
  }

  @Test
  void aSampleIsSpreadOverAllImages() {
    byte[] pixels = new byte[10 * 4];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / 4 * 20);
    }
    ImageDataSet data = ImageDataSet.of(2, 1, pixels, "ten");
    ImageSample some = ImageSample.of(data, 4);
    assertEquals(10, some.total());
    assertEquals(
        List.of(0, 2, 5, 7), List.of(some.place(0), some.place(1), some.place(2), some.place(3)));
    assertEquals(data.image(5), some.images().get(2));
    assertEquals(10, ImageSample.of(data, 99).images().count());
  }

  @Test
  void noisyImagesDependOnTheirNumberAlone() {
    NoiseSchedule schedule = new NoiseSchedule(ScheduleSpec.cosine(3));
    float[] values = new float[6 * 4];
    Arrays.fill(values, 0.5f);
    HostTensor images = new HostTensor(new long[] {6, 1, 2, 2}, values);
    assertSame(images, EnergyScores.noisy(images, schedule, 0, 1, 0), "level 0 is clean");
    HostTensor all = EnergyScores.noisy(images, schedule, 2, 1, 0);
    HostTensor tail =
        EnergyScores.noisy(
            new HostTensor(new long[] {2, 1, 2, 2}, Arrays.copyOf(values, 8)), schedule, 2, 1, 4);
    assertEquals(all.get(5), tail.get(1));
    assertNotEquals(all, EnergyScores.noisy(images, schedule, 2, 2, 0));
    double mean = 0;
    for (float value : EnergyScores.noisy(many(), schedule, 2, 1, 0).values()) {
      mean += value;
    }
    assertEquals(0.5 * schedule.signalScale(2), mean / many().values().length, 0.05);
  }

  private static HostTensor many() {
    float[] values = new float[2000];
    Arrays.fill(values, 0.5f);
    return new HostTensor(new long[] {500, 1, 2, 2}, values);
  }

  @Test
  void artificialImagesFollowFromTheSeed() {
    ImageModelSpec spec = (ImageModelSpec) TestModels.images(8, 3);
    HostTensor own =
        ArtificialImages.NOISE.make(spec, new HostTensor(new long[] {0}, new float[0]), 3, 9);
    for (ArtificialImages kind : ArtificialImages.values()) {
      HostTensor images = kind.make(spec, own, 5, 4);
      assertArrayEquals(new long[] {5, 3, 8, 8}, images.shape(), kind.word());
      assertEquals(images, kind.make(spec, own, 5, 4));
      assertNotEquals(images, kind.make(spec, own, 5, 5));
      assertEquals(kind, ArtificialImages.of(kind.word()).orElseThrow());
    }
    assertTrue(ArtificialImages.of("faces").isEmpty());
  }
}
