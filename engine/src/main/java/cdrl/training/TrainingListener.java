package cdrl.training;

/** Follows a training run; called on the tensor lane between iterations. */
public interface TrainingListener {
  /** Follows nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /**
   * An iteration was made.
   *
   * @param iteration iterations made so far
   * @param outcome what happened in it
   * @param iterationsPerSecond measured since the run was started, without pauses for files
   */
  default void iterated(
      long iteration, CooperativeStep.Outcome outcome, double iterationsPerSecond) {}

  /** Something worth telling happened; one sentence. */
  default void told(String sentence) {}
}
