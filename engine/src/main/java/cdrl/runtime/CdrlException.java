package cdrl.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Something a person can act on went wrong. The message is one plain sentence that says what is
 * wrong, where, and what to do; it is shown as it is, or in another language.
 */
public class CdrlException extends RuntimeException implements Explained {
  private static final long serialVersionUID = 1L;

  private final Sentence sentence;

  /**
   * @param pattern what is wrong, where, and what to do; see {@link Sentence}
   * @param arguments what stands in its places
   */
  public CdrlException(String pattern, Object... arguments) {
    this(null, new Sentence(pattern, arguments));
  }

  /**
   * @param cause the underlying failure, shown only on request
   * @param pattern what is wrong, where, and what to do; see {@link Sentence}
   * @param arguments what stands in its places
   */
  public CdrlException(@Nullable Throwable cause, String pattern, Object... arguments) {
    this(cause, new Sentence(pattern, arguments));
  }

  /**
   * @param cause the underlying failure, shown only on request
   * @param sentence what is wrong, where, and what to do
   */
  public CdrlException(@Nullable Throwable cause, Sentence sentence) {
    super(sentence.toString(), cause);
    this.sentence = sentence;
  }

  @Override
  public Sentence sentence() {
    return sentence;
  }
}
