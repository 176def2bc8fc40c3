package cdrl.runtime;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A sentence for people, or a part of one, that can be said in other languages too: an English
 * pattern with the places {0}, {1} … and what stands there. Numbers and names stand there as Java
 * writes them, without the quoting and grouping of {@link java.text.MessageFormat}.
 *
 * <p>Patterns are constants, so that tests find them all. That holds wherever parameters end with
 * {@code String pattern, Object... arguments}.
 */
public final class Sentence implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");

  private final String pattern;
  private final Serializable[] arguments;

  /**
   * @param pattern what is said, in English; as it is when there are no arguments
   * @param arguments what stands in its places; sentences, and exceptions that are {@link
   *     Explained}, are said in the language of the whole
   */
  public Sentence(String pattern, Object... arguments) {
    this.pattern = pattern;
    this.arguments = Arrays.stream(arguments).map(Sentence::part).toArray(Serializable[]::new);
  }

  private static Serializable part(Object argument) {
    if (argument instanceof Explained explained) {
      return explained.sentence();
    }
    return argument instanceof Sentence sentence
        ? sentence
        : argument instanceof Throwable failure
            ? String.valueOf(failure.getMessage())
            : String.valueOf(argument);
  }

  /**
   * The sentence in another language.
   *
   * @param language gives the pattern in that language for an English one
   */
  public String in(UnaryOperator<String> language) {
    String translated = language.apply(pattern);
    return arguments.length == 0
        ? translated
        : PLACE
            .matcher(translated)
            .replaceAll(place -> Matcher.quoteReplacement(filling(place, language)));
  }

  private String filling(MatchResult place, UnaryOperator<String> language) {
    int index = Integer.parseInt(place.group(1));
    if (index >= arguments.length) {
      return place.group();
    }
    return arguments[index] instanceof Sentence part
        ? part.in(language)
        : arguments[index].toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Sentence sentence
        && pattern.equals(sentence.pattern)
        && Arrays.equals(arguments, sentence.arguments);
  }

  @Override
  public int hashCode() {
    return pattern.hashCode() + 31 * Arrays.hashCode(arguments);
  }

  /** In English. */
  @Override
  public String toString() {
    return in(UnaryOperator.identity());
  }
}
