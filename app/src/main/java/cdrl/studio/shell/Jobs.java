package cdrl.studio.shell;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What runs, newest last, and a line about what has just been done. */
public final class Jobs {
  private final ObservableList<Job> running = FXCollections.observableArrayList();
  private final ObservableList<Job> view = FXCollections.unmodifiableObservableList(running);
  private final ReadOnlyStringWrapper news = new ReadOnlyStringWrapper("");

  /** The jobs that run, newest last. */
  public ObservableList<Job> running() {
    return view;
  }

  /** What has been done last, for people; empty at first. */
  public ReadOnlyStringProperty newsProperty() {
    return news.getReadOnlyProperty();
  }

  /** Shows a job until {@link #end}. What has been done before is no news any more. */
  public void begin(Job job) {
    running.add(job);
    news.set("");
  }

  /** Takes a job away; one that is not there is ignored. */
  public void end(Job job) {
    running.remove(job);
  }

  /** Tells what has been done. */
  public void tell(String sentence) {
    news.set(sentence);
  }
}
