package cdrl.studio.widgets;

import cdrl.model.ImageModelSpec;
import cdrl.model.ModelSpec;
import cdrl.model.PointModelSpec;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.ModelChoice;
import cdrl.studio.engine.ModelPicker;
import cdrl.studio.resources.Messages;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** Where a model is picked or opened, with its main facts. */
public final class ModelSection {
  private final Messages messages;
  private final ModelPicker picker;
  private final Label facts = new Label();
  private final Button detailsButton;
  private final VBox node;

  /**
   * @param open asks for a file and opens it
   */
  public ModelSection(Messages messages, ModelPicker picker, Runnable open) {
    this.messages = messages;
    this.picker = picker;
    ComboBox<ModelChoice> combo = new ComboBox<>(picker.choices());
    combo.setId("model");
    combo.setPromptText(messages.text("model.prompt"));
    combo.setMaxWidth(Double.MAX_VALUE);
    combo.setButtonCell(new NameCell());
    combo.setCellFactory(list -> new NameCell());
    combo.setAccessibleText(messages.text("model.name"));
    combo.valueProperty().bindBidirectional(picker.pickedProperty());
    picker
        .pickedProperty()
        .subscribe(choice -> combo.setTooltip(choice == null ? null : new Tooltip(choice.name())));
    HBox.setHgrow(combo, Priority.ALWAYS);
    Button openButton =
        Controls.iconButton("open-model", BootstrapIcons.FOLDER2_OPEN, messages.text("model.open"));
    openButton.setOnAction(event -> open.run());
    detailsButton =
        Controls.iconButton(
            "model-details-button", BootstrapIcons.INFO_CIRCLE, messages.text("model.details"));
    ModelDetails details = new ModelDetails(messages);
    detailsButton.setOnAction(
        event -> {
          LoadedModel model = picker.loadedProperty().get();
          if (model != null) {
            details.toggle(detailsButton, model);
          }
        });
    HBox row = new HBox(combo, openButton, detailsButton);
    row.getStyleClass().add("model-row");
    facts.setId("model-facts");
    facts.getStyleClass().add("hint");
    facts.setWrapText(true);
    facts.setMinHeight(Label.USE_PREF_SIZE);
    node = Controls.section(messages.text("model.heading"), row, facts);
    picker.loadedProperty().addListener((property, before, after) -> refresh());
    picker.loadingProperty().addListener((property, before, after) -> refresh());
    refresh();
  }

  /** The node. */
  public VBox node() {
    return node;
  }

  private void refresh() {
    LoadedModel model = picker.loadedProperty().get();
    detailsButton.setDisable(model == null);
    if (model == null || picker.loadingProperty().get()) {
      facts.setText(messages.text(picker.loadingProperty().get() ? "model.loading" : "model.none"));
      facts.setTooltip(null);
    } else {
      facts.setText(describe(model));
      facts.setTooltip(new Tooltip(messages.text("model.checksum", model.checksum())));
    }
  }

  private String describe(LoadedModel model) {
    ModelSpec spec = model.description().spec();
    String what = "";
    if (spec instanceof ImageModelSpec image) {
      what =
          messages.text(
              image.imageChannels() == 3 ? "model.images.colour" : "model.images.grey",
              image.resolution());
    } else if (spec instanceof PointModelSpec) {
      what = messages.text("model.points");
    }
    return messages.text(
        "model.facts",
        what,
        model.schedule().levels(),
        model.description().langevinSteps(),
        model.description().provenance().allIterations());
  }

  /** Shows a model by its name. */
  private static final class NameCell extends ListCell<ModelChoice> {
    @Override
    protected void updateItem(@Nullable ModelChoice item, boolean empty) {
      super.updateItem(item, empty);
      setText(item == null || empty ? null : item.name());
    }
  }
}
