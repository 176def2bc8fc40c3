package cdrl.studio.inpaint;

import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.Controls;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.geometry.Orientation;
import javafx.scene.control.Button;
import javafx.scene.control.Separator;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** The tools, and what can be done to the whole mask. */
final class ToolStrip extends VBox {
  private static final double TOOLTIP_WIDTH = 360;

  private final Messages messages;
  private final InpaintViewModel model;
  private final ToggleGroup tools = new ToggleGroup();
  private final BooleanBinding nothing;

  ToolStrip(Messages messages, InpaintViewModel model) {
    this.messages = messages;
    this.model = model;
    nothing = model.document().maskProperty().isNull();
    getStyleClass().add("tool-strip");
    Button undo = button("undo", BootstrapIcons.ARROW_COUNTERCLOCKWISE, model.document()::undo);
    undo.disableProperty().bind(model.document().canUndoProperty().not());
    Button redo = button("redo", BootstrapIcons.ARROW_CLOCKWISE, model.document()::redo);
    redo.disableProperty().bind(model.document().canRedoProperty().not());
    Button last = button("last", BootstrapIcons.BOOKMARK, model::lastMask);
    last.disableProperty().bind(model.filling().candidatesProperty().isNull());
    getChildren()
        .addAll(
            tool(Tool.BRUSH, BootstrapIcons.BRUSH),
            tool(Tool.ERASER, BootstrapIcons.ERASER),
            tool(Tool.RECTANGLE, BootstrapIcons.BOUNDING_BOX),
            tool(Tool.LASSO, BootstrapIcons.VECTOR_PEN),
            tool(Tool.FRAME, BootstrapIcons.CROP),
            new Separator(Orientation.HORIZONTAL),
            undo,
            redo,
            new Separator(Orientation.HORIZONTAL),
            action("fill", BootstrapIcons.PAINT_BUCKET, model.tools()::fill),
            action("invert", BootstrapIcons.CIRCLE_HALF, model.tools()::invert),
            feather(),
            action("clear", BootstrapIcons.TRASH, model.tools()::clear),
            last,
            visibility());
  }

  private ToggleButton tool(Tool tool, Ikon icon) {
    ToggleButton button = toggle("tool-" + tool.name().toLowerCase(java.util.Locale.ROOT), icon);
    Controls.explain(button, messages.text("inpaint.tool." + tool));
    button.setToggleGroup(tools);
    button.setSelected(model.tools().toolProperty().get() == tool);
    button.setOnAction(
        event -> {
          button.setSelected(true); // one of them always is
          model.tools().toolProperty().set(tool);
        });
    model
        .tools()
        .toolProperty()
        .addListener((property, before, after) -> button.setSelected(after == tool));
    return button;
  }

  private Button feather() {
    Button button = action("feather", BootstrapIcons.DROPLET_HALF, model.tools()::feather);
    Tooltip tooltip =
        new Tooltip(
            messages.text("inpaint.mask.feather") + "\n" + messages.text("inpaint.feather.hint"));
    tooltip.setWrapText(true);
    tooltip.setMaxWidth(TOOLTIP_WIDTH);
    button.setTooltip(tooltip);
    return button;
  }

  private ToggleButton visibility() {
    ToggleButton button = toggle("mask-visible", BootstrapIcons.EYE);
    Controls.explain(button, messages.text("inpaint.mask.visible"));
    button.selectedProperty().bindBidirectional(model.tools().maskVisibleProperty());
    button
        .graphicProperty()
        .bind(
            Bindings.createObjectBinding(
                () ->
                    Controls.icon(
                        button.isSelected() ? BootstrapIcons.EYE : BootstrapIcons.EYE_SLASH),
                button.selectedProperty()));
    return button;
  }

  private ToggleButton toggle(String id, Ikon icon) {
    ToggleButton button = new ToggleButton("", Controls.icon(icon));
    button.setId(id);
    button.getStyleClass().add("tool-button");
    button.disableProperty().bind(nothing);
    return button;
  }

  private Button button(String id, Ikon icon, Runnable action) {
    Button button = Controls.iconButton("mask-" + id, icon, messages.text("inpaint.mask." + id));
    button.getStyleClass().add("tool-button");
    button.setOnAction(event -> action.run());
    return button;
  }

  private Button action(String id, Ikon icon, Runnable action) {
    Button button = button(id, icon, action);
    button.disableProperty().bind(nothing);
    return button;
  }
}
