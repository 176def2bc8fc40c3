package cdrl.studio.widgets;

import atlantafx.base.controls.ProgressSliderSkin;
import java.util.function.IntFunction;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Slider;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.util.StringConverter;
import org.kordamp.ikonli.bootstrapicons.BootstrapIcons;

/** A slider over the stops of a sampling run, from noise at the left to the result at the right. */
public final class LevelTimeline extends HBox {
  private final IntegerProperty stop = new SimpleIntegerProperty();
  private final Slider slider = new Slider();
  private final Button back;
  private final Button forth;

  /**
   * @param name tells screen readers what the slider does
   * @param backName what the button to the left does
   * @param forthName what the button to the right does
   */
  public LevelTimeline(String name, String backName, String forthName) {
    getStyleClass().add("level-timeline");
    setAlignment(Pos.TOP_CENTER);
    back = Controls.iconButton("timeline-back", BootstrapIcons.CHEVRON_LEFT, backName);
    forth = Controls.iconButton("timeline-forth", BootstrapIcons.CHEVRON_RIGHT, forthName);
    slider.setId("timeline");
    slider.setAccessibleText(name);
    slider.setSkin(new ProgressSliderSkin(slider));
    slider.setMajorTickUnit(1);
    slider.setMinorTickCount(0);
    slider.setBlockIncrement(1);
    slider.setSnapToTicks(true);
    HBox.setHgrow(slider, Priority.ALWAYS);
    // The slider moves smoothly while it is dragged; the stop is the nearest whole number.
    slider
        .valueProperty()
        .addListener((property, before, after) -> stop.set((int) Math.round(after.doubleValue())));
    stop.addListener(
        (property, before, after) -> {
          if (Math.round(slider.getValue()) != after.intValue()) {
            slider.setValue(after.intValue());
          }
        });
    back.setOnAction(event -> stop.set(Math.max(0, stop.get() - 1)));
    forth.setOnAction(event -> stop.set((int) Math.min(slider.getMax(), stop.get() + 1)));
    back.disableProperty().bind(stop.lessThanOrEqualTo(0));
    forth.disableProperty().bind(stop.greaterThanOrEqualTo(slider.maxProperty()));
    getChildren().addAll(back, slider, forth);
  }

  /** The stop, from 0. */
  public IntegerProperty stopProperty() {
    return stop;
  }

  /**
   * Sets the scale.
   *
   * @param last the number of the last stop
   * @param names what stands under a stop
   */
  public void setStops(int last, IntFunction<String> names) {
    slider.setLabelFormatter(
        new StringConverter<>() {
          @Override
          public String toString(Double value) {
            return names.apply((int) Math.round(value));
          }

          @Override
          public Double fromString(String text) {
            throw new UnsupportedOperationException("labels are only shown");
          }
        });
    slider.setMax(last);
    slider.setShowTickMarks(true);
    slider.setShowTickLabels(true);
  }
}
