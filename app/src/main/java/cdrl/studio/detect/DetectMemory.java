package cdrl.studio.detect;

import cdrl.evaluate.EnergyScores;
import java.util.Map;

/** What the workspace remembers from one start to the next. */
final class DetectMemory {
  private DetectMemory() {}

  static Map<String, String> of(DetectViewModel model) {
    return Map.of(
        "sets", SetText.of(model.sets().list().stream().filter(DetectMemory::isKept)),
        "kind", String.valueOf(model.kindProperty().get()),
        "level", String.valueOf(model.levelProperty().get()),
        "most", Integer.toString(model.mostProperty().get()),
        "opacity", Double.toString(model.selected().opacityProperty().get()));
  }

  /** Samples would have to be drawn again, and what others sent is in no file. */
  private static boolean isKept(PictureSet set) {
    SetSource source = set.source();
    return !set.isOwn()
        && (source instanceof SetSource.Place
            || source instanceof SetSource.Files
            || source instanceof SetSource.Artificial);
  }

  static void restore(DetectViewModel model, Map<String, String> settings) {
    model.bringBack(settings.getOrDefault("sets", ""));
    for (EnergyScores.Kind kind : EnergyScores.Kind.values()) {
      if (kind.name().equals(settings.get("kind"))) {
        model.kindProperty().set(kind);
      }
    }
    double level = number(settings, "level", 0, 1000);
    if (!Double.isNaN(level)) {
      model.levelProperty().set((int) level);
    }
    double most =
        number(settings, "most", DetectViewModel.LEAST_PICTURES, DetectViewModel.MOST_PICTURES);
    if (!Double.isNaN(most)) {
      model.mostProperty().set((int) most);
    }
    double opacity = number(settings, "opacity", 0, 1);
    if (!Double.isNaN(opacity)) {
      model.selected().opacityProperty().set(opacity);
    }
  }

  /** A number within a range; NaN where there is none. */
  private static double number(
      Map<String, String> settings, String key, double least, double most) {
    try {
      double value = Double.parseDouble(settings.getOrDefault(key, ""));
      return value >= least && value <= most ? value : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
