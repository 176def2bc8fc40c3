package cdrl.studio;

import cdrl.studio.resources.Messages;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Finds out whether a window can open, before the toolkit tries and fails with a stack trace. */
final class DisplayCheck {
  private final Messages messages;

  DisplayCheck(Messages messages) {
    this.messages = messages;
  }

  /**
   * Why no window can open, or an empty text.
   *
   * @param system the operating system's name
   * @param environment the process's environment
   * @param properties the system properties
   */
  String obstacle(String system, Map<String, String> environment, Properties properties) {
    boolean memoryOnly = "Monocle".equals(properties.getProperty("glass.platform"));
    if (!system.equals("Linux") || memoryOnly || isSet(environment.get("DISPLAY"))) {
      return "";
    }
    return messages.text(
        isSet(environment.get("WAYLAND_DISPLAY")) ? "display.wayland" : "display.none");
  }

  /** The sentence for the toolkit's own complaint. */
  String sentence(Throwable complaint) {
    String message = String.valueOf(complaint.getMessage());
    return messages.text(
        message.contains("DISPLAY") ? "display.refused" : "display.libraries", message);
  }

  private static boolean isSet(@Nullable String value) {
    return value != null && !value.isBlank();
  }
}
