package cdrl.studio.widgets;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** The bar above what a workspace shows: a title with facts, and a few controls at the right. */
public final class LevelHeader extends HBox {
  private static final double LEAST_TITLE = 240;

  private final Label title = new Title();
  private final Label facts = new Facts();

  /** Is not cut while it is short: names of files may be long. */
  private static final class Title extends Label {
    @Override
    protected double computeMinWidth(double height) {
      return Math.min(LEAST_TITLE, computePrefWidth(height));
    }
  }

  /** Takes what the others leave; what of it is not seen is in the hint. */
  private static final class Facts extends Label {
    @Override
    protected double computePrefWidth(double height) {
      return 0;
    }

    @Override
    protected double computeMaxWidth(double height) {
      return super.computePrefWidth(height);
    }
  }

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
    Controls.hintWhole(title);
    Controls.hintWhole(facts);
    getStyleClass().add("stage-bar");
    setAlignment(Pos.CENTER_LEFT);
    setFillHeight(false);
    HBox.setHgrow(facts, Priority.ALWAYS);
    Region spacer = Controls.spacer();
    HBox.setHgrow(spacer, Priority.SOMETIMES);
    getChildren().addAll(title, facts, spacer);
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
