package cdrl.training;

import cdrl.runtime.CdrlException;
import cdrl.training.DataSettings.DataKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A configuration that a person is working on: a text for every setting, whether it makes sense
 * already or not. Does not change; {@link #with} gives another one.
 */
public final class ConfigDraft {
  private final Map<String, String> texts;

  private ConfigDraft(Map<String, String> texts) {
    this.texts = texts;
  }

  /**
   * Takes over the settings of a YAML text; the others get their defaults.
   *
   * @param source what to call the text in messages
   * @throws CdrlException when the text holds anything but valid settings
   */
  public static ConfigDraft parse(String yaml, String source) {
    SettingValues values = ConfigFile.values(yaml, source);
    Map<String, String> texts = new LinkedHashMap<>();
    for (Setting<?> setting : Settings.all()) {
      texts.put(setting.path(), text(setting, values));
    }
    return new ConfigDraft(texts);
  }

  /** The same draft with another text for a setting. */
  public ConfigDraft with(String path, String text) {
    if (!texts.containsKey(path)) {
      throw new IllegalArgumentException("there is no setting " + path);
    }
    Map<String, String> changed = new LinkedHashMap<>(texts);
    changed.put(path, text);
    return new ConfigDraft(changed);
  }

  /** The text of a setting. */
  public String text(String path) {
    String text = texts.get(path);
    if (text == null) {
      throw new IllegalArgumentException("there is no setting " + path);
    }
    return text;
  }

  /** The settings that apply to the kind of data that is chosen, in their order. */
  public List<SettingField> fields() {
    return applying().stream().<SettingField>map(SettingField::of).toList();
  }

  /** Whether the text of a setting by itself is what it must be. */
  public boolean isValid(SettingField field) {
    return Settings.all().stream()
        .filter(setting -> setting.path().equals(field.path()))
        .allMatch(setting -> ConfigFile.value(setting, text(setting.path())).isPresent());
  }

  /**
   * The configuration.
   *
   * @throws CdrlException when a text makes no sense, or the settings do not fit each other
   */
  public TrainingConfig config() {
    SettingValues values = new SettingValues();
    for (Setting<?> setting : applying()) {
      put(setting, values);
    }
    try {
      return Settings.assemble(values);
    } catch (IllegalArgumentException e) {
      throw new CdrlException(e, "{0}.", e);
    }
  }

  /** The draft as YAML; texts that make no sense stand there as they are. */
  public String yaml() {
    return ConfigFile.write(kind(), setting -> written(setting));
  }

  private List<Setting<?>> applying() {
    DataKind kind = kind();
    return Settings.all().stream().filter(setting -> setting.scope().covers(kind)).toList();
  }

  private DataKind kind() {
    return ConfigFile.value(DataSettings.DATA_KIND, text(DataSettings.DATA_KIND.path()))
        .orElse(DataSettings.DATA_KIND.fallback());
  }

  private <T> void put(Setting<T> setting, SettingValues values) {
    T value =
        ConfigFile.value(setting, text(setting.path()))
            .orElseThrow(
                () ->
                    new CdrlException("{0} must be {1}.", setting.path(), setting.type().demand()));
    values.put(setting, value);
  }

  private <T> String written(Setting<T> setting) {
    String text = text(setting.path());
    return ConfigFile.value(setting, text).map(setting.type()::write).orElse(text);
  }

  private static <T> String text(Setting<T> setting, SettingValues values) {
    return text(setting, values.get(setting));
  }

  /** A value as a person types it: a text needs no quotes. */
  static <T> String text(Setting<T> setting, T value) {
    return setting.type().takesAnyText() ? String.valueOf(value) : setting.type().write(value);
  }
}
