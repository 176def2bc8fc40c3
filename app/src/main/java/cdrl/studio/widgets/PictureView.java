package cdrl.studio.widgets;

import cdrl.studio.raster.Raster;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** One picture as large as fits, or a few words where there is none. */
public final class PictureView extends Region {
  private final BooleanProperty smooth = new SimpleBooleanProperty();
  private final Canvas canvas = new Canvas();
  private final Region ground = new Region();
  private final Label placeholder = new Label();
  private @Nullable PixelImage image;
  private boolean centered;

  /**
   * @param id the node's id
   * @param name tells screen readers what the picture is
   */
  public PictureView(String id, String name) {
    setId(id);
    getStyleClass().add("picture-view");
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setAccessibleText(name);
    canvas.setManaged(false);
    ground.setManaged(false);
    ground.getStyleClass().add("picture-ground");
    placeholder.getStyleClass().add("placeholder");
    placeholder.setWrapText(true);
    placeholder.setAlignment(Pos.CENTER);
    placeholder.setManaged(false);
    getChildren().addAll(ground, canvas, placeholder);
    smooth.addListener((property, before, after) -> requestLayout());
  }

  /** Puts the picture into the middle of the space there is, in place of its top left. */
  public void setCentered() {
    centered = true;
    requestLayout();
  }

  /** Whether enlarged pixels are blurred into each other. */
  public BooleanProperty smoothProperty() {
    return smooth;
  }

  /** Shows a picture, or the words where it is null. */
  public void show(@Nullable Raster raster, String words) {
    if (raster == null) {
      image = null;
    } else if (image != null && image.fits(raster)) {
      image.update(raster);
    } else {
      image = PixelImage.of(raster);
    }
    placeholder.setText(words);
    placeholder.setVisible(raster == null);
    ground.setVisible(raster == null);
    requestLayout();
  }

  /** Whether there is a picture. */
  public boolean hasPicture() {
    return image != null;
  }

  @Override
  protected void layoutChildren() {
    double width = getWidth();
    double height = getHeight();
    double side = Math.min(width, height);
    ground.resizeRelocate(0, 0, side, side);
    placeholder.resizeRelocate(8, 0, Math.max(0, side - 16), side);
    canvas.setWidth(width);
    canvas.setHeight(height);
    GraphicsContext graphics = canvas.getGraphicsContext2D();
    graphics.clearRect(0, 0, width, height);
    if (image == null || width < 1 || height < 1) {
      return;
    }
    double scale = getScene() == null ? 1 : getScene().getWindow().getOutputScaleX();
    var picture = image.image();
    GridLayout layout =
        GridLayout.fit(
            1,
            0,
            (int) picture.getWidth(),
            (int) picture.getHeight(),
            width,
            height,
            0,
            0,
            scale,
            !smooth.get());
    graphics.setImageSmoothing(smooth.get());
    graphics.drawImage(
        picture,
        centered ? layout.left() : 0,
        centered ? layout.top() : 0,
        layout.cellWidth(),
        layout.cellHeight());
  }

  @Override
  protected double computePrefWidth(double height) {
    return 200;
  }

  @Override
  protected double computePrefHeight(double width) {
    return 200;
  }

  @Override
  protected double computeMinWidth(double height) {
    return 112;
  }

  @Override
  protected double computeMinHeight(double width) {
    return 64;
  }
}
