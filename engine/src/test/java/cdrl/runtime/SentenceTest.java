package cdrl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class SentenceTest {
  private static final Map<String, String> GERMAN =
      Map.of(
          "The file '{0}' is cut short; use {1} of it.", "Nehmen Sie {1}: „{0}“ ist abgeschnitten.",
          "another copy", "eine andere Kopie",
          "{0} is too long", "{0} ist zu lang");

  private static final UnaryOperator<String> IN_GERMAN =
      pattern -> GERMAN.getOrDefault(pattern, pattern);

  @Test
  void argumentsStandInTheirPlacesAsJavaWritesThem() {
    assertEquals(
        "'12345' isn't 1.0E-4, but 12345 of C:\\$1.",
        new Sentence("'{0}' isn't {1}, but {0} of {2}.", 12_345, 1e-4, "C:\\$1").toString());
  }

  @Test
  void withoutArgumentsBracesAreJustBraces() {
    assertEquals("It begins with '{0}'", new Sentence("It begins with '{0}'").toString());
    assertEquals("{0} {1}", new Sentence("{0} {1}", "{0}").toString());
  }

  @Test
  void partsAreTranslatedToo() {
    Sentence sentence =
        new Sentence(
            "The file '{0}' is cut short; use {1} of it.",
            Path.of("a"), new Sentence("another copy"));
    assertEquals("The file 'a' is cut short; use another copy of it.", sentence.toString());
    assertEquals("Nehmen Sie eine andere Kopie: „a“ ist abgeschnitten.", sentence.in(IN_GERMAN));
  }

  @Test
  void exceptionsStandForTheirMessages() {
    for (Exception failure :
        new Exception[] {
          new CdrlException("{0} is too long", "It"),
          new MisfitException("{0} is too long", "It"),
          new UnusableException(new IOException("disk"), "{0} is too long", "It")
        }) {
      assertEquals("It is too long", failure.getMessage());
      assertEquals("(It is too long)", new Sentence("({0})", failure).toString());
      assertEquals("(It ist zu lang)", new Sentence("({0})", failure).in(IN_GERMAN));
    }
    assertEquals("(disk)", new Sentence("({0})", new IOException("disk")).toString());
  }

  @Test
  void theSameSaidAgainIsEqual() {
    assertEquals(new Sentence("{0}", 1), new Sentence("{0}", 1));
    assertNotEquals(new Sentence("{0}", 1), new Sentence("{0}", 2));
  }
}
