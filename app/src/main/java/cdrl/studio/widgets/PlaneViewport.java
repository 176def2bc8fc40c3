package cdrl.studio.widgets;

/**
 * Which square of the plane is seen.
 *
 * @param centerX of the square
 * @param centerY of the square
 * @param half half its side, above 0
 */
public record PlaneViewport(double centerX, double centerY, double half) {
  private static final double MOST_ZOOM = 200;

  /** The whole square [−extent, extent]². */
  public static PlaneViewport whole(double extent) {
    return new PlaneViewport(0, 0, extent);
  }

  /**
   * Makes everything {@code factor} times larger around a point that stays where it is.
   *
   * @param extent the square [−extent, extent]² that is never left
   */
  public PlaneViewport zoom(double factor, double x, double y, double extent) {
    double smaller = Math.min(extent, Math.max(extent / MOST_ZOOM, half / factor));
    double share = smaller / half;
    return new PlaneViewport(x + (centerX - x) * share, y + (centerY - y) * share, smaller)
        .within(extent);
  }

  /** Moves the seen square. */
  public PlaneViewport move(double dx, double dy, double extent) {
    return new PlaneViewport(centerX + dx, centerY + dy, half).within(extent);
  }

  private PlaneViewport within(double extent) {
    double room = extent - half;
    return new PlaneViewport(clamp(centerX, room), clamp(centerY, room), half);
  }

  private static double clamp(double value, double room) {
    return Math.min(room, Math.max(-room, value)) + 0.0; // the sum turns −0 into 0
  }

  double left() {
    return centerX - half;
  }

  double right() {
    return centerX + half;
  }

  double bottom() {
    return centerY - half;
  }

  double top() {
    return centerY + half;
  }
}
