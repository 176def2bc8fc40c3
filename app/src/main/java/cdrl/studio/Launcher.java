package cdrl.studio;

import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Preferences;
import java.util.Locale;
import javafx.application.Application;

/**
 * The entry of the desktop program. It is no JavaFX application itself, so that Java starts it from
 * a plain class path.
 */
public final class Launcher {
  private Launcher() {}

  /** Opens the window, or says in one sentence why it cannot and ends with 1. */
  public static void main(String[] arguments) {
    // The toolkit's own texts, such as those of menus of text fields, follow the same language.
    Locale.setDefault(Preferences.load(Preferences.usualFile()).language().locale());
    Messages messages = new Messages(Locale.getDefault());
    DisplayCheck display = new DisplayCheck(messages);
    String obstacle =
        display.obstacle(
            System.getProperty("os.name", ""), System.getenv(), System.getProperties());
    if (!obstacle.isEmpty()) {
      end(obstacle);
    }
    try {
      Application.launch(StudioApplication.class, arguments);
    } catch (UnsupportedOperationException | UnsatisfiedLinkError e) {
      end(display.sentence(e));
    } catch (RuntimeException e) {
      // The toolkit wraps what went wrong while it started.
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof UnsupportedOperationException || cause instanceof LinkageError) {
          end(display.sentence(cause));
        }
      }
      throw e;
    }
  }

  private static void end(String sentence) {
    System.err.println("studio: " + sentence);
    System.exit(1);
  }
}
