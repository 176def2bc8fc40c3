package cdrl.studio.train;

import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.widgets.Controls;
import cdrl.studio.widgets.PictureView;
import cdrl.studio.widgets.Rasters;
import java.util.List;
import javafx.beans.binding.BooleanBinding;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** The sample sheets of a run with a slider over time. */
final class SheetsPane extends VBox {
  private final Messages messages;
  private final SampleSheets sheets;
  private final FileDialogs dialogs;
  private final PictureView picture;
  private final Slider scrubber = new Slider();
  private final Label name = new Label();

  SheetsPane(Messages messages, SampleSheets sheets, FileDialogs dialogs) {
    this.messages = messages;
    this.sheets = sheets;
    this.dialogs = dialogs;
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
    Button copy =
        Controls.iconButton("sheet-copy", BootstrapIcons.CLIPBOARD, messages.text("sheet.copy"));
    copy.setOnAction(event -> copy());
    Button save =
        Controls.iconButton("sheet-save", BootstrapIcons.DOWNLOAD, messages.text("sheet.save"));
    save.setOnAction(event -> save());
    BooleanBinding none = sheets.pictureProperty().isNull();
    copy.disableProperty().bind(none);
    save.disableProperty().bind(none);
    HBox top = new HBox(kind, Controls.spacer(), copy, save);
    top.setAlignment(Pos.CENTER_LEFT);
    getStyleClass().add("sheet-box");
    getChildren().addAll(top, picture, name, controls);
    sheets.iterationsProperty().addListener((property, was, is) -> showAll());
    sheets.indexProperty().addListener((property, was, is) -> show());
    sheets.pictureProperty().addListener((property, was, is) -> show());
    showAll();
  }

  /** Copies the sheet that is looked at to the clipboard. */
  void copy() {
    Raster sheet = sheets.pictureProperty().get();
    if (sheet == null) {
      sheets.missing();
      return;
    }
    ClipboardContent content = new ClipboardContent();
    content.putImage(Rasters.image(sheet));
    Clipboard.getSystemClipboard().setContent(content);
    sheets.copied();
  }

  /** Asks where to, and saves the sheet that is looked at. */
  void save() {
    if (sheets.pictureProperty().get() == null) {
      sheets.missing();
      return;
    }
    dialogs.savePng(getScene().getWindow(), sheets.fileStem() + ".png").ifPresent(sheets::save);
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
