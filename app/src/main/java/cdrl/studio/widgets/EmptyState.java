package cdrl.studio.widgets;

import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;

/** What stands where there is nothing to see yet: what this place is for and what to do. */
public final class EmptyState extends VBox {
  private final Label text = new Label();

  /**
   * @param title a few words
   */
  public EmptyState(String id, Ikon ikon, String title) {
    setId(id);
    getStyleClass().add("empty-state");
    setMouseTransparent(true);
    Label heading = new Label(title);
    heading.getStyleClass().add("empty-title");
    text.setId(id + "-text");
    text.getStyleClass().add("empty-text");
    text.setWrapText(true);
    getChildren().addAll(Controls.icon(ikon), heading, text);
  }

  /** Says what to do, or why nothing can be done. */
  public void setText(String sentence) {
    text.setText(sentence);
  }
}
