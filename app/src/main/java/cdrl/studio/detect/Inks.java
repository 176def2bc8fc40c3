package cdrl.studio.detect;

import cdrl.studio.raster.Palette;
import cdrl.studio.widgets.AxisStyle;
import javafx.scene.paint.Color;

/** The colours of sets in the theme in use; the model's own kind has the colour of writing. */
final class Inks {
  private Inks() {}

  static Color of(int ink, AxisStyle style) {
    Color writing = style.text() instanceof Color color ? color : Color.GRAY;
    if (ink < 0) {
      return writing;
    }
    int rgb = Palette.distinct(ink, writing.getBrightness() > 0.5);
    return Color.rgb(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255);
  }
}
