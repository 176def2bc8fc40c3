package cdrl.studio.inpaint;

import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.Controls;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** The settings of the tool in hand, and those of the whole mask. */
final class ToolOptions extends VBox {
  private static final double TOOLTIP_WIDTH = 360;

  private final HBox brush = new HBox();
  private final HBox shape = new HBox();
  private final HBox mask = new HBox();
  private final HBox frame = new HBox();
  private final Label shapeHint = new Label();
  private final Messages messages;
  private final InpaintViewModel model;

  ToolOptions(Messages messages, InpaintViewModel model) {
    this.messages = messages;
    this.model = model;
    getStyleClass().add("tool-options");
    brush.getChildren().addAll(brushSize(), hardness());
    mask.getChildren().addAll(threshold(), feather());
    for (HBox row : List.of(brush, mask)) {
      row.getChildren().forEach(each -> HBox.setHgrow(each, Priority.ALWAYS));
    }
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
    for (HBox row : List.of(brush, shape, mask, frame)) {
      row.setAlignment(Pos.CENTER_LEFT);
      row.getStyleClass().add("tool-options-row");
    }
    getChildren().addAll(new StackPane(brush, shape), mask, frame);
    model.tools().toolProperty().addListener((property, before, after) -> refresh());
    disableProperty().bind(model.document().maskProperty().isNull());
    refresh();
  }

  private HBox brushSize() {
    HBox row =
        Controls.sliderRow(
            "brush-size",
            messages.text("inpaint.brush.size"),
            model.tools().brushSizeProperty(),
            MaskTools.LEAST_BRUSH,
            model.tools().mostBrush(),
            value -> messages.number(value, 1));
    Slider slider = slider(row);
    slider.setBlockIncrement(1);
    model
        .document()
        .pictureProperty()
        .addListener((property, before, after) -> slider.setMax(model.tools().mostBrush()));
    return row;
  }

  private HBox hardness() {
    return Controls.sliderRow(
        "brush-hardness",
        messages.text("inpaint.brush.hardness"),
        model.tools().hardnessProperty(),
        0,
        1,
        this::percent);
  }

  private HBox threshold() {
    return Controls.sliderRow(
        "threshold",
        messages.text("inpaint.threshold"),
        model.tools().thresholdProperty(),
        0.05,
        1,
        this::percent);
  }

  private HBox feather() {
    HBox row =
        Controls.sliderRow(
            "feather-radius",
            messages.text("inpaint.feather"),
            model.tools().featherProperty(),
            MaskTools.LEAST_FEATHER,
            MaskTools.MOST_FEATHER,
            value -> messages.number(value, 1));
    Tooltip tooltip = new Tooltip(messages.text("inpaint.feather.hint"));
    tooltip.setWrapText(true);
    tooltip.setMaxWidth(TOOLTIP_WIDTH);
    slider(row).setTooltip(tooltip);
    return row;
  }

  private static Slider slider(HBox row) {
    return row.getChildren().stream()
        .filter(Slider.class::isInstance)
        .map(Slider.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private String percent(double share) {
    return messages.text("percent", messages.number(100 * share, 0));
  }

  private void refresh() {
    Tool tool = model.tools().toolProperty().get();
    boolean brushes = tool == Tool.BRUSH || tool == Tool.ERASER;
    Controls.show(brush, brushes);
    Controls.show(shape, tool == Tool.RECTANGLE || tool == Tool.LASSO);
    Controls.show(mask, tool != Tool.FRAME);
    Controls.show(frame, tool == Tool.FRAME);
    shapeHint.setText(
        messages.text(tool == Tool.LASSO ? "inpaint.lasso.hint" : "inpaint.rectangle.hint"));
  }
}
