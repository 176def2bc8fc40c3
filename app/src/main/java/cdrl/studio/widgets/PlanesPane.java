package cdrl.studio.widgets;

import javafx.scene.control.Label;
import javafx.scene.layout.Pane;

/**
 * A plane, perhaps a second one beside it, and their colour bar: as large as fits, side by side.
 */
public final class PlanesPane extends Pane {
  private static final double GAP = 12;
  private static final double TITLE = 24;

  private final Label title;
  private final PlaneView plane;
  private final Label secondTitle;
  private final PlaneView second;
  private final Label barTitle;
  private final ColorBar bar;

  /**
   * @param title over the plane
   * @param secondTitle over the second plane
   * @param barTitle over the colour bar
   */
  public PlanesPane(
      String title,
      PlaneView plane,
      String secondTitle,
      PlaneView second,
      String barTitle,
      ColorBar bar) {
    this.title = titled(title);
    this.plane = plane;
    this.secondTitle = titled(secondTitle);
    this.second = second;
    this.barTitle = titled(barTitle);
    this.bar = bar;
    getStyleClass().add("planes");
    getChildren().addAll(this.title, plane, this.secondTitle, second, this.barTitle, bar);
    showSecond(false);
  }

  private static Label titled(String text) {
    Label label = new Label(text);
    label.getStyleClass().add("plane-title");
    return label;
  }

  /** Shows or hides the second plane. */
  public void showSecond(boolean visible) {
    second.setVisible(visible);
    secondTitle.setVisible(visible);
    requestLayout();
  }

  @Override
  protected void layoutChildren() {
    int count = second.isVisible() ? 2 : 1;
    double barWidth = bar.prefWidth(-1);
    double frameWidth = PlaneView.LEFT + PlaneView.RIGHT;
    double frameHeight = PlaneView.TOP + PlaneView.BOTTOM;
    double side =
        Math.floor(
            Math.min(
                (getWidth() - barWidth - count * GAP) / count - frameWidth,
                getHeight() - TITLE - frameHeight));
    if (side < 1) {
      return;
    }
    double width = side + frameWidth;
    double height = side + frameHeight;
    double x = Math.floor((getWidth() - count * (width + GAP) - barWidth) / 2);
    double y = Math.floor((getHeight() - TITLE - height) / 2);
    place(title, x + PlaneView.LEFT, y, plane, x, width, height);
    if (count == 2) {
      x += width + GAP;
      place(secondTitle, x + PlaneView.LEFT, y, second, x, width, height);
    }
    x += width + GAP;
    place(barTitle, x, y, bar, x, barWidth, height);
  }

  private static void place(
      Label title,
      double titleX,
      double y,
      javafx.scene.layout.Region content,
      double x,
      double width,
      double height) {
    title.resizeRelocate(titleX, y, title.prefWidth(-1), TITLE);
    content.resizeRelocate(x, y + TITLE, width, height);
  }

  @Override
  protected double computePrefWidth(double height) {
    return 560;
  }

  @Override
  protected double computePrefHeight(double width) {
    return 480;
  }

  @Override
  protected double computeMinWidth(double height) {
    return 240;
  }

  @Override
  protected double computeMinHeight(double width) {
    return 220;
  }
}
