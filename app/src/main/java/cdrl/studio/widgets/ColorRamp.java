package cdrl.studio.widgets;

import cdrl.studio.raster.ColorMap;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Insets;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.CornerRadii;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.CycleMethod;
import javafx.scene.paint.LinearGradient;
import javafx.scene.paint.Stop;

/** The colours of a map from left to right. */
public final class ColorRamp extends Region {
  private static final int STOPS = 24;
  private static final double HEIGHT = 10;

  /**
   * @param colors the map
   */
  public ColorRamp(ColorMap colors) {
    getStyleClass().add("color-ramp");
    List<Stop> stops = new ArrayList<>();
    for (int i = 0; i <= STOPS; i++) {
      int argb = colors.argb((double) i / STOPS);
      stops.add(
          new Stop((double) i / STOPS, Color.rgb(argb >> 16 & 255, argb >> 8 & 255, argb & 255)));
    }
    LinearGradient gradient = new LinearGradient(0, 0, 1, 0, true, CycleMethod.NO_CYCLE, stops);
    setBackground(new Background(new BackgroundFill(gradient, new CornerRadii(2), Insets.EMPTY)));
    setMinSize(48, HEIGHT);
    setPrefSize(120, HEIGHT);
    setMaxHeight(HEIGHT);
  }
}
