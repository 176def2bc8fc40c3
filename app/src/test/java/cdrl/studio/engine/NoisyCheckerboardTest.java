package cdrl.studio.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cdrl.data.Checkerboard;
import cdrl.evaluate.DensityGrid;
import cdrl.schedule.NoiseSchedule;
import cdrl.schedule.ScheduleSpec;
import org.junit.jupiter.api.Test;

final class NoisyCheckerboardTest {
  private final NoiseSchedule schedule = new NoiseSchedule(ScheduleSpec.PAPER);

  @Test
  void integratesToOneAtEveryLevel() {
    for (int level = 0; level <= 6; level++) {
      DensityGrid grid =
          NoisyCheckerboard.density(
              schedule.signalScale(level), schedule.noiseScale(level), 400, 12);
      double sum = 0;
      for (double density : grid.density()) {
        sum += density * Math.pow(24.0 / 400, 2);
      }
      assertEquals(1, sum, 5e-3, "level " + level);
    }
  }

  @Test
  void isTheCheckerboardWithoutNoise() {
    DensityGrid grid = NoisyCheckerboard.density(1, 1e-9, 160, 8);
    for (int row = 0; row < 160; row++) {
      for (int column = 0; column < 160; column++) {
        double x = (column + 0.5) / 10 - 8;
        double y = (row + 0.5) / 10 - 8;
        assertEquals(Checkerboard.density(x, y), grid.density()[row * 160 + column], 1e-12);
      }
    }
  }

  @Test
  void isAlmostNormalAtTheTop() {
    DensityGrid grid =
        NoisyCheckerboard.density(schedule.signalScale(6), schedule.noiseScale(6), 41, 4.1);
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
