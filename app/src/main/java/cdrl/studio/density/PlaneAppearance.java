package cdrl.studio.density;

import cdrl.studio.raster.ColorMap;
import cdrl.studio.shell.Preferences;
import cdrl.studio.widgets.PlaneViewport;
import java.util.List;
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

  /** Shows the whole plane. */
  void resetView() {
    viewport.set(PlaneViewport.whole(DensityMaps.EXTENT));
  }
}
