package cdrl.studio.shell;

import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.Controls;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** The sentence about what went wrong, with its details on request. */
final class ProblemBar extends VBox {
  private final Label sentence = new Label();
  private final Button details;
  private final TextArea text = new TextArea();
  private final HBox detailRow;
  private final Messages messages;

  ProblemBar(Messages messages, Problems problems) {
    this.messages = messages;
    setId("problem-bar");
    getStyleClass().add("problem-bar");
    sentence.setId("problem-sentence");
    sentence.setWrapText(true);
    sentence.setMaxWidth(Double.MAX_VALUE);
    sentence.setMinHeight(USE_PREF_SIZE);
    HBox.setHgrow(sentence, Priority.ALWAYS);
    details = new Button();
    details.setId("problem-details");
    details.getStyleClass().addAll("flat", "small");
    details.setMinWidth(USE_PREF_SIZE);
    details.setOnAction(event -> showDetails(!text.isVisible()));
    Button close =
        Controls.iconButton("problem-close", BootstrapIcons.X, messages.text("problem.close"));
    close.setOnAction(event -> problems.dismiss());
    HBox row =
        new HBox(Controls.icon(BootstrapIcons.EXCLAMATION_TRIANGLE_FILL), sentence, details, close);
    row.getStyleClass().add("problem-row");
    row.setAlignment(Pos.CENTER_LEFT);
    text.setId("problem-text");
    text.setEditable(false);
    text.setPrefRowCount(8);
    text.setAccessibleText(messages.text("problem.details.name"));
    HBox.setHgrow(text, Priority.ALWAYS);
    Button copy =
        Controls.iconButton(
            "problem-copy", BootstrapIcons.CLIPBOARD, messages.text("problem.copy"));
    copy.setOnAction(event -> copy());
    detailRow = new HBox(text, copy);
    detailRow.getStyleClass().add("problem-detail-row");
    getChildren().addAll(row, detailRow);
    problems.currentProperty().addListener((property, before, after) -> show(after));
    show(problems.currentProperty().get());
  }

  private void show(@Nullable Problem problem) {
    Controls.show(this, problem != null);
    if (problem != null) {
      sentence.setText(problem.sentence());
      text.setText(problem.details());
      Controls.show(details, !problem.details().isEmpty());
      showDetails(false);
    }
  }

  private void showDetails(boolean visible) {
    text.setVisible(visible);
    Controls.show(detailRow, visible);
    details.setText(messages.text(visible ? "problem.details.hide" : "problem.details.show"));
  }

  private void copy() {
    ClipboardContent content = new ClipboardContent();
    content.putString(sentence.getText() + System.lineSeparator() + text.getText());
    Clipboard.getSystemClipboard().setContent(content);
  }
}
