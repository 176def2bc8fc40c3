package cdrl.runtime;

/**
 * Values are out of range or do not fit each other. Whoever has them from a person or a file says
 * where they stand; the message is the part of that sentence that says what is wrong.
 */
public final class MisfitException extends IllegalArgumentException implements Explained {
  private static final long serialVersionUID = 1L;

  private final Sentence sentence;

  /**
   * @param pattern what is wrong, without a full stop
   * @param arguments what stands in its places
   */
  public MisfitException(String pattern, Object... arguments) {
    this(new Sentence(pattern, arguments));
  }

  private MisfitException(Sentence sentence) {
    super(sentence.toString());
    this.sentence = sentence;
  }

  @Override
  public Sentence sentence() {
    return sentence;
  }
}
