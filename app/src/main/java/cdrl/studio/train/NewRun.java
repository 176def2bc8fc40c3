package cdrl.studio.train;

import cdrl.runtime.CdrlException;
import cdrl.studio.engine.TranslatedException;
import cdrl.studio.resources.Messages;
import cdrl.training.ConfigDraft;
import cdrl.training.ConfigFile;
import cdrl.training.Presets;
import cdrl.training.SettingField;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The form for a new run: its name and its configuration, as fields or as YAML. */
public final class NewRun {
  private final Messages messages;
  private final Predicate<String> isTaken;
  private final List<Presets.Preset> shipped = Presets.all();
  private final ObservableList<Presets.Preset> presets = FXCollections.observableArrayList(shipped);
  private final Map<Presets.Preset, Kept> kept = new HashMap<>();
  private final ReadOnlyBooleanWrapper open = new ReadOnlyBooleanWrapper();
  private final ObjectProperty<Presets.@Nullable Preset> preset = new SimpleObjectProperty<>();
  private final ReadOnlyObjectWrapper<ConfigDraft> draft;
  private final StringProperty name = new SimpleStringProperty("");
  private final BooleanProperty asText = new SimpleBooleanProperty();
  private final StringProperty text = new SimpleStringProperty("");
  private final ReadOnlyStringWrapper obstacle = new ReadOnlyStringWrapper("");
  private ConfigDraft begun;
  private boolean filling;

  /** What was made of a preset before another one was chosen. */
  private record Kept(ConfigDraft begun, ConfigDraft draft, String text, String name) {}

  /**
   * @param isTaken whether there is a run of a name
   */
  NewRun(Messages messages, Predicate<String> isTaken) {
    this.messages = messages;
    this.isTaken = isTaken;
    Presets.Preset first = presets.get(0);
    begun = ConfigDraft.parse(first.text(), first.name());
    draft = new ReadOnlyObjectWrapper<>(begun);
    preset.set(first);
    preset.addListener((property, before, after) -> take(before, after));
    name.addListener((property, before, after) -> check());
    asText.addListener((property, before, after) -> change(after));
    text.addListener((property, before, after) -> check());
    check();
  }

  /** Whether the form is open. */
  public ReadOnlyBooleanProperty openProperty() {
    return open.getReadOnlyProperty();
  }

  /** Opens the form with what it held last. */
  public void open() {
    if (isTaken.test(name.get().strip()) || name.get().isBlank()) {
      Presets.Preset chosen = preset.get();
      name.set(free(chosen == null ? "run" : chosen.name()));
    }
    check();
    open.set(true);
  }

  /**
   * Opens the form with a configuration.
   *
   * @throws CdrlException when the configuration is not valid
   */
  public void open(String yaml, String from) {
    ConfigDraft.parse(yaml, from);
    beginWith(copied(from, yaml));
    open.set(true);
  }

  private Presets.Preset copied(String from, String yaml) {
    Presets.Preset copied = new Presets.Preset(from, messages.text("new.preset.copied"), yaml);
    if (!presets.contains(copied)) {
      presets.add(copied);
    }
    return copied;
  }

  /** Takes a preset as it is, whatever was made of it before. */
  private void beginWith(Presets.Preset fresh) {
    if (fresh.equals(preset.get())) {
      begin(ConfigDraft.parse(fresh.text(), fresh.name()));
      name.set(free(fresh.name()));
    } else {
      kept.remove(fresh);
      preset.set(fresh);
    }
  }

  /** Closes the form; what it holds stays. */
  public void close() {
    open.set(false);
  }

  /**
   * The presets to begin with: those that ship, and the settings of other runs that were copied.
   */
  public ObservableList<Presets.Preset> presets() {
    return presets;
  }

  /** Whether a preset ships with the program. */
  public boolean isShipped(Presets.Preset one) {
    return shipped.contains(one);
  }

  /** The preset that the form began with. Going back to one brings back what was made of it. */
  public ObjectProperty<Presets.@Nullable Preset> presetProperty() {
    return preset;
  }

  private void take(Presets.@Nullable Preset left, Presets.@Nullable Preset chosen) {
    if (left != null) {
      kept.put(left, new Kept(begun, draft.get(), text.get(), name.get()));
    }
    if (chosen == null) {
      return;
    }
    Kept before = kept.get(chosen);
    if (before == null) {
      begin(ConfigDraft.parse(chosen.text(), chosen.name()));
      name.set(free(chosen.name()));
    } else {
      begun = before.begun;
      draft.set(before.draft);
      text.set(asText.get() && before.text.isBlank() ? before.draft.yaml() : before.text);
      name.set(isTaken.test(before.name) ? free(before.name) : before.name);
      check();
    }
  }

  private void begin(ConfigDraft first) {
    begun = first;
    draft.set(first);
    text.set(first.yaml());
    check();
  }

  /** A name that is not taken, from one that may be. */
  private String free(String wish) {
    String stem = wish.replaceFirst("-\\d+$", "").replaceAll("[^A-Za-z0-9._-]+", "-");
    String found = stem;
    for (int number = 2; isTaken.test(found); number++) {
      found = stem + "-" + number;
    }
    return found;
  }

  /** The name of the run's folder. */
  public StringProperty nameProperty() {
    return name;
  }

  /** The configuration as it stands. */
  public ReadOnlyObjectProperty<ConfigDraft> draftProperty() {
    return draft.getReadOnlyProperty();
  }

  /** Whether the YAML text is edited instead of the fields. */
  public BooleanProperty asTextProperty() {
    return asText;
  }

  /** The YAML text. */
  public StringProperty textProperty() {
    return text;
  }

  /** Why the run cannot start yet; empty when it can. */
  public ReadOnlyStringProperty obstacleProperty() {
    return obstacle.getReadOnlyProperty();
  }

  /** Gives a setting another text. */
  public void set(SettingField field, String value) {
    if (!draft.get().text(field.path()).equals(value)) {
      draft.set(draft.get().with(field.path(), value));
      check();
    }
  }

  /** Whether a setting differs from what the form began with. */
  public boolean isChanged(SettingField field) {
    return !draft.get().text(field.path()).equals(begun.text(field.path()));
  }

  /** Gives a setting the value back that the form began with. */
  public void reset(SettingField field) {
    set(field, begun.text(field.path()));
  }

  /** Carries what was typed over to the other form; text that is not valid stays text. */
  private void change(boolean toText) {
    if (filling) {
      return;
    }
    if (toText) {
      text.set(draft.get().yaml());
    } else {
      try {
        draft.set(ConfigDraft.parse(text.get(), messages.text("new.text.source")));
      } catch (CdrlException e) {
        filling = true;
        asText.set(true);
        filling = false;
      }
    }
    check();
  }

  private void check() {
    obstacle.set(findObstacle());
  }

  private String findObstacle() {
    String wish = name.get().strip();
    if (!wish.matches("[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}") || wish.endsWith(".")) {
      return messages.text("new.name.invalid");
    }
    if (isTaken.test(wish)) {
      return messages.text("new.name.taken", wish);
    }
    try {
      if (asText.get()) {
        ConfigFile.parse(text.get(), messages.text("new.text.source"), List.of());
      } else {
        draft.get().config();
      }
      return "";
    } catch (CdrlException e) {
      return TranslatedException.sentence(e, messages);
    }
  }

  /** The complete configuration, when the run can start. */
  Optional<String> yaml() {
    if (!findObstacle().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        ConfigFile.write(
            asText.get()
                ? ConfigFile.parse(text.get(), messages.text("new.text.source"), List.of())
                : draft.get().config()));
  }

  /** What comes back at the next start: whatever was made of the preset, and where. */
  Map<String, String> memory() {
    Presets.Preset chosen = preset.get();
    String written = asText.get() ? text.get() : draft.get().yaml();
    boolean worthIt = open.get() || !written.equals(begun.yaml());
    Map<String, String> memory = new HashMap<>();
    memory.put("form.text", worthIt ? written : "");
    memory.put("form.open", String.valueOf(open.get()));
    memory.put("form.as-text", String.valueOf(asText.get()));
    memory.put("form.name", name.get());
    memory.put("form.preset", chosen == null ? "" : chosen.name());
    memory.put("form.copied", chosen == null || isShipped(chosen) ? "" : chosen.text());
    return memory;
  }

  /** Brings back what was remembered; what makes no sense any more is left out. */
  void recall(Map<String, String> memory) {
    String written = memory.getOrDefault("form.text", "");
    String from = memory.getOrDefault("form.preset", "");
    String copied = memory.getOrDefault("form.copied", "");
    if (written.isEmpty()) {
      return;
    }
    try {
      if (copied.isEmpty()) {
        shipped.stream().filter(one -> one.name().equals(from)).findFirst().ifPresent(preset::set);
      } else {
        ConfigDraft.parse(copied, from);
        beginWith(copied(from, copied));
      }
      draft.set(ConfigDraft.parse(written, from));
    } catch (CdrlException e) {
      asText.set(true); // the text is shown, with what is wrong with it
    }
    text.set(written);
    asText.set(asText.get() || "true".equals(memory.get("form.as-text")));
    text.set(written);
    name.set(memory.getOrDefault("form.name", name.get()));
    open.set("true".equals(memory.get("form.open")));
  }
}
