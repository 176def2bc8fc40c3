package cdrl.studio.engine;

import cdrl.sampling.SampleObserver;

/** Watches a run, and the runs before it that have to be drawn again so that it can begin. */
public interface RunObserver extends SampleObserver {
  /**
   * A Langevin step of a run before has been done.
   *
   * @param level of that run
   * @param step at that level
   * @param steps that run takes at a level
   * @param done steps of all runs before
   * @param all of them that are needed
   */
  void preparing(int level, int step, int steps, int done, int all);
}
