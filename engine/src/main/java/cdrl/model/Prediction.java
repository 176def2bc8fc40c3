package cdrl.model;

/** What an initializer predicts, from which the mean of its proposal follows. */
public enum Prediction {
  /** y at the next lower noise level: the paper's way. */
  NEXT,
  /** The clean item x_0; the mean is that of q(y_{t−1} | x_t, x_0). */
  CLEAN,
  /** The noise ε in x_t, which tells x_0. */
  NOISE,
  /** Nothing: there is no initializer, and Langevin dynamics starts at x_t itself. */
  NONE
}
