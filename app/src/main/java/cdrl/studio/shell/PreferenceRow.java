package cdrl.studio.shell;

import cdrl.studio.widgets.Controls;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A preference with its name, what it does, and the control that changes it. */
final class PreferenceRow extends HBox {
  private final String words;

  /**
   * @param name also the control's name for screen readers
   * @param alternatives more words by which it is found
   */
  PreferenceRow(String name, String explanation, Node control, Set<String> alternatives) {
    getStyleClass().add("preference-row");
    setAlignment(Pos.CENTER_LEFT);
    Label title = new Label(name);
    title.setWrapText(true);
    title.setMinHeight(Region.USE_PREF_SIZE);
    title.setLabelFor(control);
    Label text = new Label(explanation);
    text.getStyleClass().add("hint");
    text.setWrapText(true);
    text.setMinHeight(Region.USE_PREF_SIZE);
    VBox texts = new VBox(title, text);
    texts.getStyleClass().add("preference-texts");
    HBox.setHgrow(texts, Priority.ALWAYS);
    if (control.getAccessibleText() == null) {
      control.setAccessibleText(name);
    }
    control.setAccessibleHelp(explanation);
    getChildren().addAll(texts, control);
    words =
        (name + " " + explanation + " " + String.join(" ", alternatives)).toLowerCase(Locale.ROOT);
  }

  /** Shows it when it holds all words of a search, and tells whether it does. */
  boolean filter(String query) {
    boolean found =
        Arrays.stream(query.toLowerCase(Locale.ROOT).strip().split("\\s+"))
            .allMatch(words::contains);
    Controls.show(this, found);
    return found;
  }
}
