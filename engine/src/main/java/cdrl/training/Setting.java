package cdrl.training;

import java.util.function.Function;

/**
 * One row of the table of settings.
 *
 * @param path its place in the file, such as {@code training.batch}
 * @param type what it may hold
 * @param fallback the value when the file does not say
 * @param scope the kind of data it applies to
 * @param getter reads it back from a configuration in its scope
 * @param comment what it does, for people
 * @param <T> the Java type of its values
 */
record Setting<T>(
    String path,
    SettingType<T> type,
    T fallback,
    Scope scope,
    Function<TrainingConfig, T> getter,
    String comment) {

  /** The kinds of data that a setting applies to. */
  enum Scope {
    ALWAYS,
    IMAGES,
    POINTS,
    FILES;

    /** Whether settings of this scope belong in a configuration for the given kind of data. */
    boolean covers(DataSettings.DataKind kind) {
      return switch (this) {
        case ALWAYS -> true;
        case IMAGES -> kind == DataSettings.DataKind.IMAGES;
        case POINTS -> kind != DataSettings.DataKind.IMAGES;
        case FILES -> kind.isFile();
      };
    }
  }

  /** The value in a configuration, as it is written in a file. */
  String written(TrainingConfig config) {
    return type.write(getter.apply(config));
  }
}
