package cdrl.store;

/** Where a run stands. */
public enum RunState {
  /** A process is working on it. */
  RUNNING,
  /** It has made all its iterations. */
  FINISHED,
  /** It ended before that and can go on. */
  STOPPED
}
