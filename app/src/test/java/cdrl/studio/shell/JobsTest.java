package cdrl.studio.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleStringProperty;
import org.junit.jupiter.api.Test;

final class JobsTest {
  private final Jobs jobs = new Jobs();

  @Test
  void whatWasDoneBeforeAJobBeganIsNoNewsAfterIt() {
    Job job = new Job("Sampling", new SimpleDoubleProperty(), new SimpleStringProperty(), () -> {});
    jobs.tell("Done in 0.1 s.");
    jobs.begin(job);
    assertEquals(List.of(job), jobs.running());
    assertEquals("", jobs.newsProperty().get());
    jobs.tell("Done in 0.1 s.");
    jobs.end(job);
    assertTrue(jobs.running().isEmpty());
    assertEquals("Done in 0.1 s.", jobs.newsProperty().get());
  }
}
