package cdrl.studio.density;

import cdrl.data.Drawing;
import cdrl.runtime.CdrlException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleConsumer;
import javafx.beans.property.BooleanProperty;
import org.jspecify.annotations.Nullable;

/** A drawing and everything that is set for its training, as words. */
final class LiveSettings {
  static final String DRAWING = "drawing";

  private final LiveViewModel model;

  LiveSettings(LiveViewModel model) {
    this.model = model;
  }

  Map<String, String> words() {
    LiveDials dials = model.dials();
    LiveChart chart = model.chart();
    Map<String, String> words = new LinkedHashMap<>();
    words.put(DRAWING, model.drawing().drawingProperty().get().text());
    words.put("energy-rate", Double.toString(dials.energyRateProperty().get()));
    words.put("initializer-rate", Double.toString(dials.initializerRateProperty().get()));
    words.put("steps", Integer.toString(dials.stepsProperty().get()));
    words.put("pace", Double.toString(dials.paceProperty().get()));
    words.put("count", Integer.toString(model.planes().countProperty().get()));
    words.put("level", Integer.toString(model.planes().level()));
    words.put("smoothing", Double.toString(chart.smoothingProperty().get()));
    words.put("log-x", Boolean.toString(chart.logXProperty().get()));
    words.put("log-loss", Boolean.toString(chart.logLossProperty().get()));
    words.put("log-distance", Boolean.toString(chart.logDistanceProperty().get()));
    return words;
  }

  /** Takes words over; what makes no sense is left as it is. */
  void restore(Map<String, String> words) {
    LiveDials dials = model.dials();
    LiveChart chart = model.chart();
    double least = LiveDials.LEAST_RATE;
    double most = LiveDials.MOST_RATE;
    take(words.get("energy-rate"), least, most, dials.energyRateProperty()::set);
    take(words.get("initializer-rate"), least, most, dials.initializerRateProperty()::set);
    take(
        words.get("steps"),
        1,
        LiveDials.MOST_STEPS,
        steps -> dials.stepsProperty().set((int) steps));
    take(words.get("pace"), LiveDials.SLOWEST, LiveDials.FASTEST, dials.paceProperty()::set);
    LivePlanes planes = model.planes();
    take(
        words.get("count"),
        1,
        LivePlanes.MOST_SAMPLES,
        count -> planes.countProperty().set((int) count));
    int levels = planes.levels();
    take(words.get("level"), 0, levels, level -> planes.stopProperty().set(levels - (int) level));
    take(words.get("smoothing"), 0, 1, chart.smoothingProperty()::set);
    take(words.get("log-x"), chart.logXProperty());
    take(words.get("log-loss"), chart.logLossProperty());
    take(words.get("log-distance"), chart.logDistanceProperty());
    String drawing = words.get(DRAWING);
    if (drawing != null) {
      try {
        model.drawing().replace(Drawing.parse(drawing));
      } catch (CdrlException e) {
        // the drawing there is stays
      }
    }
  }

  private static void take(@Nullable String word, BooleanProperty property) {
    if (word != null) {
      property.set(Boolean.parseBoolean(word));
    }
  }

  /** Gives a number away if the word is one within a range. */
  static void take(@Nullable String word, double least, double most, DoubleConsumer taker) {
    try {
      double value = word == null ? Double.NaN : Double.parseDouble(word);
      if (value >= least && value <= most) {
        taker.accept(value);
      }
    } catch (NumberFormatException e) {
      // what there is stays
    }
  }
}
