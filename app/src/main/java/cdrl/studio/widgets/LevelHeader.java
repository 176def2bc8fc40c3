package cdrl.studio.widgets;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

/** The bar above what a workspace shows: a title with facts, and a few controls at the right. */
public final class LevelHeader extends HBox {
  private final Label title = new Label();
  private final Label facts = new Label();

  /**
   * A bar.
   *
   * @param right the controls at the right
   */
  public LevelHeader(Node... right) {
    title.setId("level");
    title.getStyleClass().add("level-title");
    facts.setId("level-facts");
    facts.getStyleClass().add("level-facts");
    getStyleClass().add("stage-bar");
    setAlignment(Pos.CENTER_LEFT);
    setFillHeight(false);
    getChildren().addAll(title, facts, Controls.spacer());
    getChildren().addAll(right);
  }

  /** Puts a mark right behind the facts. */
  public void mark(Node node) {
    getChildren().add(getChildren().indexOf(facts) + 1, node);
  }

  /** Shows a title and, behind it, facts. */
  public void show(String title, String facts) {
    this.title.setText(title);
    this.facts.setText(facts);
  }
}
