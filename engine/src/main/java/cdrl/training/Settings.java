package cdrl.training;

import cdrl.runtime.MisfitException;
import cdrl.training.DataSettings.DataKind;
import cdrl.training.Setting.Scope;
import java.util.List;
import java.util.stream.Stream;

/**
 * The table of all settings of a training run. Names, ranges, defaults and explanations stand in
 * its parts and nowhere else; files are read and written by it. The defaults are the paper's.
 */
final class Settings {
  private static final SettingTable TABLE = new SettingTable();

  private static final Setting<String> NAME =
      TABLE.add(
          "name",
          SettingType.text(),
          "untitled",
          Scope.ALWAYS,
          TrainingConfig::name,
          "A short name of the model for people.");

  private static final List<Setting<?>> ALL =
      Stream.of(TABLE, DataSettings.TABLE, ModelSettings.TABLE, LearningSettings.TABLE)
          .<Setting<?>>flatMap(table -> table.rows().stream())
          .toList();

  private Settings() {}

  /** All settings in the order in which they are written. */
  static List<Setting<?>> all() {
    return ALL;
  }

  /**
   * The configuration that the values describe.
   *
   * @throws IllegalArgumentException when values do not fit each other; the message says which
   */
  static TrainingConfig assemble(SettingValues values) {
    DataKind kind = values.get(DataSettings.DATA_KIND);
    for (Setting<?> setting : values.given()) {
      if (!setting.scope().covers(kind)) {
        throw new MisfitException(
            kind == DataKind.IMAGES
                ? "{0} does not apply to images"
                : "{0} does not apply to points in the plane",
            setting.path());
      }
    }
    return new TrainingConfig(
        values.get(NAME),
        DataSettings.data(values),
        ModelSettings.model(values),
        ModelSettings.schedule(values),
        ModelSettings.langevinSteps(values),
        ModelSettings.prediction(values),
        LearningSettings.training(values),
        LearningSettings.guard(values),
        LearningSettings.output(values),
        LearningSettings.compute(values));
  }
}
