package cdrl.studio.widgets;

import cdrl.studio.raster.Raster;
import javafx.scene.Node;
import javafx.scene.SnapshotParameters;
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
    return Rasters.of(node.snapshot(parameters, null));
  }
}
