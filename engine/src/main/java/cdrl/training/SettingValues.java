package cdrl.training;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** Values for settings; those that were not given hold their default. */
final class SettingValues {
  private final Map<Setting<?>, Object> given = new HashMap<>();

  /** Gives a setting a value, in place of any earlier one. */
  <T> void put(Setting<T> setting, T value) {
    given.put(setting, value);
  }

  /** The value of a setting. */
  @SuppressWarnings("unchecked") // put() lets only values of the setting's own type in
  <T> T get(Setting<T> setting) {
    Object value = given.get(setting);
    return value == null ? setting.fallback() : (T) value;
  }

  /** The settings that were given a value. */
  Iterable<Setting<?>> given() {
    return Collections.unmodifiableSet(given.keySet());
  }
}
