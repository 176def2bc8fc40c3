package cdrl.studio.train;

import cdrl.studio.engine.EngineWords;
import cdrl.studio.resources.Messages;
import cdrl.training.Presets;
import cdrl.training.SettingField;
import java.util.Locale;

/**
 * What the form says about settings: in the language of the window, or as the engine has it in
 * English where the bundle says nothing.
 */
final class SettingWords {
  private final Messages messages;

  SettingWords(Messages messages) {
    this.messages = messages;
  }

  /** The name of a setting. */
  String name(SettingField field) {
    return messages.textOr("setting." + field.path(), () -> words(field.name()));
  }

  /** What a setting does. */
  String explanation(SettingField field) {
    return messages.textOr("setting." + field.path() + ".explanation", field::explanation);
  }

  /** What a setting may hold, as the beginning of a sentence. */
  String range(SettingField field) {
    String demand = EngineWords.of(field.demand(), messages);
    return Character.toUpperCase(demand.charAt(0)) + demand.substring(1);
  }

  /** What is wrong with a setting that does not hold what it must. */
  String complaint(SettingField field) {
    return messages.text("new.must", EngineWords.of(field.demand(), messages));
  }

  /** The heading of a section. */
  String section(String path) {
    return messages.textOr("section." + path, () -> words(path));
  }

  /** What a preset is for. */
  String description(Presets.Preset preset) {
    return messages.textOr("preset." + preset.name(), preset::description);
  }

  /** "initializerHeadStart" as "Initializer head start". */
  private static String words(String name) {
    String words =
        name.replace('.', ' ').replaceAll("([a-z])([A-Z0-9])", "$1 $2").toLowerCase(Locale.ROOT);
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
