package cdrl.studio.workspace;

import cdrl.studio.shell.FileDialogs;
import javafx.scene.Node;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Window;

/** The outer frame of a workspace: a panel at the left, and the stage at its right. */
public final class WorkspaceFrame {
  private final BorderPane root = new BorderPane();
  private final FileDialogs dialogs;
  private final SamplingSetup sampling;

  /**
   * @param id the workspace
   */
  public WorkspaceFrame(String id, FileDialogs dialogs, SamplingSetup sampling) {
    this.dialogs = dialogs;
    this.sampling = sampling;
    root.setId(id);
    root.getStyleClass().add("workspace");
  }

  /**
   * Puts the parts together.
   *
   * @param panel see {@link cdrl.studio.widgets.Controls#sidePanel}
   * @param header the bar above the stage
   * @param stage takes the space that the others leave
   * @param below what stands under the stage
   */
  public void fill(Node panel, Node header, Node stage, Node... below) {
    VBox.setVgrow(stage, Priority.ALWAYS);
    VBox pane = new VBox(header, stage);
    pane.getChildren().addAll(below);
    pane.getStyleClass().add("stage-pane");
    root.setLeft(panel);
    root.setCenter(pane);
  }

  /** The node. */
  public BorderPane root() {
    return root;
  }

  /** The window, for dialogs. */
  public Window window() {
    return root.getScene().getWindow();
  }

  /** Asks for a model file and opens it. */
  public void openModel() {
    dialogs.openModel(window()).ifPresent(sampling.models()::open);
  }
}
