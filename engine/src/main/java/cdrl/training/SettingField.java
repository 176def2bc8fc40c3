package cdrl.training;

import cdrl.runtime.Sentence;
import java.util.List;

/**
 * A setting as a form shows it.
 *
 * @param path its place in the file, such as {@code training.batch}
 * @param explanation what it does, one or more sentences
 * @param demand what it may hold, to follow the words "must be"
 * @param alternatives all it may hold, when those are a few; else empty
 * @param fallback the text of its default
 */
public record SettingField(
    String path, String explanation, Sentence demand, List<String> alternatives, String fallback) {

  static <T> SettingField of(Setting<T> setting) {
    return new SettingField(
        setting.path(),
        setting.comment(),
        setting.type().demand(),
        setting.type().alternatives(),
        ConfigDraft.text(setting, setting.fallback()));
  }

  /** The sections it stands in, such as {@code model.energy}; empty at the top of the file. */
  public String section() {
    return path.substring(0, Math.max(0, path.lastIndexOf('.')));
  }

  /** The last part of its path. */
  public String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
