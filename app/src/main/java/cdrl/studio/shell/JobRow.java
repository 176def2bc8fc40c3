package cdrl.studio.shell;

import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.Controls;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** A job in the list of all that run. */
final class JobRow extends HBox {
  private final ProgressBar progress = new ProgressBar();
  private final Label detail = new Label();

  JobRow(Messages messages, Job job) {
    getStyleClass().add("job-row");
    setAlignment(Pos.CENTER_LEFT);
    Label title = new Label(job.title());
    title.getStyleClass().add("job-title");
    progress.getStyleClass().add("job-progress");
    progress.setMaxWidth(Double.MAX_VALUE);
    progress.setAccessibleText(messages.text("jobs.progress.of", job.title()));
    progress
        .progressProperty()
        .bind(
            Bindings.createDoubleBinding(
                () -> job.fraction().getValue().doubleValue(), job.fraction()));
    detail.getStyleClass().add("hint");
    detail.textProperty().bind(job.detail());
    VBox texts = new VBox(title, progress, detail);
    texts.getStyleClass().add("job-row-texts");
    HBox.setHgrow(texts, Priority.ALWAYS);
    Button cancel =
        Controls.iconButton("", BootstrapIcons.X, messages.text("jobs.cancel.of", job.title()));
    cancel.setOnAction(event -> job.cancel().run());
    getChildren().addAll(texts, cancel);
  }

  /** Lets go of the job. */
  void close() {
    progress.progressProperty().unbind();
    progress.setProgress(0);
    detail.textProperty().unbind();
  }
}
