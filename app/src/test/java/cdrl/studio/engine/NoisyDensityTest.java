package cdrl.studio.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cdrl.data.Checkerboard;
import cdrl.data.PlaneShape;
import cdrl.evaluate.DensityGrid;
import cdrl.schedule.NoiseSchedule;
import cdrl.schedule.ScheduleSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class NoisyDensityTest {
  private final NoiseSchedule schedule = new NoiseSchedule(ScheduleSpec.PAPER);

  @ParameterizedTest
  @EnumSource(PlaneShape.class)
  void integratesToOneAtEveryLevel(PlaneShape shape) {
    NoisyDensity noisy = new NoisyDensity(shape);
    for (int level = 0; level <= 6; level += 2) {
      DensityGrid grid = noisy.at(schedule.signalScale(level), schedule.noiseScale(level), 300, 12);
      double sum = 0;
      for (double density : grid.density()) {
        sum += density * Math.pow(24.0 / 300, 2);
      }
      assertEquals(1, sum, 1e-2, "level " + level);
    }
  }

  @Test
  void isTheCheckerboardWithoutNoise() {
    DensityGrid grid = new NoisyDensity(PlaneShape.CHECKERBOARD).at(1, 1e-9, 160, 8);
    for (int row = 0; row < 160; row++) {
      for (int column = 0; column < 160; column++) {
        double x = (column + 0.5) / 10 - 8;
        double y = (row + 0.5) / 10 - 8;
        assertEquals(Checkerboard.density(x, y), grid.density()[row * 160 + column], 1e-9);
      }
    }
  }

  /** Normal noise on normal distributions gives wider normal distributions. */
  @Test
  void noiseWidensAMixture() {
    double signal = 0.8;
    double noise = 0.6;
    DensityGrid grid = new NoisyDensity(PlaneShape.MIXTURE).at(signal, noise, 160, 8);
    double variance = Math.pow(signal * 0.5, 2) + noise * noise;
    double top = 1 / (8 * 2 * Math.PI * variance);
    int right = (int) ((6 * signal + 8) * 10);
    assertEquals(top, grid.density()[80 * 160 + right], 0.02 * top);
    assertEquals(-Math.log(top), grid.energy()[80 * 160 + right], 0.02);
  }

  @Test
  void isAlmostNormalAtTheTop() {
    DensityGrid grid =
        new NoisyDensity(PlaneShape.CHECKERBOARD)
            .at(schedule.signalScale(6), schedule.noiseScale(6), 41, 4.1);
    assertEquals(1 / (2 * Math.PI), grid.density()[20 * 41 + 20], 0.02);
  }

  @Test
  void theNormalDistributionIsRightInMiddleAndTails() {
    assertEquals(0.682689492137086, NormalDistribution.between(-1, 1), 1e-14);
    assertEquals(0.5, NormalDistribution.between(0, 40), 1e-15);
    assertEquals(6.22096057427178e-16, NormalDistribution.between(8, 40), 1e-27);
    assertEquals(6.22096057427178e-16, NormalDistribution.between(-40, -8), 1e-27);
    assertEquals(1, NormalDistribution.complement(0), 0);
    assertEquals(4.06952017444959e-4, NormalDistribution.complement(2.5), 1e-15);
  }
}
