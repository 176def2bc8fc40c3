package cdrl.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cdrl.model.ImageModelSpec;
import cdrl.model.ModelDescription;
import cdrl.model.Provenance;
import cdrl.runtime.CdrlException;
import cdrl.sampling.Condition.Composition;
import cdrl.sampling.Condition.Concept;
import cdrl.sampling.Condition.Guided;
import cdrl.sampling.Condition.ProductOfExperts;
import cdrl.schedule.ScheduleSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConditionNotesTest {
  private static ModelDescription model(List<String> names) {
    return new ModelDescription(
        "test",
        new ImageModelSpec(
            8,
            1,
            4,
            false,
            new ImageModelSpec.Energy(4, List.of(1), 1),
            new ImageModelSpec.Unet(32, List.of(1), 1, List.of(), 0)),
        ScheduleSpec.cosine(3),
        15,
        names,
        List.of(),
        new Provenance("test", "2026-01-01T00:00:00Z", "", "", 1, 1, "", Map.of()));
  }

  @Test
  void everyConditionComesBack() {
    for (ModelDescription model :
        List.of(model(List.of("cat", "dog, wet", "not cat", "7")), model(List.of()))) {
      for (Condition condition :
          List.of(
              Condition.NONE,
              new Guided(1, 0),
              new Guided(2, 1.5),
              new Guided(List.of(1, 4, 3), 0.25),
              new Composition(List.of(new Concept(1, 1.5), new Concept(3, -2))),
              new ProductOfExperts(List.of(new Concept(4, 1), new Concept(3, -0.1))))) {
        Map<String, String> notes = ConditionNotes.of(model, condition);
        assertEquals(condition, ConditionNotes.read(model, notes), notes.toString());
      }
    }
  }

  @Test
  void aDamagedOrForeignNoteIsOneSentence() {
    ModelDescription model = model(List.of("a", "b", "c", "d"));
    for (Map<String, String> notes :
        List.of(
            Map.of("cdrl.class", "zebra"),
            Map.of("cdrl.class", "a", "cdrl.guidance", "much"),
            Map.of("cdrl.class", "a", "cdrl.guidance", "NaN"),
            Map.of("cdrl.attributes", "a"),
            Map.of("cdrl.attributes", "a=b"))) {
      CdrlException failure =
          assertThrows(CdrlException.class, () -> ConditionNotes.read(model, notes));
      assertTrue(failure.getMessage().endsWith("."), failure.getMessage());
    }
  }
}
