package cdrl.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.runtime.CdrlException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConfigDraftTest {
  private static ConfigDraft preset(String name) {
    return ConfigDraft.parse(Presets.find(name).orElseThrow().text(), name);
  }

  private static SettingField field(ConfigDraft draft, String path) {
    return draft.fields().stream()
        .filter(field -> field.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aPresetGivesTheSameConfigurationByTheForm() {
    for (String name : List.of("smoke", "checkerboard", "paper-points")) {
      TrainingConfig expected = Presets.find(name).orElseThrow().config(List.of());
      assertEquals(expected, preset(name).config(), name);
      assertEquals(expected, ConfigDraft.parse(preset(name).yaml(), name).config(), name);
    }
  }

  @Test
  void aPresetThatLacksItsDataCanBeWorkedOn() {
    ConfigDraft draft = preset("faces32");
    CdrlException problem = assertThrows(CdrlException.class, draft::config);
    assertTrue(problem.getMessage().startsWith("data.path is missing"), problem.getMessage());
    ConfigDraft complete = draft.with("data.path", "/some/where: else");
    assertTrue(complete.config().data() instanceof TrainingConfig.Images);
    assertEquals(complete.config(), ConfigDraft.parse(complete.yaml(), "yaml").config());
  }

  @Test
  void aTextOutOfRangeIsExplained() {
    ConfigDraft draft = preset("smoke");
    SettingField batch = field(draft, "training.batch");
    assertTrue(draft.isValid(batch));
    assertEquals("a whole number from 1 to 100000", batch.demand().toString());
    for (String wrong : List.of("0", "many", "", "[1]", "1.5", "'3'", ": :")) {
      ConfigDraft changed = draft.with("training.batch", wrong);
      assertFalse(changed.isValid(batch), wrong);
      assertThrows(CdrlException.class, changed::config, wrong);
      assertFalse(changed.yaml().isEmpty());
    }
    assertEquals("200", draft.text("training.batch"), "the draft itself does not change");
  }

  @Test
  void onlyWhatAppliesIsShown() {
    List<String> points = preset("smoke").fields().stream().map(SettingField::path).toList();
    assertTrue(points.contains("data.points"));
    assertFalse(points.contains("data.path"));
    List<String> images =
        preset("smoke").with("data.kind", "images").fields().stream()
            .map(SettingField::path)
            .toList();
    assertTrue(images.contains("data.path"));
    assertFalse(images.contains("data.points"));
  }

  @Test
  void aFewAlternativesAreListed() {
    ConfigDraft draft = preset("smoke");
    List<String> kinds = field(draft, "data.kind").alternatives();
    assertEquals("checkerboard", kinds.get(0));
    assertEquals("images", kinds.get(kinds.size() - 1));
    assertEquals(
        List.of("false", "true"), field(draft, "training.varianceReduction").alternatives());
    assertEquals(List.of(), field(draft, "training.batch").alternatives());
    assertEquals("model.energy", field(draft, "model.energy.channels").section());
    assertEquals("channels", field(draft, "model.energy.channels").name());
  }
}
