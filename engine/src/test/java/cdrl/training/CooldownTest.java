package cdrl.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CooldownTest {
  private static TrainingConfig.Training training(String... overrides) {
    return ConfigFile.parse("data: {kind: checkerboard}", "test", List.of(overrides)).training();
  }

  @Test
  void bothRatesFallLinearlyToZeroAtTheEnd() {
    TrainingConfig.Training training =
        training(
            "training.iterations=1000",
            "training.cooldown=100",
            "training.energyRate=0.01",
            "training.energyWarmup=0",
            "training.initializerRate=0.02",
            "training.initializerWarmup=0");
    assertEquals(0.01, training.energyRateAt(900), 1e-12);
    assertEquals(0.005, training.energyRateAt(950), 1e-12);
    assertEquals(0.0001, training.energyRateAt(999), 1e-12);
    assertEquals(0, training.energyRateAt(1000), 1e-12);
    assertEquals(0.01, training.initializerRateAt(950), 1e-12);
  }

  @Test
  void withoutCooldownTheRatesStay() {
    TrainingConfig.Training training = training("training.iterations=1000");
    assertEquals(training.energyRate().at(999), training.energyRateAt(999), 1e-12);
  }
}
