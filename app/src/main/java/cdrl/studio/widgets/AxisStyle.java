package cdrl.studio.widgets;

import javafx.scene.paint.Paint;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

/**
 * Colours and font for what is drawn on a canvas, from the stylesheet: a text without letters takes
 * them up, as canvases have no style of their own.
 */
public final class AxisStyle {
  private final Text probe = new Text();

  /**
   * @param changed called when a colour or the font is another one
   */
  public AxisStyle(Runnable changed) {
    probe.getStyleClass().add("axis-style");
    probe.setManaged(false);
    probe.fillProperty().addListener((property, before, after) -> changed.run());
    probe.strokeProperty().addListener((property, before, after) -> changed.run());
    probe.fontProperty().addListener((property, before, after) -> changed.run());
  }

  /** Must be in the scene. */
  public Text probe() {
    return probe;
  }

  /** The colour of writing. */
  public Paint text() {
    return probe.getFill();
  }

  /** The colour of lines. */
  public Paint line() {
    return probe.getStroke() == null ? probe.getFill() : probe.getStroke();
  }

  /** The font of writing. */
  public Font font() {
    return probe.getFont();
  }
}
