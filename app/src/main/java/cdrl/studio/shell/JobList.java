package cdrl.studio.shell;

import cdrl.studio.resources.Messages;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.controlsfx.control.PopOver;

/** The balloon above the job bar with all jobs that run; each can be cancelled there. */
final class JobList {
  private final Messages messages;
  private final Jobs jobs;
  private final VBox rows = new VBox();
  private final PopOver balloon;

  JobList(Messages messages, Jobs jobs) {
    this.messages = messages;
    this.jobs = jobs;
    Label heading = new Label(messages.text("jobs.heading"));
    heading.getStyleClass().add("section-title");
    rows.setId("job-list");
    rows.getStyleClass().add("job-rows");
    VBox content = new VBox(heading, rows);
    content.getStyleClass().add("job-list");
    balloon = new PopOver(content);
    balloon.setArrowLocation(PopOver.ArrowLocation.BOTTOM_LEFT);
    balloon.setAnimated(false);
    balloon.setDetachable(false);
    jobs.running().addListener((ListChangeListener<Job>) change -> refresh());
  }

  /** Opens beside a node, or closes. */
  void toggle(Node owner) {
    if (balloon.isShowing()) {
      balloon.hide();
    } else {
      balloon.show(owner);
      refresh();
    }
  }

  /** Rows exist only while they can be seen. */
  private void refresh() {
    rows.getChildren().forEach(row -> ((JobRow) row).close());
    rows.getChildren().clear();
    if (balloon.isShowing()) {
      if (jobs.running().isEmpty()) {
        balloon.hide();
      }
      jobs.running().forEach(job -> rows.getChildren().add(new JobRow(messages, job)));
    }
  }
}
