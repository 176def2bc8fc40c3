package cdrl.studio.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Asks the desktop whether it uses a dark theme. The toolkit cannot tell before its version 22. */
public final class SystemTheme {
  private static final long PATIENCE_SECONDS = 2;

  private SystemTheme() {}

  /**
   * Whether the desktop is dark; false when it does not say. Takes a while, so call it elsewhere.
   */
  public static boolean isDark() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.contains("mac")) {
      return answer(List.of("defaults", "read", "-g", "AppleInterfaceStyle")).contains("dark");
    }
    if (system.contains("win")) {
      return answer(
              List.of(
                  "reg",
                  "query",
                  "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize",
                  "/v",
                  "AppsUseLightTheme"))
          .contains("0x0");
    }
    String scheme =
        answer(List.of("gsettings", "get", "org.gnome.desktop.interface", "color-scheme"));
    if (scheme.contains("prefer-dark")) {
      return true;
    }
    String theme = System.getenv("GTK_THEME");
    return theme != null && theme.toLowerCase(Locale.ROOT).contains("dark");
  }

  private static String answer(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectInput(ProcessBuilder.Redirect.from(nothing()))
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "";
      }
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .toLowerCase(Locale.ROOT);
    } catch (IOException e) {
      return ""; // no such program: the desktop is another one
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static java.io.File nothing() {
    boolean windows = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("win");
    return new java.io.File(windows ? "NUL" : "/dev/null");
  }
}
