package cdrl.studio;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;

/** How well a text can be told from what is behind it, by the rules of WCAG 2. */
final class Contrast {
  private Contrast() {}

  /** The contrast of a text with the colours of the nodes it lies in, 1 to 21. */
  static double of(Text text) {
    Color behind = Color.WHITE;
    List<Node> above = new ArrayList<>();
    for (Node node = text.getParent(); node != null; node = node.getParent()) {
      above.add(node);
    }
    Collections.reverse(above);
    for (Node node : above) {
      if (node instanceof Region region) {
        behind = under(region.getBackground(), behind);
      }
    }
    return ratio(over((Color) text.getFill(), behind), behind);
  }

  private static Color under(Background background, Color behind) {
    Color result = behind;
    if (background != null) {
      for (BackgroundFill fill : background.getFills()) {
        if (fill.getFill() instanceof Color color) {
          result = over(color, result);
        }
      }
    }
    return result;
  }

  private static Color over(Color top, Color bottom) {
    double share = top.getOpacity();
    return Color.color(
        top.getRed() * share + bottom.getRed() * (1 - share),
        top.getGreen() * share + bottom.getGreen() * (1 - share),
        top.getBlue() * share + bottom.getBlue() * (1 - share));
  }

  static double ratio(Color first, Color second) {
    double a = luminance(first);
    double b = luminance(second);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(Color color) {
    return 0.2126 * linear(color.getRed())
        + 0.7152 * linear(color.getGreen())
        + 0.0722 * linear(color.getBlue());
  }

  private static double linear(double value) {
    return value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
