package cdrl.studio.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cdrl.studio.resources.Messages;
import java.util.List;
import java.util.Locale;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.Test;

final class KeyNamesTest {
  private final KeyNames english = new KeyNames(new Messages(Locale.ENGLISH), false);
  private final KeyNames german = new KeyNames(new Messages(Locale.GERMAN), false);
  private final KeyNames mac = new KeyNames(new Messages(Locale.ENGLISH), true);

  @Test
  void keysAreCalledAsTheyAreLabelled() {
    KeyCombination redo = KeyCombination.valueOf("Shortcut+Shift+Z");
    assertEquals(List.of("Ctrl", "Shift", "Z"), english.parts(redo));
    assertEquals("Strg+Umschalt+Z", german.text(redo));
    assertEquals(List.of("⌘", "⇧", "Z"), mac.parts(redo));
    assertEquals("Alt+←", english.text(KeyCombination.valueOf("Alt+Left")));
    assertEquals("Alt+Pos1", german.text(KeyCombination.valueOf("Alt+Home")));
    assertEquals("Entf", german.text(KeyCombination.valueOf("Delete")));
    assertEquals("[", english.text(new KeyCodeCombination(KeyCode.OPEN_BRACKET)));
    assertEquals("?", english.text(new TypedKey("?")));
    assertEquals("F5", english.text(KeyCombination.valueOf("F5")));
  }
}
