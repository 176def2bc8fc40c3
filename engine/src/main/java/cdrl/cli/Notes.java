package cdrl.cli;

import cdrl.runtime.ProgramVersion;
import cdrl.sampling.ConditionNotes;
import cdrl.sampling.SamplingSettings;
import cdrl.store.StoredModel;
import java.util.LinkedHashMap;
import java.util.Map;

/** What pictures tell about how they were made, so that they can be made again. */
final class Notes {
  private Notes() {}

  /** The model. */
  static Map<String, String> of(StoredModel model) {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("cdrl.version", ProgramVersion.text());
    notes.put("cdrl.model", model.description().name());
    notes.put("cdrl.model.sha256", model.checksum());
    return notes;
  }

  /** The model and how it was sampled from. */
  static Map<String, String> of(StoredModel model, SamplingSettings settings) {
    Map<String, String> notes = of(model);
    notes.put("cdrl.count", Integer.toString(settings.count()));
    notes.put("cdrl.seed", Long.toString(settings.seed()));
    notes.put("cdrl.steps", Integer.toString(settings.langevinSteps()));
    notes.put("cdrl.start-level", Integer.toString(settings.startLevel()));
    notes.put("cdrl.initializer-only", Boolean.toString(settings.initializerOnly()));
    notes.putAll(ConditionNotes.of(model.description(), settings.condition()));
    return notes;
  }
}
