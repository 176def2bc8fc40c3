package cdrl.studio.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Locale;
import java.util.MissingResourceException;
import org.junit.jupiter.api.Test;

final class MessagesTest {
  private final Messages messages = new Messages(Locale.ENGLISH);

  @Test
  void numbersAreWrittenForPeople() {
    assertEquals("1.50", messages.number(1.5, 2));
    assertEquals("−1.5", messages.number(-1.5, 1));
    assertEquals("0.0", messages.number(-0.01, 1));
    assertEquals("0.0078", messages.compact(0.0078125));
    assertEquals("12.3", messages.compact(12.34));
    assertEquals("1.2 · 10⁻⁵", messages.compact(1.23e-5));
    assertEquals("−5.0 · 10⁴", messages.compact(-50_000));
    assertEquals("0", messages.compact(0));
    assertEquals("∞", messages.compact(Double.POSITIVE_INFINITY));
  }

  @Test
  void durationsAreWrittenForPeople() {
    assertEquals("0.8 s", messages.duration(0.81));
    assertEquals("42 s", messages.duration(42.3));
    assertEquals("3 min 05 s", messages.duration(185));
  }

  @Test
  void otherLanguagesFallBackToEnglish() {
    Messages japanese = new Messages(Locale.JAPANESE);
    assertEquals("Sample", japanese.text("sample"));
    assertEquals("1.5", japanese.number(1.5, 1));
  }

  @Test
  void aMissingTextIsAMistake() {
    assertThrows(MissingResourceException.class, () -> messages.text("no.such.text"));
  }
}
