package cdrl.runtime;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a file or server holds cannot be used. Whoever asked for it says what it was; the message is
 * the part of that sentence that says what is wrong.
 */
public final class UnusableException extends IOException implements Explained {
  private static final long serialVersionUID = 1L;

  private final Sentence sentence;

  /**
   * @param pattern what is wrong, without a full stop
   * @param arguments what stands in its places
   */
  public UnusableException(String pattern, Object... arguments) {
    this(null, new Sentence(pattern, arguments));
  }

  /**
   * @param cause the underlying failure
   * @param pattern what is wrong, without a full stop
   * @param arguments what stands in its places
   */
  public UnusableException(Throwable cause, String pattern, Object... arguments) {
    this(cause, new Sentence(pattern, arguments));
  }

  private UnusableException(@Nullable Throwable cause, Sentence sentence) {
    super(sentence.toString(), cause);
    this.sentence = sentence;
  }

  @Override
  public Sentence sentence() {
    return sentence;
  }
}
