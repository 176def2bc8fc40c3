package cdrl.studio.widgets;

import cdrl.studio.raster.Raster;
import javafx.scene.Node;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.scene.transform.Transform;

/** Pictures of what is in the window. */
public final class Snapshots {
  private static final double SCALE = 2;

  private Snapshots() {}

  /** A node as it is seen, at twice the size, on the ground of its window. */
  public static Raster of(Node node) {
    SnapshotParameters parameters = new SnapshotParameters();
    parameters.setTransform(Transform.scale(SCALE, SCALE));
    parameters.setFill(node.getScene() == null ? Color.WHITE : node.getScene().getFill());
    WritableImage image = node.snapshot(parameters, null);
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    int[] pixels = new int[width * height];
    image
        .getPixelReader()
        .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] |= 0xFF000000;
    }
    return new Raster(width, height, pixels);
  }
}
