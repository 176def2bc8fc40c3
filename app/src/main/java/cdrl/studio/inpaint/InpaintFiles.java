package cdrl.studio.inpaint;

import cdrl.studio.resources.Messages;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.widgets.Rasters;
import cdrl.studio.workspace.WorkspaceFrame;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.image.Image;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;

/** Where pictures come from, and where they go. */
final class InpaintFiles {
  private static final String DROPPING = "dropping";

  private final Messages messages;
  private final InpaintViewModel model;
  private final FileDialogs dialogs;
  private final WorkspaceFrame frame;
  private final BiConsumer<String, Map<String, String>> charts;

  /**
   * @param dialogs ask for files
   * @param charts is given the workspace of a dropped picture of charts, and what it tells
   */
  InpaintFiles(
      Messages messages,
      InpaintViewModel model,
      FileDialogs dialogs,
      WorkspaceFrame frame,
      BiConsumer<String, Map<String, String>> charts) {
    this.messages = messages;
    this.model = model;
    this.dialogs = dialogs;
    this.frame = frame;
    this.charts = charts;
  }

  void openPicture() {
    dialogs.openPicture(frame.window()).ifPresent(model.opener()::open);
  }

  void paste() {
    Clipboard clipboard = Clipboard.getSystemClipboard();
    if (clipboard.hasFiles() && !clipboard.getFiles().isEmpty()) {
      model.opener().open(clipboard.getFiles().get(0).toPath());
      return;
    }
    Image image = clipboard.hasImage() ? clipboard.getImage() : null;
    if (image == null || image.getWidth() < 1) {
      model.opener().nothingToPaste();
    } else {
      model.opener().open(messages.text("inpaint.pasted"), () -> Rasters.of(image));
    }
  }

  /**
   * Takes what is dropped.
   *
   * @param pane where that may be
   * @param stage shows that it may
   */
  void acceptDrops(Node pane, Node stage) {
    pane.setOnDragOver(event -> dragOver(event, stage));
    pane.setOnDragExited(event -> stage.getStyleClass().remove(DROPPING));
    pane.setOnDragDropped(event -> dropped(event, stage));
  }

  private static void dragOver(DragEvent event, Node stage) {
    if (event.getDragboard().hasFiles() || event.getDragboard().hasImage()) {
      event.acceptTransferModes(TransferMode.COPY);
      if (!stage.getStyleClass().contains(DROPPING)) {
        stage.getStyleClass().add(DROPPING);
      }
      event.consume();
    }
  }

  private void dropped(DragEvent event, Node stage) {
    stage.getStyleClass().remove(DROPPING);
    boolean files = event.getDragboard().hasFiles() && !event.getDragboard().getFiles().isEmpty();
    Image image = event.getDragboard().hasImage() ? event.getDragboard().getImage() : null;
    if (files) {
      model.drop(event.getDragboard().getFiles().get(0).toPath(), charts);
    } else if (image != null) {
      model.opener().open(messages.text("inpaint.dropped"), () -> Rasters.of(image));
    }
    event.setDropCompleted(files || image != null);
    event.consume();
  }

  void savePicture() {
    if (model.document().pictureProperty().get() != null) {
      save("inpainted", model.export()::savePicture);
    }
  }

  void saveCandidate() {
    if (model.filling().candidatesProperty().get() != null) {
      save(
          "candidate-" + (model.filling().selectedProperty().get() + 1),
          model.export()::saveCandidate);
    }
  }

  void saveMask() {
    if (model.document().maskProperty().get() != null) {
      save("mask", model.export()::saveMask);
    }
  }

  private void save(String ending, Consumer<Path> action) {
    dialogs.savePng(frame.window(), model.export().fileName(ending)).ifPresent(action);
  }
}
