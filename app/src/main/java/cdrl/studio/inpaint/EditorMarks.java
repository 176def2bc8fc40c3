package cdrl.studio.inpaint;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.shape.Circle;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.Shape;

/** What lies over the editor's picture: the ring of the brush, and the outline of a shape. */
final class EditorMarks {
  private static final double LEAST_RING = 1.5;

  private final Circle ringDark = new Circle();
  private final Circle ringLight = new Circle();
  private final Path outlineDark = new Path();
  private final Path outlineLight = new Path();

  EditorMarks() {
    dress(ringDark, "ring-dark");
    dress(ringLight, "ring-light");
    dress(outlineDark, "outline-dark");
    dress(outlineLight, "outline-light");
  }

  private static void dress(Shape shape, String style) {
    shape.getStyleClass().add(style);
    shape.setManaged(false);
    shape.setMouseTransparent(true);
    shape.setFill(null);
    shape.setVisible(false);
  }

  List<Node> nodes() {
    return List.of(outlineDark, outlineLight, ringDark, ringLight);
  }

  void hideRing() {
    ringDark.setVisible(false);
    ringLight.setVisible(false);
  }

  /**
   * Shows the ring.
   *
   * @param at its middle, in pixels of the model
   * @param radius in units of the screen
   */
  void showRing(EditorViewport viewport, Place at, double radius) {
    for (Circle circle : List.of(ringDark, ringLight)) {
      circle.setVisible(true);
      circle.setCenterX(viewport.toScreenX(at.x()));
      circle.setCenterY(viewport.toScreenY(at.y()));
      circle.setRadius(Math.max(LEAST_RING, radius + (circle == ringDark ? 1 : 0)));
    }
  }

  /** Shows a line through corners; none where there are less than two. */
  void showOutline(EditorViewport viewport, List<Place> corners) {
    for (Path path : List.of(outlineDark, outlineLight)) {
      path.getElements().clear();
      path.setVisible(corners.size() > 1);
      for (Place corner : corners) {
        double x = viewport.toScreenX(corner.x());
        double y = viewport.toScreenY(corner.y());
        path.getElements().add(path.getElements().isEmpty() ? new MoveTo(x, y) : new LineTo(x, y));
      }
    }
  }
}
