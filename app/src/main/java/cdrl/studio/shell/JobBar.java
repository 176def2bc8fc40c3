package cdrl.studio.shell;

import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.Controls;
import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** The line at the bottom of the window: what runs, or what was done last, and the device. */
final class JobBar extends HBox {
  private final Jobs jobs;
  private final Label title = new Label();
  private final ProgressBar progress = new ProgressBar();
  private final Label detail = new Label();
  private final Hyperlink more = new Hyperlink();
  private final Button cancel;
  private final Label news = new Label();

  /** While something runs, news is seen for a moment in place of the job's details. */
  private final PauseTransition moment = new PauseTransition(Duration.seconds(5));

  private final Messages messages;
  private @Nullable Job shown;

  JobBar(Messages messages, Jobs jobs, ObservableValue<DeviceNote> device) {
    this.messages = messages;
    this.jobs = jobs;
    setId("job-bar");
    getStyleClass().add("job-bar");
    title.getStyleClass().add("job-title");
    title.setId("job-title");
    title.setMinWidth(USE_PREF_SIZE);
    progress.setId("job-progress");
    progress.getStyleClass().add("job-progress");
    progress.setMinWidth(160);
    progress.setAccessibleText(messages.text("jobs.progress"));
    detail.setId("job-detail");
    JobList list = new JobList(messages, jobs);
    more.setId("job-more");
    more.setMinWidth(USE_PREF_SIZE);
    more.setTooltip(new Tooltip(messages.text("jobs.all")));
    more.setOnAction(
        event -> {
          more.setVisited(false);
          list.toggle(more);
        });
    news.setId("job-news");
    news.textProperty().bind(jobs.newsProperty());
    Controls.hintWhole(news);
    jobs.newsProperty().addListener((property, before, after) -> newsCame(after));
    moment.setOnFinished(event -> showLine());
    cancel = Controls.iconButton("job-cancel", BootstrapIcons.X, messages.text("jobs.cancel"));
    cancel.setOnAction(
        event -> {
          if (shown != null) {
            shown.cancel().run();
          }
        });
    Label deviceLabel = new Label();
    deviceLabel.setId("device");
    deviceLabel.getStyleClass().add("muted");
    deviceLabel.textProperty().bind(device.map(DeviceNote::text));
    Tooltip whole = new Tooltip();
    whole.textProperty().bind(device.map(DeviceNote::explanation));
    deviceLabel.setTooltip(whole);
    deviceLabel.setMinWidth(USE_PREF_SIZE);
    news.setMaxWidth(Double.MAX_VALUE);
    detail.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(detail, Priority.ALWAYS);
    HBox.setHgrow(news, Priority.ALWAYS);
    getChildren()
        .addAll(
            title, progress, cancel, more, detail, news, deviceLabel, new MemoryReadout(messages));
    jobs.running().addListener((ListChangeListener<Job>) change -> showNewest());
    showNewest();
  }

  private void showNewest() {
    int count = jobs.running().size();
    Job next = count == 0 ? null : jobs.running().get(count - 1);
    shown = next;
    progress.progressProperty().unbind();
    detail.textProperty().unbind();
    boolean busy = next != null;
    if (next != null) {
      title.setText(next.title());
      progress
          .progressProperty()
          .bind(
              Bindings.createDoubleBinding(
                  () -> next.fraction().getValue().doubleValue(), next.fraction()));
      detail.textProperty().bind(next.detail());
    } else {
      progress.setProgress(0); // an indeterminate bar that is hidden would go on moving
    }
    more.setText(count > 1 ? messages.text("jobs.more", count - 1) : "");
    Controls.show(title, busy);
    Controls.show(progress, busy);
    Controls.show(cancel, busy);
    Controls.show(more, count > 1);
    showLine();
  }

  private void newsCame(String sentence) {
    if (sentence.isEmpty()) {
      moment.stop();
    } else {
      moment.playFromStart();
    }
    showLine();
  }

  private void showLine() {
    boolean isNew = moment.getStatus() == Animation.Status.RUNNING;
    Controls.show(detail, shown != null && !isNew);
    Controls.show(news, shown == null || isNew);
  }
}
