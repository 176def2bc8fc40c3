package cdrl.studio.shell;

import cdrl.runtime.CdrlException;
import cdrl.studio.engine.TranslatedException;
import cdrl.studio.resources.Messages;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** The problem that people should know about now. */
public final class Problems {
  private final Messages messages;
  private final ReadOnlyObjectWrapper<@Nullable Problem> current = new ReadOnlyObjectWrapper<>();

  /**
   * @param messages the texts
   */
  public Problems(Messages messages) {
    this.messages = messages;
  }

  /** The problem to show, or null. */
  public ReadOnlyObjectProperty<@Nullable Problem> currentProperty() {
    return current.getReadOnlyProperty();
  }

  /** Shows a failure; a cancellation is none. */
  public void report(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof CancellationException) {
      return;
    }
    StringWriter details = new StringWriter();
    cause.printStackTrace(new PrintWriter(details));
    String message = cause.getMessage();
    String sentence =
        cause instanceof CdrlException && message != null
            ? TranslatedException.sentence(cause, messages)
            : cause instanceof OutOfMemoryError
                ? messages.text("problem.memory")
                : messages.text("problem.unexpected", cause.getClass().getSimpleName());
    current.set(new Problem(sentence, details.toString()));
  }

  /** Shows a sentence that has no details. */
  public void report(String sentence) {
    current.set(new Problem(sentence, ""));
  }

  /** Takes the problem away. */
  public void dismiss() {
    current.set(null);
  }
}
