package cdrl.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Settings in the order in which they are written. */
final class SettingTable {
  private final List<Setting<?>> rows = new ArrayList<>();

  /** Adds a row at the end. */
  <T> Setting<T> add(
      String path,
      SettingType<T> type,
      T fallback,
      Setting.Scope scope,
      Function<TrainingConfig, T> getter,
      String comment) {
    Setting<T> setting = new Setting<>(path, type, fallback, scope, getter, comment);
    rows.add(setting);
    return setting;
  }

  /** All rows. */
  List<Setting<?>> rows() {
    return Collections.unmodifiableList(rows);
  }
}
