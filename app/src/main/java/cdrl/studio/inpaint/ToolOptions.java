package cdrl.studio.inpaint;

import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.Controls;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** The settings of the tool in hand. */
final class ToolOptions extends StackPane {
  private static final double MOST_BRUSH = 32;

  private final HBox brush = new HBox();
  private final HBox shape = new HBox();
  private final HBox frame = new HBox();
  private final Label shapeHint = new Label();
  private final Messages messages;
  private final InpaintViewModel model;

  ToolOptions(Messages messages, InpaintViewModel model) {
    this.messages = messages;
    this.model = model;
    getStyleClass().add("tool-options");
    brush
        .getChildren()
        .addAll(
            Controls.sliderRow(
                "brush-size",
                messages.text("inpaint.brush.size"),
                model.tools().brushSizeProperty(),
                MaskTools.LEAST_BRUSH,
                MOST_BRUSH,
                value -> messages.number(value, 1)),
            Controls.sliderRow(
                "brush-hardness",
                messages.text("inpaint.brush.hardness"),
                model.tools().hardnessProperty(),
                0,
                1,
                this::percent),
            Controls.sliderRow(
                "threshold",
                messages.text("inpaint.threshold"),
                model.tools().thresholdProperty(),
                0.05,
                1,
                this::percent));
    brush.getChildren().forEach(row -> HBox.setHgrow(row, Priority.ALWAYS));
    shapeHint.getStyleClass().add("hint");
    shape.getChildren().add(shapeHint);
    Label hint = new Label(messages.text("inpaint.frame.hint"));
    hint.setId("frame-hint");
    hint.getStyleClass().add("hint");
    Button done =
        Controls.button("frame-done", BootstrapIcons.CHECK2, messages.text("inpaint.frame.done"));
    done.getStyleClass().add("accent");
    done.setMinWidth(USE_PREF_SIZE);
    done.setOnAction(event -> model.tools().toolProperty().set(Tool.BRUSH));
    frame.getChildren().addAll(hint, Controls.spacer(), done);
    for (HBox row : new HBox[] {brush, shape, frame}) {
      row.setAlignment(Pos.CENTER_LEFT);
      row.getStyleClass().add("tool-options-row");
    }
    getChildren().addAll(brush, shape, frame);
    model.tools().toolProperty().addListener((property, before, after) -> refresh());
    disableProperty().bind(model.document().maskProperty().isNull());
    refresh();
  }

  private String percent(double share) {
    return messages.text("percent", messages.number(100 * share, 0));
  }

  private void refresh() {
    Tool tool = model.tools().toolProperty().get();
    boolean brushes = tool == Tool.BRUSH || tool == Tool.ERASER;
    Controls.show(brush, brushes);
    Controls.show(shape, tool == Tool.RECTANGLE || tool == Tool.LASSO);
    Controls.show(frame, tool == Tool.FRAME);
    shapeHint.setText(
        messages.text(tool == Tool.LASSO ? "inpaint.lasso.hint" : "inpaint.rectangle.hint"));
  }
}
