package cdrl.studio.generate;

import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.Controls;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** The controls for {@link GenerateSettings}. */
final class GenerateSettingsPane {
  private final Messages messages;
  private final GenerateSettings settings;
  private final ReadOnlyIntegerProperty forkLevel;
  private final Slider levels = new Slider();
  private final Label levelsFacts = new Label();
  private final CheckBox initializerOnly;
  private final HBox guidance;
  private final VBox classes;
  private final VBox node;

  GenerateSettingsPane(Messages messages, GenerateViewModel model) {
    this.messages = messages;
    settings = model.settings();
    forkLevel = model.forkLevelProperty();
    forkLevel.addListener((property, was, is) -> refresh());
    ComboBox<ClassChoice> combo = new ComboBox<>(settings.classes());
    combo.setId("class");
    combo.setMaxWidth(Double.MAX_VALUE);
    combo.setConverter(Controls.names(ClassChoice::name));
    combo.setTooltip(new Tooltip(messages.text("class.hint")));
    combo.valueProperty().bindBidirectional(settings.chosenClassProperty());
    guidance =
        Controls.sliderRow(
            "guidance",
            messages.text("guidance"),
            settings.guidanceProperty(),
            0,
            GenerateSettings.MOST_GUIDANCE,
            value -> messages.number(settings.usedGuidance(), 2));
    Tooltip.install(guidance, new Tooltip(messages.text("guidance.hint")));
    classes = new VBox(Controls.field(messages.text("class"), combo, combo), guidance);
    classes.getStyleClass().add("section");

    initializerOnly = new CheckBox(messages.text("initializer-only"));
    initializerOnly.setId("initializer-only");
    initializerOnly.setTooltip(new Tooltip(messages.text("initializer-only.hint")));
    initializerOnly.selectedProperty().bindBidirectional(settings.initializerOnlyProperty());
    node = new VBox(classes, levels(), initializerOnly);
    node.getStyleClass().add("section");
    settings.chosenClassProperty().addListener((property, was, is) -> refresh());
    model.sampling().models().loadedProperty().addListener((property, was, is) -> refresh());
    refresh();
  }

  Node node() {
    return node;
  }

  private Node levels() {
    levels.setId("levels");
    levels.setMin(1);
    levels.setMajorTickUnit(1);
    levels.setMinorTickCount(0);
    levels.setBlockIncrement(1);
    levels.setSnapToTicks(true);
    levels.setShowTickMarks(true);
    levels.setTooltip(new Tooltip(messages.text("levels.hint")));
    levels
        .valueProperty()
        .addListener(
            (property, was, is) ->
                settings.levelsProperty().set((int) Math.round(is.doubleValue())));
    settings.levelsProperty().addListener((property, was, is) -> refresh());
    levelsFacts.setId("levels-facts");
    levelsFacts.getStyleClass().add("hint");
    VBox box = new VBox(levels, levelsFacts);
    box.getStyleClass().add("field");
    return Controls.field(messages.text("levels"), levels, box);
  }

  private void refresh() {
    Controls.show(classes, !settings.classes().isEmpty());
    ClassChoice chosen = settings.chosenClassProperty().get();
    guidance.setDisable(chosen == null || chosen.labels().isEmpty());
    initializerOnly.setDisable(!settings.hasInitializer());
    int all = settings.allLevels();
    int run = settings.levelsProperty().get();
    levels.setDisable(all < 2 || forkLevel.get() > 0);
    levels.setMax(Math.max(2, all));
    if (Math.round(levels.getValue()) != run) {
      levels.setValue(run);
    }
    levelsFacts.setText(
        forkLevel.get() > 0
            ? messages.text("levels.fork", forkLevel.get())
            : run == all
                ? messages.text("levels.all", all)
                : messages.text("levels.some", run, all));
  }
}
