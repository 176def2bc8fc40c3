package cdrl.studio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.studio.resources.Messages;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

final class DisplayCheckTest {
  private final Messages messages = new Messages(Locale.ENGLISH);
  private final DisplayCheck check = new DisplayCheck(messages);
  private final Properties none = new Properties();

  @Test
  void aDisplayIsEnough() {
    assertEquals("", check.obstacle("Linux", Map.of("DISPLAY", ":0"), none));
    assertEquals("", check.obstacle("Mac OS X", Map.of(), none));
    assertEquals("", check.obstacle("Windows 11", Map.of(), none));
  }

  @Test
  void withoutOneItSaysWhatToDo() {
    String sentence = check.obstacle("Linux", Map.of(), none);
    assertTrue(sentence.contains("DISPLAY") && sentence.contains("./cdrl"), sentence);
    String wayland = check.obstacle("Linux", Map.of("WAYLAND_DISPLAY", "wayland-0"), none);
    assertTrue(wayland.contains("Xwayland"), wayland);
  }

  @Test
  void drawingIntoMemoryNeedsNone() {
    Properties properties = new Properties();
    properties.setProperty("glass.platform", "Monocle");
    assertEquals("", check.obstacle("Linux", Map.of(), properties));
  }

  @Test
  void theToolkitsComplaintBecomesASentence() {
    assertEquals(
        messages.text("display.refused", "Unable to open DISPLAY"),
        check.sentence(new UnsupportedOperationException("Unable to open DISPLAY")));
    assertTrue(check.sentence(new UnsatisfiedLinkError("libgtk-3.so.0")).contains("libgtk-3-0"));
  }
}
