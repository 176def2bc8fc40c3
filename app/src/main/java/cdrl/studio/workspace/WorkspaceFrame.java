package cdrl.studio.workspace;

import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.Question;
import javafx.scene.Node;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Window;

/**
 * The outer frame of a workspace: a panel at the left, what is worked on at its right, and a
 * question that may lie over both.
 */
public final class WorkspaceFrame {
  private final BorderPane parts = new BorderPane();
  private final Question question;
  private final StackPane root;

  /**
   * @param id the workspace
   */
  public WorkspaceFrame(Messages messages, String id) {
    question = new Question(messages.text("cancel"));
    root = new StackPane(parts, question);
    root.setId(id);
    root.getStyleClass().add("workspace");
  }

  /**
   * A bar, the stage under it, which takes the space that the others leave, and what stands below.
   */
  public static VBox stagePane(Node header, Node stage, Node... below) {
    VBox.setVgrow(stage, Priority.ALWAYS);
    VBox pane = new VBox(header, stage);
    pane.getChildren().addAll(below);
    pane.getStyleClass().add("stage-pane");
    return pane;
  }

  /**
   * Shows the parts, in place of those that are shown.
   *
   * @param panel see {@link cdrl.studio.widgets.Controls#sidePanel}
   * @param pane see {@link #stagePane}
   */
  public void fill(Node panel, Node pane) {
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
}
