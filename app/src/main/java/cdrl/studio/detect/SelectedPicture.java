package cdrl.studio.detect;

import cdrl.studio.detect.Analysis.Place;
import cdrl.studio.engine.LoadedModel;
import cdrl.studio.engine.ModelPicker;
import cdrl.studio.raster.Raster;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/** The picture that is selected, with its heat map over it. */
final class SelectedPicture {
  private static final double USUAL_OPACITY = 0.6;

  private final PictureSets sets;
  private final ModelPicker models;
  private final HeatMaps heatMaps;
  private final ObservableValue<@Nullable Integer> level;
  private final ObservableValue<Analysis> analysis;
  private final ReadOnlyObjectWrapper<@Nullable Place> place = new ReadOnlyObjectWrapper<>();
  private final DoubleProperty opacity = new SimpleDoubleProperty(USUAL_OPACITY);
  private final ReadOnlyObjectWrapper<@Nullable Raster> picture = new ReadOnlyObjectWrapper<>();

  /**
   * @param level the noise level of the heat maps
   * @param analysis the scores of all pictures
   */
  SelectedPicture(
      PictureSets sets,
      ModelPicker models,
      HeatMaps heatMaps,
      ObservableValue<@Nullable Integer> level,
      ObservableValue<Analysis> analysis) {
    this.sets = sets;
    this.models = models;
    this.heatMaps = heatMaps;
    this.level = level;
    this.analysis = analysis;
    opacity.addListener((property, before, after) -> showPicture());
    heatMaps.heatProperty().addListener((property, before, after) -> showPicture());
    analysis.addListener((property, before, after) -> keep(after));
  }

  /** Which picture it is, or null. */
  ReadOnlyObjectProperty<@Nullable Place> placeProperty() {
    return place.getReadOnlyProperty();
  }

  /** How strongly the heat map is laid over it, 0 to 1. */
  DoubleProperty opacityProperty() {
    return opacity;
  }

  /** The picture with its heat map, or null. */
  ReadOnlyObjectProperty<@Nullable Raster> pictureProperty() {
    return picture.getReadOnlyProperty();
  }

  /** The heat map; null until it is there. */
  ReadOnlyObjectProperty<@Nullable Heat> heatProperty() {
    return heatMaps.heatProperty();
  }

  /** Selects a picture and asks for its heat map. */
  void select(@Nullable Place wanted) {
    place.set(wanted);
    LoadedModel model = models.loadedProperty().get();
    PictureSet set = wanted == null ? null : sets.get(wanted.key());
    Integer at = level.getValue();
    if (wanted == null || set == null || model == null || at == null) {
      heatMaps.forget();
    } else {
      PictureSet probes = sets.own().filter(own -> own.count() > 0).orElse(set);
      heatMaps.ask(model, at, set, wanted.index(), probes);
    }
    showPicture();
  }

  /** Selects the picture whose score is next to one. */
  void selectNear(double score) {
    Analysis now = analysis.getValue();
    int found = now.nearest(score);
    if (found >= 0) {
      select(now.order().get(found));
    }
  }

  private void showPicture() {
    Place selected = place.get();
    Raster plain = selected == null ? null : sets.raster(selected);
    Heat heat = heatMaps.heatProperty().get();
    picture.set(plain == null || heat == null ? plain : heat.over(plain, opacity.get()));
  }

  /** It stays selected when more scores come; with new scores it is another. */
  private void keep(Analysis now) {
    Place selected = place.get();
    if (selected == null) {
      return;
    }
    Place same =
        now.order().stream()
            .filter(other -> other.key() == selected.key() && other.index() == selected.index())
            .findFirst()
            .orElse(null);
    if (same == null || same.score() != selected.score()) {
      select(same);
    }
  }
}
