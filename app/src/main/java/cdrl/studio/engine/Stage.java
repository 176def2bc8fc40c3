package cdrl.studio.engine;

/** What to look at within one noise level. */
public enum Stage {
  /** What the initializer proposed. */
  PROPOSAL,
  /** What Langevin dynamics made of it. */
  REFINED,
  /** What Langevin dynamics changed. */
  DIFFERENCE
}
