package cdrl.studio.compose;

import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.SegmentedChoice;
import java.util.List;
import javafx.beans.binding.BooleanBinding;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** One slider per attribute, presets for all of them, and the choice of the formula. */
final class AttributeSection {
  private static final double MOST_NAME_WIDTH = 96;

  private final Messages messages;
  private final ComposeViewModel model;
  private final MenuButton presets;
  private final GridPane sliders = new GridPane();
  private final Label none;
  private final VBox node;

  AttributeSection(Messages messages, ComposeViewModel model) {
    this.messages = messages;
    this.model = model;
    presets = new MenuButton(messages.text("compose.presets"));
    presets.setId("presets");
    presets.setGraphic(Controls.icon(BootstrapIcons.BOOKMARK));
    presets.setMaxWidth(Double.MAX_VALUE);
    presets.setTooltip(new Tooltip(messages.text("compose.presets.hint")));
    sliders.getStyleClass().add("attribute-sliders");
    ColumnConstraints name = new ColumnConstraints();
    name.setMaxWidth(MOST_NAME_WIDTH);
    ColumnConstraints slider = new ColumnConstraints();
    slider.setHgrow(Priority.ALWAYS);
    ColumnConstraints value = new ColumnConstraints();
    value.setMinWidth(Region.USE_PREF_SIZE);
    sliders.getColumnConstraints().addAll(name, slider, value);
    none = new Label(messages.text("compose.attributes.none"));
    none.getStyleClass().add("hint");
    none.setWrapText(true);
    SegmentedChoice<Boolean> formula =
        Controls.eitherOr(
            "formulation",
            messages.text("compose.composition"),
            messages.text("compose.product"),
            model.settings().productProperty());
    Tooltip.install(formula, new Tooltip(messages.text("compose.formulation.hint")));
    SegmentedChoice<Boolean> below =
        Controls.eitherOr(
            "below-zero",
            messages.text("compose.repel"),
            messages.text("compose.opposite"),
            model.settings().oppositeProperty());
    Tooltip.install(below, new Tooltip(messages.text("compose.below.hint")));
    node =
        Controls.section(
            messages.text("compose.attributes"),
            presets,
            sliders,
            none,
            Controls.field(messages.text("compose.formulation"), formula, formula),
            Controls.field(messages.text("compose.below"), below, below));
    model.settings().attributesProperty().addListener((property, was, is) -> rebuild());
    rebuild();
  }

  Node node() {
    return node;
  }

  private void rebuild() {
    List<Attribute> attributes = model.settings().attributesProperty().get();
    Controls.show(none, attributes.isEmpty());
    presets.setDisable(attributes.isEmpty());
    presets.getItems().clear();
    for (Preset preset : Preset.of(messages, attributes)) {
      MenuItem item = new MenuItem(preset.name());
      item.setOnAction(event -> model.settings().apply(preset));
      presets.getItems().add(item);
    }
    sliders.getChildren().clear();
    for (int i = 0; i < attributes.size(); i++) {
      addSlider(i, attributes.get(i));
    }
  }

  private void addSlider(int row, Attribute attribute) {
    Slider slider =
        new Slider(-ComposeSettings.MOST, ComposeSettings.MOST, attribute.weightProperty().get());
    slider.setId("weight-" + row);
    slider.setMajorTickUnit(1);
    slider.setMinorTickCount(0);
    slider.setShowTickMarks(true);
    slider.setBlockIncrement(0.25);
    slider.setTooltip(new Tooltip(messages.text("compose.slider.hint", attribute.name())));
    slider.valueProperty().bindBidirectional(attribute.weightProperty());
    slider.addEventHandler(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.DELETE || event.getCode() == KeyCode.BACK_SPACE) {
            attribute.weightProperty().set(0);
            event.consume();
          }
        });
    BooleanBinding onAxis =
        model
            .matrixShownProperty()
            .and(
                model
                    .axes()
                    .acrossProperty()
                    .isEqualTo(attribute)
                    .or(model.axes().upProperty().isEqualTo(attribute)));
    slider.disableProperty().bind(onAxis);
    Label name = Controls.caption(attribute.name(), slider);
    name.setMinWidth(Region.USE_PREF_SIZE);
    name.setTooltip(new Tooltip(attribute.name()));
    Label value = new Label();
    value.setId(slider.getId() + "-value");
    value.getStyleClass().add("slider-value");
    value.setMinWidth(Region.USE_PREF_SIZE);
    Runnable show =
        () ->
            value.setText(
                onAxis.get() ? messages.text("compose.axis") : model.weight(attribute.used()));
    attribute.weightProperty().addListener((property, was, is) -> show.run());
    onAxis.addListener((property, was, is) -> show.run());
    show.run();
    sliders.addRow(row, name, slider, value);
    // Beside the thumb, not beside the marks under it.
    GridPane.setValignment(name, VPos.TOP);
    GridPane.setValignment(value, VPos.TOP);
  }
}
