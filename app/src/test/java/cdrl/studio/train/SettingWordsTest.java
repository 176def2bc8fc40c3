package cdrl.studio.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.studio.resources.Bundle;
import cdrl.studio.resources.Messages;
import cdrl.training.ConfigDraft;
import cdrl.training.Presets;
import cdrl.training.SettingField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class SettingWordsTest {
  private final SettingWords german = new SettingWords(new Messages(Locale.GERMAN));
  private final SettingWords english = new SettingWords(new Messages(Locale.ENGLISH));

  /** All settings there are, of all kinds of data. */
  private static List<SettingField> settings() {
    ConfigDraft draft = ConfigDraft.parse("", "test");
    List<String> kinds =
        draft.fields().stream()
            .filter(field -> field.path().equals("data.kind"))
            .findFirst()
            .orElseThrow()
            .alternatives();
    Map<String, SettingField> found = new LinkedHashMap<>();
    for (String kind : kinds) {
      draft.with("data.kind", kind).fields().forEach(field -> found.put(field.path(), field));
    }
    return List.copyOf(found.values());
  }

  private static SettingField setting(String path) {
    return settings().stream().filter(f -> f.path().equals(path)).findFirst().orElseThrow();
  }

  @Test
  void everySettingIsExplainedInEveryLanguage() {
    Set<String> wanted = new TreeSet<>();
    for (SettingField field : settings()) {
      wanted.add("setting." + field.path());
      wanted.add("setting." + field.path() + ".explanation");
    }
    assertTrue(wanted.size() > 80, "settings: " + wanted.size() / 2);
    assertEquals(wanted, keys("setting."), "no text is missing, and none is left over");
  }

  @Test
  void everyPresetIsToldInEveryLanguage() {
    assertEquals(
        Presets.all().stream()
            .map(preset -> "preset." + preset.name())
            .collect(Collectors.toCollection(TreeSet::new)),
        keys("preset."));
  }

  private static Set<String> keys(String start) {
    return Bundle.of(Locale.GERMAN).keySet().stream()
        .filter(key -> key.startsWith(start))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everySectionHasAHeading() {
    for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
      Messages messages = new Messages(locale);
      for (SettingField field : settings()) {
        assertTrue(
            field.section().isEmpty() || messages.has("section." + field.section()),
            field.section());
      }
    }
  }

  @Test
  void theSameIsSaidInBothLanguages() {
    SettingField batch = setting("training.batch");
    assertEquals("Batch", english.name(batch));
    assertEquals("Items per iteration.", english.explanation(batch));
    assertEquals("A whole number from 1 to 100000", english.range(batch));
    assertEquals("Must be a whole number from 1 to 100000.", english.complaint(batch));
    assertEquals("Daten je Iteration.", german.explanation(batch));
    assertEquals("Eine ganze Zahl von 1 bis 100000", german.range(batch));
    assertEquals("Es muss eine ganze Zahl von 1 bis 100000 sein.", german.complaint(batch));
    assertEquals("Initializer head start", english.name(setting("training.initializerHeadStart")));
  }
}
