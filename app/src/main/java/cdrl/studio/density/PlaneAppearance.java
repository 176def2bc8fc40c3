package cdrl.studio.density;

import cdrl.studio.raster.ColorMap;
import cdrl.studio.shell.Preferences;
import cdrl.studio.widgets.PlaneViewport;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Point2D;
import org.jspecify.annotations.Nullable;

/** How planes are shown: colours, what lies over them, and which part of them is seen. */
public final class PlaneAppearance {
  private final BooleanProperty logarithmic = new SimpleBooleanProperty();
  private final ObjectProperty<@Nullable ColorMap> colors =
      new SimpleObjectProperty<>(ColorMap.VIRIDIS);
  private final BooleanProperty energy = new SimpleBooleanProperty();
  private final BooleanProperty scores = new SimpleBooleanProperty();
  private final BooleanProperty proposals = new SimpleBooleanProperty(true);
  private final BooleanProperty refined = new SimpleBooleanProperty(true);
  private final BooleanProperty strokes = new SimpleBooleanProperty(true);
  private final ObjectProperty<PlaneViewport> viewport =
      new SimpleObjectProperty<>(PlaneViewport.whole(DensityMaps.EXTENT));
  private final ObjectProperty<@Nullable Point2D> pointer = new SimpleObjectProperty<>();

  /** As it was when the program ended; what is changed is remembered. */
  PlaneAppearance(Preferences preferences) {
    colors.set(preferences.constant("density.colors", ColorMap.class).orElse(ColorMap.VIRIDIS));
    logarithmic.set(preferences.word("density.scale").filter("log"::equals).isPresent());
    colors.addListener(
        (property, before, after) -> preferences.setWord("density.colors", colorMap().name()));
    logarithmic.addListener(
        (property, before, after) ->
            preferences.setWord("density.scale", after ? "log" : "linear"));
  }

  /** Whether the colours follow the logarithm of the density. */
  public BooleanProperty logarithmicProperty() {
    return logarithmic;
  }

  /** The colours of densities. */
  public ObjectProperty<@Nullable ColorMap> colorsProperty() {
    return colors;
  }

  /** Whether the energy is wanted beside the density. */
  public BooleanProperty energyProperty() {
    return energy;
  }

  /** Whether arrows along the gradient of the log density are wanted. */
  public BooleanProperty scoresProperty() {
    return scores;
  }

  /** Whether proposals are shown. */
  public BooleanProperty proposalsProperty() {
    return proposals;
  }

  /** Whether refined points are shown. */
  public BooleanProperty refinedProperty() {
    return refined;
  }

  /** Whether strokes lead from proposals to refined points. */
  public BooleanProperty strokesProperty() {
    return strokes;
  }

  /** The seen square of the plane. */
  public ObjectProperty<PlaneViewport> viewportProperty() {
    return viewport;
  }

  /** Where the pointer is in the plane, or null. */
  public ObjectProperty<@Nullable Point2D> pointerProperty() {
    return pointer;
  }

  /** The chosen colours. */
  ColorMap colorMap() {
    ColorMap chosen = colors.get();
    return chosen == null ? ColorMap.VIRIDIS : chosen;
  }

  /** What the colours of the planes depend on. */
  List<Observable> paints() {
    return List.of(logarithmic, colors);
  }

  /** What lies over the planes. */
  List<Observable> layers() {
    return List.of(proposals, refined, strokes, colors);
  }

  /** Adds how the planes are shown to what a saved picture tells. */
  void tell(Map<String, String> notes) {
    notes.put("cdrl.scale", logarithmic.get() ? "logarithmic" : "linear");
    notes.put("cdrl.colors", colorMap().name().toLowerCase(Locale.ROOT));
    PlaneViewport seen = viewport.get();
    notes.put("cdrl.view", seen.centerX() + " " + seen.centerY() + " " + seen.half());
    notes.put(
        "cdrl.shown",
        shown().entrySet().stream()
            .filter(layer -> layer.getValue().get())
            .map(Map.Entry::getKey)
            .sorted()
            .collect(Collectors.joining(" ")));
  }

  /** Takes over what a saved picture tells; what it does not tell stays. */
  void restore(Map<String, String> notes) {
    logarithmic.set("logarithmic".equals(notes.get("cdrl.scale")));
    for (ColorMap map : ColorMap.values()) {
      if (map.name().equalsIgnoreCase(notes.get("cdrl.colors"))) {
        colors.set(map);
      }
    }
    String layers = notes.get("cdrl.shown");
    if (layers != null) {
      List<String> words = List.of(layers.split(" ", -1));
      shown().forEach((name, layer) -> layer.set(words.contains(name)));
    }
    PlaneViewport seen = viewport(notes.getOrDefault("cdrl.view", ""));
    if (seen != null) {
      viewport.set(seen);
    }
  }

  /** A square as {@link #tell} writes it; null for any other text. */
  private static @Nullable PlaneViewport viewport(String text) {
    String[] words = text.split(" ", -1);
    double[] numbers = new double[3];
    if (words.length != numbers.length) {
      return null;
    }
    for (int i = 0; i < numbers.length; i++) {
      try {
        numbers[i] = Double.parseDouble(words[i]);
      } catch (NumberFormatException e) {
        return null;
      }
      if (!Double.isFinite(numbers[i])) {
        return null;
      }
    }
    double extent = DensityMaps.EXTENT;
    return numbers[2] <= 0
        ? null
        : PlaneViewport.whole(extent)
            .zoom(extent / numbers[2], 0, 0, extent)
            .move(numbers[0], numbers[1], extent);
  }

  private Map<String, BooleanProperty> shown() {
    return Map.of(
        "energy", energy,
        "scores", scores,
        "proposals", proposals,
        "refined", refined,
        "strokes", strokes);
  }

  /** Shows the whole plane. */
  void resetView() {
    viewport.set(PlaneViewport.whole(DensityMaps.EXTENT));
  }
}
