package cdrl.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.model.CdrlModel;
import cdrl.model.TestModels;
import cdrl.runtime.Cancellation;
import cdrl.runtime.CdrlException;
import cdrl.runtime.Computation;
import cdrl.runtime.HostTensor;
import cdrl.runtime.RandomNumbers;
import cdrl.runtime.RandomNumbers.Purpose;
import cdrl.runtime.TestRuntime;
import cdrl.schedule.NoiseSchedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InpainterTest {
  private static final int PIXELS = 64;
  private static final SamplingSettings SETTINGS = new SamplingSettings(4, 2, 2, false, 6);

  private static HostTensor image() {
    float[] values = new float[3 * PIXELS];
    new RandomNumbers(1).normal(Purpose.DATA, 0, 0, values);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.tanh(values[i]);
    }
    return new HostTensor(new long[] {3, 8, 8}, values);
  }

  private static boolean[] mask() {
    boolean[] mask = new boolean[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      mask[i] = i / 8 >= 2 && i / 8 < 6 && i % 8 < 5;
    }
    return mask;
  }

  @Test
  void knownPixelsStayAndCandidatesAreOrdered() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.images(8, 3), 3, runtime);
              FusedLangevin fused = new FusedLangevin(model.manager(), Computation.FLOAT32)) {
            for (LangevinKernel kernel : List.of(new EagerLangevin(), fused)) {
              Inpainter inpainter = new Inpainter(model, kernel);
              Inpainter.Result result =
                  inpainter.inpaint(
                      image(), mask(), 1, SETTINGS, SampleObserver.NONE, new Cancellation());
              assertArrayEquals(new long[] {4, 3, 8, 8}, result.images().shape());
              for (int candidate = 0; candidate < 4; candidate++) {
                float[] values = result.images().get(candidate).values();
                for (int i = 0; i < values.length; i++) {
                  if (!mask()[i % PIXELS]) {
                    assertEquals(image().values()[i], values[i], "known value " + i);
                  }
                }
              }
              float[] sorted = result.energies().clone();
              Arrays.sort(sorted);
              assertArrayEquals(sorted, result.energies());
              assertTrue(sorted[0] < sorted[3]);
              assertTrue(
                  TestModels.distance(
                          result.images().get(0).values(), result.images().get(1).values())
                      > 1e-3,
                  "candidates differ");
              Inpainter.Result again =
                  inpainter.inpaint(
                      image(), mask(), 1, SETTINGS, SampleObserver.NONE, new Cancellation());
              assertEquals(result.images(), again.images());
              assertArrayEquals(result.energies(), again.energies());
            }
          }
        });
  }

  /** Every level is seen once, whatever the rounds; the known pixels stay, the others change. */
  @Test
  void roundsMakeTheUpperLevelsAnew() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.images(8, 3), 3, runtime)) {
            Inpainter inpainter = new Inpainter(model, new EagerLangevin());
            List<Map<Integer, HostTensor>> seen = new ArrayList<>();
            List<HostTensor> images = new ArrayList<>();
            for (int rounds : new int[] {1, 3, 3}) {
              Map<Integer, HostTensor> levels = new HashMap<>();
              seen.add(levels);
              SampleObserver observer =
                  new SampleObserver() {
                    @Override
                    public void refined(int level, HostTensor refined) {
                      assertNull(levels.put(level, refined), "level " + level + " is seen once");
                    }
                  };
              images.add(
                  inpainter
                      .inpaint(image(), mask(), rounds, SETTINGS, observer, new Cancellation())
                      .images());
              assertEquals(6, levels.size());
            }
            assertEquals(images.get(1), images.get(2), "the same seed gives the same pictures");
            assertEquals(seen.get(0).get(5), seen.get(1).get(5), "the top level is made once");
            assertNotEquals(seen.get(0).get(4), seen.get(1).get(4));
            float[] values = images.get(1).values();
            for (int i = 0; i < values.length; i++) {
              if (!mask()[i % PIXELS]) {
                assertEquals(image().values()[i % (3 * PIXELS)], values[i], "known value " + i);
              }
            }
          }
        });
  }

  /** At every level the known pixels are ᾱ x + σ̄ ε with one ε for all levels. */
  @Test
  void knownPixelsCarryTheNoiseOfTheirLevel() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.images(8, 3), 3, runtime);
              FusedLangevin fused = new FusedLangevin(model.manager(), Computation.FLOAT32)) {
            NoiseSchedule schedule = model.schedule();
            for (LangevinKernel kernel : List.of(new EagerLangevin(), fused)) {
              float[][] grain = new float[1][];
              int[] seen = new int[1];
              SampleObserver observer =
                  new SampleObserver() {
                    private void check(int level, HostTensor x) {
                      seen[0]++;
                      double signal = schedule.signalScale(level);
                      double noise = schedule.noiseScale(level);
                      if (grain[0] == null) {
                        grain[0] = new float[x.values().length];
                        for (int i = 0; i < grain[0].length; i++) {
                          double clean = image().values()[i % (3 * PIXELS)];
                          grain[0][i] = (float) ((x.values()[i] - signal * clean) / noise);
                        }
                      }
                      for (int i = 0; i < grain[0].length; i++) {
                        if (!mask()[i % PIXELS]) {
                          double clean = image().values()[i % (3 * PIXELS)];
                          assertEquals(
                              signal * clean + noise * grain[0][i],
                              x.values()[i],
                              1e-5 * (1 + Math.abs(x.values()[i])));
                        }
                      }
                    }

                    @Override
                    public void started(int level, HostTensor noise) {
                      check(level, noise);
                    }

                    @Override
                    public void proposed(int level, HostTensor proposal) {
                      check(level, proposal);
                    }

                    @Override
                    public void stepped(int level, int step, HostTensor image) {
                      check(level, image);
                    }

                    @Override
                    public void refined(int level, HostTensor refined) {
                      check(level, refined);
                    }
                  };
              new Inpainter(model, kernel)
                  .inpaint(image(), mask(), 1, SETTINGS, observer, new Cancellation());
              assertEquals(1 + 6 * (1 + 2 + 1), seen[0]);
            }
          }
        });
  }

  /** At a lower start level the masked pixels start from the image's own at the level's noise. */
  @Test
  void aLowerStartLevelBeginsWithThePicture() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.images(8, 3), 3, runtime)) {
            NoiseSchedule schedule = model.schedule();
            for (int level : new int[] {1, 3, 6}) {
              HostTensor[] start = new HostTensor[1];
              SampleObserver observer =
                  new SampleObserver() {
                    @Override
                    public void started(int at, HostTensor noise) {
                      assertEquals(level, at);
                      start[0] = noise;
                    }
                  };
              SamplingSettings settings = new SamplingSettings(4, 2, 2, false, level);
              Inpainter.Result result =
                  new Inpainter(model, new EagerLangevin())
                      .inpaint(image(), mask(), 1, settings, observer, new Cancellation());
              boolean top = level == 6;
              double signal = top ? 0 : schedule.signalScale(level);
              double spread = top ? 1 : schedule.noiseScale(level);
              float[] noise = new float[3 * PIXELS];
              for (int candidate = 0; candidate < 4; candidate++) {
                new RandomNumbers(2)
                    .normal(Purpose.START, 0, candidate * 3L * PIXELS, noise, 0, noise.length);
                float[] values = start[0].get(candidate).values();
                for (int i = 0; i < values.length; i++) {
                  if (mask()[i % PIXELS]) {
                    assertEquals(signal * image().values()[i] + spread * noise[i], values[i], 1e-5);
                  }
                }
              }
              int[] order = result.order().clone();
              Arrays.sort(order);
              assertArrayEquals(new int[] {0, 1, 2, 3}, order);
            }
          }
        });
  }

  /** At level 0 the energy along a chain is the one that orders candidates. */
  @Test
  void energiesAreTheSameAlongAChain() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.images(8, 3), 3, runtime)) {
            Inpainter.Result result =
                new Inpainter(model, new EagerLangevin())
                    .inpaint(image(), mask(), 1, SETTINGS, SampleObserver.NONE, new Cancellation());
            float[] along = ChainEnergies.of(model, Condition.NONE, 0, 0, result.images());
            for (int i = 0; i < along.length; i++) {
              assertEquals(result.energies()[i], along[i], 1e-4 * Math.abs(along[i]) + 1e-5);
            }
          }
        });
  }

  @Test
  void wrongInputsAreSentences() {
    TestRuntime.onLane(
        runtime -> {
          try (CdrlModel model = TestModels.create(TestModels.images(8, 3), 3, runtime);
              CdrlModel points = TestModels.create(TestModels.points(), 3, runtime)) {
            HostTensor grey = new HostTensor(new long[] {1, 8, 8}, new float[PIXELS]);
            assertTrue(
                failure(model, grey, mask())
                    .contains(
                        "[1, 8, 8] (channels, height, width) where the model needs [3, 8, 8]"));
            assertTrue(failure(model, image(), new boolean[60]).contains("60 pixels"));
            assertTrue(
                failure(model, image(), new boolean[PIXELS]).contains("marks nothing to fill"));
            HostTensor point = new HostTensor(new long[] {2}, new float[2]);
            assertTrue(failure(points, point, mask()).contains("makes points"));
          }
        });
  }

  private static String failure(CdrlModel model, HostTensor image, boolean[] mask) {
    Inpainter inpainter = new Inpainter(model, new EagerLangevin());
    return assertThrows(
            CdrlException.class,
            () ->
                inpainter.inpaint(
                    image, mask, 1, SETTINGS, SampleObserver.NONE, new Cancellation()))
        .getMessage();
  }
}
