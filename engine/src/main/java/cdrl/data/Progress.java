package cdrl.data;

/** Told from time to time how far a long action is; called on the thread that does the work. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress NONE = (done, total) -> {};

  /**
   * @param done the finished items, from 0 to {@code total}
   * @param total all items
   */
  void report(long done, long total);
}
