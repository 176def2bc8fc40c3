package cdrl.studio.train;

/** Where a run stands, as people see it. */
public enum Standing {
  /** Its process reads the data; there is nothing to see yet. */
  STARTING,
  /** Its process trains. */
  RUNNING,
  /** Its process was asked to stop. */
  STOPPING,
  /** It has made all its iterations. */
  FINISHED,
  /** It ended before that and can go on. */
  STOPPED,
  /** It ended because something went wrong. */
  FAILED;

  /** Whether a process works on it. */
  public boolean isActive() {
    return this == STARTING || this == RUNNING || this == STOPPING;
  }
}
