package cdrl.studio.detect;

import cdrl.studio.raster.Raster;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.widgets.Rasters;
import cdrl.studio.widgets.Snapshots;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.stage.Window;

/** Asks where files are and where they go, and puts pictures on the clipboard. */
final class DetectFiles {
  private final Messages messages;
  private final DetectViewModel model;
  private final FileDialogs dialogs;
  private final Supplier<Window> window;

  /**
   * @param dialogs ask for files
   * @param window over which they are shown
   */
  DetectFiles(
      Messages messages, DetectViewModel model, FileDialogs dialogs, Supplier<Window> window) {
    this.messages = messages;
    this.model = model;
    this.dialogs = dialogs;
    this.window = window;
  }

  private boolean isEmpty() {
    return model.analysisProperty().get().order().isEmpty();
  }

  /** Opens a model file. */
  void openModel() {
    dialogs.openModel(window.get()).ifPresent(model.models()::open);
  }

  /** Saves a picture of the charts. */
  void saveCharts(Node charts) {
    if (!isEmpty()) {
      dialogs
          .savePng(window.get(), model.fileStem() + "-charts.png")
          .ifPresent(file -> model.savePicture(file, Snapshots.of(charts)));
    }
  }

  /** Saves the scores as a table. */
  void saveScores() {
    if (!isEmpty()) {
      dialogs.saveCsv(window.get(), model.fileStem() + "-scores.csv").ifPresent(model::saveScores);
    }
  }

  /** Saves the selected picture with its heat map. */
  void saveSelected() {
    Raster picture = model.selected().pictureProperty().get();
    if (picture != null) {
      dialogs
          .savePng(window.get(), model.fileStem() + "-heat.png")
          .ifPresent(file -> model.savePicture(file, picture));
    }
  }

  /** Puts the selected picture with its heat map on the clipboard. */
  void copySelected() {
    Raster picture = model.selected().pictureProperty().get();
    if (picture != null) {
      ClipboardContent content = new ClipboardContent();
      content.putImage(Rasters.image(picture));
      Clipboard.getSystemClipboard().setContent(content);
      model.tell(messages.text("detect.copied"));
    }
  }
}
