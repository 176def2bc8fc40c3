package cdrl.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.model.PointModelSpec;
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
  void unknownPresetsAreNotFound() {
    assertFalse(Presets.find("no-such-preset").isPresent());
  }
}
