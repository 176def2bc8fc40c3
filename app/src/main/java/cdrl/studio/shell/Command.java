package cdrl.studio.shell;

import java.util.function.BooleanSupplier;
import javafx.scene.input.KeyCombination;
import org.jspecify.annotations.Nullable;

/**
 * An action that the command palette offers, with its key where it has one.
 *
 * @param name what it does, for people
 * @param keys what to press, or null
 * @param keysWork whether its key does it now, or is left to the control that has the focus
 * @param action does it
 */
public record Command(
    String name, @Nullable KeyCombination keys, BooleanSupplier keysWork, Runnable action) {
  /** With a key that always works. */
  public Command(String name, @Nullable KeyCombination keys, Runnable action) {
    this(name, keys, () -> true, action);
  }

  /**
   * @param keys as in {@link KeyCombination#valueOf}; "Shortcut" is the system's command key
   */
  public static Command of(String name, String keys, Runnable action) {
    return new Command(name, KeyCombination.valueOf(keys), action);
  }

  /** Without a key. */
  public static Command of(String name, Runnable action) {
    return new Command(name, null, action);
  }

  /** The same action, whose key works at times only. */
  public Command when(BooleanSupplier works) {
    return new Command(name, keys, works, action);
  }

  /** The name alone: many are the texts of tooltips, which go on with the key, or explain more. */
  public String title() {
    return name.replaceFirst(" \\(.*|; .*", "");
  }
}
