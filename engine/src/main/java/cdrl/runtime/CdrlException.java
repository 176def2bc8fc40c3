package cdrl.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Something a person can act on went wrong. The message is one plain sentence that says what is
 * wrong, where, and what to do; it is shown as it is.
 */
public class CdrlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param sentence what is wrong, where, and what to do
   */
  public CdrlException(String sentence) {
    super(sentence);
  }

  /**
   * @param sentence what is wrong, where, and what to do
   * @param cause the underlying failure, shown only on request
   */
  public CdrlException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
