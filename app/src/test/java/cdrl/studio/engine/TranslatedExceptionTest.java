package cdrl.studio.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cdrl.runtime.CdrlException;
import cdrl.studio.resources.Messages;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class TranslatedExceptionTest {
  private final Messages german = new Messages(Locale.GERMAN);

  @Test
  void theWindowSaysItInItsLanguage() {
    CdrlException failure = new TranslatedException(null, "fault.model.taken", "a");
    assertEquals("There is already a model 'a'; choose another name.", failure.getMessage());
    assertEquals(
        "Ein Modell „a“ gibt es schon; wählen Sie einen anderen Namen.",
        TranslatedException.sentence(failure, german));
  }

  @Test
  void whatTheEngineSaysStaysAsItIs() {
    assertEquals("No.", TranslatedException.sentence(new CdrlException("No."), german));
  }
}
