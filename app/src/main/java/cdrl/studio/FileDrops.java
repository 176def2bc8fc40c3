package cdrl.studio;

import cdrl.studio.engine.PictureService;
import cdrl.studio.workspace.ChartNotes;
import cdrl.studio.workspace.WorkspaceContext;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;

/**
 * Files dropped on the window: models are opened, pictures that this program saved bring back their
 * workspace and settings, other pictures are opened to be inpainted.
 */
final class FileDrops {
  /** What happens to which kind of file. */
  record Receivers(
      Consumer<Path> model,
      Consumer<Path> picture,
      BiConsumer<String, Map<String, String>> reproduce) {}

  private final WorkspaceContext context;
  private final PictureService pictures;
  private final Receivers receivers;

  /**
   * @param receivers the last one is given the workspace's id and what the picture tells
   */
  FileDrops(WorkspaceContext context, PictureService pictures, Receivers receivers) {
    this.context = context;
    this.pictures = pictures;
    this.receivers = receivers;
  }

  /** Listens for files that nothing inside the node takes. */
  void attach(Node node) {
    node.addEventHandler(
        DragEvent.DRAG_OVER,
        event -> {
          if (event.getDragboard().hasFiles()) {
            event.acceptTransferModes(TransferMode.COPY);
          }
        });
    node.addEventHandler(
        DragEvent.DRAG_DROPPED,
        event -> {
          boolean files =
              event.getDragboard().hasFiles() && !event.getDragboard().getFiles().isEmpty();
          if (files) {
            take(event.getDragboard().getFiles().get(0).toPath());
          }
          event.setDropCompleted(files);
        });
  }

  /** Does what suits a file. */
  void take(Path file) {
    context.problems().dismiss();
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors")) {
      receivers.model().accept(file);
      return;
    }
    context.inBackground(
        () -> pictures.readNotes(file),
        notes -> {
          if (tellsSettings(notes)) {
            receivers.reproduce().accept(workspace(notes), notes);
          } else {
            receivers.picture().accept(file);
          }
        });
  }

  private static boolean tellsSettings(Map<String, String> notes) {
    return notes.containsKey("cdrl.model") && notes.containsKey("cdrl.seed")
        || ChartNotes.tells(notes);
  }

  /** Pictures of the command line do not name a workspace; what they tell does. */
  private static String workspace(Map<String, String> notes) {
    return notes.getOrDefault(
        "cdrl.workspace", notes.containsKey("cdrl.attributes") ? "compose" : "generate");
  }
}
