package cdrl.studio.density;

import cdrl.evaluate.ScoreField;
import cdrl.runtime.HostTensor;
import cdrl.studio.engine.LiveRecipe;
import cdrl.studio.engine.LiveTraining;
import cdrl.studio.resources.Messages;
import cdrl.studio.widgets.PlaneView;
import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.geometry.Point2D;
import org.jspecify.annotations.Nullable;

/** What is seen of a training in the planes: density and energy at a level, and samples. */
public final class LivePlanes {
  /** The most samples that are watched. */
  public static final int MOST_SAMPLES = 2000;

  private final Messages messages;
  private final PlaneAppearance appearance;
  private final int levels = LiveRecipe.schedule().levels();
  private final IntegerProperty count = new SimpleIntegerProperty(400);
  private final IntegerProperty stop = new SimpleIntegerProperty(levels);
  private final ReadOnlyStringWrapper readout = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<PlanePictures> pictures =
      new ReadOnlyObjectWrapper<>(PlanePictures.NONE);
  private final ReadOnlyObjectWrapper<PlaneView.Points> points =
      new ReadOnlyObjectWrapper<>(PlaneView.Points.NONE);
  private final ReadOnlyObjectWrapper<@Nullable ScoreField> arrows = new ReadOnlyObjectWrapper<>();
  private LiveTraining.@Nullable View view;

  /**
   * @param wished called when something else is to be watched
   */
  LivePlanes(Messages messages, PlaneAppearance appearance, Runnable wished) {
    this.messages = messages;
    this.appearance = appearance;
    for (var wish : List.of(count, stop, appearance.scoresProperty())) {
      wish.addListener(
          (InvalidationListener)
              changed -> {
                wished.run();
                placePoints();
              });
    }
    for (var paint : appearance.paints()) {
      paint.addListener((InvalidationListener) changed -> paint());
    }
    appearance.energyProperty().addListener((property, before, after) -> paint());
    for (var layer : appearance.layers()) {
      layer.addListener((InvalidationListener) changed -> placePoints());
    }
    appearance.pointerProperty().addListener((property, before, after) -> read());
  }

  /** How many samples are watched. */
  public IntegerProperty countProperty() {
    return count;
  }

  /** T minus the noise level that is watched. */
  public IntegerProperty stopProperty() {
    return stop;
  }

  /** T, the number of noise levels. */
  public int levels() {
    return levels;
  }

  /** The noise level that is watched. */
  public int level() {
    return levels - stop.get();
  }

  /** Watches another level. */
  public void moveStop(int by) {
    stop.set(Math.max(0, Math.min(levels, stop.get() + by)));
  }

  /** What a training is to tell of. */
  LiveTraining.Watch watch() {
    return new LiveTraining.Watch(level(), count.get(), appearance.scoresProperty().get());
  }

  /** The values under the pointer, or an empty text. */
  public ReadOnlyStringProperty readoutProperty() {
    return readout.getReadOnlyProperty();
  }

  /** The pictures of the planes. */
  public ReadOnlyObjectProperty<PlanePictures> picturesProperty() {
    return pictures.getReadOnlyProperty();
  }

  /** The samples over the planes. */
  public ReadOnlyObjectProperty<PlaneView.Points> pointsProperty() {
    return points.getReadOnlyProperty();
  }

  /** The gradient of the log density, or null. */
  public ReadOnlyObjectProperty<@Nullable ScoreField> arrowsProperty() {
    return arrows.getReadOnlyProperty();
  }

  /** Shows what a training tells, or nothing. */
  void show(LiveTraining.@Nullable View seen) {
    view = seen;
    paint();
    placePoints();
  }

  private void paint() {
    LiveTraining.View seen = view;
    pictures.set(PlanePictures.of(seen == null ? null : seen.density(), null, appearance));
    arrows.set(seen == null ? null : seen.scores());
    read();
  }

  private void placePoints() {
    LiveTraining.View seen = view;
    if (seen == null) {
      points.set(PlaneView.Points.NONE);
      return;
    }
    LiveTraining.Samples samples = seen.samples();
    boolean noise = level() == levels;
    HostTensor before = noise ? samples.noise() : samples.proposals().get(level());
    points.set(
        new PlaneView.Points(
            before,
            noise ? null : samples.refined().get(level()),
            appearance.strokesProperty().get(),
            appearance.proposalsProperty().get() || noise,
            appearance.refinedProperty().get(),
            appearance.colorMap().contrast()));
  }

  private void read() {
    Point2D at = appearance.pointerProperty().get();
    LiveTraining.View seen = view;
    readout.set(at == null || seen == null ? "" : PlaneReadout.of(messages, seen.density(), at));
  }
}
