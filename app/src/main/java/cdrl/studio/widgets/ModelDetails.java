package cdrl.studio.widgets;

import cdrl.model.Provenance;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.resources.Messages;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.controlsfx.control.PopOver;

/** What made a model, in a balloon beside the button that asks for it. */
public final class ModelDetails {
  private static final double NAME_WIDTH = 84;
  private static final double VALUE_WIDTH = 280;
  private static final double PROSE_HEIGHT = 420;

  private final Messages messages;
  private final PopOver balloon = new PopOver();

  /** A balloon that is not shown yet. */
  public ModelDetails(Messages messages) {
    this.messages = messages;
    balloon.setArrowLocation(PopOver.ArrowLocation.LEFT_TOP);
    balloon.setDetachable(false);
    balloon.setAnimated(false);
  }

  /** Shows the balloon, or hides it when it is there. */
  public void toggle(Node beside, LoadedModel model) {
    toggle(beside, model, "");
  }

  /**
   * Shows the balloon, or hides it when it is there.
   *
   * @param prose what else there is to say; may be empty
   */
  public void toggle(Node beside, LoadedModel model, String prose) {
    if (balloon.isShowing()) {
      balloon.hide();
    } else {
      balloon.setContentNode(prose.isEmpty() ? content(model) : withProse(content(model), prose));
      balloon.show(beside);
    }
  }

  private static Node withProse(Node content, String prose) {
    Label text = new Label(prose);
    text.setWrapText(true);
    text.setMinHeight(Label.USE_PREF_SIZE);
    text.getStyleClass().add("details-prose");
    VBox box = new VBox(content, text);
    ScrollPane scroll = Controls.scrolled(box);
    scroll.getStyleClass().add("form-scroll");
    scroll.setPrefSize(NAME_WIDTH + VALUE_WIDTH + 60, PROSE_HEIGHT);
    return scroll;
  }

  private Node content(LoadedModel model) {
    Provenance provenance = model.description().provenance();
    GridPane grid = new GridPane();
    grid.setId("model-details");
    grid.getStyleClass().add("details-grid");
    ColumnConstraints names = new ColumnConstraints(NAME_WIDTH);
    ColumnConstraints values = new ColumnConstraints(VALUE_WIDTH);
    values.setHgrow(Priority.ALWAYS);
    grid.getColumnConstraints().addAll(names, values);
    row(grid, "details.data", provenance.data());
    row(grid, "details.created", provenance.created());
    row(grid, "details.program", provenance.program());
    row(grid, "details.platform", provenance.platform());
    row(grid, "details.seed", Long.toString(provenance.seed()));
    row(grid, "details.checksum", model.checksum());
    return grid;
  }

  /** A line of the balloon; nothing when the model does not tell. */
  private void row(GridPane grid, String name, String text) {
    if (text.isBlank()) {
      return;
    }
    Label caption = new Label(messages.text(name));
    caption.getStyleClass().add("caption");
    Label value = new Label(text);
    value.setWrapText(true);
    caption.setLabelFor(value);
    grid.addRow(grid.getRowCount(), caption, value);
  }
}
