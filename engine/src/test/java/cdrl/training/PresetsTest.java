package cdrl.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.model.ImageModelSpec;
import cdrl.model.PointModelSpec;
import cdrl.model.Prediction;
import cdrl.schedule.ScheduleSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PresetsTest {
  static Stream<Presets.Preset> presets() {
    return Presets.all().stream();
  }

  @ParameterizedTest
  @MethodSource("presets")
  void everyPresetIsValidAndDescribed(Presets.Preset preset) {
    List<String> overrides =
        preset.text().contains("kind: images") ? List.of("data.path=pictures") : List.of();
    assertEquals(preset.name(), preset.config(overrides).name());
    assertTrue(preset.description().endsWith("."), preset.description());
  }

  @Test
  void smokeNeedsNoDataSet() {
    TrainingConfig config = Presets.find("smoke").orElseThrow().config(List.of());
    assertInstanceOf(TrainingConfig.Shape.class, config.data());
  }

  @Test
  void thePaperPresetForPointsUsesThePublishedNetworks() {
    TrainingConfig config = Presets.find("paper-points").orElseThrow().config(List.of());
    assertEquals(PointModelSpec.PAPER, config.model());
    assertEquals(1e-5, config.training().energyRate().peak());
  }

  @Test
  void theLargeNetworkIsTwiceAsWide() {
    TrainingConfig config = preset("paper-cifar10-large");
    ImageModelSpec large = (ImageModelSpec) config.model();
    ImageModelSpec usual = (ImageModelSpec) preset("paper-cifar10").model();
    assertEquals(2 * usual.energy().channels(), large.energy().channels());
    assertEquals(usual.initializer(), large.initializer());
  }

  @Test
  void conditionalPresetsTellTheNetworksTheClass() {
    assertEquals(1000, preset("paper-imagenet32").model().classes());
    assertTrue(preset("paper-imagenet32").model().conditionalInitializer());
    assertEquals(10, preset("fashion").model().classes());
    for (String name : List.of("faces32-attributes", "paper-celeba64-attributes")) {
      assertEquals(6, preset(name).model().classes());
    }
    assertFalse(preset("paper-celeba64-attributes").model().conditionalInitializer());
    for (String name : List.of("fashion", "faces32-attributes")) {
      assertTrue(preset(name).model().conditionalInitializer());
      assertEquals(TrainingConfig.Teacher.DATA, preset(name).training().teacher());
    }
  }

  @Test
  void diffusionRecoveryLikelihoodDoesWithoutWhatThePaperAdds() {
    TrainingConfig config = preset("paper-drl-cifar10");
    assertEquals(Prediction.NONE, config.prediction());
    assertEquals(30, config.langevinSteps());
    assertFalse(config.training().varianceReduction());
    assertEquals(new ScheduleSpec(ScheduleSpec.Kind.DRL, 6, 9.8, -5.1), config.schedule());
  }

  private static TrainingConfig preset(String name) {
    return Presets.find(name).orElseThrow().config(List.of("data.path=pictures"));
  }

  @Test
  void unknownPresetsAreNotFound() {
    assertFalse(Presets.find("no-such-preset").isPresent());
  }
}
