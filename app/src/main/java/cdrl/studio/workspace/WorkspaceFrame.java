package cdrl.studio.workspace;

import cdrl.studio.resources.Messages;
import cdrl.studio.shell.FileDialogs;
import cdrl.studio.widgets.Question;
import javafx.scene.Node;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Window;

/**
 * The outer frame of a workspace: a panel at the left, the stage at its right, and a question that
 * may lie over both.
 */
public final class WorkspaceFrame {
  private final BorderPane parts = new BorderPane();
  private final Question question;
  private final StackPane root;
  private final FileDialogs dialogs;
  private final SamplingSetup sampling;

  /**
   * @param id the workspace
   */
  public WorkspaceFrame(Messages messages, String id, FileDialogs dialogs, SamplingSetup sampling) {
    this.dialogs = dialogs;
    this.sampling = sampling;
    question = new Question(messages.text("cancel"));
    root = new StackPane(parts, question);
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
    parts.setLeft(panel);
    parts.setCenter(pane);
  }

  /** The node. */
  public StackPane root() {
    return root;
  }

  /** Asks things. */
  public Question question() {
    return question;
  }

  /** Takes back the question that is open, if there is one. */
  public boolean dismissQuestion() {
    boolean open = question.isOpen();
    if (open) {
      question.close();
    }
    return open;
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
