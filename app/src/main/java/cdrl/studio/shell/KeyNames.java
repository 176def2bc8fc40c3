package cdrl.studio.shell;

import cdrl.studio.resources.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyCombination.ModifierValue;

/** What is written on keys, in the language of the window. */
public final class KeyNames {
  private final Messages messages;
  private final boolean mac;

  /** The keys of this machine. */
  public KeyNames(Messages messages) {
    this(messages, System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac"));
  }

  KeyNames(Messages messages, boolean mac) {
    this.messages = messages;
    this.mac = mac;
  }

  /** The keys to hold and the one to press, in the order in which they are told. */
  public List<String> parts(KeyCombination keys) {
    List<String> parts = new ArrayList<>();
    if (isDown(keys.getShortcut()) || isDown(keys.getControl())) {
      parts.add(mac && isDown(keys.getShortcut()) ? "⌘" : messages.text("key.control"));
    }
    if (isDown(keys.getAlt())) {
      parts.add(mac ? "⌥" : messages.text("key.alt"));
    }
    if (isDown(keys.getShift())) {
      parts.add(mac ? "⇧" : messages.text("key.shift"));
    }
    parts.add(
        keys instanceof KeyCodeCombination code ? name(code.getCode()) : keys.getDisplayText());
    return parts;
  }

  /** The same in one text, such as Ctrl+O. */
  public String text(KeyCombination keys) {
    return String.join("+", parts(keys));
  }

  private static boolean isDown(ModifierValue modifier) {
    return modifier == ModifierValue.DOWN;
  }

  private String name(KeyCode code) {
    return switch (code) {
      case ENTER -> messages.text("key.enter");
      case ESCAPE -> messages.text("key.escape");
      case DELETE -> messages.text("key.delete");
      case HOME -> messages.text("key.home");
      case SPACE -> messages.text("key.space");
      case LEFT -> "←";
      case RIGHT -> "→";
      case UP -> "↑";
      case DOWN -> "↓";
      case OPEN_BRACKET -> "[";
      case CLOSE_BRACKET -> "]";
      case COMMA -> ",";
      case PERIOD -> ".";
      case PLUS -> "+";
      case MINUS -> "−";
      case EQUALS -> "=";
      default -> code.getName();
    };
  }
}
