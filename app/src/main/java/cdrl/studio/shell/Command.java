package cdrl.studio.shell;

import javafx.scene.input.KeyCombination;

/**
 * An action with a key.
 *
 * @param name what it does, for people
 * @param keys what to press
 * @param action does it
 */
public record Command(String name, KeyCombination keys, Runnable action) {
  /**
   * @param keys as in {@link KeyCombination#valueOf}; "Shortcut" is the system's command key
   */
  public static Command of(String name, String keys, Runnable action) {
    return new Command(name, KeyCombination.valueOf(keys), action);
  }
}
