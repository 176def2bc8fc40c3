package cdrl.studio.shell;

import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/** A character that is typed, wherever the keyboard has it. */
final class TypedKey extends KeyCombination {
  private final String character;

  TypedKey(String character) {
    this.character = character;
  }

  @Override
  public boolean match(KeyEvent event) {
    return event.getEventType() == KeyEvent.KEY_TYPED && character.equals(event.getCharacter());
  }

  @Override
  public String getName() {
    return character;
  }

  @Override
  public String getDisplayText() {
    return character;
  }
}
