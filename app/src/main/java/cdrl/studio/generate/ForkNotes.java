package cdrl.studio.generate;

import cdrl.model.ModelDescription;
import cdrl.runtime.CdrlException;
import cdrl.sampling.ConditionNotes;
import cdrl.sampling.SamplingSettings;
import cdrl.studio.engine.SeedText;
import cdrl.studio.workspace.PictureExport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The runs that a picture's run goes on from, as the texts that the picture carries. */
final class ForkNotes {
  private static final String FORKS = "cdrl.forks";
  private static final String ALL = "cdrl.";
  private static final int MOST = 1 << 16;

  private ForkNotes() {}

  /** The texts by their keys: a summary, and the settings of each run. */
  static Map<String, String> of(ModelDescription model, Fork fork) {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put(FORKS, fork.toString());
    for (int i = 0; i < fork.ancestors().size(); i++) {
      Fork.Ancestor ancestor = fork.ancestors().get(i);
      Map<String, String> own = new LinkedHashMap<>();
      PictureExport.add(own, ancestor.settings());
      own.putAll(ConditionNotes.of(model, ancestor.settings().condition()));
      own.put(ALL + "level", Integer.toString(ancestor.level()));
      String prefix = prefix(i);
      own.forEach((key, text) -> notes.put(prefix + key.substring(ALL.length()), text));
    }
    return notes;
  }

  private static String prefix(int ancestor) {
    return "cdrl.fork." + (ancestor + 1) + ".";
  }

  /** Whether a picture's run goes on from another one. */
  static boolean areIn(Map<String, String> notes) {
    return !notes.getOrDefault(FORKS, "").isBlank();
  }

  /** The levels of the first run, or of the picture's own where it goes on from none. */
  static String levels(Map<String, String> notes) {
    String own = notes.getOrDefault("cdrl.start-level", "");
    return areIn(notes) ? notes.getOrDefault(prefix(0) + "start-level", own) : own;
  }

  /** The runs, the oldest first; none where the picture does not tell enough of them. */
  static List<Fork.Ancestor> read(ModelDescription model, Map<String, String> notes) {
    List<Fork.Ancestor> ancestors = new ArrayList<>();
    String forks = notes.getOrDefault(FORKS, "").strip();
    int count = forks.isEmpty() ? 0 : forks.split("\\s+").length;
    try {
      for (int i = 0; i < count; i++) {
        Map<String, String> own = new LinkedHashMap<>();
        String prefix = prefix(i);
        notes.forEach(
            (key, text) -> {
              if (key.startsWith(prefix)) {
                own.put(ALL + key.substring(prefix.length()), text);
              }
            });
        ancestors.add(ancestor(model, own));
      }
    } catch (CdrlException | IllegalArgumentException e) {
      return List.of(); // damaged, or of a model with other classes
    }
    return ancestors;
  }

  private static Fork.Ancestor ancestor(ModelDescription model, Map<String, String> notes) {
    SamplingSettings settings =
        new SamplingSettings(
                number(notes, "count"),
                SeedText.parse(notes.getOrDefault(ALL + "seed", ""))
                    .orElseThrow(IllegalArgumentException::new),
                number(notes, "steps"),
                Boolean.parseBoolean(notes.get(ALL + "initializer-only")),
                number(notes, "start-level"))
            .withCondition(ConditionNotes.read(model, notes));
    int level = number(notes, "level");
    if (level > settings.startLevel() || settings.startLevel() > model.schedule().levels()) {
      throw new IllegalArgumentException("level " + level);
    }
    return new Fork.Ancestor(settings, level);
  }

  private static int number(Map<String, String> notes, String key) {
    OptionalLong value = SeedText.parse(notes.getOrDefault(ALL + key, ""));
    if (value.isEmpty() || value.getAsLong() < 1 || value.getAsLong() > MOST) {
      throw new IllegalArgumentException(key);
    }
    return (int) value.getAsLong();
  }
}
