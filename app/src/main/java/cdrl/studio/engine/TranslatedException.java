package cdrl.studio.engine;

import cdrl.runtime.CdrlException;
import cdrl.runtime.Explained;
import cdrl.studio.resources.Messages;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something a person can act on went wrong in the window's own work; unlike the engine's sentences,
 * which are translated by what they say in English, this one has a key in the message bundle. The
 * exception itself speaks English, for those who log it.
 */
public final class TranslatedException extends CdrlException {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final String[] arguments;

  /**
   * @param cause the underlying failure, shown only on request
   * @param key of the sentence
   * @param arguments what is filled in
   */
  public TranslatedException(@Nullable Throwable cause, String key, Object... arguments) {
    super(cause, new Messages(Locale.ENGLISH).text(key, arguments));
    this.key = key;
    this.arguments = Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
  }

  /** What people are told of a failure that they can act on. */
  public static String sentence(Throwable failure, Messages messages) {
    return failure instanceof TranslatedException translated
        ? messages.text(translated.key, (Object[]) translated.arguments)
        : failure instanceof Explained explained
            ? EngineWords.of(explained.sentence(), messages)
            : String.valueOf(failure.getMessage());
  }
}
