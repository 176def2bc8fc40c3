package cdrl.studio.shell;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.HBox;

/** Keys drawn as keys. */
final class KeyCaps extends HBox {
  KeyCaps(KeyNames names, KeyCombination keys) {
    getStyleClass().add("key-caps");
    setAlignment(Pos.CENTER_RIGHT);
    for (String part : names.parts(keys)) {
      Label cap = new Label(part);
      cap.getStyleClass().add("key-cap");
      cap.setMinWidth(USE_PREF_SIZE);
      getChildren().add(cap);
    }
    setMinWidth(USE_PREF_SIZE);
  }
}
