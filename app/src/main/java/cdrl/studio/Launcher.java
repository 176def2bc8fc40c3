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
  private static final String FRAME_RATE = "javafx.animation.pulse";

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
    setFrameRate();
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

  /**
   * What changes is seen at the toolkit's next beat. By default there are 60 a second, so that
   * paint follows a brush 8 ms late on average; beats without a change cost next to nothing. The
   * number is hexadecimal because the toolkit then takes it without a word on the terminal.
   */
  private static void setFrameRate() {
    if (System.getProperty(FRAME_RATE) == null) {
      System.setProperty(FRAME_RATE, "0x78"); // 120
    }
  }

  private static void end(String sentence) {
    System.err.println("studio: " + sentence);
    System.exit(1);
  }
}
