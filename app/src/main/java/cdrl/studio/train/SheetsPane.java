package cdrl.studio.train;

import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.PictureView;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** The sample sheets of a run with a slider over time. */
final class SheetsPane extends VBox {
  private final Messages messages;
  private final SampleSheets sheets;
  private final PictureView picture;
  private final Slider scrubber = new Slider();
  private final Label name = new Label();

  SheetsPane(Messages messages, SampleSheets sheets) {
    this.messages = messages;
    this.sheets = sheets;
    picture = new PictureView("sheet", messages.text("train.sheet.name"));
    name.setId("sheet-name");
    name.getStyleClass().add("caption");
    scrubber.setId("sheet-slider");
    scrubber.setAccessibleText(messages.text("train.sheet.slider"));
    scrubber.setBlockIncrement(1);
    scrubber
        .valueProperty()
        .addListener(
            (property, was, is) -> {
              if (!sheets.iterationsProperty().get().isEmpty()) {
                sheets.indexProperty().set((int) Math.round(is.doubleValue()));
              }
            });
    Button back =
        Controls.iconButton("sheet-back", BootstrapIcons.CHEVRON_LEFT, messages.text("sheet.back"));
    back.setOnAction(event -> sheets.move(-1));
    Button forth =
        Controls.iconButton(
            "sheet-forth", BootstrapIcons.CHEVRON_RIGHT, messages.text("sheet.forth"));
    forth.setOnAction(event -> sheets.move(1));
    HBox.setHgrow(scrubber, Priority.ALWAYS);
    HBox controls = new HBox(back, scrubber, forth);
    controls.getStyleClass().add("row");
    controls.disableProperty().bind(scrubber.maxProperty().lessThan(1));
    setVgrow(picture, Priority.ALWAYS);
    Node kind =
        Controls.eitherOr(
            "sheet-kind",
            messages.text("train.sheet"),
            messages.text("train.by.level"),
            sheets.perLevelProperty());
    getStyleClass().add("sheet-box");
    getChildren().addAll(new HBox(kind), picture, name, controls);
    sheets.iterationsProperty().addListener((property, was, is) -> showAll());
    sheets.indexProperty().addListener((property, was, is) -> show());
    sheets.pictureProperty().addListener((property, was, is) -> show());
    showAll();
  }

  private void showAll() {
    scrubber.setMax(Math.max(0, sheets.iterationsProperty().get().size() - 1));
    show();
  }

  private void show() {
    List<Long> iterations = sheets.iterationsProperty().get();
    int index = sheets.indexProperty().get();
    boolean none = index < 0 || index >= iterations.size();
    if (!none && Math.round(scrubber.getValue()) != index) {
      scrubber.setValue(index);
    }
    name.setText(
        none
            ? messages.text("train.sheet")
            : messages.text(
                "train.sheet.at",
                messages.grouped(iterations.get(index), 0),
                index + 1,
                iterations.size()));
    picture.show(none ? null : sheets.pictureProperty().get(), messages.text("train.sheet.none"));
  }
}
