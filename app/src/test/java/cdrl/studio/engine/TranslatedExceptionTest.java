package cdrl.studio.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cdrl.runtime.CdrlException;
import cdrl.studio.resources.Messages;
import cdrl.studio.shell.Problems;
import cdrl.training.ConfigFile;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
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
  void soIsWhatTheEngineSays() {
    CdrlException failure =
        assertThrows(
            CdrlException.class,
            () -> ConfigFile.parse("training:\n  batch: many", "run.yaml", List.of()));
    assertEquals(
        "run.yaml, line 2: training.batch must be a whole number from 1 to 100000, not 'many'.",
        failure.getMessage());
    assertEquals(
        "run.yaml, Zeile 2: training.batch muss eine ganze Zahl von 1 bis 100000 sein, nicht „many“.",
        TranslatedException.sentence(failure, german));
    Problems problems = new Problems(german);
    problems.report(new CompletionException(new CdrlException("{0} needs {1}.", "It", failure)));
    assertEquals(
        "It needs " + TranslatedException.sentence(failure, german) + ".",
        problems.currentProperty().get().sentence());
  }

  @Test
  void whatHasNoTranslationStaysAsItIs() {
    assertEquals("No.", TranslatedException.sentence(new CdrlException("No."), german));
  }
}
