package cdrl.training;

import cdrl.runtime.CdrlException;

/** A run diverged more often than it may go back. */
public final class DivergedException extends CdrlException {
  private static final long serialVersionUID = 1L;

  DivergedException(String sentence) {
    super(sentence);
  }
}
