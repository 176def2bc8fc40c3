package cdrl.studio.widgets;

import javafx.geometry.Point2D;

/**
 * Where the points of the plane are on the screen.
 *
 * @param seen the square of the plane that is seen
 * @param left of that square on the screen
 * @param top of that square on the screen
 * @param side of that square on the screen
 */
record PlaneProjection(PlaneViewport seen, double left, double top, double side) {
  double x(double planeX) {
    return left + (planeX - seen.left()) / (2 * seen.half()) * side;
  }

  double y(double planeY) {
    return top + (seen.top() - planeY) / (2 * seen.half()) * side;
  }

  /** Pixels of a length in the plane. */
  double length(double planeLength) {
    return planeLength / (2 * seen.half()) * side;
  }

  Point2D plane(double x, double y) {
    double scale = 2 * seen.half() / side;
    return new Point2D(seen.left() + (x - left) * scale, seen.top() - (y - top) * scale);
  }

  boolean isInside(double x, double y) {
    return x >= left && x < left + side && y >= top && y < top + side;
  }
}
