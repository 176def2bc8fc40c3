package cdrl.training;

import cdrl.runtime.CdrlException;
import cdrl.runtime.Sentence;

/** A run diverged more often than it may go back. */
public final class DivergedException extends CdrlException {
  private static final long serialVersionUID = 1L;

  DivergedException(Sentence sentence) {
    super(null, sentence);
  }
}
