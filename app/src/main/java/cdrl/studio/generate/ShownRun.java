package cdrl.studio.generate;

import cdrl.sampling.ConditionNotes;
import cdrl.sampling.SamplingSettings;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.Stage;
import cdrl.studio.engine.Trace;
import cdrl.studio.workspace.PictureExport;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of which run is looked at.
 *
 * @param preview whether the pictures are a quick look at what the run will make
 * @param level the noise level; null for the result
 * @param step the Langevin step at that level; null for the usual ones
 * @param stage what of the level
 * @param fork what the run goes on from; null where it began with noise
 */
record ShownRun(
    LoadedModel model,
    SamplingSettings settings,
    boolean preview,
    @Nullable Integer level,
    @Nullable Integer step,
    Stage stage,
    @Nullable Fork fork) {

  /** A run at a level and step. */
  static ShownRun of(
      Trace trace,
      @Nullable Integer level,
      @Nullable Integer step,
      Stage stage,
      @Nullable Fork fork) {
    return new ShownRun(trace.model(), trace.settings(), false, level, step, stage, fork);
  }

  /** The beginning of a file's name. */
  String fileStem() {
    return PictureExport.stem(model)
        + "-seed-"
        + settings.seed()
        + (level == null ? "" : "-level-" + level);
  }

  /** Everything that is needed to make the pictures again. */
  Map<String, String> notes() {
    Map<String, String> notes = PictureExport.notes("generate", model);
    PictureExport.add(notes, settings);
    notes.putAll(ConditionNotes.of(model.description(), settings.condition()));
    if (preview) {
      notes.put("cdrl.preview", "true");
    }
    notes.put("cdrl.level", level == null ? "result" : level.toString());
    if (step != null) {
      notes.put("cdrl.step", step.toString());
    }
    notes.put("cdrl.stage", stage.name().toLowerCase(Locale.ROOT));
    if (fork != null) {
      notes.putAll(ForkNotes.of(model.description(), fork));
    }
    return notes;
  }
}
